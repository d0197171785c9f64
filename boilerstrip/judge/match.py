"""Where rules match, whatever stands around: the first step of the judge."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from boilerstrip.rules.digest import known_needs
from boilerstrip.rules.fold import fold_case, fold_variants
from boilerstrip.rules.index import Index
from boilerstrip.rules.ruleset import INLINE_REACH, Rule, compile_pattern, line_key, phrase_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import regex

# Longest line that a whole-line pattern is tried on, and longest that may be a phrase.
_LINE_LIMIT = 2000
_PHRASE_LIMIT = 160
# Bullets, arrows and Markdown marks around a line, which patterns need not spell out.
_LEADING = "*_#>|•·‣◦▶►→⇒»›- "
_TRAILING = "*_|▶►→»› "

Span = tuple[int, int]


class FoldedText:
    """A text in the two folded forms that rules are matched against; all offsets are its own."""

    __slots__ = ("folded", "plain")

    def __init__(self, text: str) -> None:
        self.plain = fold_variants(text)
        self.folded = fold_case(self.plain)


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's match: the whole line for ``line`` and ``phrases``, the piece for ``inline``.

    ``groups`` maps the pattern's named groups to their spans in the text.
    """

    rule: Rule
    start: int
    end: int
    groups: Mapping[str, Span] = field(default_factory=dict)


class Matcher:
    """A set of rules, ready to be matched against lines of text.

    ``rules`` are in the order of their precedence. Patterns are compiled when first needed.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._phrases: dict[str, list[Rule]] = defaultdict(list)
        self._patterns: list[tuple[Rule, str, bool]] = []
        for rule in rules:
            for phrase in rule.phrases:
                self._phrases[phrase_key(phrase)].append(rule)
            if rule.line:
                self._patterns.append((rule, rule.line, False))
            if rule.inline:
                self._patterns.append((rule, rule.inline, True))
        self._compiled: dict[int, regex.Pattern[str]] = {}
        self._index = Index([pattern for _, pattern, _ in self._patterns])
        # Longest line that each can match.
        self._widest = [known_needs(p).width or _LINE_LIMIT for _, p, _ in self._patterns]

    def matches(self, text: FoldedText, start: int, end: int) -> list[Match]:
        """The matches of all rules in one line, ``text[start:end]``, without white space around."""
        found = self._phrase_matches(text.folded, start, end)
        tried: dict[int, int] = {}  # how far each pattern has been tried
        for number, *literal in self._index.candidates(text.folded, start, end):
            floor = tried.get(number, start)
            if literal[0] < floor:
                continue
            if self._patterns[number][2]:
                match = self._inline_match(text.plain, number, (floor, end), literal)
                tried[number] = match.end if match else literal[1]
            else:
                match = self._line_match(text.plain, number, start, end)
                tried[number] = end
            if match:
                found.append(match)
        return found

    def _phrase_matches(self, folded: str, start: int, end: int) -> list[Match]:
        if end - start > _PHRASE_LIMIT:
            return []
        rules = self._phrases.get(line_key(folded[start:end]), ())
        return [Match(rule, start, end) for rule in rules]

    def _line_match(self, plain: str, number: int, start: int, end: int) -> Match | None:
        text = plain[start : min(end, start + _LINE_LIMIT + 1)]
        inner = start + len(text) - len(text.lstrip(_LEADING))
        outer = start + len(text.rstrip(_TRAILING))
        if outer - inner > self._widest[number]:
            return None
        compiled = self._pattern(number)
        match = compiled.fullmatch(plain, inner, outer)
        if match is None and (inner, outer) != (start, end):
            match = compiled.fullmatch(plain, start, end)
        return Match(self._patterns[number][0], start, end, _groups(match)) if match else None

    def _inline_match(
        self, plain: str, number: int, line: Span, literal: Sequence[int]
    ) -> Match | None:
        left = max(line[0], literal[0] - INLINE_REACH)
        right = min(line[1], literal[1] + INLINE_REACH)
        match = self._pattern(number).search(plain, left, right)
        while match and match.end() <= literal[0]:
            match = self._pattern(number).search(plain, match.end(), right)
        if match is None or not match[0].strip():
            return None
        start = match.end() - len(match[0].lstrip())
        end = match.start() + len(match[0].rstrip())
        return Match(self._patterns[number][0], start, end, _groups(match))

    def _pattern(self, number: int) -> regex.Pattern[str]:
        if number not in self._compiled:
            self._compiled[number] = compile_pattern(self._patterns[number][1])
        return self._compiled[number]


def _groups(match: regex.Match[str]) -> dict[str, Span]:
    return {name: match.span(name) for name in match.groupdict() if match[name]}
