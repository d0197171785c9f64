"""A pandas DataFrame, cleaned: a frame of articles and a tidy one of what was removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from boilerstrip.batch.columns import Fields, free_names
from boilerstrip.batch.rows import clean_row, named
from boilerstrip.extras import needed
from boilerstrip.schema import RESULT

if TYPE_CHECKING:
    import pandas as pd

    from boilerstrip.cleaner import Cleaner

# What is told in the other frame, or only matters to what makes the document again.
_APART = ("removed", "spacing", "document")
_ARTICLE = [column.name for column in RESULT if column.name not in _APART]
_REMOVAL = next([one.name for one in c.fields] for c in RESULT if c.name == "removed")


class Frames(NamedTuple):
    """``articles`` with the index of the frame; ``removed`` with a row a removal, and its index."""

    articles: pd.DataFrame
    removed: pd.DataFrame


def clean_frame(
    frame: pd.DataFrame,
    text: str | None = None,
    html: str | None = None,
    url: str | None = None,
    *,
    cleaner: Cleaner | None = None,
) -> Frames:
    """The articles of a frame's rows beside its other columns, and what was removed of each.

    ``text``, ``html`` and ``url`` name columns as in ``integrations.arrow.clean_batch``. A missing
    value, and what else can't be cleaned, is an ``error``.

    Raises:
        InputError: if a column that was named isn't there, or ``pandas`` isn't installed.

    """
    pandas = needed("pandas", "pandas", "clean_frame()")
    fields = Fields(text, html, url)
    columns = {name: [*frame[name]] for name in named(fields, frame.columns)}
    rows: list[dict[str, Any]] = [
        clean_row({n: None if _missing(v[at], pandas) else v[at] for n, v in columns.items()},
                  fields, cleaner, "full")
        for at in range(len(frame))
    ]  # fmt: skip
    articles = pandas.DataFrame({n: [row[n] for row in rows] for n in _ARTICLE}, index=frame.index)
    others = {str(name): frame[name] for name in frame.columns if name not in (html, text)}
    for name, column in free_names(others, frozenset(_ARTICLE)).items():
        articles[name] = column
    where = [at for at, row in enumerate(rows) for _ in row["removed"] or ()]
    gone = [removal for row in rows for removal in row["removed"] or ()]
    removed = pandas.DataFrame(gone, columns=_REMOVAL, index=frame.index.take(where))
    return Frames(articles, removed)


def _missing(value: Any, pandas: Any) -> bool:
    return not isinstance(value, str | bytes) and pandas.api.types.is_scalar(value) and bool(
        pandas.isna(value)
    )  # fmt: skip
