"""The judge gives every line its role, with a cause: rules first, then the scorer."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from operator import mul
from typing import TYPE_CHECKING, Any

from boilerstrip.claim import Claim
from boilerstrip.language.detect import is_function_word
from boilerstrip.language.prose import ends_sentence, glue_point, is_prose
from boilerstrip.lines.layout import Cut, read_pieces
from boilerstrip.settle.articles import claim_articles, other_articles
from boilerstrip.settle.boxes import boxed_lines
from boilerstrip.settle.copies import claim_copies
from boilerstrip.settle.decide import BARS, Bars, bars_for, decide, find_strays
from boilerstrip.settle.naming import (
    ABOVE_HEADLINE,
    UNNAMED,
    Namer,
    join_claims,
    name_claims,
)
from boilerstrip.settle.passes import Lines, apply_rules, in_order
from boilerstrip.settle.story import last_headings, parts_of_story
from boilerstrip.settle.teasers import claim_teasers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from boilerstrip.document import Document
    from boilerstrip.fields.candidate import Candidate
    from boilerstrip.lines import Line
    from boilerstrip.rules.match import Matcher
    from boilerstrip.settle.chooser import Chances, Chooser

    Span = tuple[int, int]


# Of a document without prose that stays, a line that may be an article has so many characters, and
# a chance of being body that counts is no lower.
_ARTICLE = 500
_BELIEF = 0.04
# From this chance on the scorer calls a line body that doesn't read as prose.
_LIKELY = 0.5
# A sentence under headlines needs less. A question may be a headline.
_TOLD = 0.06
_ITEMS = 2
_FULL_STOPS = (".", "。", "।", "۔", "։")
# What a rule claims beyond its match of other categories, readers' comments above all, reads like a
# story to the scorer.
_GUESSED = ("related", "title")
# So far back the word before a place is looked for.
_WORD = 40


def judge(
    document: Document,
    matcher: Matcher,
    language: str | None,
    stated: Mapping[str, Sequence[Candidate[Any]]],
    chooser: Chooser,
    bars: Bars = BARS,
    taken: Sequence[Claim] = (),
) -> list[Claim]:
    """What is not body in the document, in order and apart.

    What is ``taken`` of a page, in order and apart, goes, but for lines that a rule keeps. Of the
    rest rules speak first. Of the lines that they leave, those that the chooser doesn't call body
    go; ``stated`` is the metadata by which some are known.
    """
    if document.tree is None:
        return _judge_text(document, matcher, language, stated, chooser, bars)
    reader = Lines(document, matcher)
    namer = Namer(document, stated, chooser.cause)
    lines = reader.of_blocks(document.blocks)
    kept = [(line.start, line.end) for line in lines if line.protected] if taken else []
    taken = [part for claim in taken for part in reader.shortened(claim, _inside(kept, claim))]
    lines = reader.without(lines, taken) if taken else lines
    claims, lines = apply_rules(lines, reader, language, of_text=False)
    others, lines = claim_articles(lines, other_articles(document, namer.headline))
    claims += others
    others, lines = claim_teasers(document, lines)
    claims += others
    starts = [block.start for block in document.blocks]
    chances = _values(chooser.score(document), block_numbers(lines, starts))
    least = chooser.threshold(document)
    rejected = {
        number
        for number, (line, chance) in enumerate(zip(lines, chances, strict=True))
        if chance < least and not line.protected
    }
    rejected -= _last_prose(lines, chances, rejected)
    if chooser.cause.kind == "scorer":
        rejected -= boxed_lines(document, lines, rejected, chances)
        rejected -= parts_of_story(document, lines, rejected, chances)
        rejected |= last_headings(document, lines, rejected)
    namer.titled |= any(claim.category == "title" for claim in claims)
    found = in_order([*taken, *claims, *namer.name(lines, rejected, chances)], document.text)
    return name_claims(document, found, chooser)


def _inside(spans: Sequence[Span], claim: Claim) -> list[Span]:
    """The parts of some spans that are within a claim."""
    inside = [(max(start, claim.start), min(end, claim.end)) for start, end in spans]
    return [(start, end) for start, end in inside if start < end]


def _judge_text(
    document: Document,
    matcher: Matcher,
    language: str | None,
    stated: Mapping[str, Sequence[Candidate[Any]]],
    chooser: Chooser,
    bars: Bars,
) -> list[Claim]:
    """What is not body in raw text, in order and apart.

    What is left is looked at again as the text that it makes, until nothing more is found: so
    cleaning what is clean changes nothing.
    """
    from boilerstrip.score.features import Claims  # numpy is slow to import

    reader = Lines(document, matcher)
    namer = Namer(document, stated, chooser.cause)
    claims: list[Claim] = []
    tentative: set[int] = set()
    left = reader.of_blocks(document.blocks)
    while left:
        view, starts = view_of(document.text, left, document.known)
        pieces = zip(starts, view.blocks, strict=True)
        tentative.update(start for start, block in pieces if block.cut == Cut.TENTATIVE)
        heads = head_cuts(view, starts)
        new, lines = claims_of_rules(left, reader, view, starts, heads, language)
        values = chooser.score(view, Claims.on(starts, new))
        claimed = {n for c in new for n, _ in _whole_pieces(view, starts, c.start, c.end)}
        gone = _gone(values, view, bars_for(new, bars), claimed)
        if any(map(_is_guessed, new)):
            edges = (edge for c in new if _is_guessed(c) for edge in (c.start, c.matched or 0))
            begun = {bisect_left(starts, at) for at in (*heads, *edges)}
            stays = _say_body(gone, values, view, begun)
            for number in _told_last(new, values, view, starts):
                stays[number], gone[number] = True, False
            new, lines = _confirmed(new, lines, reader, view, starts, stays)
        above = _above_headline(new, lines, view, starts)
        new += above
        lines = reader.without(lines, above)
        numbers = block_numbers(lines, starts)
        rejected = {n for n, line in enumerate(lines) if gone[numbers[n]] and not line.protected}
        chances = _values(values, numbers)
        rejected -= _last_pieces(reader, lines, chances, rejected)
        namer.titled |= any(claim.category == "title" for claim in new)
        found = [*new, *namer.name(lines, rejected, chances)]
        left = reader.joined([line for n, line in enumerate(lines) if n not in rejected])
        copies = claim_copies(left, matcher.copies)
        left = reader.without(left, copies)
        claims += found + copies
        if not found and not copies:
            break
    named = name_claims(document, in_order(claims, document.text), chooser)
    return join_claims(named, tentative, document.text)


def claims_of_rules(
    lines: list[Line],
    reader: Lines,
    view: Document,
    starts: Sequence[int],
    heads: Sequence[int],
    language: str | None,
) -> tuple[list[Claim], list[Line]]:
    """What rules claim of the lines of a raw text, and the pieces of lines that they leave.

    ``view`` is the text that the lines make, and its pieces start at ``starts``. What is left of
    a line that is surely cut, or in which labels are found, is looked at once more, piece by piece:
    a piece may be what no part of a line is.
    """
    claims, lines = apply_rules(lines, reader, language, of_text=True)
    sure = [at for at, block in zip(starts, view.blocks, strict=True) if block.cut < Cut.TENTATIVE]
    pieces = reader.cut(lines, sure)
    if len(pieces) < len(starts):
        pieces = reader.cut(pieces, heads)
        pieces = reader.cut_labels(pieces, starts, language)
        replies, pieces = reader.claim_replies(pieces, sure)
        claims += replies
    if len(pieces) > len(lines):
        more, pieces = apply_rules(pieces, reader, language, of_text=True)
        claims += more
    return claims, reader.cut(pieces, starts)


def head_cuts(view: Document, starts: Sequence[int]) -> list[int]:
    """Where lines of the head of a text began within those that lost their breaks, in order.

    The head ends with the last date or byline before the first sentence does. Without one it can't
    be told from the sentence.
    """
    from boilerstrip.fields.head import run_on  # slow to import

    text, blocks = view.text, view.blocks
    parted = {n for n, block in enumerate(blocks) if block.cut == Cut.TENTATIVE}
    if not parted or blocks[min(parted)].start > run_on.HEAD:
        return []
    sure = [block.start for block in blocks if block.cut < Cut.TENTATIVE]
    pieces = ((one, two) for one, two in pairwise([*sure, len(text)]) if one < run_on.HEAD)
    told = next(((one, two) for one, two in pieces if is_prose(text[one:two].strip())), None)
    if told is None:
        return []
    stamps = run_on.stamps(text, 0, told[1], run_on.small_words(text))
    end = max((last for first, last in stamps if not _is_amid(text, first)), default=0)
    found = run_on.head_cuts(text, 0, told[1], sure) if end else ()
    firsts = [block.start for block in blocks]
    places = []
    for at in sorted(place for place in found if place <= end):
        number = bisect_right(firsts, at) - 1
        if number in parted or number + 1 in parted:
            places.append(starts[number] + at - firsts[number])
    return places


def _is_amid(text: str, at: int) -> bool:
    """Whether what begins at a place goes on with a sentence: "On 12 May"."""
    before = text[max(0, at - _WORD) : at].split()[-1:]
    return bool(before) and is_function_word(before[0].lower())


def view_of(
    text: str, lines: Sequence[Line], known: dict[Any, Any] | None = None
) -> tuple[Document, list[int]]:
    """The body that some lines of ``text`` make, in pieces, and where each piece starts there.

    ``known`` is what lines of the text were read as before; what is read of the body joins it.
    """
    shifts: list[tuple[int, int]] = []
    size = 0
    for line in lines:
        shifts.append((size, line.start - size))
        size += line.end - line.start + 1
    view = read_pieces("\n".join(text[line.start : line.end] for line in lines), known)
    starts = []
    number = 0
    for block in view.blocks:
        start = block.start  # lines are trimmed, and so are the blocks' beginnings
        while number + 1 < len(shifts) and shifts[number + 1][0] <= start:
            number += 1
        starts.append(start + shifts[number][1])
    return view, starts


def _whole_pieces(
    view: Document, starts: Sequence[int], first: int, last: int
) -> Iterator[tuple[int, Span]]:
    """The numbers and the spans of the pieces that start and end between two places."""
    for number in range(bisect_left(starts, first), bisect_left(starts, last)):
        start, end = view.extent(view.blocks[number])
        if starts[number] + end - start <= last:
            yield number, (starts[number], starts[number] + end - start)


def _gone(values: Chances, view: Document, bars: Bars, claimed: Collection[int]) -> list[bool]:
    """Which pieces of a text go by their chances, and for what stands around them.

    Rules have ``claimed`` some, by their numbers, whole.
    """
    chances = [float(value) for value in values]
    cuts = [block.cut for block in view.blocks]
    sizes = [block.end - block.start for block in view.blocks]
    gone = decide(chances, cuts, sizes, bars)
    taken = [goes or number in claimed for number, goes in enumerate(gone)]

    def is_told(number: int) -> bool:
        return ends_sentence(view.content(view.blocks[number]).strip())

    for number in find_strays(taken, is_told, chances, cuts, sizes, bars.stray):
        gone[number] = True
    return gone


def _is_guessed(claim: Claim) -> bool:
    """Whether a claim reaches further than its match, and the scorer may know better."""
    return claim.matched is not None and claim.category in _GUESSED


def _say_body(
    gone: Sequence[bool],
    chances: Chances,
    view: Document,
    begun: Collection[int],
) -> list[bool]:
    """Of which pieces the scorer says body, against a rule that knows their place alone.

    Pieces that are parted tentatively are one sentence: it says so of all or of none that stay.
    With those that ``begun`` numbers, others begin all the same.
    """
    blocks, stays = view.blocks, [False] * len(gone)
    firsts = [
        n for n, block in enumerate(blocks) if not n or block.cut < Cut.TENTATIVE or n in begun
    ]
    for first, last in pairwise([*firsts, len(blocks)]):
        if all(gone[first:last]):
            continue
        sizes = [block.end - block.start for block in blocks[first:last]]
        mean = sum(map(mul, map(float, chances[first:last]), sizes)) / sum(sizes)
        text = view.text[blocks[first].start : blocks[last - 1].end].strip()
        if mean >= _LIKELY or (is_prose(text) and glue_point(text) is None):
            stays[first:last] = [not each for each in gone[first:last]]
    return stays


def _told_last(
    claims: Sequence[Claim], chances: Chances, view: Document, starts: Sequence[int]
) -> list[int]:
    """The pieces with which sections end that are sentences, under items that are none.

    Headlines are followed by the story's next sentence. Of raw texts, held out, the other lines of
    this kind are as good as all below the bar.
    """
    found = []
    for claim in filter(_is_guessed, claims):
        first, last = bisect_left(starts, claim.matched or 0), bisect_left(starts, claim.end)
        texts = [view.content(view.blocks[number]).strip() for number in range(first, last)]
        if len(texts) < _ITEMS or not texts[-1].endswith(_FULL_STOPS):
            continue
        if chances[last - 1] >= _TOLD and not any(map(ends_sentence, texts[:-1])):
            found.append(last - 1)
    return found


def _confirmed(
    claims: Sequence[Claim],
    lines: list[Line],
    reader: Lines,
    view: Document,
    starts: Sequence[int],
    stays: Sequence[bool],
) -> tuple[list[Claim], list[Line]]:
    """The claims, and the lines that they leave, without the pieces that are rather body.

    A rule knows the heading of a section, and how far that reaches is a guess: a piece beyond what
    matched that the scorer calls body is one more line.
    """
    found: list[Claim] = []
    freed: list[Span] = []
    for claim in claims:
        own: list[Span] = []
        if claim.matched is not None and _is_guessed(claim):
            whole = _whole_pieces(view, starts, claim.matched, claim.end)
            own = [span for number, span in whole if stays[number]]
        found += reader.shortened(claim, own)
        freed += own
    if not freed:
        return found, lines
    return found, sorted([*lines, *reader.of_spans(freed)], key=lambda line: line.start)


def _above_headline(
    claims: Sequence[Claim], lines: Sequence[Line], view: Document, starts: Sequence[int]
) -> list[Claim]:
    """What stands above a headline in a line that lost its breaks: menus, and no sentence."""
    titles = (claim.start for claim in claims if claim.category == "title")
    first = next(titles, None)
    if first is None:
        return []
    number = bisect_right(starts, first) - 1
    cuts = [block.cut for block in view.blocks]
    start = next(n for n in range(number, -1, -1) if cuts[n] == Cut.LINE or not n)
    if Cut.TENTATIVE not in cuts[start + 1 : number + 1]:
        return []
    above = [line for line in lines if starts[start] <= line.start < line.end <= first]
    if any(line.protected or ends_sentence(line.text) for line in above):
        return []
    return [Claim(UNNAMED, ABOVE_HEADLINE, line.start, line.end) for line in above]


def _last_prose(
    lines: Sequence[Line], chances: Sequence[float], rejected: Collection[int]
) -> set[int]:
    """The rejected prose that stays, because no other would and what would is no better.

    That is what the scorer doesn't reject even where it is doubted most, or what is near the
    likeliest; and the longest line, if it may be an article on one line. Where the lines that stay
    anyway say more than these, the document is a list, and has no need of them.
    """
    if any(line.prose and n not in rejected for n, line in enumerate(lines)):
        return set()
    sizes = [line.end - line.start for line in lines]
    prose = [number for number in rejected if lines[number].prose]
    best = max((chances[number] for number in prose), default=0.0)
    if not best:
        return set()
    saved = {number for number in prose if chances[number] >= min(_BELIEF, best / 2)}
    longest = max(prose, key=sizes.__getitem__)
    if sizes[longest] >= _ARTICLE:
        saved.add(longest)
    kept = sum(size for number, size in enumerate(sizes) if number not in rejected)
    return saved if sum(sizes[number] for number in saved) > kept else set()


def _last_pieces(
    reader: Lines, lines: Sequence[Line], chances: Sequence[float], rejected: Collection[int]
) -> set[int]:
    """The same for the pieces of raw text: those of one line stay or go together."""
    if any(line.prose and number not in rejected for number, line in enumerate(lines)):
        return set()
    whole = reader.joined(lines)
    of_line = block_numbers(lines, [line.start for line in whole])
    sizes = [line.end - line.start for line in lines]
    sums, totals = [0.0] * len(whole), [0] * len(whole)
    gone = set(range(len(whole)))
    for number, line in enumerate(of_line):
        sums[line] += chances[number] * sizes[number]
        totals[line] += sizes[number]
        if number not in rejected:
            gone.discard(line)
    means = [found / max(1, total) for found, total in zip(sums, totals, strict=True)]
    saved = _last_prose(whole, means, gone)
    return {number for number in rejected if of_line[number] in saved}


def block_numbers(lines: Sequence[Line], starts: Sequence[int]) -> list[int]:
    """For each line the number of the block, of those at ``starts``, that it is in."""
    block, last = 0, len(starts) - 1
    found = []
    for line in lines:
        while block < last and starts[block + 1] <= line.start:
            block += 1
        found.append(block)
    return found


def _values(values: Chances, numbers: Sequence[int]) -> list[float]:
    return [float(values[number]) for number in numbers]
