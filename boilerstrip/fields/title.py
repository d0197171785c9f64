"""The title: the headline as printed, without outlet or section."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from boilerstrip.claim import Cause
from boilerstrip.fields.candidate import Candidate
from boilerstrip.fields.head import run_on
from boilerstrip.fields.head.lines import shared_stems, words_of
from boilerstrip.fields.headline import is_headline, is_menu
from boilerstrip.fields.outlet import has_menus, home_names, own_names
from boilerstrip.fields.stamp import read_stamp
from boilerstrip.fields.text import MARKS
from boilerstrip.language.dates import parse_date
from boilerstrip.language.fold import squash, without_unseen
from boilerstrip.language.prose import is_prose
from boilerstrip.language.vocabulary import any_of
from boilerstrip.readers import jsonld
from boilerstrip.readers.markup import inner_text, parted_text, tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from boilerstrip.fields.text import Text
    from boilerstrip.readers.statements import Statements

# The cause of a line that is the headline because it stands above the body alone.
ABOVE_BODY = "text:above-body"
_TOLD = 2  # telling words that a headline has in common with the first lines of the body
# A text of so many lines is a whole page: of such first lines none of five was the headline, of
# shorter texts one of three. Of first lines over more headings than so many none of three was.
_PAGE_LINES = 40
_HEADINGS = 2
# Dialogue, and an hour of a programme.
_SPOKEN = re.compile(r"\s*(?:[-–—―]|\d{1,2}[.:]\d\d\s)")
# A date, or the address of a site.
_NO_TITLE = re.compile(
    r"\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d\d-\d\d|(?:www\.)?[a-z\d-]{3,}(?:\.[a-z]{2,})+"
)
_LABEL = re.compile(r"[^\W\d_]+:\s*")
_MENU = re.compile(
    r"(?i)breadcrumb|seo-?title|(?<![\w-])(?:site|blog)-?(?:title|name|logo)(?![\w-])"
)
_SLOGAN = 12  # characters that a name's tail may add to an outlet's name: "SPIEGEL Online"
_TELLING = 15  # letters from which a heading is no chance match
_KICKER = re.compile(
    r"(?:^|[\s_-])(?:kicker|eyebrow|over(?:line|title)|(?:pre|sur|sup|super)-?(?:title|titre|line)|"
    r"dachzeile|rubrik|occhiello|antetitulo|category|topic|topline|section|label|tag|flag)(?:$|[\s_-])"
)
_ANCHORS = ("#", "¶", "§", "🔗", "∞")  # what a link to its own heading shows
_KICKER_WORDS = 5  # words of a kicker
_FEWEST_WORDS = 3  # words of a headline
_UNRELATED = 0.25  # share of common words below which an h1 is another thing's heading


@cache
def _separator() -> re.Pattern[str]:
    return re.compile(
        rf"""(?x) (
            \s+ (?: [|｜ㅣ–—•·»«›‹*:>~/-] | :: | -- | \|\| ) \s+
          | \s* [|｜ㅣ»›] \s*
          | \s* ： \s* (?=\S{{2,12}}$)
          | \s+ {any_of("by_in_titles")} \s+ (?=[^|]{{3,30}}$)
        )"""
    )


@cache
def _section() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<=\S)\s*[|｜]\s*{any_of('sections')}$")


@cache
def _section_before() -> re.Pattern[str]:
    return re.compile(rf"(?i)^{any_of('sections')}\s*[|｜]\s*(?=\S)")


@cache
def _added() -> re.Pattern[str]:
    """What begins the rest of a title that is no part of it."""
    return re.compile(rf"(?i)^\W*(?:{any_of('added')}|\d{{1,2}}\W)\b")


class _Headline(NamedTuple):
    """A headline, its squashed form, and what may be no part of it.

    A kicker stands first, or says so; a subtitle is the last element.
    """

    value: str
    source: str
    key: str
    kicker: str = ""
    labelled: bool = False
    subtitle: str = ""


class _Titles(NamedTuple):
    """What a page states and prints as its title; ``names`` are the outlet's, which none is."""

    names: frozenset[str]
    stated: list[_Headline]
    h1: _Headline | None


def confirmed(page: Statements) -> Iterator[Candidate[str]]:
    """Stated headlines that an ``h2`` prints while the ``h1`` says another thing.

    Of several the shortest goes first: the others carry the kicker before the headline.
    """
    names, stated, h1 = page.once(_titles)
    told = [item for item in stated if item.source != "html:title" and len(item.key) > _TELLING]
    named = {item.key for item in told if item.source in {"json-ld", "meta:og:title"}}
    if not told or (h1 and named == {h1.key}):
        return
    printed = {squash(inner_text(heading)) for heading in page.subheadings}
    printed.discard(h1.key if h1 else "")
    found = [
        item
        for item in told
        if not (h1 and (item.key == h1.key or h1.value.startswith(f"{item.value}:")))
        and any(key.endswith(item.key) for key in printed)
    ]
    yield from _given(sorted(found, key=lambda item: len(item.key)), names)


def handmade(page: Statements) -> Iterator[Candidate[str]]:
    """On a news page, the headline that OpenGraph and Twitter share and the title element lacks.

    News desks write it by hand, and leave ``h1`` and title element to the search engines.
    """
    names, stated, h1 = page.once(_titles)
    by_source = {item.source: item for item in stated}
    shared = by_source.get("meta:og:title")
    twitter = by_source.get("meta:twitter:title")
    seo = by_source.get("html:title")
    if not (h1 and shared and twitter and seo and _is_news(page)):
        return
    if shared.key == twitter.key != seo.key and not h1.key.endswith(shared.key):
        yield from _given([shared], names)


def printed(page: Statements) -> Iterator[Candidate[str]]:
    """The ``h1``, unless no other source says anything like it."""
    names, stated, h1 = page.once(_titles)
    if h1 and not _is_unrelated(h1, stated):
        yield from _given([h1], names)


def stated(page: Statements) -> Iterator[Candidate[str]]:
    """What JSON-LD, the metas and the title element say, without the outlet's name."""
    names, stated, _ = page.once(_titles)
    yield from _given(stated, names)


def any_h1(page: Statements) -> Iterator[Candidate[str]]:
    """The ``h1``, whatever it says."""
    names, _, h1 = page.once(_titles)
    yield from _given([h1] if h1 else [], names)


def under_logo(page: Statements) -> Iterator[Candidate[str]]:
    """The first ``h2`` outside of menus and lists, where the ``h1`` is only the site's name."""
    names, _, h1 = page.once(_titles)
    if h1 is None and page.headings:
        own = [item for item in page.subheadings if not page.is_foreign(item)]
        yield from _given(map(_printed, own[:1]), names)


def by_rule(text: Text) -> Iterator[Candidate[str]]:
    """What a rule calls the title."""
    for value, claim in text.named("title"):
        if claim.cause.kind == "rule":
            yield Candidate(value, str(claim.cause))


def in_head(text: Text) -> Iterator[Candidate[str]]:
    """The headline in the head of the article, for what proves it."""
    head = text.article
    if head and head.sure and head.title:
        number, span = head.title
        lines, starts = text.parted
        value = lines[number].text[slice(*span)].strip(MARKS)
        if _is_whole(value, text, starts[number] + span[0]):
            yield Candidate(value, head.proof or "text:above-prose")


def said_again(text: Text) -> Iterator[Candidate[str]]:
    """What a text that lost its breaks begins with and says again."""
    value = run_on.said_again(text.told) if text.is_broken else None
    if value and is_headline(value) and not is_menu(value):
        yield Candidate(value, "text:echo")


def claimed(text: Text) -> Iterator[Candidate[str]]:
    """What was taken out as the headline for what proves it, and says what the body tells."""
    for value, claim in text.named("title"):
        named = claim.cause.kind == "metadata" and claim.cause.name != ABOVE_BODY
        if named and _told(value, text) and _is_whole(value, text, claim.start):
            yield Candidate(value, claim.cause.name)


def above_body(text: Text) -> Iterator[Candidate[str]]:
    """The first line, if it was taken out as a headline because of its place.

    Over a whole page it is the page's title, which words the headline otherwise, or another thing.
    """
    if text.is_broken or has_menus(text.lines) or len(text.lines) >= _PAGE_LINES:
        return
    for value, claim in text.named("title"):
        first = not text.whole[: claim.start].strip() or _told(value, text) >= _TOLD
        if first and claim.cause == Cause("metadata", ABOVE_BODY) and "|" not in value:
            yield Candidate(value, ABOVE_BODY)


def first_line(text: Text) -> Iterator[Candidate[str]]:
    """The first line of the body, if it is a headline over prose, and no heading or list."""
    body = text.body
    if text.is_broken or any(text.named("title")) or _has_headings(text):
        return
    if len(body) < _TOLD or not is_headline(body[0]) or is_prose(body[0]) or not is_prose(body[1]):
        return
    if not _SPOKEN.match(body[0]) and "\n" not in body[0]:
        yield Candidate(body[0].strip(MARKS), "text:first-line")


def _has_headings(text: Text) -> bool:
    """Whether the body has several lines of a headline's shape: the first heads a part of it."""
    loose = (line.text for line in text.lines if line.role is None and not line.prose)
    return sum(map(is_headline, loose)) > _HEADINGS


def _is_whole(value: str, text: Text, start: int) -> bool:
    """Whether a headline, of a text that lost its breaks, is surely one line of it."""
    if not text.is_broken:
        return True
    start = text.whole.find(value, start)
    return start >= 0 and run_on.is_line(text.told, start, start + len(value), text.small)


def _told(headline: str, text: Text) -> int:
    """How many words of a headline alone on its line the first lines of the body say, too."""
    dated = read_stamp(headline, text.language) is not None
    if not is_headline(headline) or is_menu(headline) or dated or "://" in headline:
        return 0
    return shared_stems(words_of(headline), frozenset().union(*map(words_of, text.story)))


# Where the headline is read from, most trusted first.
STATED = (confirmed, handmade, printed, stated, any_h1, under_logo)
SAID = (by_rule, said_again, in_head, claimed, above_body, first_line)


def _given(items: Iterable[_Headline], names: Collection[str]) -> Iterator[Candidate[str]]:
    for item in items:
        if item.key not in names:
            value = _section_before().sub("", _section().sub("", item.value))
            yield Candidate(value, item.source)


def _titles(page: Statements) -> _Titles:
    logos = [heading for heading in page.headings if _is_logo(page, heading)]
    headings = [_printed(heading) for heading in page.headings if heading not in logos]
    headings = [heading for heading in headings if heading.key]
    names = page.once(own_names) | _blog_names(page, headings)
    names |= {squash(name.value) for name in page.once(home_names)}
    names |= {key for logo in logos if (key := squash(inner_text(logo)))}
    stated = _stated(page, names, {heading.key for heading in headings} - names)
    headings = [_without_kicker(heading, stated) for heading in headings]
    h1 = _main_heading(headings, stated, names)
    if h1:
        h1 = next((item for item in stated if _is_within(item, h1)), h1)
    return _Titles(names, stated, h1)


def _blog_names(page: Statements, headings: Sequence[_Headline]) -> frozenset[str]:
    """The heading that is the blog's name: the title element is it, and then a longer title."""
    post = page.meta("og:title") or ""
    whole = squash(page.title_element or "")
    blog = whole.removesuffix(squash(post))
    names = (item for item in headings if item.key == blog != whole)
    return frozenset(item.key for item in names if len(item.value.split()) < len(post.split()))


def _printed(heading: HtmlElement) -> _Headline:
    """A heading; without key where it only repeats the title in a breadcrumb or a menu."""
    parent = heading.getparent()
    marks = tokens(heading) + ("" if parent is None else " " + tokens(parent))
    value = _without_anchor(heading, _plain(parted_text(heading)))
    hidden = _MENU.search(marks) or heading.get("data-breadcrumb-headline") is not None
    key = "" if hidden else squash(value)
    return _Headline(value, f"html:{heading.tag}", key, *_kicker(heading), _subtitle(heading))


def _without_anchor(heading: HtmlElement, value: str) -> str:
    """A heading's text without the sign of a link to the heading itself."""
    last = heading[-1] if len(heading) else None
    if last is None or last.tag != "a" or (last.tail or "").strip():
        return value
    sign = inner_text(last)
    return value.removesuffix(sign).rstrip() if sign in _ANCHORS else value


def _plain(text: str) -> str:
    """A heading's text without what nobody sees, entities that were escaped twice resolved."""
    return without_unseen(unescape(text) if "&" in text else text).strip()


def _kicker(heading: HtmlElement) -> tuple[str, bool]:
    """What the first element of a heading says before the rest, and whether it is called so."""
    if not len(heading) or not isinstance(heading[0].tag, str):
        return "", False
    if opening := (heading.text or "").strip():
        return (_plain(opening), False) if heading[0].tag == "br" else ("", False)
    first = heading[0]
    return _plain(parted_text(first)), first.tag == "small" or bool(_KICKER.search(tokens(first)))


def _subtitle(heading: HtmlElement) -> str:
    """What the last element of a heading says behind the rest."""
    last = heading[-1] if len(heading) else None
    if last is None or not isinstance(last.tag, str) or last.tag == "a":
        return ""
    return "" if (last.tail or "").strip() else _plain(parted_text(last))


def _without_kicker(heading: _Headline, stated: Sequence[_Headline]) -> _Headline:
    """The heading without kicker and subtitle, if called so or what is stated lacks them."""
    kicker, value = heading.kicker, heading.value
    if heading.subtitle and value.endswith(heading.subtitle):
        rest = value.removesuffix(heading.subtitle).rstrip(" :|–—-")
        known = {item.key for item in stated}
        if squash(rest) in known and heading.key not in known:
            return _Headline(rest, heading.source, squash(rest))
    if not kicker or not value.startswith(kicker) or len(kicker.split()) > _KICKER_WORDS:
        return heading
    rest = value[len(kicker) :].lstrip(" :|–—-")
    key, known = squash(rest), {item.key for item in stated}
    whole = heading.key in known and key not in known
    if whole or len(rest.split()) < _FEWEST_WORDS or not (heading.labelled or key in known):
        return heading
    return _Headline(rest, heading.source, key)


def _is_logo(page: Statements, heading: HtmlElement) -> bool:
    """Whether all that a heading says is a link to the front page."""
    link = next(heading.iter("a"), None)
    if link is None or inner_text(link) != inner_text(heading):
        return False
    before, slashes, behind = (link.get("href") or "#").rstrip("/").partition("//")
    return (behind.removeprefix("www.") == page.site and bool(behind)) if slashes else not before


def _stated(page: Statements, names: Collection[str], printed: Collection[str]) -> list[_Headline]:
    """What each source besides the headings gives, its outlet cut off."""
    cuts: dict[str, tuple[str, str]] = {}
    found = []
    for value, source in _sources(page):
        if value not in cuts:
            cut = cut_outlet(value, names, printed)
            cuts[value] = cut, squash(cut)
        cut, key = cuts[value]
        if key and key not in names:
            found.append(_Headline(cut, source, key))
    return found


def _sources(page: Statements) -> Iterator[tuple[str, str]]:
    for node in page.linked.articles[:1]:
        if value := jsonld.text(node.get("headline")):
            yield value, "json-ld"
    for key in ("og:title", "twitter:title", "citation_title", "parsely-title", "dc.title"):
        if value := page.meta(key):
            yield value, f"meta:{key}"
    if page.title_element:
        yield page.title_element, "html:title"


def _main_heading(
    headings: Sequence[_Headline], stated: Sequence[_Headline], names: Collection[str]
) -> _Headline | None:
    """The ``h1`` that the other sources know, otherwise the first that isn't the outlet's."""
    firsts = [item for item in headings if item.source == "html:h1" and item.key not in names]
    keys = {item.key for item in stated}
    known = next((item for item in firsts if item.key in keys), None)
    similar = (item for item in firsts if any(_share(item, other) >= 0.5 for other in stated))
    held = (
        item
        for item in firsts
        if len(item.key) > _TELLING and any(item.key in other.key for other in stated)
    )
    heading = known or next(held, None) or next(similar, None) or (firsts[0] if firsts else None)
    cut = cut_outlet(heading.value, names) if heading else ""
    return _Headline(cut, "html:h1", squash(cut)) if squash(cut) else heading


def _is_within(item: _Headline, h1: _Headline) -> bool:
    """Whether ``item`` is all of the ``h1`` but a byline or a date behind it, or a label before."""
    before, found, behind = h1.value.partition(item.value)
    if not found or h1.key == item.key:
        return False
    if before:
        return not behind and bool(_LABEL.fullmatch(before) or parse_date(before))
    return bool(_added().match(behind))


def _is_news(page: Statements) -> bool:
    return any("news" in kind for node in page.linked.articles[:1] for kind in jsonld.types(node))


def _is_unrelated(h1: _Headline, stated: Sequence[_Headline]) -> bool:
    """Whether no other source says anything like the ``h1``, in a script that spaces words."""
    others = [item for item in stated if " " in item.value]
    return bool(others) and all(_share(h1, item) < _UNRELATED for item in others)


def _share(one: _Headline, other: _Headline) -> float:
    """The share (0-1) of the shorter headline's words that the longer has too."""
    left, right = (set(re.findall(r"\w+", item.value.casefold())) for item in (one, other))
    return len(left & right) / (min(len(left), len(right)) or 1)


def cut_outlet(title: str, names: Collection[str], printed: Collection[str] = ()) -> str:
    """``title`` without the outlet at either end; ``printed`` are the page's own headings.

    ``names`` and ``printed`` are squashed: bare letters and digits.

    >>> cut_outlet("Rain stops - World | The Daily Sketch", {"thedailysketch"}, {"rainstops"})
    'Rain stops'
    >>> cut_outlet("Daily Sketch: Rain - a history", {"dailysketch"})
    'Daily Sketch: Rain - a history'
    """
    parts = _separator().split(title)
    if len(parts) < 3 or squash(title) in printed:
        return title
    pieces = [parts[:end] for end in range(len(parts) - 2, 0, -2)]
    pieces += [parts[start:] for start in range(2, len(parts), 2)]
    for piece in pieces:
        if squash("".join(piece)) in printed:
            return "".join(piece)
    whole = len(parts)
    while len(parts) >= 3 and (_names_outlet(parts[-1], names) or _NO_TITLE.fullmatch(parts[-1])):
        parts = parts[:-2]
    if 3 <= len(parts) < whole and _is_section(parts):
        parts = parts[:-2]
    for end in range(len(parts) - 3, 1, -2):
        # Behind the outlet stands its slogan.
        if squash(parts[end]) in names and len("".join(parts[: end - 1]).split()) >= _FEWEST_WORDS:
            parts = parts[: end - 1]
    while len(parts) >= 3 and squash(parts[0]) in names:
        parts = parts[2:]
    return "".join(parts).strip()


def _is_section(parts: Sequence[str]) -> bool:
    """Whether the last part, which stood before the outlet, is a section's name: a word or two."""
    few = len(parts[-1].split()) <= 2 and parts[-2].strip() != "/"
    return few and len("".join(parts[:-2]).split()) >= 4


def _names_outlet(part: str, names: Collection[str]) -> bool:
    key = squash(part)
    return any(_same_outlet(key, name) for name in names)


def _same_outlet(key: str, name: str) -> bool:
    if key == name:
        return True
    short, long = sorted((key, name), key=len)
    close = len(short) > 3 and len(long) <= len(short) + _SLOGAN
    return close and (long.startswith(short) or long.endswith(short))
