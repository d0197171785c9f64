"""The texts that scrapers may leave of one page: clean or dirty, with line breaks or without.

A scorer that was shown whole dumps of pages alone takes the foot of a clean article for the foot of
a page. So it is shown every page at several levels of dirt: all of the article and a share of the
lines around it, those near to it first, in every layout; and pieces of articles as short as briefs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.document import line_spans
from boilerstrip.evaluation.alignment import share_in_gold, tokens
from boilerstrip.evaluation.labelled import locate
from boilerstrip.lines.layout import read_pieces
from boilerstrip.readers.plain import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from boilerstrip.evaluation.gold import GoldPage

    Flags = NDArray[np.bool_]

WHOLE = ("html_text", "bs4")
EXTRACTED = ("trafilatura", "readability", "inscriptis", "resiliparse")
# Of a page that is one of many, so many levels are drawn; of others all.
_LEVELS = (0.0, 0.05, 0.15, 0.4)
_FEW_LEVELS = 2
# Shares of pages: rendered by html_text and not by bs4; of the extractions and gold bodies that
# resemble others; of pages on one line; of those of many pages that are shown whole.
_HTML_TEXT, _SOME, _ONE_LINE, _SHOWN_WHOLE = 0.7, 0.3, 0.35, 0.8
_SHORTENED = 0.55
_MOST_LINES = 80
# No more characters are of use.
_LONGEST = 200_000
# How near to the body boilerplate is that stays, in lines.
_REACHES = (3.0, 8.0, 20.0)
_FAR = 0.003
_SINGLE = 0.4
_GLUED = 0.35
_MOST_RUN = 9
_HALF = 0.5
_LAYOUTS = ("ragged", "lines", "blank", "oneline", "glued", "mixed")
_ODDS = (5, 3, 2, 4, 2, 2)
_LEVELS_OF_TEXTS = (
    ("oneline", 1.0),
    ("glued", 1.0),
    ("lines", 0.3),
    ("lines", 0.6),
    ("mixed", 0.5),
)


@dataclass(frozen=True, slots=True)
class Variant:
    """A text, and which of its characters are body."""

    kind: str
    text: str
    body: Flags


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a text, whether it is body, and whether a blank one stands before it."""

    text: str
    body: bool
    apart: bool


def variants(page: GoldPage, texts: Mapping[str, str], *, of_many: bool) -> Iterator[Variant]:
    """What scrapers may leave of a page; of a labelled text, what else it could have been.

    ``texts`` are the page's renderings by name. The same page gives the same texts.
    """
    draw = Random(page.key)  # noqa: S311 - nothing secret
    body = page.body or ""
    found = _of_text(page, draw) if page.text is not None else _of_page(body, texts, draw, of_many)
    yield from (each for each in found if each.text.strip() and len(each.text) <= _LONGEST)
    yield _all_body("gold", body)
    if page.text is not None or draw.random() < _SOME:
        yield _all_body("gold-oneline", " ".join(body.split("\n")))


def _all_body(kind: str, text: str) -> Variant:
    return Variant(kind, text, np.ones(len(text), bool))


def _of_page(body: str, texts: Mapping[str, str], draw: Random, of_many: bool) -> Iterator[Variant]:
    gold = tokens(body)
    base = WHOLE[draw.random() >= _HTML_TEXT]
    for kind in EXTRACTED:
        few = kind in ("inscriptis", "resiliparse")
        if texts.get(kind, "").strip() and not (few and draw.random() >= _SOME):
            yield _joined(kind, _rows(texts[kind], gold), "ragged", draw)
    rows = _rows(texts.get(base, ""), gold)
    if not any(row.body for row in rows):
        return
    if not of_many or draw.random() < _SHOWN_WHOLE:
        yield _joined(base, rows, draw.choice(("ragged", "ragged", "lines", "blank")), draw)
    for level in draw.sample(_LEVELS, _FEW_LEVELS) if of_many else _LEVELS:
        chosen = thinned(rows, level, draw)
        if draw.random() < _SHORTENED:
            chosen = _shortened(chosen, draw)
        layout = draw.choices(_LAYOUTS, _ODDS)[0]
        yield _joined(f"partial-{layout}", chosen, layout, draw)
    if draw.random() < _ONE_LINE:
        layout = draw.choice(("oneline", "glued", "mixed"))
        yield _joined(f"whole-{layout}", rows, layout, draw)


def _of_text(page: GoldPage, draw: Random) -> Iterator[Variant]:
    text = read_plain(page.text or "").document.text
    body = labelled_body(text, page)
    yield Variant("raw", text, body)
    spans = line_spans(text, 0, len(text))
    if len(spans) <= 1:
        return
    rows = [
        Row(text[start:end], bool(body[start:end].mean() >= 0.5), False) for start, end in spans
    ]
    for layout, level in _LEVELS_OF_TEXTS:
        yield _joined(f"raw-{layout}", thinned(rows, level, draw), layout, draw)


def labelled_body(text: str, page: GoldPage) -> Flags:
    """Which characters of a labelled text, as a reader shows it, are body.

    That is what the gold body holds, in its order: a headline and a bio are none, though they are
    no boilerplate. Of a text that stands as it was given, what is labelled as removed isn't either.
    """
    view = read_pieces(text)
    spans = [view.extent(block) for block in view.blocks]
    shares = share_in_gold([tokens(text[a:b]) for a, b in spans], tokens(page.body or ""))
    found = np.zeros(len(text), bool)
    end = 0
    for (start, stop), share in zip(spans, shares, strict=True):
        found[start:stop] = share >= _HALF
        if end and found[start] and found[end - 1]:
            found[end:start] = True
        end = stop
    if text == page.text:
        for start, stop in locate(page.removed or (), text):
            found[start:stop] = False
    return found


def _rows(text: str, gold: Sequence[str]) -> list[Row]:
    """The lines of a text; one without words is what the line before it is."""
    spans = line_spans(text, 0, len(text))
    words = [tokens(text[start:end]) for start, end in spans]
    rows: list[Row] = []
    before = 0
    for (start, end), row, share in zip(spans, words, share_in_gold(words, gold), strict=True):
        body = bool(share >= 0.5) if row else bool(rows) and rows[-1].body
        rows.append(Row(text[start:end], body, text.count("\n", before, start) > 1))
        before = end
    return rows


def thinned(rows: Sequence[Row], share: float, draw: Random) -> list[Row]:
    """All lines of the body and a share (0-1) of the others, drawn one by one and in runs."""
    others = [number for number, row in enumerate(rows) if not row.body]
    body = np.array([number for number, row in enumerate(rows) if row.body])
    if share >= 1 or not len(body):
        return list(rows)
    reach = draw.choice(_REACHES)
    odds = [math.exp(-float(np.abs(body - n).min()) / reach) + _FAR for n in others]
    left = min(_MOST_LINES, math.ceil(share * len(others)))
    stay: set[int] = set()
    while left > 0 and sum(odds) > 0:
        first = draw.choices(range(len(others)), odds)[0]
        length = 1 if draw.random() < _SINGLE else draw.randint(1, _MOST_RUN)
        for number in range(first, min(first + length, len(others))):
            left -= others[number] not in stay
            stay.add(others[number])
            odds[number] = 0.0
    return [row for number, row in enumerate(rows) if row.body or number in stay]


def _shortened(rows: Sequence[Row], draw: Random) -> list[Row]:
    """The lines without most of the body: a few lines of it in a row stay."""
    body = [number for number, row in enumerate(rows) if row.body]
    size = draw.randint(2, 14)
    first = draw.randrange(max(1, len(body) - size))
    stay = set(body[first : first + size])
    return [row for number, row in enumerate(rows) if not row.body or number in stay]


def _joined(kind: str, rows: Sequence[Row], layout: str, draw: Random) -> Variant:
    """The lines as one text; a gap is body where the lines on both sides are."""
    parts: list[str] = []
    flags: list[Flags] = []
    before = False
    for number, row in enumerate(rows):
        gap = _gap(layout, row, draw) if number else ""
        parts += gap, row.text
        flags += np.full(len(gap), before and row.body), np.full(len(row.text), row.body)
        before = row.body
    return Variant(kind, "".join(parts), np.concatenate(flags) if flags else np.zeros(0, bool))


def _gap(layout: str, row: Row, draw: Random) -> str:
    """What stands before a line that is not the first."""
    if layout == "ragged":
        return "\n\n" if row.apart else "\n"
    if layout == "mixed":
        return "" if draw.random() < _GLUED else " "
    return {"lines": "\n", "blank": "\n\n", "oneline": " ", "glued": ""}[layout]
