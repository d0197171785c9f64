"""The lines of a text that name an outlet, each with whom it names and what that is worth.

Notices, invitations and sources are told by their words; a masthead, a credit, the foot and an
address by where a name stands in them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from functools import cache
from itertools import accumulate, islice
from typing import TYPE_CHECKING, NamedTuple

import regex

from boilerstrip.fields.outlet_name import (
    ADDRESS,
    EDGES,
    LONGEST_NAME,
    NAME_PLAIN,
    QUOTED,
    bare,
    cased,
    common_words,
    has_outlet_word,
    is_outlet_name,
    loose_name,
    whole_name,
    words_of,
)
from boilerstrip.fields.rights import SIGNS, mask, owners, rights_marks, without_company
from boilerstrip.fields.wording import Phrases, wordings
from boilerstrip.language.dates import parse_date
from boilerstrip.language.fold import fold_case, fold_variants
from boilerstrip.language.vocabulary import any_of, lowered, words_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from boilerstrip.fields.head import HeadLine
    from boilerstrip.fields.wording import Wording

# What a line is worth by how it names somebody. Guesses, set by how often each mixture of lines
# was right on raw texts and page dumps.
WORTH = {
    "origin": 2.5,
    "copyright": 2.0,
    "own": 1.5,
    "source": 1.5,
    "address": 2.0,
    "near": 1.0,
    "title": 1.0,
    "head": 0.5,
    "credit": 0.5,
    "byline": 0.5,
    "foot": 0.5,
}
# The notice names a company and not an outlet.
COMPANY = 1.0
# A name that is the first line; one under a link that skips the menus, where blogs have theirs.
FIRST, SKIPPED = 1.0, 2.0
# The line with the wording was taken for boilerplate of a kind in which outlets name themselves.
_SURER = 0.5
SELF = frozenset(
    {"app_promo", "newsletter", "share", "disclaimer", "paywall", "copyright", "source_footer"}
)
_OF_STORY = frozenset({None, "title", "byline", "date", "author_bio"})
_NO_HEAD = frozenset({"byline", "date", "media"})

_LONGEST_LINE = 400
_LONGEST_CREDIT = 250
_LONGEST_BYLINE = 150
_HEAD_LINES, _FOOT_LINES, _BYLINE_LINES = 6, 12, 60
# So many of the addresses that stand in a text most often may be the outlet's own.
_ADDRESSES = 3
# So many letters of an address are part of a text by chance.
_SHORTEST_LABEL = 4
_NOTICE_SIGNS = ("©", "(c)", "(C)", "ⓒ")
_TAIL = regex.compile(r"['’]\p{Ll}{1,3}$")
_BETWEEN = re.compile(r"\s*[|›»>→·•/(),:;、，]\s*|\s+-+\s+")
_CRUMB = re.compile(r"\s*[|›»>→]\s*|\s-\s(?=\S+\s\S)")
_HOST = re.compile(r"(?:@|//|www\.)(?:[\w-]+\.)*?(?P<label>[\w-]{3,})\.(?:\w{2,3}\.)?[a-z]{2,7}\b")
_IN_ADDRESS = re.compile(r"@|://|www\.|\w\.[a-z]{2,7}(?:/|\W*$)")
_HANDLE = re.compile(r"(?<![\w.])@(?P<label>\w{4,30})(?![\w.@])")
# What ends a name in Chinese or Japanese: the next column of its line, the day of a dateline.
_COLUMN_END = re.compile(r"\s*\u3000\s*|\d{1,2}月\d{1,2}日")
_YEAR_FIRST = re.compile(r"^(?:\W*(?:19|20)\d\d\b)+")
_LAST = re.compile(r"[ -]")
_DATE_LAST = re.compile(r"\s\d.*")
_LETTERS = regex.compile(r"[\p{L}\p{M}\d&'+-]+")


class Mention(NamedTuple):
    """One line that names somebody: how, whom, which line of the text, and what it is worth."""

    kind: str
    name: str
    line: int
    worth: float


def mentions(lines: Sequence[HeadLine]) -> Iterator[Mention]:
    """What the lines say of outlets."""
    text = fold_variants("\n".join(line.text for line in lines))  # no line holds a line's end
    folded, lower = text.split("\n"), fold_case(text).split("\n")
    yield from _worded(lines, folded, lower)
    yield from _heads(lines, folded, lower)
    yield from _credits(lines, folded)
    yield from _bylines(lines, folded)
    yield from _feet(lines, folded)


def is_of_story(line: HeadLine) -> bool:
    """Whether a line is a sentence of the story, which names many."""
    return line.prose and line.role in _OF_STORY


def _worded(
    lines: Sequence[HeadLine], folded: Sequence[str], lower: Sequence[str]
) -> Iterator[Mention]:
    """Notices of rights, and what the vocabulary has a wording for."""
    short = [number for number, line in enumerate(lines) if len(line.text) <= _LONGEST_LINE]
    noted = (number for number in short if lines[number].role != "media")
    telling = [number for number in short if not is_of_story(lines[number])]
    notices = _within("notice", lower, noted)
    whole = "\n".join(lower)
    signs = [*notices, *(sign for sign in SIGNS if sign in whole)]
    known = [one for words in _within("outlet", lower, telling) for one in wordings()[words]]
    worded = _lines_with(known, lower)
    for number in short:
        line = lines[number]
        if signs and line.role != "media" and any(sign in lower[number] for sign in signs):
            masked = mask(folded[number], lower[number], notices)
            for start, end, company in owners(masked):
                worth = COMPANY if company else WORTH["copyright"]
                yield from mention("copyright", line.text[start:end], number, worth)
        if is_of_story(line) or line.role == "media":
            continue
        for one in worded.get(number, ()):
            for start, end in one.spans(folded[number], lower[number]):
                sure = line.role in SELF or (one.kind == "source" and line.role in _NO_HEAD)
                worth = WORTH[one.kind] + _SURER * sure
                name = _TAIL.sub("", line.text[start:end])
                yield from mention(one.kind, name, number, worth)


def _lines_with(known: Iterable[Wording], lower: Sequence[str]) -> dict[int, list[Wording]]:
    """The wordings of each line that holds the words of one."""
    known = list(known)
    if not known:
        return {}
    text = "\n".join(lower)
    starts = [0, *accumulate(len(line) + 1 for line in lower)]
    found = defaultdict(list)
    for one in known:
        at = text.find(one.before or one.behind)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            found[number].append(one)
            at = text.find(one.before or one.behind, starts[number + 1])
    return found


def _within(of: str, lower: Sequence[str], numbers: Iterable[int]) -> list[str]:
    """The phrases of a kind that some of the lines hold."""
    return _index(of).within("\n".join(lower[number] for number in numbers))


@cache
def _index(of: str) -> Phrases:
    return Phrases(wordings() if of == "outlet" else rights_marks())


def _heads(
    lines: Sequence[HeadLine], folded: Sequence[str], lower: Sequence[str]
) -> Iterator[Mention]:
    """The first lines that are a name, or begin with one as a path or a menu does."""
    skipped = False
    for number, line in enumerate(lines[:_HEAD_LINES]):
        skip = _skip_link().match(lower[number])
        if skip:
            rest = folded[number][skip.end() :].lstrip(EDGES)
            yield from _menu_head(rest, number, FIRST)
            skipped = True
            continue
        if line.prose:
            return
        worth = WORTH["head"] if number else FIRST
        start = line.text if len(line.text) <= LONGEST_NAME else ""
        crumb = _CRUMB.search(folded[number])
        if crumb:
            start = line.text[: crumb.start()]
        named = loose_name() if skipped or not number else whole_name()
        if line.role not in _NO_HEAD and start and named.fullmatch(fold_variants(start)):
            worth = SKIPPED + _SURER * _is_blog(lower) if skipped else worth
            found = [] if _is_menu(start) else list(mention("head", start, number, worth))
            skipped = skipped and not found
            yield from found
        elif not number and not crumb:
            yield from _menu_head(line.text, number, worth)


def _is_blog(lower: Iterable[str]) -> bool:
    """Whether a short line names one of those that make blogs."""
    return any(_blog_maker().search(text) for text in lower if len(text) <= _LONGEST_CREDIT)


@cache
def _blog_maker() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of('blog_makers')}(?!\w)")


def _is_menu(text: str) -> bool:
    """Whether all words but one are a menu's, and no article opens them."""
    words = words_of(text)
    common = sum(word in common_words() for word in words)
    return len(words) > 2 and common >= len(words) - 1 and words[0] not in _articles()


def _menu_head(text: str, number: int, worth: float) -> Iterator[Mention]:
    """The name before the first word of a menu."""
    words = text.split(None, 6)[:6]
    small = lowered("outlet_particles")
    for count, word in enumerate(words):
        if count and word[:1].isupper() and word.casefold().strip(EDGES) in common_words():
            name = " ".join(words[:count])
            if words[count - 1] not in small and whole_name().fullmatch(fold_variants(name)):
                yield from mention("head", name, number, worth)
            return


def _credits(lines: Sequence[HeadLine], folded: Sequence[str]) -> Iterator[Mention]:
    """The names in the credits of pictures."""
    for number, line in enumerate(lines):
        if line.role == "media" and len(line.text) <= _LONGEST_CREDIT:
            yield from _pieces("credit", line.text, folded[number], number)


def _bylines(lines: Sequence[HeadLine], folded: Sequence[str]) -> Iterator[Mention]:
    """The names beside others in bylines and date lines."""
    for number, line in enumerate(islice(lines, _BYLINE_LINES)):
        own = line.role in {"byline", "date"} and not line.prose
        if own and len(line.text) <= _LONGEST_BYLINE:
            yield from _pieces("byline", line.text, folded[number], number)


def _pieces(kind: str, text: str, folded: str, number: int) -> Iterator[Mention]:
    """The pieces of a line that are names, without the words before them: "Foto"."""
    start = 0
    for match in (*_BETWEEN.finditer(folded), None):
        end = match.start() if match else len(folded)
        at = start + _opening(folded[start:end])
        team = kind == "byline" and not lowered("groups").isdisjoint(words_of(text[start:at]))
        if loose_name().fullmatch(folded, at, end):
            yield from mention(kind, text[at:end], number, FIRST if team else WORTH[kind])
        start = match.end() if match else end


def _opening(folded: str) -> int:
    """How long the words before a name are that are none: "Photo by ", "© "."""
    article = 0
    for match in _LETTERS.finditer(folded):
        if match[0].casefold() not in common_words():
            return article or match.start()
        article = match.start() if match[0][0].isupper() and match[0].lower() in _articles() else 0
    return 0


@cache
def _articles() -> frozenset[str]:
    return lowered("articles", "outlet_openings")


def _feet(lines: Sequence[HeadLine], folded: Sequence[str]) -> Iterator[Mention]:
    """The names with which lines of the foot begin, and those in quotes there."""
    last = len(lines) - _FOOT_LINES
    for number, line in enumerate(lines):
        own = line.role in SELF
        if (number < last and not own) or is_of_story(line) or len(line.text) > _LONGEST_LINE:
            continue
        worth = WORTH["foot"] + _SURER * own
        if number >= last and (years := _years().fullmatch(folded[number])):
            name = line.text[slice(*years.span("name"))]
            yield from mention("copyright", without_company(name), number, WORTH["copyright"])
        match = _foot().match(folded[number], _opening(folded[number]))
        if match and match.end() == len(folded[number]) and without_company(match[0]) == match[0]:
            match = None
        if match and not any(sign in folded[number] for sign in _NOTICE_SIGNS):
            name = line.text[slice(*match.span("name"))]
            yield from mention("foot", without_company(name), number, worth)
        for quoted in _QUOTED_NAME.finditer(folded[number]):
            if whole_name().fullmatch(quoted["name"]):
                name = line.text[slice(*quoted.span("name"))]
                yield from mention("foot", name, number, worth)


_QUOTED_NAME = regex.compile(QUOTED)


@cache
def _foot() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?P<name>{cased()}|{NAME_PLAIN})(?=\s?(?:[.,|(·•]|-\s|(?:19|20)\d\d|$))"
    )


@cache
def _years() -> regex.Pattern[str]:
    """A line of the foot that is a name and the years since when it is there: a notice's rest."""
    kind = rf"(?:{any_of('outlet_words')}\s)?"
    return regex.compile(
        rf"(?i:{kind})(?P<name>{cased()}|{NAME_PLAIN}),?\s"
        r"\(?(?:19|20)\d\d\s?[-–—]\s?(?:19|20)\d\d\W*"
    )


@cache
def _skip_link() -> re.Pattern[str]:
    return re.compile(rf"\W*{any_of('skip_links')}(?!\w)")


def labels(lines: Sequence[HeadLine]) -> list[str]:
    """What the sites are called that the addresses and handles in the text lead to."""
    found: Counter[str] = Counter()
    for line in lines:
        if _has_address(line.text) or " " not in line.text.strip(EDGES):
            text = line.text.casefold()
            seen = [match["label"] for match in (*_HOST.finditer(text), *_HANDLE.finditer(text))]
            if address := ADDRESS.fullmatch(text.strip(EDGES)):
                seen.append(address["label"])
            found.update(list(dict.fromkeys(map(bare, seen))))
    known = _no_labels()
    ordered = (label for label, _ in found.most_common() if label not in known)
    return list(islice((label for label in ordered if len(label) >= _SHORTEST_LABEL), _ADDRESSES))


def _has_address(text: str) -> bool:
    """Whether a line may hold an address or a handle."""
    if "@" in text or "//" in text:
        return True
    return ("w." in text or "W." in text) and "www." in text.casefold()


@cache
def _no_labels() -> frozenset[str]:
    """Bare names of platforms, and of where anybody gets an address for letters."""
    return frozenset(map(bare, words_for("platforms", "mail_hosts")))


def spelt(lines: Sequence[HeadLine], keys: Sequence[str], label: str) -> Iterator[Mention]:
    """The names in the text that an address is made of: "The Ardal Post" of ardalpost.example.

    ``keys`` are the ``bare`` lines.
    """
    for number, (line, whole) in enumerate(zip(lines, keys, strict=True)):
        if label not in whole:
            continue
        words = list(_LETTERS.finditer(line.text))
        for first in range(len(words)):
            key = ""
            for last in range(first, min(first + 7, len(words))):
                key += bare(words[last][0].replace("&", "and"))
                if not label.startswith(key):
                    break
                if key == label:
                    name = line.text[words[first].start() : words[last].end()]
                    if not _is_in_address(line.text, words[first].start(), words[last].end()):
                        yield from mention(
                            "address",
                            _with_article(line.text, words, first) + name,
                            number,
                            WORTH["address"],
                        )
                    break


def _with_article(text: str, words: Sequence[regex.Match[str]], first: int) -> str:
    """The capitalised article before a name, with the space behind it."""
    if first and words[first - 1][0] in words_for("outlet_openings"):
        return text[words[first - 1].start() : words[first].start()]
    return ""


def _is_in_address(text: str, start: int, end: int) -> bool:
    """Whether a word stands in an address and not in a text."""
    first = text.rfind(" ", 0, start) + 1
    return bool(_IN_ADDRESS.search(text[first:end] + text[end:].partition(" ")[0]))


def mention(kind: str, name: str, number: int, worth: float) -> Iterator[Mention]:
    """The mention of a name, if it can be an outlet's."""
    name = _without_call(_YEAR_FIRST.sub("", _COLUMN_END.split(name.strip())[0]).strip(EDGES))
    name = _without_ending(_writer_behind().split(name)[0])
    if is_outlet_name(name, owner=kind == "copyright") and not parse_date(name):
        yield Mention(kind, name, number, worth)


@cache
def _writer_behind() -> regex.Pattern[str]:
    """The word for a writer behind a name in a script without spaces: "临江晚报 记者 周可"."""
    return regex.compile(rf"(?<=\p{{Han}})\s+(?={any_of('author_label')})")


def _without_ending(name: str) -> str:
    """The name without what stands behind it: "Ardal Post Logo", "Ardal Post on 3 May 2024"."""
    if parse_date(name):
        name = _DATE_LAST.sub("", name)
    last = _LAST.split(name)[-1]
    rest = name[: -len(last) - 1]
    is_ending = not last[:1].isupper() and last in common_words() and not has_outlet_word(last)
    if rest and (is_ending or last.casefold() in lowered("home_page")):
        return _without_ending(rest)
    return name


def _without_call(name: str) -> str:
    """The name without a call before it: "Get the Fell & Fjord" without "Get the"."""
    first, _, rest = name.partition(" ")
    if rest and first.casefold() in lowered("follow"):
        return rest
    small, _, bare_name = rest.partition(" ")
    is_call = bare_name and small in lowered("articles") and first.casefold() in common_words()
    return bare_name if is_call else name
