"""The date of first publication."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from boilerstrip.fields.candidate import Candidate
from boilerstrip.fields.html.jsonld import text
from boilerstrip.fields.html.markup import inner_text, text_lines, tokens
from boilerstrip.language.dates import parse_date
from boilerstrip.language.vocabulary import any_of, spaced, unspaced, words_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml.html import HtmlElement

    from boilerstrip.fields.html.evidence import Evidence
    from boilerstrip.fields.html.jsonld import Node
    from boilerstrip.fields.html.markup import Line

_PUBLISHED = (
    "article:published_time", "article:published", "og:article:published_time",
    "http://ogp.me/ns/article#published_time", "og:published_time", "og:publish_date",
    "datepublished", "article:post_date", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "cxenseparse:recs:published_time",
    "publish-date", "publish_date", "publishdate", "published-date", "published_date",
    "publisheddate", "published_at", "publishtime", "pubdate", "date-pub", "content:publishdate",
    "published",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date",
    "dcterms.date", "date", "date.created", "date.available", "firstcreate", "article.published",
    "prism.publicationdate", "citation_online_date", "citation_publication_date", "citation_date",
    "bt:pubdate", "rbpubdate", "displaydate", "originalpublicationdate", "article_date_original",
    "shareaholic:article_published_time", "ya:ovs:upload_date", "w-published-date", "by date",
)  # fmt: skip
_PATH_DATE = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])(?=/)")
_SLUG_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)")
_NAMED_PATH_DATE = re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/(0?[1-9]|[12]\d|3[01])(?=/)")
_YEAR_LINE = re.compile(r"^[^\n]{0,30}(?<!\d)(?:19|20)\d\d(?!\d)[^\n]{0,14}$", re.MULTILINE)
_YEAR = re.compile(r"(?:19|20|２０)\d\d|25[6-9]\d")
_MARKED = re.compile(r"publi|entry-date|posted")
_PURE = 35  # characters of a line that holds little beside its date
_STATED = 100  # characters of a stated date that are read
_FEW = 4  # lines of an element that is called a date
_CLOSE = 8  # lines from the headline to where a date needs no label to be its own
_NEAR = 40  # lines from the headline
_LONGEST = 90  # characters of a line that is a date line and not a sentence


@cache
def _update() -> re.Pattern[str]:
    """What stands before the date of a change."""
    keys = ("updated", "updated_on_pages")
    return re.compile(rf"(?i)\b{spaced(*keys)}(?!\w)|{unspaced(*keys)}")


@cache
def _publication() -> re.Pattern[str]:
    """What stands before the date of publication."""
    return re.compile(rf"(?i)\b{any_of('published', 'published_on_pages')}")


@cache
def _original() -> re.Pattern[str]:
    """A sentence on when the text came out first."""
    first, on = any_of("first_published"), any_of("on_day")
    return re.compile(rf"(?i)\b{any_of('kinds')} (?:\w+ ){{0,2}}{first} (?:{on} )?([^\n]{{6,40}})")


@cache
def _foreign() -> re.Pattern[str]:
    """What stands before a date that isn't the article's."""
    return re.compile(rf"(?i)©|\b{any_of('not_own_dates')}\b")


def date_candidates(evidence: Evidence) -> Iterator[Candidate]:
    """The dates of publication, most trusted first; weak sources only where strong ones fail."""
    for read in (_stated, _times, _visible, _address, _lone, _updates):
        days = _parsed(read(evidence), evidence.locale)
        first = next(days, None)
        if first:
            yield from _earlier(first, evidence)
            yield first
            yield from days
            return


def _tells_origin(text: str) -> bool:
    return any(phrase in text for phrase in words_for("first_published"))


def _parsed(dates: Iterable[tuple[str, str]], locale: str | None) -> Iterator[Candidate]:
    """The first date of each day."""
    seen: set[str] = set()
    for value, source in dates:
        parsed = parse_date(value[:_STATED], locale)
        if parsed and parsed[:10] not in seen:
            seen.add(parsed[:10])
            yield Candidate(parsed, source)


def _earlier(first: Candidate, evidence: Evidence) -> Iterator[Candidate]:
    """An earlier day that stands alone right at the headline.

    What is stated for machines is then the day of a move to a new system, or of an update. Only
    in a journal the earlier day is that of a submission.
    """
    if evidence.meta("citation_title"):
        return
    original = _original().search(evidence.text) if _tells_origin(evidence.text) else None
    day = parse_date(original[1], evidence.locale) if original else None
    if day and _days(day, str(first.value)) > 1:
        yield Candidate(day, "markup:original")
        return
    for distance, line, label in _year_lines((*evidence.after[:12], *evidence.before[:4])):
        if len(line) > _PURE or _update().search(before := f"{label()} {line}"):
            continue
        if distance < _CLOSE or _publication().search(before):
            day = parse_date(line, evidence.locale)
            if day and _days(day, str(first.value)) > 1:
                yield Candidate(day, "markup:date")
                return


def _days(earlier: str, later: str) -> int:
    """How many days lie between two dates; nothing where one isn't a day."""
    try:
        return (date.fromisoformat(later[:10]) - date.fromisoformat(earlier[:10])).days
    except ValueError:
        return 0


def _address(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """The date in the page's address."""
    address = evidence.url or evidence.canonical
    for pattern in (_PATH_DATE, _SLUG_DATE):
        if match := pattern.search(address):
            yield f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}", "url"
    if match := _NAMED_PATH_DATE.search(address):
        yield f"{match[3]} {match[2]} {match[1]}", "url"


def _lone(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """The date that lines anywhere on the page are, where they all are the same."""
    lines = (line for line in _YEAR_LINE.findall(evidence.text) if not _foreign().search(line))
    lines = (line for line in lines if not _update().search(line))
    days = {day[:10]: line for line in lines if (day := parse_date(line, evidence.locale))}
    if len(days) == 1:
        yield days.popitem()[1], "markup:date"


def _stated(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """The dates that the page states for machines."""
    yield from _linked(evidence.linked.articles[:1], "datePublished")
    for name in _PUBLISHED:
        if value := evidence.meta(name):
            yield value, f"meta:{name}"
    for element in evidence.described:
        if "datepublished" in (element.get("itemprop") or "").lower():
            yield element.get("content") or _moment(element), "microdata"
    yield from _linked(evidence.linked.works, "datePublished")
    yield from _linked(evidence.linked.articles[:1], "dateCreated")


def _linked(nodes: Iterable[Node], key: str) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if value := text(node.get(key)):
            yield value, "json-ld"


def _times(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """``time`` elements that stand for the article: marked as such, or alone on the page."""
    own = [
        item
        for item in evidence.times
        if not evidence.is_foreign(item) and not _is_update(evidence, item)
    ]
    for element in own:
        if element.get("pubdate") is not None or _MARKED.search(tokens(element)):
            yield _moment(element), "time"
    distinct = {_moment(element) for element in own}
    if len(distinct) == 1:
        yield distinct.pop(), "time"


def _moment(element: HtmlElement) -> str:
    return element.get("datetime") or inner_text(element)


def _is_update(evidence: Evidence, element: HtmlElement) -> bool:
    """Whether a ``time`` is labelled as that of an update and not of the publication."""
    parent = element.getparent()
    above = "" if parent is None else f"{tokens(parent)} {evidence.opening(parent)[:80]}"
    previous = element.getprevious()
    before = "" if previous is None or not isinstance(previous.tag, str) else inner_text(previous)
    label = f"{tokens(element)} {before[-40:]} {above}".replace("-", " ")
    return bool(_update().search(label)) and not _publication().search(
        f"{tokens(element)} {before}"
    )


def _visible(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Date lines near the headline: those labelled as publication, lone ones, nearest first."""
    ranked = []
    for distance, line, label in _year_lines((*evidence.after[:_NEAR], *evidence.before[:15])):
        if _publication().search(f"{label()} {line}"):
            line = _publication().split(line)[-1] if _update().search(line) else line
            ranked.append((0, distance, line))
        elif not _update().search(f"{label()} {line}"):
            pure = len(line) <= _PURE and "(" not in line
            ranked.append((1 if pure else 2, distance, line))
    for _, _, line in sorted(ranked):
        yield line, "markup:date"
    yield from _marked(evidence)


def _marked(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """The first date line whose class says that it is one."""
    for element in (*evidence.times, *evidence.dated):
        for line in text_lines(element)[:_FEW]:
            line = line[: update.start()] if (update := _update().search(line)) else line
            moment = (element.get("datetime") if element.tag == "time" else None) or line
            if not (6 <= len(line) <= _PURE + 10 and _YEAR.search(moment)) or _foreign().search(
                line
            ):
                continue
            if not evidence.is_foreign(element):
                yield moment, "markup:date"
            break


def _updates(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """The date of the last update, where the page prints no other."""
    for _, line, label in _year_lines((*evidence.after[:_NEAR], *evidence.before[:15])):
        if _update().search(f"{label()} {line}"):
            yield line, "markup:updated"


def _year_lines(lines: Iterable[Line]) -> Iterator[tuple[int, str, Callable[[], str]]]:
    """Short lines with a year: distance to the headline, line, and the text right before it."""
    for line in lines:
        if (
            len(line.text) <= _LONGEST
            and _YEAR.search(line.text)
            and not _foreign().search(line.text)
        ):
            is_time = line.element.tag == "time" and not line.is_tail
            moment = line.element.get("datetime") if is_time else None
            yield line.distance, (moment or line.text)[:_LONGEST], line.label
