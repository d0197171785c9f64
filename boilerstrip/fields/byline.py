"""Bylines in raw text: the names in a line that says who wrote the article, and little else."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import regex

from boilerstrip.fields.stamp import cut_moment, is_moment
from boilerstrip.language.dates import is_month
from boilerstrip.language.names import clean_author, is_agency, is_role, looks_like_name
from boilerstrip.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

_BY = r"""(?: (?: written | posted | published | reported | story | words | text | article
    | report | review
      | opinion | analysis | commentary | compiled | submitted | created | authored | contributed )
      (?: \s (?: and | & ) \s \p{L}+ )? \s by | by | authors? | byline | writer
    | (?: (?:eine?\s)? (?: kolumne | kommentar | gastbeitrag | analyse | essay | interview
    | reportage | glosse
      | text | bericht | rezension ) \s )? von | autor(?:in|en|es|a)? | autorin/autor
    | escrito\ por | redactado\ por | publicado\ por | por | par | propos\ recueillis\ par
    | auteurs? | di | a\ cura\ di
    | autore | door | geschreven\ door | av | af | skrevet\ av | skrevet\ af | text:?\ av
    | skribent | tekst | forfatter
    | kirjoittanut | toimittaja | oleh | ditulis\ oleh | penulis | reporter | przez | autorzy
    | napsal[ai]?
    | yazan | yazar | muhabir | автор\w* | автори | текст | bài\ viết | tác\ giả | 文 | 文責 | 執筆
    | 取材 | 作者 | 記者
    | 记者 | 撰文 | 기자 | 글 | بقلم | كتب | מאת | द्वारा | โดย )"""
_LABEL = regex.compile(rf"(?ix) {_BY} \s* (?: [:：|] \s* | \s | $ | (?<=[文者글] ) )")
# These words are labels; without a colon they also begin the names of other things.
_NOUN = regex.compile(r"(?i)authors?|byline|writer|story|words|te[kx]ste?|reporter|opinion|review")
# A day, a time, or a label of one.
_DATED = regex.compile(
    r"""(?x) \b(?!0:)\d{1,2}[:h]\d\d\b | \d{4}[-/.]\d{1,2}[-/.]\d{1,2}
    | \d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}
    | \d{1,2}(?:st|nd|rd|th|\.|er|º)?\s(?:de\s)?(?P<month>\p{L}{3,})
    | (?P<month>\p{L}{3,})\.?\s\d{1,2}\b | [年月日]
    | (?i: publi | post | updat | akt?ual | mod )\p{L}*\W*$"""
)
# "3 May 2024 by Ada Moore", "3 May 2024 | Ada Moore".
_BY_INSIDE = regex.compile(rf"(?ix) (?<=\s) {_BY} \s* (?: [:：|] \s* | \s )")
_AFTER = regex.compile(r"(?i)^.*\d(?:\s?(?:[ap]\.?m\.?|uhr|h)\b)?(?:\s?\(?[A-Z]{3,4}\b\)?)?")
# Who did something else than write: the names that follow are not the authors'.
_OTHERS = regex.compile(
    r"""(?ix) (?: (?: medically | expert | fact[-\s]? | editorially | clinically
    | peer )? \s* (?: reviewed | checked | edited
      | approved | verified | updated | presented | sponsored | translated
      | curated ) \s (?: & \s \w+ \s )? by
    | (?: photo | photograph | picture | image | illustration | video | graphic | foto | bild
    | credit | cover )\w*
      \s* (?: by\b | : | credit | courtesy | von\b | af\b | av\b )
    | editors? | redigert\ av | editor | penyunting | редактор | übersetz\w* | traducción
    | foto | fotos | bild | photo
    | fotograf\w* | 写真 | 사진 ) \b"""
)
_BETWEEN = regex.compile(
    r"""(?x) \s* (?: ,\s(?:and|und|&|y|e|et|og|och|en|i)\s | [|•·‧;/、，] | ,(?=\s|\p{L}|$)
    | \s[-–—]\s | \t
    | \s(?:and|&|with|und|y|e|et|og|och|i|и|і|та|dan|ve|en|ja|și)\s | & ) \s*"""
)
_NAME = regex.compile(
    r"""(?x) (?: (?:Dr|Prof|Sir|Dame)\.?\s )? \p{Lu}[\p{L}\p{M}.'’-]*
    (?: \s (?: van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ben|ter|ten|zu|af|av
      | \p{Lu}[\p{L}\p{M}.'’-]* ) ){0,4}"""
)
# Of names without spaces and capitals, the ones in Chinese characters can be told by their length.
_EAST_ASIAN = regex.compile(r"(?=.{3,6}$)\p{Han}{1,3}[\s　]?\p{Han}{1,3}")
# What stands before the name of a post: "Ada Moore Deputy Editor".
_QUALIFIER = regex.compile(
    r"""(?ix) assistant | associate | audience | business | chief | city | content | crime
    | culture | data | deputy
    | digital | education | entertainment | environment | executive | features | food | foreign
    | general | health
    | investigations? | lifestyle | managing | money | news | night | parliamentary | personal
    | picture | political
    | politics | science | senior | shopping | showbiz | social | special | sports? | staff
    | tech | technology
    | travel | trending | video | world | stv\. | stellv\. | leitender? | freier?"""
)
_REPORTER = regex.compile(
    r"(?<name>[\p{Han}\p{Hangul}\s　]{2,9}?)\s?"
    r"(?:記者|记者|기자|特派員|선임기자|특파원)(?:\s?외.{1,4})?"
)
_CREDENTIAL = regex.compile(r"(?:[A-Z][A-Za-z]{0,4}\.?){1,4}(?:-[A-Z]+)?\.?")
_EDGE = " \t,.:;|•·*_-–—/&+()[]@"
# The number of a footnote on a name in a list.
_NOTE = regex.compile(r"\s\d(?=\W*$)")
# The button beside a name.
_BUTTON = regex.compile(r"(?i)\s\+?\s?(?:follow|folgen|seguir|suivre|segui|volgen|följ|følg)$")
_MAIL = regex.compile(r"\S+@\S+|https?://\S+|\(.{0,60}?\)|\[.{0,60}?\]")
_LONGEST = 160
_WORDS = (2, 5)
# Words that no name begins with.
_FUNCTION = word_set(
    """
    the a an my our your all how why what when where who with for from and or not if key find
    zur zum der die das ein eine mit für bei im am auf und les des un une los las una il gli
    """
)
# Where the writer is, or for whom he writes: "By Ada Moore for the Harbour Post".
_WHERE = regex.compile(r"\s(?i:for|in|at|from|aus|für)\s.+")


class Byline(NamedTuple):
    """The names in a line, and what speaks for them: a label, a date or a post on the line.

    ``bare`` says that the line holds nothing but names. Without names it is a label alone.
    """

    names: tuple[str, ...]
    labelled: bool
    dated: bool
    posted: bool
    bare: bool


@lru_cache(maxsize=10_000)  # the same lines are looked at again in every pass
def read_byline(line: str) -> Byline | None:
    """What a line says about who wrote the article; ``None`` if it says other things.

    >>> read_byline("By Ada Moore and Bo Lind | 3 May 2024").names
    ('Ada Moore', 'Bo Lind')
    >>> read_byline("Ada Moore, Reporter").posted, read_byline("Written by").names
    (True, ())
    >>> read_byline("Reviewed by Ada Moore"), read_byline("By the sea in winter")
    (None, None)
    """
    if not line or len(line) > _LONGEST or _OTHERS.match(line):
        return None
    label = _LABEL.match(line)
    rest = line[label.end() :] if label else line
    cut = cut_moment(rest)
    if cut is not None and not is_moment(rest[cut:]) and not _is_dated(rest[cut:]):
        cut = None
    dated = cut is not None
    before = _NOTE.sub("", _MAIL.sub(" ", rest[:cut]).strip(_EDGE)).strip(_EDGE)
    if not before and label is None and dated:
        label = _BY_INSIDE.search(rest)
        after = label or (None if is_moment(rest) else _AFTER.search(rest))
        before = rest[after.end() :] if after else ""
        before = before[: cut_moment(before)].strip(_EDGE) if label else before.strip(_EDGE)
    rest = _WHERE.sub("", before) if label else before
    if not rest:
        return Byline((), True, dated, False, False) if label and not dated else None
    found = _read_names(rest, label=label is not None, dated=dated)
    if found and label and _NOUN.fullmatch(label[0].strip()):
        name = found.names[0]
        return found if " " in name or is_agency(name) else None
    return found


def _is_dated(text: str) -> bool:
    matches = _DATED.finditer(text)
    return any(not match["month"] or is_month(match["month"]) for match in matches)


def _read_names(text: str, *, label: bool, dated: bool) -> Byline | None:
    names: list[str] = []
    posted = False
    strange = 0
    for joint, piece in _pieces(text):
        name, post = _split_post(_undouble(_BUTTON.sub("", piece.strip(_EDGE))))
        posted |= bool(post)
        if not name:
            continue
        first = label and not names and " " not in name and _NAME.fullmatch(name)
        if is_agency(name) and names and not joint:
            posted = True
        elif is_name(name) or first or (is_agency(name) and (label or names or dated)):
            names.append(name)
        elif is_role(name) or (names and _CREDENTIAL.fullmatch(name)):
            posted = True
        else:
            strange += 1
    if not names or (strange and not (label and is_name(names[0]))):
        return None
    cleaned = tuple(dict.fromkeys(n for name in names if (n := clean_author(name))))
    if not label:
        cleaned = tuple(name for name in cleaned if is_name(name) or is_agency(name))
    bare = not (label or dated or posted)
    return Byline(cleaned, label, dated, posted, bare) if cleaned else None


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """The pieces of a byline, and whether a word like "and" joins each to the one before."""
    end, joint = 0, False
    for match in _BETWEEN.finditer(text):
        yield joint, text[end : match.start()]
        end, joint = match.end(), any(map(str.isalpha, match[0])) or "&" in match[0]
    yield joint, text[end:]


def is_name(text: str) -> bool:
    """Whether a text has the shape of a person's full name.

    >>> is_name("Ada van den Berg"), is_name("Ada"), is_name("松岡大地"), is_name("and Ada Moore")
    (True, False, True, False)
    """
    if _EAST_ASIAN.fullmatch(text):
        return True
    words = text.split()
    if not (_WORDS[0] <= len(words) <= _WORDS[1] and _NAME.fullmatch(text)):
        return False
    if words[0].casefold() in _FUNCTION or len(words[-1]) == 1:
        return False
    return looks_like_name(text) and not is_role(text) and any(len(word) > 2 for word in words)


def _split_post(piece: str) -> tuple[str, str]:
    """A name and the post behind it: "Ada Moore Reporter"."""
    if match := _REPORTER.fullmatch(piece):
        return match["name"].split()[-1], "reporter"
    words = piece.split()
    for size in range(len(words) - 1, 1, -1):
        name, post = " ".join(words[:size]), " ".join(words[size:])
        if is_agency(post) and is_name(name):
            return name, post
        plain = not is_role(words[size - 1]) and not _QUALIFIER.fullmatch(words[size - 1])
        if plain and is_role(post) and is_name(name):
            return name, post
    return piece, ""


def _undouble(text: str) -> str:
    """A name that is printed twice, once.

    >>> _undouble("Ada Moore Ada Moore"), _undouble("Ada Moore")
    ('Ada Moore', 'Ada Moore')
    """
    words = text.split()
    half = len(words) // 2
    doubled = len(words) % 2 == 0 and half > 1 and words[:half] == words[half:]
    return " ".join(words[:half]) if doubled else text
