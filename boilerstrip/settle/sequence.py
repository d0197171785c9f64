"""What single lines can't say: which match counts where, and where a section ends."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

from boilerstrip.claim import Claim
from boilerstrip.fields.head import MOST_LINES, HeadLine, find_head, is_of_head
from boilerstrip.fields.headline import split_names, starts_bio
from boilerstrip.language.prose import ends_sentence, glue_point
from boilerstrip.language.vocabulary import lowered
from boilerstrip.settle.thread import find_thread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boilerstrip.lines import Line
    from boilerstrip.rules.match import Match

# Up to here a byline may stand: the first prose lines, or this share of the prose (of a page dump
# whose notices read as prose). From the middle on, a list may run to the end.
_SECTIONS = ("section", "to-end")
# Rules of these places wait for what the others claim.
_LATER = ("beside", "foot", "thread")
# An item of a list is no heading.
_BULLETS = ("- ", "* ", "• ", "– ")
_HEAD_LINES = 2
_HEAD_SHARE = 0.2
_TAIL_SHARE = 0.5
# A list that is followed by more of the article holds no more items than this, and an item no
# more characters.
_MOST_ITEMS = 12
_LONGEST_ITEM = 250
# A bio goes on for no more lines below its first.
_BIO_LINES = 3
# A line with a colon at its end that is longer than this is no title in a list.
_LONGEST_TITLE = 80
_HEADING_WORDS = 8
_HEADING_SHARE = 0.6
# An inline match takes its whole line if that is no longer than this, else its own span.
_LINE_LIMIT = 600
# What the unclaimed lines of a section are, where that is not the section's own category.
_CONTENT = {"comment_widget": "comment"}
# What a section takes even from rules that claim it: the dates and writers of its items.
_YIELDING = ("title", "byline", "date", "author_bio", "other")


class Rest(Protocol):
    """Gives what is left of a line that was cut, with the matches at the edge of the cut."""

    def __call__(self, start: int, end: int, *, at_end: bool) -> Line:
        """The line in a span, with the matches near its start, or near its end."""


class Pass:
    """One look at the lines that are left: ``fire()`` gives the rules that count."""

    def __init__(
        self, lines: Sequence[Line], rest: Rest, language: str | None, *, of_text: bool
    ) -> None:
        self._lines = lines
        self._rest = rest
        self._language = language
        self._of_text = of_text
        self._headings = {
            number: spans
            for number, line in enumerate(lines)
            if line.matches and (spans := _heading_spans(line))
        }
        sizes = [line.end - line.start if line.prose else 0 for line in lines]
        for number in self._headings:
            sizes[number] = self._prose_within(number, lines[number].end)
        self._before = [0, *accumulate(sizes)]
        self._prose_lines = [0, *accumulate(line.prose for line in lines)]
        # The lines on which rules have a say; most have none.
        self._matched = [
            (number, line)
            for number, line in enumerate(lines)
            if line.matches and not line.protected
        ]
        self._claims: list[Claim | None] = [None] * len(lines)
        self._extents: dict[int, str] = {}  # how far the rules reach that claimed a line
        self._joined: set[int] = set()  # lines that continue the section of the line before
        self._pieces: dict[int, list[Claim]] = defaultdict(list)  # cut out of a line
        self._running: dict[int, Claim] = {}  # pieces that run to the end of the text
        self._authors: list[str] = []  # in lower case
        self._resumed = self._find_resumed()  # rules after whose heading the article went on

    def fire(self) -> list[Claim]:
        """The firings of this pass, in order and apart."""
        for number, line in self._matched:
            self._claim_line(number, line)
        self._claim_sections()
        self._claim_thread()
        self._claim_foot()
        self._claim_beside()
        if self._of_text:
            self._claim_top()
        self._claim_author_bio()
        self._agree()
        return self._merged()

    def _claim_line(self, number: int, line: Line) -> None:
        standing = [match for match in line.matches if self._stands(number, match)]
        whole = [match for match in standing if _takes_line(match, line)]
        if whole:
            self._claim_with(number, whole)
        elif standing:
            self._claim_pieces(number, line, standing)

    def _claim_with(self, number: int, matches: Sequence[Match]) -> None:
        """Claim the whole line for the match that goes first."""
        match = matches[0] if len(matches) == 1 else max(matches, key=self._precedence)
        self._claims[number] = _firing(match, self._lines[number])
        self._extents[number] = match.rule.extent

    def _precedence(self, match: Match) -> tuple[bool, int, int, bool, str]:
        """Callers' rules first; then the longest match, the earliest, and the text's language.

        The id is a last resort: it makes the order the same every time.
        """
        rule, length = match.rule, match.end - match.start
        native = self._language in rule.languages
        return (rule.callers, length, -match.start, native, rule.id)

    def _claim_pieces(self, number: int, line: Line, matches: list[Match]) -> None:
        """Claim what the matches are, and what lies bare behind and before it in a long line."""
        pieces = self._pieces_of(number, line, matches)
        found = list(pieces)
        bounds = [line.start, *(bound for piece in pieces for bound in piece[2:4]), line.end]
        for start, end in zip(bounds[::2], bounds[1::2], strict=True):
            if start > line.start:
                bared = self._bared(number, start, end, at_end=False)
                found += bared
                start = bared[-1].end if bared else start
            if end < line.end:
                found += self._bared(number, start, end, at_end=True)
        self._pieces[number] = sorted(found, key=lambda piece: piece.start)

    def _bared(self, number: int, start: int, end: int, *, at_end: bool) -> list[Claim]:
        """The pieces at one edge of a long rest of a line, each of which the one before laid bare.

        Another pass would find them, too, but only one or two, and it would read all of the rest.
        """
        found: list[Claim] = []
        while end - start > _LINE_LIMIT:
            rest = self._rest(start, end, at_end=at_end)
            standing = [
                match
                for match in rest.matches
                if self._stands(number, match)
                and not _takes_line(match, rest)
                and not self._runs_on(number, match)
            ]
            if rest.protected or not standing:
                break
            pieces = self._pieces_of(number, rest, standing)
            found += pieces
            if at_end:
                end = pieces[0].start
            else:
                start = pieces[-1].end
        return found

    def _pieces_of(self, number: int, line: Line, matches: list[Match]) -> list[Claim]:
        """The pieces that the matches cut out of a line, in order and apart."""
        taken = line.start
        pieces: list[Claim] = []
        for match in sorted(matches, key=lambda match: (match.start, -match.end)):
            if match.start < taken:
                continue
            runs_on = self._runs_on(number, match)
            end = line.end if runs_on else match.end
            start = match.start - _signs(line, taken, match.start)
            end += _signs(line, end, line.end)
            pieces.append(_piece(match, start, end))
            if runs_on:
                self._running[number] = pieces[-1]
            taken = end
        return pieces

    def _runs_on(self, number: int, match: Match) -> bool:
        if match.rule.extent != "to-end" or f"rule:{match.rule.id}" in self._resumed:
            return False
        return self._share_before(number, match) >= _TAIL_SHARE

    def _find_resumed(self) -> set[str]:
        """The causes of lists of other news that have a heading between prose, before the tail.

        Where such a heading comes again, it is a label that the text is strewn with, and no list.
        """
        return {
            f"rule:{match.rule.id}"
            for number in self._headings
            for match in self._lines[number].matches
            if _heads_list(match) and 0 < self._share_before(number, match) < _TAIL_SHARE
        }

    def _stands(self, number: int, match: Match) -> bool:
        where = match.rule.where
        if where in _LATER:
            return False
        if match.rule.extent in _SECTIONS and self._lines[number].text.startswith(_BULLETS):
            return False
        if where == "head":
            if self._prose_lines[number] <= _HEAD_LINES:
                return True
            # Further down, a line that is only a date is a heading of the story's own.
            early = self._share_before(number, match) <= _HEAD_SHARE
            return early and match.rule.category != "date"
        if where == "tail":
            return self._share_before(number, match) >= _TAIL_SHARE
        return True

    def _share_before(self, number: int, match: Match) -> float:
        total = self._before[-1]
        if not total:
            return 0.5
        return (self._before[number] + self._prose_within(number, match.start)) / total

    def _prose_within(self, number: int, stop: int) -> int:
        """The characters of prose in a line before ``stop``, without the headings in it."""
        line = self._lines[number]
        if not line.prose:
            return 0
        starts, totals = self._headings.get(number, ((), (0,)))
        return stop - line.start - totals[bisect_left(starts, stop)]

    def _claim_sections(self) -> None:
        reached = 0
        headings = [
            *((number, "to-end") for number in self._running),
            *((n, extent) for n, extent in self._extents.items() if extent in _SECTIONS),
        ]
        for number, extent in sorted(headings):
            heading = self._claims[number] or self._running[number]
            if number >= reached:
                reached = self._extend(heading, number + 1, extent)

    def _extend(self, heading: Claim, first: int, extent: str) -> int:
        """Claim the section's lines from ``first`` on; the number of the line after them."""
        last = self._section_end(heading, first, extent)
        self._fill(heading, first, last)
        return last

    def _fill(self, heading: Claim, first: int, last: int) -> None:
        """Claim the lines from ``first`` to before ``last`` for the heading's cause."""
        content = _CONTENT.get(heading.category, heading.category)
        for number in range(first, last):
            claim, line = self._claims[number], self._lines[number]
            if claim is None and _has_own_place(line, content):
                continue
            if claim is None or claim.category in (content, *_YIELDING):
                self._claims[number] = Claim(content, heading.cause, line.start, line.end)
                before = self._claims[number - 1]
                if before and (before.category, before.cause) == (content, heading.cause):
                    self._joined.add(number)

    def _section_end(self, heading: Claim, first: int, extent: str) -> int:
        to_end = extent == "to-end" and self._in_tail(first) and heading.cause not in self._resumed
        number = first
        while number < len(self._lines) and not self._ends_section(heading, number):
            line = self._lines[number]
            if not to_end and self._claims[number] is None and _resumes(line):
                if not self._is_item(heading, number, first):
                    break
            elif not to_end and number - first >= _MOST_ITEMS and not self._in_tail(number):
                break
            number += 1
        if to_end or number == len(self._lines):
            return number
        return number - self._gives_back(first, number)

    def _ends_section(self, heading: Claim, number: int) -> bool:
        if self._lines[number].protected:
            return True
        claim = self._claims[number]
        if claim is None or claim.cause == heading.cause:
            return False
        return self._extents.get(number) in _SECTIONS

    def _is_item(self, heading: Claim, number: int, first: int) -> bool:
        """Whether a line of prose is a teaser: glued to its title, or with a marker under it."""
        line = self._lines[number]
        if heading.category != "related" or len(line.text) > 2 * _LONGEST_ITEM:
            return False
        if glue_point(line.text) is not None:
            return True
        after = self._claims[number + 1] if number + 1 < len(self._lines) else None
        if after is not None and after.category == heading.category:
            return self._extents.get(number + 1) == "block"
        return number > first and self._in_tail(number) and self._is_summary(number)

    def _is_summary(self, number: int) -> bool:
        """Whether a short line of prose stands under a title and above another, or none."""
        line, above = self._lines[number], self._lines[number - 1]
        if len(line.text) > _LONGEST_ITEM or above.prose or self._claims[number - 1]:
            return False
        return number + 1 == len(self._lines) or not self._lines[number + 1].prose

    def _gives_back(self, first: int, end: int) -> int:
        """1 if the section's last line is rather the heading of the prose after it, else 0.

        A heading is short, and shorter than the titles in the list.
        """
        if end - first < 2 or self._claims[end - 1] or self._claims[end]:
            return 0
        *items, last = (len(line.text.split()) for line in self._lines[first:end])
        if not _resumes(self._lines[end]) or ends_sentence(self._lines[end - 1].text):
            return 0
        return int(last <= _HEADING_WORDS and last < _HEADING_SHARE * sum(items) / len(items))

    def _in_tail(self, number: int) -> bool:
        return self._before[min(number, len(self._lines))] >= _TAIL_SHARE * self._before[-1]

    def _claim_thread(self) -> None:
        """Claim readers' comments under an article, from their first mark on."""
        marks = {
            number: [match for match in line.matches if match.rule.where == "thread"]
            for number, line in self._matched
        }
        numbers = sorted(number for number, found in marks.items() if found)
        first, last = find_thread(self._lines, numbers, self._in_tail)
        if first < last:
            self._fill(_firing(marks[first][0], self._lines[first]), first, last)

    def _claim_foot(self) -> None:
        """Claim the last lines that rules of the foot know, and what follows a bio among them."""
        below: list[int] = []
        for number in range(len(self._lines) - 1, -1, -1):
            line = self._lines[number]
            if self._claims[number] is not None:
                continue
            foot = [match for match in line.matches if match.rule.where == "foot"]
            if line.protected or len(below) > _BIO_LINES:
                return
            if not foot:
                below.append(number)
                continue
            self._claim_with(number, foot)
            claim = self._claims[number]
            if not all(self._says_more(claim, other) for other in below):
                self._claims[number] = None
                return
            for other in below:
                self._claim_found(other, "author_bio", "metadata:text:bio", {})
            below.clear()

    def _says_more(self, bio: Claim | None, number: int) -> bool:
        """Whether a line below the sentence that says who the author is says more of that one."""
        if bio is None or bio.category != "author_bio":
            return False
        line = self._lines[number]
        words = line.text.casefold().split()
        start, end = bio.groups.get("authors", (0, 0))
        names = line.source(start, end).casefold().split()
        first = words[0].strip(",'’")
        return line.prose and (first in lowered("pronouns") or first in (*names[:1], *names[-1:]))

    def _claim_beside(self) -> None:
        waiting: dict[int, list[Match]] = {}
        for number, line in self._matched:
            beside = [match for match in line.matches if match.rule.where == "beside"]
            if beside and self._claims[number] is None:
                waiting[number] = beside
        for order in (list(waiting), list(reversed(waiting))):
            for number in order:
                if self._claims[number] is None and self._has_claimed_neighbour(number):
                    self._claim_with(number, waiting[number])

    def _has_claimed_neighbour(self, number: int) -> bool:
        if number and self._claims[number - 1] is not None:
            return True
        return number + 1 < len(self._claims) and self._claims[number + 1] is not None

    def _claim_top(self) -> None:
        """Claim the headline and its repeats, the byline and the date line under it."""
        known = self._lines[0].known if self._lines else None
        head = find_head(self._as_seen(), self._language, known, proven=True)
        if head is None:
            return
        self._authors = [name.casefold() for _, names in head.bylines for name in names]
        titled = any(claim and claim.category == "title" for claim in self._claims)
        for number, spans in () if titled else head.titles:
            self._claim_free(number, "title", f"metadata:{head.proof}", spans)
        for number, _ in head.bylines:
            self._claim_free(number, "byline", f"metadata:{head.byline_source}", {})
        for number, stamp in head.stamps:
            spans = {"date": (stamp.start, stamp.end)}
            self._claim_free(number, "date", "metadata:text:date-line", spans)

    def _as_seen(self) -> list[HeadLine]:
        """The first lines as the search for the head of the article sees them."""
        seen = zip(self._lines[:MOST_LINES], self._claims[:MOST_LINES], strict=True)
        return [
            HeadLine(
                line.text,
                line.prose,
                not line.protected and is_of_head(claim),
                claim.category if claim else None,
            )
            for line, claim in seen
        ]

    def _claim_free(
        self, number: int, category: str, cause: str, spans: Mapping[str, tuple[int, int] | None]
    ) -> None:
        if self._claims[number] is None:
            self._claim_found(number, category, cause, spans)

    def _claim_found(
        self, number: int, category: str, cause: str, groups: Mapping[str, tuple[int, int] | None]
    ) -> None:
        """Claim a line; ``groups`` are spans in its text, ``None`` for all of it."""
        line = self._lines[number]
        spans = {
            name: (line.start + span[0], line.start + span[1]) if span else (line.start, line.end)
            for name, span in groups.items()
        }
        self._claims[number] = Claim(category, cause, line.start, line.end, spans)

    def _claim_author_bio(self) -> None:
        """Claim the last line that is left if it says of an author named above who he is."""
        number = next((n for n in range(len(self._lines) - 1, -1, -1) if not self._claims[n]), None)
        if number is None or self._lines[number].protected or not self._lines[number].prose:
            return
        text = self._lines[number].text.casefold()
        if any(starts_bio(text, name) for name in self._author_names()):
            self._claim_found(number, "author_bio", "metadata:text:bio", {"bio": None})

    def _author_names(self) -> list[str]:
        names = list(self._authors)
        for number, claim in enumerate(self._claims):
            if claim and claim.category == "byline" and "authors" in claim.groups:
                line = self._lines[number]
                start, end = claim.groups["authors"]
                names += split_names(line.text[start - line.start : end - line.start])
        return names

    def _agree(self) -> None:
        """Where several rules claim a line, let the one speak that agrees with the line before."""
        for number, line in self._matched:
            claim, before = self._claims[number], self._claims[number - 1] if number else None
            if claim is None or before is None or claim.category == before.category:
                continue
            if number in self._joined or not claim.cause.startswith("rule:"):
                continue
            for match in line.matches:
                rule = match.rule
                if rule.where == "thread" or rule.category != before.category:
                    continue
                if _takes_line(match, line):
                    self._claim_with(number, [match])
                    break

    def _merged(self) -> list[Claim]:
        """All firings in order; the neighbouring lines that one heading took are one firing."""
        merged: list[Claim] = []
        for number, claim in enumerate(self._claims):
            if claim is None:
                merged += self._pieces.get(number, ())
            elif number in self._joined:
                merged[-1] = merged[-1]._replace(end=claim.end)
            else:
                merged.append(claim)
        return merged


def _resumes(line: Line) -> bool:
    """Whether the article goes on with the line: prose, or a sentence on what is to follow."""
    return line.prose or (line.text.endswith((":", "：")) and len(line.text) > _LONGEST_TITLE)


def _has_own_place(line: Line, content: str) -> bool:
    """Whether a weak rule of a category that no section takes knows the line."""
    taken = (content, *_YIELDING)
    return any(m.rule.where == "beside" and m.rule.category not in taken for m in line.matches)


def _signs(line: Line, start: int, end: int) -> int:
    """The length of a rest of a line that holds nothing but signs; 0 if it says something."""
    rest = line.text[start - line.start : end - line.start]
    if not rest.strip() or any(map(str.isalnum, rest)) or end - line.start > len(line.text):
        return 0
    return len(rest.rstrip()) if end == line.end else len(rest.lstrip())


def _heading_spans(line: Line) -> tuple[list[int], list[int]] | None:
    """Where headings of lists of other news start in a line; the characters up to each, and in all.

    However often such a heading is repeated, the article doesn't get longer.
    """
    found = sorted((match.start, match.end) for match in line.matches if _heads_list(match))
    starts, totals, reached = [], [0], line.start
    for start, end in found:
        if end > reached:
            starts.append(start)
            totals.append(totals[-1] + end - max(start, reached))
            reached = end
    return (starts, totals) if starts else None


def _heads_list(match: Match) -> bool:
    """Whether the list of other news that ends a text is headed so.

    Other last sections are headed more than once: in a thread, each comment is.
    """
    return match.rule.extent == "to-end" and match.rule.category == "related"


def _takes_line(match: Match, line: Line) -> bool:
    if (match.start, match.end) == (line.start, line.end):
        return True
    return match.rule.extent != "span" and line.end - line.start <= _LINE_LIMIT


def _firing(match: Match, line: Line) -> Claim:
    return Claim(match.rule.category, f"rule:{match.rule.id}", line.start, line.end, match.groups)


def _piece(match: Match, start: int, end: int) -> Claim:
    return Claim(match.rule.category, f"rule:{match.rule.id}", start, end, match.groups)
