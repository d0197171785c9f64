"""Paragraphs that a text holds twice: as a scraper took them twice, or as an excerpt above.

Only paragraphs are looked at, and of those that come again only several in a row. A refrain, a
headline said again or a figure in two tables is short, a pull quote stands alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerstrip.claim import Cause, Claim
from boilerstrip.language.prose import fold_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from boilerstrip.lines import Line
    from boilerstrip.rules.ruleset import Rule

# A paragraph has so many letters and digits, spaces not counted, and the beginning of one that is
# shown as an excerpt of it too. In scripts without spaces half of that says as much.
_LEAST, _LEAST_WIDE = 60, 30
_FIRST_WIDE = "\u2e80"
# An excerpt stands no farther above its paragraph than this, in lines.
_REACH = 40
# By so many characters those lines are found that may begin alike: no paragraph has fewer.
_START = 30
# In so many characters of a line there are as many without what stands between words.
_PREFIX = 120
# So many paragraphs come again in a text that was taken twice.
_FEWEST = 2
_CUT_OFF = ("…", "...", "[…]", "[...]", "(…)", "(...)")


def claim_copies(lines: Sequence[Line], rules: Mapping[str, Rule]) -> list[Claim]:
    """The claims of ``rules``, by the kind of copy that each knows, on some of the lines.

    Of paragraphs that come again the first are kept; of an excerpt and its paragraph, the
    paragraph.
    """
    if _begin_apart(lines):
        return []
    folded = [fold_words(line.text) for line in lines]
    claims: dict[int, Claim] = {}
    for kind, found in (("again", _repeats(folded)), ("excerpt", _excerpts(lines, folded))):
        rule = rules.get(kind)
        if rule is None:
            continue
        for number in found:
            line = lines[number]
            if not line.protected and number not in claims:
                cause = Cause("rule", rule.id)
                claims[number] = Claim(rule.category, cause, line.start, line.end)
    return [claims[number] for number in sorted(claims)]


def _begin_apart(lines: Sequence[Line]) -> bool:
    """Whether no two lines begin alike that may be paragraphs, so that none is the other's copy."""
    seen: set[str] = set()
    for line in lines:
        text = line.text
        start = fold_words(text[: 2 * _START])[:_START]  # as a rule that is enough
        if len(start) < _START:
            start = fold_words(text[:_PREFIX])[:_START]
        if len(start) == _START:
            if start in seen or text.rstrip().endswith(_CUT_OFF):
                return False
            seen.add(start)
        elif len(text) > _PREFIX:
            return False
    return True


def _is_paragraph(folded: str) -> bool:
    size = len(folded) - folded.count(" ")
    if size >= _LEAST or size < _LEAST_WIDE or folded.isascii():
        return size >= _LEAST
    return 2 * sum(letter >= _FIRST_WIDE for letter in folded) > size


def _repeats(folded: Sequence[str]) -> Iterator[int]:
    """The numbers of lines that say again what lines above say, from the second paragraph on.

    A single paragraph that comes again may be a pull quote or a refrain. Where the paragraph beside
    it comes again, too, the text was taken twice, and what is short goes with it.
    """
    first: dict[str, int] = {}
    for number, words in enumerate(folded):
        if _is_paragraph(words):
            first.setdefault(words, number)
    number = 0
    while number < len(folded):
        before = first.get(folded[number], number)
        if before == number:
            number += 1
            continue
        start, stop = number, number + 1
        while stop < len(folded) and folded[stop] == folded[before + stop - number]:
            stop += 1
        while start and before and folded[start - 1] == folded[before - 1] and before < number:
            start, before = start - 1, before - 1
        if sum(_is_paragraph(words) for words in folded[start:stop]) >= _FEWEST:
            yield from range(start, stop)
        number = stop


def _excerpts(lines: Sequence[Line], folded: Sequence[str]) -> Iterator[int]:
    """The numbers of lines that are the beginning of a longer line not far below."""
    last = {words[:_START]: number for number, words in enumerate(folded)}
    for number, words in enumerate(folded):
        if not _is_paragraph(words):
            continue
        if lines[number].text.rstrip().endswith(_CUT_OFF):
            words = words.rpartition(" ")[0]
        if len(words) >= _START and last.get(words[:_START], 0) <= number:
            continue  # no line below begins so
        below = folded[number + 1 : number + 1 + _REACH]
        if any(len(other) > len(words) and other.startswith(words) for other in below):
            yield number
