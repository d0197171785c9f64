"""Where rules match, whatever stands around: the first step of the judge."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from copy import copy
from itertools import accumulate
from time import thread_time
from typing import TYPE_CHECKING, NamedTuple

from boilerstrip.errors import RuleError
from boilerstrip.language.fold import fold_case, fold_variants
from boilerstrip.rules.index import Index, Use
from boilerstrip.rules.literals import is_of_word
from boilerstrip.rules.prepared import prepared
from boilerstrip.rules.ruleset import (
    INLINE_REACH,
    Rule,
    compile_pattern,
    holds,
    is_shipped,
    line_key,
    phrase_key,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import regex

    from boilerstrip.rules.ruleset import Off

# Longest line that a whole-line pattern is tried on, and longest that may be a phrase.
_LINE_LIMIT = 2000
_PHRASE_LIMIT = 160
# Of more lines, those that say the same are looked at once: no article has so many.
_MANY_LINES = 5_000
# So many lines are searched at once: all that may match in them is held in memory meanwhile.
_AT_ONCE = 2_000
# What is looked at of a line's edge: first so much, in which most markers fit, then what can match.
_EDGE_REACHES = (64, INLINE_REACH)
# A caller's pattern gets so many seconds on a document, and so many more for each character: far
# more than those that are bounded take.
_SECONDS, _SECONDS_EACH, _LEAST_SECONDS = 2.0, 1e-5, 0.01
# Bullets, arrows and Markdown marks around a line, which patterns need not spell out.
_LEADING = "*_#>|•·‣◦▶►→⇒»›- "
_TRAILING = "*_|▶►→»› "
# Rules of these places know what a line is by what stands around it.
_LATER = ("beside", "foot", "thread")
# Words of which a pattern that matches them behind its match would match any.
_MORE = (" Qwrx Ztpv", " qwrx ztpv")
# So many of them stand before a line at most.
_MARKS = 4

Span = tuple[int, int]


class FoldedText:
    """A text in the two folded forms that rules are matched against; all offsets are its own."""

    __slots__ = ("folded", "plain", "spent")

    def __init__(self, text: str) -> None:
        self.plain = fold_variants(text)
        self.folded = fold_case(self.plain)
        self.spent: dict[int, float] = {}  # seconds, by the number of a caller's pattern


class Match(NamedTuple):
    """A rule's match: the whole line for ``line`` and ``phrases``, the piece for ``inline``.

    ``groups`` maps the pattern's named groups to their spans in the text.
    """

    rule: Rule
    start: int
    end: int
    groups: Mapping[str, Span]


class Part(NamedTuple):
    """Pieces of a line that a pattern matches: from the first to each of the last ones.

    ``is_open`` is whether it would match with any words behind them, too.
    """

    first: int
    lasts: list[int]
    is_open: bool


class LineSearch:
    """A line in which patterns are tried: its span, that without marks, how far each has been.

    ``text`` is what they are tried on, and starts at ``base``: all text, or the line alone where it
    is glued to what stands before it, since patterns look behind.
    """

    __slots__ = ("base", "end", "inner", "outer", "spent", "start", "text", "tried")

    def __init__(self, text: FoldedText, start: int, end: int) -> None:
        plain = text.plain
        glued = start > 0 and not plain[start - 1].isspace()
        self.text, self.base = (plain[start:end], start) if glued else (plain, 0)
        self.spent = text.spent
        self.start = self.inner = start
        self.end = self.outer = end
        self.tried: dict[int, int] = {}
        if end - start <= _LINE_LIMIT:
            line = plain[start:end]
            self.inner = end - len(line.lstrip(_LEADING))
            self.outer = start + len(line.rstrip(_TRAILING))

    def rest(self, pattern: int) -> Span:
        """The part of the line in which the pattern hasn't been tried."""
        return self.tried.get(pattern, self.start), self.end


class _Limited:
    """A caller's pattern with the time that it has left on a document.

    ``spent`` are the seconds that each of the caller's patterns took of it, by its ``number``.
    """

    def __init__(
        self, rule: Rule, pattern: regex.Pattern[str], number: int, spent: dict[int, float]
    ) -> None:
        self._rule = rule
        self._pattern = pattern
        self._number = number
        self._spent = spent

    def search(self, text: str, start: int, end: int) -> regex.Match[str] | None:
        """As of a pattern; ``RuleError`` if it takes too long."""
        return self._run(self._pattern.search, text, start, end)

    def fullmatch(self, text: str, start: int, end: int) -> regex.Match[str] | None:
        """As of a pattern; ``RuleError`` if it takes too long."""
        return self._run(self._pattern.fullmatch, text, start, end)

    def _run(
        self, try_in: Callable[..., regex.Match[str] | None], text: str, start: int, end: int
    ) -> regex.Match[str] | None:
        most = _SECONDS + _SECONDS_EACH * len(text)
        spent = self._spent.get(self._number, 0.0)
        began = thread_time()
        try:
            return try_in(text, start, end, timeout=max(most - spent, _LEAST_SECONDS))
        except TimeoutError as error:
            rule = self._rule
            message = f"{rule.origin or 'Options'}: rule {rule.id!r}: its pattern took more than"
            message += f" {most:.0f} seconds on one document. Don't repeat what repeats itself,"
            raise RuleError(f"{message} as in (?:a{{1,9}}){{1,9}}.") from error
        finally:
            self._spent[self._number] = spent + thread_time() - began


def patterns_of(rules: Iterable[Rule]) -> list[tuple[Rule, str, bool]]:
    """The patterns of the rules, in order, each with its rule and whether it is for whole lines."""
    return [
        (rule, pattern, whole)
        for rule in rules
        for pattern, whole in ((rule.line, True), (rule.inline, False))
        if pattern
    ]


class Matcher:
    """A set of rules, ready to be matched against lines of text.

    ``rules`` are in the order of their precedence. Patterns are compiled when first needed.
    ``copies`` are the rules without one, by the kind of copy that each knows. ``off`` is what the
    caller switches off on some sites.
    """

    def __init__(self, rules: Iterable[Rule], off: Iterable[Off] = ()) -> None:
        rules = tuple(rules)
        self._bound = tuple(rule for rule in rules if rule.sites or rule.outlets)
        self._off = tuple(off)
        self._silent: frozenset[str] = frozenset()
        self._picky = any(rule.against for rule in rules)
        self.copies: dict[str, Rule] = {}
        self._phrases: dict[str, list[Rule]] = defaultdict(list)
        self._patterns = patterns_of(rules)
        keys = prepared().keys
        for rule in rules:
            if rule.copy:
                self.copies.setdefault(rule.copy, rule)
            for phrase in rule.phrases:
                self._phrases[keys.get(phrase) or phrase_key(phrase)].append(rule)
        self._limited = {
            number for number, (rule, _, _) in enumerate(self._patterns) if not is_shipped(rule)
        }
        self._compiled: dict[int, regex.Pattern[str]] = {}
        self._index = Index([(pattern, whole) for _, pattern, whole in self._patterns])

    @property
    def asks_outlet(self) -> bool:
        """Whether there are rules for some outlets alone."""
        items: list[Rule | Off] = [*self._bound, *self._off]
        return any(item.outlets for item in items)

    def at(self, host: str, outlet: str) -> Matcher:
        """The matcher for a page of this host, of this outlet; each may be empty."""
        silent = {rule.id for rule in self._bound if not holds(rule, host, outlet)}
        silent.update(id_ for off in self._off if holds(off, host, outlet) for id_ in off.ids)
        if silent == self._silent:
            return self
        found = copy(self)
        found._silent, found._picky = frozenset(silent), True
        found.copies = {kind: r for kind, r in self.copies.items() if r.id not in silent}
        return found

    def _heard(self, matches: list[Match]) -> list[Match]:
        """The matches without those of rules that are silent, or from which the line is kept."""
        matches = [match for match in matches if match.rule.id not in self._silent]
        barred = {name for match in matches for name in match.rule.against}
        if barred:
            matches = [m for m in matches if m.rule.id not in barred and not m.rule.against]
        return matches

    def matches(self, text: FoldedText, spans: Sequence[Span]) -> list[list[Match]]:
        """The matches of all rules in each of some lines.

        ``spans`` are those of the lines, in order and apart, without white space around them.
        """
        if len(spans) > _MANY_LINES:
            return self._of_distinct(text, spans)
        return self._of_all(text, spans)

    def _of_distinct(self, text: FoldedText, spans: Sequence[Span]) -> list[list[Match]]:
        """The matches in lines many of which say the same: each is looked at once.

        What stands around a line is none of a pattern's business but for being no word's character:
        so it is in the text of the distinct lines.
        """
        lines = [text.plain[start:end] for start, end in spans]
        distinct = list(dict.fromkeys(lines))
        if 2 * len(distinct) > len(lines):
            return self._of_all(text, spans)
        ends = list(accumulate(len(line) + 1 for line in distinct))
        starts = dict(zip(distinct, [0, *ends], strict=False))
        once = FoldedText("\n".join(distinct))
        once.spent = text.spent
        places = [(start, start + len(line)) for line, start in starts.items()]
        of_line = dict(zip(distinct, self._of_all(once, places), strict=True))
        return [
            [_moved(match, start - starts[line]) for match in matches]
            if (matches := of_line[line])
            else matches
            for line, (start, _) in zip(lines, spans, strict=True)
        ]

    def _of_all(self, text: FoldedText, spans: Sequence[Span]) -> list[list[Match]]:
        """The matches of all rules in each of some lines."""
        found = [self._phrase_matches(text.folded, start, end) for start, end in spans]
        for number in self._index.unfiltered:
            for span, of_line in zip(spans, found, strict=True):
                of_line += self._try(number, LineSearch(text, *span), span)
        for first in range(0, len(spans), _AT_ONCE):
            some = spans[first : first + _AT_ONCE]
            within = (some[0][0], some[-1][1])
            self._search(text, some, within, found[first : first + _AT_ONCE])
        if self._picky:
            found = [self._heard(matches) if matches else matches for matches in found]
        return found

    def phrase_at(self, text: FoldedText, start: int, end: int) -> Rule | None:
        """The first rule that knows what a span says as a whole line."""
        matches = self._phrase_matches(text.folded, start, end)
        if matches and self._picky:
            matches = self._heard(matches)
        return matches[0].rule if matches else None

    def parts(
        self, text: FoldedText, starts: Sequence[int], ends: Sequence[int], most: int, longest: int
    ) -> Iterator[Part]:
        """What patterns for whole lines match of the pieces of a line, and no more than ``most``.

        Those of a caller aren't asked, nor those that know a line by what stands around it.
        """
        tried: set[tuple[int, int]] = set()
        for stop, uses in self._index.hits(text.folded, starts[0], ends[-1]):
            for use in uses:
                if not self._is_for_parts(use, text.folded, stop, (starts[0], ends[-1])):
                    continue
                left = stop - use.length
                least = left - min(use.before, longest) - _MARKS
                for first in range(bisect_left(starts, least), bisect_right(starts, left)):
                    if (use.pattern, first) in tried:
                        continue
                    tried.add((use.pattern, first))
                    reach = min(stop + use.after, starts[first] + longest)
                    last = min(bisect_right(ends, reach), first + most)
                    near = range(bisect_left(ends, stop), last)
                    part = self._part(use.pattern, text.plain, starts[first], first, ends, near)
                    if part:
                        yield part

    def _is_for_parts(self, use: Use, folded: str, stop: int, line: Span) -> bool:
        """Whether a literal that ends at ``stop`` of the line may be that of a part of it."""
        rule, _, whole = self._patterns[use.pattern]
        if not whole or rule.where in _LATER or rule.category == "body":
            return False
        if use.pattern in self._limited or rule.id in self._silent:
            return False
        left = stop - use.length
        if use.left and left > line[0] and is_of_word(folded[left - 1]):
            return False
        return not (use.right and stop < line[1] and is_of_word(folded[stop]))

    def _part(
        self,
        number: int,
        plain: str,
        start: int,
        first: int,
        ends: Sequence[int],
        near: Iterable[int],
    ) -> Part | None:
        """What a pattern matches from ``start`` on, up to some of the ``ends``."""
        compiled = self._compiled.get(number)
        if compiled is None:
            compiled = self._compiled[number] = compile_pattern(self._patterns[number][1])
        while plain[start] in _LEADING and start + 1 < len(plain):
            start += 1
        lasts = [last for last in near if compiled.fullmatch(plain, start, ends[last])]
        if not lasts:
            return None
        said = plain[start : ends[lasts[0]]]
        is_open = any(compiled.fullmatch(said + more) for more in _MORE)
        return Part(first, lasts, is_open)

    def at_edge(self, text: FoldedText, start: int, end: int, *, at_end: bool) -> list[Match]:
        """The matches within a line that are near its start, or near its end.

        Of a line that was part of another one, these are all that may be new.
        """
        for reach in _EDGE_REACHES:
            near = (max(end - reach, start), end) if at_end else (start, min(start + reach, end))
            found: list[list[Match]] = [[]]
            self._search(text, [(start, end)], near, found)
            matches = self._heard(found[0]) if self._picky else found[0]
            if matches:
                return matches
        return []

    def _search(
        self, text: FoldedText, spans: Sequence[Span], within: Span, found: list[list[Match]]
    ) -> None:
        """Add to ``found`` the matches of the patterns that the index names ``within`` a span."""
        from boilerstrip.core import candidates  # numpy is slow to import

        hits = self._index.hits(text.folded, *within)
        last, line = -1, None
        for number, pattern, left, stop in candidates(
            hits, text.folded, text.plain, spans, _LEADING, _TRAILING, _LINE_LIMIT
        ):
            if line is None or number != last:
                last, line = number, LineSearch(text, *spans[number])
            if left >= line.tried.get(pattern, line.start):
                found[number] += self._try(pattern, line, (left, stop))

    def _phrase_matches(self, folded: str, start: int, end: int) -> list[Match]:
        if end - start > _PHRASE_LIMIT:
            return []
        rules = self._phrases.get(line_key(folded[start:end]))
        return [Match(rule, start, end, {}) for rule in rules] if rules else []

    def _try(self, number: int, line: LineSearch, literal: Span) -> list[Match]:
        """The pattern's match in the line, at the literal if it is for a piece of the line."""
        if self._patterns[number][2]:
            line.tried[number] = line.end
            return self._line_match(number, line)
        found = self._inline_match(number, line, literal)
        line.tried[number] = found[0].end if found else literal[1]
        return found

    def _line_match(self, number: int, line: LineSearch) -> list[Match]:
        if line.end - line.start > _LINE_LIMIT:
            return []
        compiled = self._pattern(number, line)
        base = line.base
        match = compiled.fullmatch(line.text, line.inner - base, line.outer - base)
        if match is None and (line.inner, line.outer) != (line.start, line.end):
            match = compiled.fullmatch(line.text, line.start - base, line.end - base)
        if match is None:
            return []
        return [Match(self._patterns[number][0], line.start, line.end, _groups(match, base))]

    def _inline_match(self, number: int, line: LineSearch, literal: Span) -> list[Match]:
        base = line.base
        left = max(line.tried.get(number, line.start), literal[0] - INLINE_REACH) - base
        right = min(line.end, literal[1] + INLINE_REACH) - base
        compiled = self._pattern(number, line)
        match = compiled.search(line.text, left, right)
        while match and base + match.end() <= literal[0]:
            match = compiled.search(line.text, match.end(), right)
        if match is None or not match[0].strip():
            return []
        start = base + match.end() - len(match[0].lstrip())
        end = base + match.start() + len(match[0].rstrip())
        return [Match(self._patterns[number][0], start, end, _groups(match, base))]

    def _pattern(self, number: int, line: LineSearch) -> regex.Pattern[str] | _Limited:
        compiled = self._compiled.get(number)
        if compiled is None:
            compiled = self._compiled[number] = compile_pattern(self._patterns[number][1])
        if number in self._limited:
            return _Limited(self._patterns[number][0], compiled, number, line.spent)
        return compiled


def _moved(match: Match, by: int) -> Match:
    groups = match.groups
    if groups:
        groups = {name: (start + by, end + by) for name, (start, end) in groups.items()}
    return Match(match.rule, match.start + by, match.end + by, groups)


def _groups(match: regex.Match[str], base: int) -> dict[str, Span]:
    """The named groups' spans in a text in which the matched one starts at ``base``."""
    return {
        name: (base + match.start(name), base + match.end(name))
        for name in match.groupdict()
        if match[name]
    }
