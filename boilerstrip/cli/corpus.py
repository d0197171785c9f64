"""The documents of files and folders, cleaned one by one, for commands that look at them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from boilerstrip.batch.runner import clean_record, read_columns
from boilerstrip.batch.sources import find_inputs, problem_of, read_tasks
from boilerstrip.cli.inputs import stdin_bytes
from boilerstrip.cli.said import Said
from boilerstrip.document import line_spans
from boilerstrip.fields.addresses import host_of
from boilerstrip.rules.match import FoldedText, Matcher
from boilerstrip.rules.ruleset import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from boilerstrip.article import Article
    from boilerstrip.batch.columns import Fields
    from boilerstrip.cleaner import Cleaner
    from boilerstrip.record import Removal

NO_SITE = "(no address)"


class Cleaned(NamedTuple):
    """A document that was cleaned: what messages call it, and its article."""

    name: str
    article: Article

    @property
    def site(self) -> str:
        """The host that it comes from."""
        return host_of(self.article.url).removeprefix("www.") or NO_SITE


def read_articles(names: Sequence[str], cleaner: Cleaner, fields: Fields) -> Iterator[Cleaned]:
    """The articles of all documents that can be cleaned; what is wrong with others is said."""
    said = Said()
    for task in read_tasks(find_inputs(names, stdin_bytes()), fields):
        record = task.record
        if record.passed is not None:
            continue
        try:
            article, new = clean_record(record, read_columns(record), cleaner, fields)
        except Exception as error:  # noqa: BLE001 - the documents after this one are still read
            said.fail(record.name, problem_of(error))
            continue
        said.note(new)
        yield Cleaned(record.name, article)


@dataclass
class Sightings:
    """Passages that were seen: how often each text, on which sites, in which documents.

    ``documents`` is how many were looked at; ``first`` names the first one that has a text.
    """

    documents: int = 0
    texts: Counter[str] = field(default_factory=Counter)
    sites: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, document: Cleaned, text: str) -> None:
        """Count a passage of a document."""
        self.texts[text] += 1
        self.sites[document.site] += 1
        self.names.add(document.name)
        self.first.setdefault(text, document.name)


def hits(pattern: str, key: str) -> Callable[[Article], Iterator[tuple[str, Removal | None]]]:
    """What finds the lines of an article in which a pattern matches, with what removes each.

    ``key`` is that of a rule for the pattern: ``line`` or ``inline``. A line of which a piece is
    removed is removed if the match is in that.
    """
    values: dict[str, Any] = {key: pattern}
    matcher = Matcher([Rule("try", "other", "", (), (), (), origin="PATTERN", **values)])

    def find(article: Article) -> Iterator[tuple[str, Removal | None]]:
        text = article.document.text
        spans = line_spans(text, 0, len(text))
        starts = [removal.start for removal in article.removed]
        for (start, end), found in zip(
            spans, matcher.matches(FoldedText(text), spans), strict=True
        ):
            for match in found:
                number = bisect_right(starts, match.start) - 1
                removal = article.removed[number] if number >= 0 else None
                is_gone = removal is not None and removal.end > match.start
                yield text[start:end], removal if is_gone else None

    return find
