"""The date of first publication."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from boilerstrip.fields import date_text
from boilerstrip.fields.addresses import days_in_address
from boilerstrip.fields.candidate import Candidate
from boilerstrip.fields.head.lines import words_of
from boilerstrip.fields.nearby import is_elsewhere
from boilerstrip.fields.stamp import read_day
from boilerstrip.language.dates import parse_date
from boilerstrip.language.vocabulary import any_of, spaced, unspaced, words_for
from boilerstrip.readers import jsonld
from boilerstrip.readers.markup import inner_text, text_lines, texts_with, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml.html import HtmlElement

    from boilerstrip.readers.jsonld import Node
    from boilerstrip.readers.markup import Line
    from boilerstrip.readers.statements import Statements

_PUBLISHED = (
    "article:published_time", "article:published", "og:article:published_time",
    "http://ogp.me/ns/article#published_time", "og:published_time", "og:publish_date",
    "datepublished", "article:post_date", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "cxenseparse:recs:published_time",
    "publish-date", "publish_date", "publishdate", "published-date", "published_date",
    "publisheddate", "published_at", "publishtime", "pubdate", "date-pub", "content:publishdate",
    "published", "publication_date", "publicationdate", "publication-date", "pub_date", "pub-date",
    "publish_time", "publish-time", "published_time", "published-time", "article:publish_date",
    "article:publicationdate", "article:publish_time", "og:pubdate", "og:article:publish_date",
    "dc.date.issued", "dcterms.issued", "date.available", "dc.date.available", "dc.issued",
    "dc.date.published", "article.published", "article_published", "article_publication_date",
    "prism.publicationdate", "prism.publication_date", "citation_online_date",
    "citation_publication_date", "citation_date", "eprints.date", "bepress_citation_date",
    "bepress_citation_online_date", "bt:pubdate", "rbpubdate", "rnews:datepublished",
    "originalpublicationdate", "article_date_original", "shareaholic:article_published_time",
    "ya:ovs:upload_date", "vr:published_time", "nrk:published", "blogger:published",
    "w-published-date", "sailthru.published", "news:publication_date", "video:release_date",
    "article:datepublished", "article-publication-date", "timestamp", "release_date",
)  # fmt: skip
# Some systems give the day on which the text was begun here.
_CREATED = (
    "dcterms.created", "dc.date.created", "dc.created", "dc.date", "dcterms.date", "date",
    "date.created", "datecreated", "createdate", "created", "firstcreate", "displaydate",
    "article:created", "article:created_time", "by date",
)  # fmt: skip
_YEAR_LINE = re.compile(r"^[^\n]{0,30}(?<!\d)\d{4}(?!\d)[^\n]{0,14}$", re.MULTILINE)
# The year of any calendar, in the figures of any script, and one that is counted in an era.
_YEAR = re.compile(r"\d{4}|[\d元]年")
_MACHINE = re.compile(r"\s*(?:19|20)\d\d-\d\d-\d\d")
_DATA = re.compile(
    r"data-(?:article-|post-|entry-)?(?:publish(?:ed)?|publication|pub|posted)[-_]?(?:date|time|at|on)?"
)
_MARKED = re.compile(r"publi|entry-date|posted")
_PURE = 35  # characters of a line that holds little beside its date
_STATED = 100  # characters of a stated date that are read
_FEW = 4  # lines of an element that is called a date
_SLASHES = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_SECONDS = re.compile(r"1\d{9}(?:\d{3})?", re.ASCII)
_TOLD = 3  # words of a headline that tells what it is of
_NEVER = "1970"  # the year of a moment that was never set
_CLOSE = 8  # lines from the headline to where a date needs no label to be its own
NEAR = 40  # lines from the headline
_LONGEST = 90  # characters of a line that is a date line and not a sentence


@cache
def update() -> re.Pattern[str]:
    """What stands before the date of a change."""
    keys = ("updated", "updated_on_pages")
    return re.compile(rf"(?i)\b{spaced(*keys)}(?!\w)|{unspaced(*keys)}")


@cache
def publication() -> re.Pattern[str]:
    """What stands before the date of publication."""
    return re.compile(rf"(?i)\b{any_of('published', 'published_on_pages')}")


@cache
def _original() -> re.Pattern[str]:
    """A sentence on when the text came out first."""
    first, on = any_of("first_published"), any_of("on_day")
    return re.compile(rf"(?i)\b{any_of('kinds')} (?:\w+ ){{0,2}}{first} (?:{on} )?([^\n]{{6,40}})")


@cache
def _entry() -> re.Pattern[str]:
    """The line of a blog on when its text was put there: "This entry was posted on 3 May 2024"."""
    posted, kinds = any_of("published"), any_of("kinds")
    return re.compile(rf"(?im)^[^\n]{{0,20}}\b{kinds}\b[^\n]{{0,150}}?\b{posted}\b[^\n]{{0,80}}")


@cache
def _foreign() -> re.Pattern[str]:
    """What stands before a date that isn't the article's."""
    return re.compile(rf"(?i)©|\b{any_of('not_own_dates')}\b")


def _tells_origin(text: str) -> bool:
    return any(phrase in text for phrase in words_for("first_published"))


def earlier(page: Statements) -> Iterator[Candidate[str]]:
    """An earlier day than the one stated, which stands alone right at the headline.

    What is stated for machines is then the day of a move to a new system, or of an update. Only
    in a journal the earlier day is that of a submission.
    """
    first = page.once(_first)
    if not first or page.meta("citation_title"):
        return
    original = _original().search(page.text) if _tells_origin(page.text) else None
    day = parse_date(original[1], page.locale) if original else None
    if day and _days(day, first) > 1:
        yield Candidate(day, "html:original")
        return
    for distance, line, label in year_lines(page, (*page.after[:12], *page.before[:4])):
        if len(line) > _PURE or update().search(before := f"{label()} {line}"):
            continue
        if distance < _CLOSE or publication().search(before):
            day = parse_date(line, page.locale)
            if day and _days(day, first) > 1:
                if not _prints(page, line, first):
                    yield Candidate(day, "html:date")
                return


def _prints(page: Statements, line: str, day: str) -> bool:
    """Whether a line of the page is this day, or this line with day and month exchanged."""
    figures = _SLASHES.search(line)
    if figures and day[:10] == f"{figures[3]}-{figures[1]:0>2}-{figures[2]:0>2}":
        return True
    near = (line for _, line, _ in year_lines(page, near_lines(page)))
    lines = (line for line in (*near, *_YEAR_LINE.findall(page.text)) if not update().search(line))
    return any((parse_date(line, page.locale) or "")[:10] == day[:10] for line in lines)


def stated(page: Statements) -> Iterator[Candidate[str]]:
    """The dates that the page states for machines."""
    return parsed(_stated(page), page.locale)


def created(page: Statements) -> Iterator[Candidate[str]]:
    """The days that metas give, but of which it is not sure that they are of the publication."""
    return parsed(in_metas(page, _CREATED), page.locale)


def attributed(page: Statements) -> Iterator[Candidate[str]]:
    """The dates in attributes that are called the date of publication."""
    return parsed(_attributed(page), page.locale)


def timed(page: Statements) -> Iterator[Candidate[str]]:
    """The ``time`` elements that stand for the article: marked as such, or alone on the page."""
    return parsed(_times(page), page.locale)


def visible(page: Statements) -> Iterator[Candidate[str]]:
    """The date lines near the headline, and those whose class says that they are one."""
    return parsed(_visible(page), page.locale)


def in_address(page: Statements) -> Iterator[Candidate[str]]:
    """The date in the page's address."""
    return parsed(_address(page), page.locale)


def lone(page: Statements) -> Iterator[Candidate[str]]:
    """The date that lines anywhere on the page are, where they all are the same."""
    return parsed(_lone(page), page.locale)


def updated(page: Statements) -> Iterator[Candidate[str]]:
    """The date of the last update, where the page prints no other."""
    return parsed(updates(page), page.locale)


# Where the day of publication is read from, most trusted first.
_PRINTED = (stated, timed, created, visible, attributed, in_address, lone, updated)
STATED = (earlier, *_PRINTED)
SAID = date_text.SOURCES


def _first(page: Statements) -> str | None:
    """The day that the most trusted source gives."""
    return next((item.value for source in _PRINTED for item in source(page)), None)


def parsed(dates: Iterable[tuple[str, str]], locale: str | None) -> Iterator[Candidate[str]]:
    """The first date of each day."""
    seen: set[str] = set()
    for value, source in dates:
        day = parse_date(value[:_STATED], locale)
        if day and day[:4] != _NEVER and day[:10] not in seen:
            seen.add(day[:10])
            yield Candidate(day, source)


def _days(earlier: str, later: str) -> int:
    """How many days lie between two dates; nothing where one isn't a day."""
    try:
        return (date.fromisoformat(later[:10]) - date.fromisoformat(earlier[:10])).days
    except ValueError:
        return 0


def _address(page: Statements) -> Iterator[tuple[str, str]]:
    """The date in the page's address."""
    return ((day, "url") for day in days_in_address(page.url or page.canonical))


def _lone(page: Statements) -> Iterator[tuple[str, str]]:
    """The date that lines anywhere on the page are, where they all are the same."""
    lines = (line for line in _YEAR_LINE.findall(page.text) if not _foreign().search(line))
    lines = (line for line in lines if not update().search(line))
    read = ((parse_date(line, page.locale), line) for line in lines)
    # A month alone heads an archive.
    days = {day[:10]: line for day, line in read if day and len(day) >= len("2024-05-03")}
    if len(days) == 1:
        day, line = days.popitem()
        if not _stands_elsewhere(page, day, line):
            yield line, "html:date"
    elif not days:
        yield from ((match[0], "html:date") for match in _entry().finditer(page.text))


def _stands_elsewhere(page: Statements, day: str, line: str) -> bool:
    """Whether all pieces of text that say the day of a line are not of the article."""
    year = _YEAR.search(line)
    nodes = texts_with(page.tree, year[0]) if year else []
    said = [node for node in nodes if (parse_date(node[:_STATED], page.locale) or "")[:10] == day]
    around = [node.getparent() for node in said]
    return bool(around) and all(item is None or is_elsewhere(page, item) for item in around)


def _stated(page: Statements) -> Iterator[tuple[str, str]]:
    """The dates that the page states for machines."""
    yield from linked(own_articles(page), "datePublished")
    yield from in_metas(page, _PUBLISHED)
    yield from described(page, "datepublished")
    yield from linked(page.linked.works, "datePublished")
    yield from linked(own_articles(page), "dateCreated")


def in_metas(page: Statements, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The dates that ``meta`` elements of these names give, with their sources."""
    for name in names:
        if value := page.meta(name):
            yield _settled(page, value), f"meta:{name}"


def _settled(page: Statements, value: str) -> str:
    """A date in figures, in the order of day and month in which the page prints its day.

    A count of seconds, or of their thousandths, is read as machines do.
    """
    if _SECONDS.fullmatch(value):
        return datetime.fromtimestamp(int(value[:10]), UTC).isoformat()
    figures = _SLASHES.search(value)
    if not figures or figures[1] == figures[2]:
        return value
    first, second, year = f"{figures[1]:0>2}", f"{figures[2]:0>2}", figures[3]
    lines = _YEAR_LINE.findall(page.text)
    printed = {(parse_date(line, page.locale) or "")[:10] for line in lines}
    days = {f"{year}-{first}-{second}", f"{year}-{second}-{first}"} & printed
    return value.replace(figures[0], days.pop()) if len(days) == 1 else value


def described(page: Statements, name: str) -> Iterator[tuple[str, str]]:
    """The dates that elements with this microdata property give, with their source."""
    for element in page.described:
        if name in (element.get("itemprop") or "").lower():
            yield element.get("content") or moment_of(element), "html:microdata"


def own_articles(page: Statements) -> tuple[Node, ...]:
    """The article that the JSON-LD describes, unless its headline shares no word with the page."""
    for node in page.linked.articles[:1]:
        headline = words_of(jsonld.text(node.get("headline")) or "")
        titles = [words_of(title) for title in (page.meta("og:title"), page.title_element) if title]
        titles += [words_of(inner_text(heading)) for heading in page.headings]
        told = min(map(len, (headline, *titles))) >= _TOLD if titles else False
        if not told or any(headline & title for title in titles):
            return (node,)
    return ()


def linked(nodes: Iterable[Node], key: str) -> Iterator[tuple[str, str]]:
    """The dates that objects of the JSON-LD give under this key, with their source."""
    for node in nodes:
        if value := jsonld.text(node.get(key)):
            yield value, "json-ld"


def _times(page: Statements) -> Iterator[tuple[str, str]]:
    """``time`` elements that stand for the article: marked as such, or alone on the page."""
    own = [item for item in page.times if not is_elsewhere(page, item)]
    own = [item for item in own if not is_update(page, item)]
    for element in own:
        if element.get("pubdate") is not None or _MARKED.search(tokens(element)):
            yield moment_of(element), "html:time"
    distinct = {moment_of(element) for element in own}
    if len(distinct) == 1:
        yield distinct.pop(), "html:time"


def _attributed(page: Statements) -> Iterator[tuple[str, str]]:
    """The values of attributes that are called the date of publication, with their source."""
    for element in page.tree.iter("html", "body", "main", "article", "section", "div", "span"):
        for name, value in element.items():
            named = name.startswith("data-") and _MACHINE.match(value) and _DATA.fullmatch(name)
            if named and not page.is_foreign(element):
                yield value, f"html:{name}"


def moment_of(element: HtmlElement) -> str:
    """What a ``time`` says for machines, else for readers."""
    return element.get("datetime") or inner_text(element)


def _noted(element: HtmlElement) -> str | None:
    """The date that an element which is called a date has for machines, beside its text."""
    values = (element.get(name) for name in ("datetime", "title", "content", "data-date"))
    return next((value for value in values if value and _MACHINE.match(value)), None)


def is_update(page: Statements, element: HtmlElement) -> bool:
    """Whether a ``time`` is labelled as that of an update and not of the publication."""
    parent = element.getparent()
    above = "" if parent is None else f"{tokens(parent)} {page.opening(parent)[:80]}"
    previous = element.getprevious()
    before = "" if previous is None or not isinstance(previous.tag, str) else inner_text(previous)
    label = f"{tokens(element)} {before[-40:]} {above}".replace("-", " ")
    return bool(update().search(label)) and not publication().search(f"{tokens(element)} {before}")


def _visible(page: Statements) -> Iterator[tuple[str, str]]:
    """Date lines near the headline: those labelled as publication, lone ones, nearest first."""
    ranked = []
    for distance, line, label in year_lines(page, near_lines(page)):
        if publication().search(f"{label()} {line}"):
            line = publication().split(line)[-1] if update().search(line) else line
            ranked.append((0, distance, line))
        elif not update().search(f"{label()} {line}"):
            pure = len(line) <= _PURE and "(" not in line
            if distance >= _CLOSE and not read_day(line, page.locale):
                continue  # a month alone heads an archive
            ranked.append((1 if pure else 2, distance, line))
    for _, _, line in sorted(ranked):
        yield line, "html:date"
    yield from _marked(page)


def _marked(page: Statements) -> Iterator[tuple[str, str]]:
    """The first date line whose class says that it is one."""
    for element in (*page.times, *page.dated):
        lines = text_lines(element)[:_FEW]
        for line in (*lines, " ".join(lines)):
            line = line[: change.start()] if (change := update().search(line)) else line
            moment = _noted(element) or line
            if not 6 <= len(line) <= _PURE + 10 or _foreign().search(line):
                continue
            if not (_YEAR.search(moment) and read_day(moment, page.locale)):
                continue
            if not is_elsewhere(page, element):
                yield moment, "html:date"
            break


def updates(page: Statements) -> Iterator[tuple[str, str]]:
    """The date of the last update, where the page prints no other."""
    for _, line, label in year_lines(page, near_lines(page)):
        if update().search(f"{label()} {line}"):
            yield line, "html:updated"


def near_lines(page: Statements) -> tuple[Line, ...]:
    """The lines around the headline among which dates are looked for."""
    return (*page.after[:NEAR], *page.before[:15])


def year_lines(
    page: Statements, lines: Iterable[Line]
) -> Iterator[tuple[int, str, Callable[[], str]]]:
    """Short lines with a year: distance to the headline, line, and the text right before it."""
    for line in lines:
        if (
            len(line.text) <= _LONGEST
            and _YEAR.search(line.text)
            and not _foreign().search(line.text)
            and not is_elsewhere(page, line.element)
        ):
            is_time = line.element.tag == "time" and not line.is_tail
            moment = line.element.get("datetime") if is_time else None
            yield line.distance, (moment or line.text)[:_LONGEST], line.label
