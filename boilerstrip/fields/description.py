"""The description: the standfirst or summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerstrip.fields.authors import writes
from boilerstrip.fields.candidate import Candidate
from boilerstrip.fields.text import source_of
from boilerstrip.readers import jsonld

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boilerstrip.fields.text import Text
    from boilerstrip.readers.statements import Statements

_SHORTEST = 20  # characters of a description that says something
_CUT_SHORT = ("...", "…", "[…]", "[...]")
_METAS = (
    "og:description", "description", "twitter:description", "dc.description",
    "dcterms.description", "sailthru.description", "parsely-description",
)  # fmt: skip


def whole(page: Statements) -> Iterator[Candidate[str]]:
    """What JSON-LD and the metas say, unless it is cut short."""
    return (item for item in _stated(page) if not item.value.endswith(_CUT_SHORT))


def cut_short(page: Statements) -> Iterator[Candidate[str]]:
    """What JSON-LD and the metas say and break off."""
    return (item for item in _stated(page) if item.value.endswith(_CUT_SHORT))


def by_rule(text: Text) -> Iterator[Candidate[str]]:
    """What a rule calls the description."""
    return (Candidate(value, source_of(claim)) for value, claim in text.named("description"))


def with_author(text: Text) -> Iterator[Candidate[str]]:
    """The standfirst that ends in its author's name: "..., writes Ada Moore."."""
    for line in text.standfirst:
        if (match := writes().search(line)) and match.end() == len(line):
            yield Candidate(line, "text:standfirst")


def under_title(text: Text) -> Iterator[Candidate[str]]:
    """The first line of the body, if it stands alone between the headline and byline or date."""
    if text.body and _is_between(text, text.body[0]):
        yield Candidate(text.body[0], "text:standfirst")


# Where the description is read from, most trusted first.
STATED = (whole, cut_short)
SAID = (by_rule, with_author, under_title)


def _stated(page: Statements) -> Iterator[Candidate[str]]:
    """The standfirst that the page states; what only repeats the title is none."""
    titles = {page.meta("og:title"), page.title_element}
    stated = [
        *((jsonld.text(node.get("description")), "json-ld") for node in page.linked.articles[:1]),
        *((page.meta(name), f"meta:{name}") for name in _METAS),
    ]
    for value, source in stated:
        if value and len(value) >= _SHORTEST and value not in titles:
            yield Candidate(value, source)


def _is_between(text: Text, line: str) -> bool:
    """Whether a line stands alone between the headline and the byline or date."""
    after = [claim.start for claim in text.claims if claim.category in ("byline", "date")]
    last = max(after, default=0)
    before = [claim.end for claim in text.claims if claim.category == "title" and claim.end < last]
    start = max(before, default=len(text.whole))
    return any(text.whole[start:end].strip() == line for end in after if end > start)
