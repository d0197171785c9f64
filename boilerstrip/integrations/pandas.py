"""A pandas DataFrame, cleaned: a frame of articles and a tidy one of what was removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boilerstrip.batch.columns import Fields, free_names
from boilerstrip.batch.rows import clean_row, named
from boilerstrip.extras import needed
from boilerstrip.schema import RESULT

if TYPE_CHECKING:
    import pandas as pd

    from boilerstrip.cleaner import Cleaner

_COLUMNS = {column.name: column for column in RESULT}
_REMOVAL = [column.name for column in _COLUMNS["removed"].fields]
# Without what is told in the other frame, and what is for making the document again.
_ARTICLE = [name for name in _COLUMNS if name not in ("removed", "spacing", "document")]


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
    names = named(fields, frame.columns)
    # Missing values, of which pandas has several, as None.
    given = frame[names].astype(object).where(frame[names].notna(), None)
    rows = [clean_row(values, fields, cleaner, "full") for values in given.to_dict("records")]
    articles = pandas.DataFrame({n: [row[n] for row in rows] for n in _ARTICLE}, index=frame.index)
    others = {str(name): frame[name] for name in frame.columns if name not in (html, text)}
    for name, column in free_names(others, frozenset(_ARTICLE)).items():
        articles[name] = column
    gone = [(at, one) for at, row in enumerate(rows) for one in row["removed"] or ()]
    index = frame.index.take([at for at, _ in gone])
    removed = pandas.DataFrame([one for _, one in gone], columns=_REMOVAL, index=index)
    return Frames(articles, removed)
