"""How raw text is laid out in pieces, which of them go, and what the scorer sees of them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
import pytest

import boilerstrip
from boilerstrip.claim import Cause, Claim
from boilerstrip.core.slow import parts_of
from boilerstrip.document import line_spans
from boilerstrip.lines.layout import Cut, lay_out, read_pieces
from boilerstrip.readers.text import read_text
from boilerstrip.rules.match import Matcher
from boilerstrip.rules.ruleset import catalogue
from boilerstrip.score.features import Claims, Lexicon, describe
from boilerstrip.score.ngrams import BITS, Ngrams, Numbers, numbers_of
from boilerstrip.settle import judge, view_of
from boilerstrip.settle.decide import Bars, decide, find_strays
from boilerstrip.settle.naming import join_claims
from boilerstrip.settle.passes import Lines

if TYPE_CHECKING:
    from boilerstrip.document import Document

PROSE = [
    "The harbour of the old town was closed on Tuesday after a storm had torn three boats loose.",
    "Nobody was hurt, and the crews had left the boats on Monday evening, a spokeswoman said.",
    "The owner of the smallest boat, who has fished here for forty years, called it luck.",
    "Divers will search the basin for wreckage before the harbour opens again, the town said.",
    "Insurers put the damage at two million kroner, a sum that the mayor called a first guess.",
    "A second storm is on its way, the weather service warned, but it should pass to the north.",
]
SHORT_LINED = {
    "poem": """\
The harbour sleeps beneath the snow
The boats are tied, the lamps are low
A dog walks home along the pier
There is no other walker here
The tide comes in, the tide goes out
It does not care what men may doubt
It takes the ice, it takes the sand
It leaves a glove without a hand
And in the morning children come
To beat the ice as on a drum
To find the glove, to lose the shoe
To do what children always do
The boats go out, the nets are cast
And nothing here is built to last
But on the pier the lamp is lit
And someone always sees to it""",
    "recipe": """\
Fish stew for four
Ingredients
600 g of smoked haddock
4 large potatoes
2 onions
1 leek
1 litre of milk
50 g of butter
2 bay leaves
A bunch of parsley
Salt and white pepper
Method
Peel the potatoes and cut them small.
Slice the onions and the leek.
Melt the butter in a heavy pot.
Let the onions and the leek soften for ten minutes.
Add the potatoes, the milk and the bay leaves.
Simmer until the potatoes are done.
Flake the fish and stir it in.
Take the pot off the heat.
Season, and strew the parsley over it.
Serve with rye bread.
Keeps for two days in a cold place.""",
    "interview": """\
Anna Holm: When did you build your first violin?
Per Lind: In 1974.
Anna Holm: What wood was it?
Per Lind: A fence post.
Anna Holm: A fence post?
Per Lind: Spruce, and well dried.
Anna Holm: And did it sound?
Per Lind: Like a fence post.
Anna Holm: What came next?
Per Lind: A second one. It was no better.
Anna Holm: And the third?
Per Lind: The third one I sold to a teacher.
Anna Holm: Does she still play it?
Per Lind: Her daughter does.
Anna Holm: What do you tell your pupils?
Per Lind: To buy a good knife.
Anna Holm: Nothing else?
Per Lind: And to sit near the window.""",
    "german list": """\
Was in den Rucksack gehört
Eine Karte aus Papier
Ein Kompass
Zwei Liter Wasser
Brot und Käse
Ein Apfel für jeden
Ein Messer
Eine Taschenlampe
Streichhölzer in einer Dose
Ein Verband
Ein Pflaster für die Ferse
Eine Regenjacke
Ein Paar trockene Socken
Eine Mütze
Was zu Hause bleibt
Das Fernglas vom Großvater
Der zweite Pullover
Bücher
Alles aus Glas
Wann man aufbricht
Vor sechs Uhr, solange es kühl ist
Wo man schläft
In der Hütte am See, sie ist nie verschlossen
Wen man fragt
Den Wirt im Dorf, er kennt jeden Stein""",
    "turkish verses": """\
Deniz uyur karın altında
Kayıklar bağlı limanda
Bir köpek yürür iskelede
Başka kimse yok gecede
Sular gelir, sular gider
Kim bilir ne haber eder
Buzu alır, kumu alır
Geriye bir eldiven kalır
Sabah olur çocuklar gelir
Buz üstünde davul çalınır
Eldiven bulunur, ayakkabı kaybolur
Çocuklar ne yaparsa o olur
Kayıklar açılır, ağlar atılır
Burada hiçbir şey kalıcı sayılmaz
Ama iskelede lamba yanar
Ve biri her zaman ona bakar
Gece uzun, yol ıssız
Kar yağar sessiz sessiz
Ev sıcak, çay demli
Yarın yine gelir belli""",
}


class Stub:
    """Chances by a piece's beginning; what was asked of it is kept."""

    cause = Cause("scorer")
    category = None

    def __init__(self, bad: str = "Menu", low: float = 0.05) -> None:
        self.claims: list[Claims | None] = []
        self._bad, self._low = bad, low

    def threshold(self, document: Document) -> float:
        raise AssertionError(document)  # that of pages with markup

    def score(self, document: Document, claims: Claims | None = None) -> list[float]:
        self.claims.append(claims)
        pieces = [document.content(block) for block in document.blocks]
        return [self._low if piece.startswith(self._bad) else 0.9 for piece in pieces]


def rejected(text: str, chooser: Stub) -> list[str]:
    claims = judge(read_text(text), Matcher(catalogue()), "en", {}, chooser)
    return [text[claim.start : claim.end] for claim in claims if claim.cause.kind == "scorer"]


PAGE = "\n".join(["Menu one", "Menu two", *PROSE])
REPOST = PAGE + "\nAdvertisement"


# The layout


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in lay_out(text, line_spans(text, 0, len(text)))]


def test_a_line_of_a_text_with_lines_is_one_piece():
    assert pieces(PAGE) == PAGE.split("\n")
    assert pieces("\n\n".join(PROSE)) == PROSE


def test_a_label_behind_the_last_sentence_of_a_paragraph_is_a_piece():
    paragraph = f"{PROSE[0]} {PROSE[1]}"
    for gap in (" ", ""):
        lines = [f"{paragraph}{gap}Read more", *PROSE[2:]]
        assert pieces("\n".join(lines)) == [paragraph, "Read more", *PROSE[2:]]
    assert pieces("\n".join([f"{paragraph} “Good luck.”", *PROSE]))[0].endswith("luck.”")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained all day. Nobody came! Why? “Fog.” So it was.", 5),
        ("Es regnete am 14. Mai. J. Smith und A. B. Moss kamen nicht.", 2),
        ("昨天下雨。没有人来！为什么？“因为有雾。”就是这样。", 5),
        ("कल बारिश हुई। कोई नहीं आया। क्यों?", 3),
        ("Home | News | Sport • Weather » Maps", 5),
        ("Share this articleShareThe council met", 3),
        ("BBCNews at tenThe McDonald family in Le Mans", 3),
        ("首页 新闻 体育 天气", 4),
        ("Two  spaces   or a\ttab", 4),
    ],
)
def test_a_line_that_lost_its_breaks_is_surely_cut(text, expected):
    padded = f"{text}"
    found = [cut for *_, cut in lay_out(padded * (60 // len(padded) + 1), [(0, len(padded))])]
    assert sum(cut != Cut.TENTATIVE for cut in found) == expected or len(padded) < 60


def test_blocks_of_pieces_tile_the_text():
    for text in (PAGE, " ".join(PROSE), "".join(PROSE), f"\n\n {' '.join(PROSE)} \n", "", " \n"):
        blocks = read_pieces(text).blocks
        assert "".join(text[block.start : block.end] for block in blocks) == text * bool(blocks)


# Which pieces go


def test_a_piece_between_tentative_cuts_goes_with_its_neighbours():
    cuts = [Cut.LINE, *[Cut.TENTATIVE] * 4]
    assert decide([0.9, 0.9, 0.1, 0.9, 0.9], cuts, [170] * 5) == [False] * 5
    low = [0.001, 0.001, 0.01, 0.99, 0.99]
    assert decide(low, cuts, [170] * 5) == [True, True, True, False, False]
    assert decide([0.9, 0.01, 0.9], [Cut.LINE] * 3, [170] * 3) == [False, True, False]


def test_bars_move_what_goes():
    chances, cuts = [0.9, 0.1, 0.9], [Cut.LINE, Cut.SURE, Cut.SURE]
    assert decide(chances, cuts, [170] * 3) == [False] * 3
    assert decide(chances, cuts, [170] * 3, Bars(sure=0.1, inside=0.2)) == [False, True, False]
    lines = [Cut.LINE] * 3
    assert decide(chances, lines, [170] * 3, Bars(inside=0.2, shortest=0)) == [False, True, False]
    assert decide(chances, lines, [170] * 3) == [False] * 3  # between paragraphs of the story
    assert decide(chances[1:], lines[1:], [190] * 2, Bars(shortest=300)) == [True, False]
    assert decide(chances[1:], lines[1:], [900, 190]) == [False, False]  # as long as a paragraph
    assert decide(chances[1:], lines[1:], [30] * 2) == [False] * 2  # a text of two labels
    assert decide(chances[1:], lines[1:], [190] * 2, Bars(threshold=0.05)) == [False] * 2


@pytest.mark.parametrize(
    ("gone", "chances", "told", "expected"),
    [
        ([True, False, True], [0.0, 0.2, 0.0], [False] * 3, [2]),
        ([True, False, False, True], [0.0, 0.2, 0.2, 0.0], [False] * 4, [2, 3]),
        ([True, False], [0.0, 0.2], [False] * 2, [2]),
        ([False, True, False], [0.2, 0.0, 0.2], [False] * 3, [3]),  # the first is the story's foot
        ([True, False, True], [0.0, 0.4, 0.0], [False] * 3, []),
        ([True, False, True], [0.0, 0.2, 0.0], [False, True, False], []),
        ([True, *[False] * 4, True], [0.0, *[0.2] * 4, 0.0], [False] * 6, []),
    ],
)
def test_a_few_lines_left_among_what_goes_below_the_story_go(gone, chances, told, expected):
    sizes, cuts = [150, *[10] * len(gone)], [Cut.LINE] * (len(gone) + 1)
    found = find_strays([False, *gone], [True, *told].__getitem__, [0.9, *chances], cuts, sizes)
    assert found == expected
    above = find_strays(
        [*gone, False], [*told, True].__getitem__, [*chances, 0.9], cuts, sizes[::-1]
    )
    assert above == []


STORY = {
    "it": (
        "Il sentiero delle cascate di Valfiorita riaprirà sabato dopo sei mesi di lavori, ha detto"
        " il sindaco Aldo Ferretti.",
        "La frana di ottobre aveva trascinato via due passerelle e una parte del ponte di legno.",
        "Leggi anche\nNeve fuori stagione, chiuso il passo del Gallo",
        "L'accesso sarà gratuito fino a giugno.",
    ),
    "de": (
        "Das Rathaus in Wieldorf bleibt wegen eines Wasserschadens bis Anfang März geschlossen,"
        " teilte die Verwaltung mit.",
        "Den Schaden schätzt die Gemeinde auf 400.000 Euro, die wohl die Versicherung zahlt.",
        "Lesen Sie auch\nNeuer Radweg nach Oberau kommt später",
        "Termine gibt es ab Montag im Internet.",
    ),
    "fr": (
        "La mairie de Lervane rouvrira la piscine municipale en septembre, après deux ans de"
        " travaux, a annoncé la maire.",
        "Le chantier a coûté 1,3 million d'euros, dont la moitié a été payée par la région.",
        "À lire aussi\nLes pêcheurs d'oursins attendent la pluie",
        "L'entrée sera gratuite le premier jour.",
    ),
}


@pytest.mark.parametrize("language", STORY)
def test_the_storys_next_sentence_is_no_headline_of_the_list_above_it(language):
    first, second, others, last = STORY[language]
    assert boilerstrip.clean("\n".join([first, second, others, last])).body.split("\n") == [
        first, second, last,
    ]  # fmt: skip


def test_the_scorer_needs_no_rule_to_find_something_first():
    assert rejected(PAGE, Stub()) == ["Menu one", "Menu two"]
    assert rejected(PAGE, Stub(low=0.5)) == []


def test_the_scorer_is_told_what_rules_took():
    chooser = Stub()
    rejected(REPOST, chooser)
    assert chooser.claims[0] is not None
    assert chooser.claims[0].kinds.tolist() == [0] * 8 + [5]


def test_an_article_on_one_line_stays_where_it_is_all_the_prose():
    article = " ".join(PROSE)
    dump = "\n".join(["Menu one", "Menu two", article, "Advertisement"])
    assert rejected(dump, Stub("Menu")) == ["Menu one", "Menu two"]
    assert rejected(dump, Stub("")) == ["Menu one", "Menu two"]


def test_what_is_left_is_looked_at_as_the_body_that_it_makes():
    text = "Menu one\n\nIt rained.  Share\n\n\nIt snowed. All day long.\nMenu two"
    document = read_text(text)
    lines = Lines(document, Matcher(catalogue())).of_blocks(document.blocks)
    view, starts = view_of(text, lines[1:])
    assert view.text == "It rained.  Share\nIt snowed. All day long.\nMenu two"
    ours = [view.content(block) for block in view.blocks]
    assert [text[at : at + len(piece)] for at, piece in zip(starts, ours, strict=True)] == ours


def test_a_piece_behind_a_cut_in_vain_may_be_the_first_that_goes():
    scorer = Cause("scorer", chance=0.1)
    piece = Claim("share", scorer, 12, 20)
    assert join_claims([piece], {12}, "Ferries sail Share on") == [piece]


LAYOUTS = {
    "lines": "\n",
    "blank": "\n\n",
    "crlf": "\r\n",
    "one line": " ",
    "glued": "",
    "double": "  ",
    "nbsp": "\u00a0",
}


@pytest.mark.parametrize("gap", LAYOUTS.values(), ids=LAYOUTS)
def test_in_every_layout_all_is_kept_or_recorded_and_twice_is_once(gap):
    text = gap.join(
        ["Home", "News", "Share this article", *PROSE, "Read more: Storm", "© 2024 Post"]
    )
    article = boilerstrip.clean(text)
    assert article.rebuild() == text
    assert boilerstrip.clean(article.body).removed == ()
    assert all(sentence in article.body for sentence in PROSE)


@pytest.mark.parametrize("gap", ["\n", "\n\n", " "])
def test_a_clean_article_stays_as_it_is_in_every_layout(gap):
    text = gap.join(PROSE)
    article = boilerstrip.clean(text)
    assert (article.body.split(), article.removed) == (text.split(), ())


def test_labels_glued_to_the_story_are_cut_off_it():
    text = "HomeNewsShare this articleShare" + " ".join(PROSE) + "Read more: Ferry lateSubscribe"
    body = boilerstrip.clean(text).body
    assert body.startswith(PROSE[0][:40])
    assert body.endswith(PROSE[-1])


# What the scorer sees


def test_wording_is_weighed_by_the_parts_that_a_piece_has():
    weights = np.zeros(1 << BITS, np.float32)
    weights[numbers_of("Read more")] = -1
    ngrams = Ngrams(weights, 0.5)
    low, high, none = ngrams.log_odds(["Read more", "Boats", ""])
    assert low == pytest.approx(0.5 - len(numbers_of("Read more")) ** 0.5, abs=1e-5)
    assert high > low
    assert none == 0.5


def test_a_piece_knows_its_line_and_what_sets_it_apart():
    text = "\n".join([PROSE[1], PROSE[0] + " Share this", PROSE[2]])
    lexicon = Lexicon(ngrams=Ngrams(np.zeros(1 << BITS, np.float32), 0.0))
    described = describe(read_pieces(text), lexicon)
    assert described.row("line_pieces").tolist() == [1, 2, 2, 1]
    assert described.row("line_index").tolist() == [0, 0, 1, 0]


def test_claims_are_on_the_blocks_that_a_claim_covers():
    claims_ = [
        Claim("related", Cause("rule", "x"), 4, 14, matched=8),
        Claim("navigation", Cause("rule", "y"), 20, 22),
    ]
    claims = Claims.on([0, 5, 10, 15], claims_)
    assert claims.kinds.tolist() == [4, 4, 4, 1]
    assert claims.reached.tolist() == [False, False, True, False]
    assert claims.total == 2
    assert Claims.on([0, 5], []).kinds.tolist() == Claims.none(2).kinds.tolist()


def test_a_block_knows_how_far_off_the_last_claim_stands():
    document = read_text(PAGE)
    starts = [block.start for block in document.blocks]
    claims = Claims.on(
        starts, [Claim("comment_widget", Cause("rule", "x"), starts[2], starts[2] + 3)]
    )
    described = describe(document, Lexicon(), claims)
    assert described.row("rule_since3").tolist() == [60, 60, 0, 1, 2, 3, 4, 5]
    assert described.row("rule_until3").tolist() == [2, 1, 0, 60, 60, 60, 60, 60]


def test_blocks_know_what_says_the_headline_again_and_what_begins_alike():
    lines = ["Harbour closed after storm", "Home", "Harbour closed after storm, twice", *PROSE[4:]]
    described = describe(read_text("\n".join([*lines, "Gym in Oslo", "Gym in Bergen"])), Lexicon())
    assert described.row("echo_since")[:5].tolist() == [200, 200, 0, 1, 2]
    assert described.row("first_again")[-2:].tolist() == [2, 2]
    assert described.row("like_next")[-2:].tolist() == pytest.approx([2 / 3, 0])


def test_long_words_that_prose_has_before_and_after_are_counted():
    text = "\n".join([PROSE[0], "Harbour", PROSE[3], "Violins"])
    described = describe(read_text(text), Lexicon())
    assert described.row("seen_before").tolist()[1::2] == [1, 0]
    assert described.row("seen_after").tolist()[1::2] == [1, 0]


@pytest.mark.parametrize("name", SHORT_LINED)
def test_clean_texts_of_short_lines_stay_whole(name):
    text = SHORT_LINED[name]
    assert len(text) > 500
    article = boilerstrip.clean(text)
    assert [removal.text for removal in article.removed if removal.cause == "scorer"] == []


def test_pieces_taken_apart_at_once_have_the_numbers_of_each():
    pieces = ["Read more: 2", "", "\ud800 odd", "東京の雨", "a\nb", "Read more: 2", "!" * 200]
    known = Numbers()
    known.learn(pieces)
    for piece in pieces:
        parts = dict.fromkeys(parts_of(piece, 5, 4, 3))
        numbers = [crc32(part.encode("utf-8", "replace")) % (1 << BITS) for part in parts]
        assert known[piece].tolist() == numbers == numbers_of(piece)
    assert len(known) == len(set(pieces))


def test_of_a_long_piece_both_ends_are_looked_at():
    long = "a" * 100 + "b" * 50 + "c" * 60
    assert numbers_of(long) == numbers_of("a" * 100 + " " + "c" * 60) != numbers_of(long[:160])
