"""How far the scorer is believed in raw text, and what it sees of rules and echoes there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

import boilerstrip
from boilerstrip.claim import Claim
from boilerstrip.lines import Line
from boilerstrip.readers.text import read_text
from boilerstrip.rules.match import Matcher
from boilerstrip.rules.ruleset import Rule, catalogue
from boilerstrip.score import scorer
from boilerstrip.score.features import Claims, Lexicon, describe
from boilerstrip.score.trust import Survey
from boilerstrip.settle import BARS, Bars, judge

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
    """Chances by a line's beginning; what was asked of it is kept."""

    cause = "scorer"

    def __init__(self, doubt: float, bad: str = "Menu", low: float = 0.3) -> None:
        self.surveys: list[Survey] = []
        self.claims: list[Claims | None] = []
        self._doubt, self._bad, self._low = doubt, bad, low

    def threshold(self, document: Document) -> float:
        return 0.4

    def score(self, document: Document, claims: Claims | None = None) -> list[float]:
        self.claims.append(claims)
        lines = [document.content(block) for block in document.blocks]
        return [self._low if line.startswith(self._bad) else 0.9 for line in lines]

    def doubt(self, survey: Survey) -> float:
        self.surveys.append(survey)
        return self._doubt


def rejected(text: str, chooser: Stub, bars: Bars = BARS) -> list[str]:
    document = read_text(text)
    firings = judge(document, Matcher(catalogue()), "en", {}, chooser, bars)
    return [text[f.start : f.end] for f in firings if f.cause == "scorer"]


PAGE = "\n".join(["Menu one", "Menu two", *PROSE])
REPOST = PAGE + "\nAdvertisement"


@pytest.mark.parametrize(
    ("moved", "expected"),
    [
        ({}, []),
        ({"belief": 0.35}, ["Menu two"]),
        ({"sure_doubt": 0.5}, ["Menu one", "Menu two"]),
        ({"doubt": 0.5}, []),
        ({"doubt": 0.5, "doubting_belief": 0.35}, ["Menu two"]),
        ({"belief_at_top": 0.35}, ["Menu one"]),
        ({"dump": 0}, ["Menu one", "Menu two"]),
        ({"dump": 0, "shortest": 10_000}, []),
        ({"dump": 0, "longest": 100}, []),
    ],
)
def test_each_bar_moves_what_the_scorer_may_take(moved, expected):
    assert rejected(REPOST, Stub(doubt=0.6), replace(BARS, **moved)) == expected


def test_a_lone_short_line_goes_below_its_own_bar_only():
    text = "\n".join([*PROSE[:3], "Boats", *PROSE[3:], "Advertisement"])
    bars, chooser = Bars(dump=0), Stub(doubt=0.0, bad="Boats")
    assert rejected(text, chooser, bars) == []
    assert rejected(text, chooser, replace(bars, lone=0.35)) == ["Boats"]


@pytest.mark.parametrize(
    ("doubt", "low", "expected"),
    [
        (0.0, 0.07, []),
        (0.0, 0.03, ["Menu one", "Menu two"]),
        (0.65, 0.07, []),
        (0.75, 0.07, ["Menu one", "Menu two"]),
        (0.75, 0.3, []),
        (0.99, 0.3, ["Menu one", "Menu two"]),
    ],
)
def test_the_scorer_is_believed_as_far_as_it_doubts(doubt, low, expected):
    lines = [PROSE[0], "Menu one", "Menu two", *PROSE[1:], "Advertisement"]
    assert rejected("\n".join(lines), Stub(doubt, low=low)) == expected


@pytest.mark.parametrize(
    ("first", "bad", "expected"),
    [("Menu one", "Menu", ["Menu one"]), ("A storm", "Menu", []), (PROSE[0], "The harbour", [])],
)
def test_an_unlikely_first_line_goes_unless_it_is_prose(first, bad, expected):
    lines = [first, PROSE[1], "Menu two", *PROSE[1:], "Advertisement"]
    assert rejected("\n".join(lines), Stub(0.0, bad, low=0.2)) == expected


def test_an_article_on_one_line_stays_where_it_is_all_the_prose():
    article = " ".join(PROSE)
    dump = "\n".join(["Menu one", "Menu two", article, "Advertisement"])
    assert rejected(dump, Stub(1.0, "")) == ["Menu one", "Menu two"]
    first = PROSE[0].split()[0]
    assert rejected(
        f"{dump}\nA second line of prose stands below it, and it ends with a stop.",
        Stub(1.0, first),
    ) == [article]


def test_the_line_under_a_headline_is_its_standfirst():
    lines = ["Headline: Storm reaches the coast at night", "Menu one", *PROSE, "Advertisement"]
    rule = Rule("title/mine", "title", "", ("en",), (), (), line="headline: .*")
    firings = judge(
        read_text("\n".join(lines)),
        Matcher([rule, *catalogue()]),
        "en",
        {},
        Stub(0.75, low=0.05),
    )
    assert [firing.category for firing in firings] == ["title", "advertisement"]


def test_where_rules_find_nothing_the_scorer_is_not_asked():
    chooser = Stub(1.0)
    assert rejected(PAGE, chooser) == []
    assert not chooser.surveys


def test_a_short_text_is_not_scored():
    chooser = Stub(1.0)
    assert rejected("Menu one\nAdvertisement\n" + PROSE[0], chooser) == []
    assert not chooser.claims


def test_the_scorer_is_told_what_rules_took():
    chooser = Stub(1.0)
    rejected(REPOST, chooser)
    assert [claims.kinds.tolist() for claims in chooser.claims] == [[0] * 8 + [5]]


def test_weights_without_trust_leave_belief_to_the_rules():
    old = scorer.shipped()
    bare = scorer.Scorer(old.text, old.html)
    survey = Survey.of([Line(PAGE, 0, 8, ())], [0.1], [])
    assert bare.doubt(survey) == 0.0


def test_trust_is_saved_with_the_weights(tmp_path):
    old = scorer.shipped()
    names = tuple(Survey.of([Line(PAGE, 0, 8, ())], [0.1], []).features())
    trust = scorer.Forest(
        names,
        np.zeros((6, 1), np.int32),
        np.full((6, 1), 0.5, np.float32),
        np.arange(64, dtype=np.float32)[None] / 64,
        -1.0,
    )
    file = tmp_path / "weights.npz"
    scorer.Scorer(old.text, old.html, trust).save(file)
    survey = Survey.of([Line(PAGE, 0, 8, ())], [0.1], [])
    doubt = scorer.Scorer(old.text, old.html, trust).doubt(survey)
    assert 0 < doubt < 1
    assert scorer.load(file).doubt(survey) == pytest.approx(doubt, abs=1e-3)


def test_a_survey_has_finite_numbers_for_a_single_line_and_for_a_page():
    one = Survey.of([Line("x", 0, 1, ())], [0.0], [])
    lines = [Line(PAGE, 0, 8, ()), Line(PAGE, 9, 17, ()), Line(PAGE, 18, len(PAGE), ())]
    page = Survey.of(lines, [0.1, 0.2, 0.9], [Claim("share", "rule:x", 0, 3)])
    assert list(one.features()) == list(page.features())
    assert np.isfinite([*one.features().values(), *page.features().values()]).all()
    assert (page.found, page.furniture, page.firings) == (1, 1, 1)


def test_metadata_is_not_found_boilerplate():
    survey = Survey.of([Line("x", 0, 1, ())], [0.5], [Claim("byline", "rule:x", 0, 1)])
    assert (survey.found, survey.furniture, survey.firings) == (0, 0, 1)


def test_claims_are_on_the_blocks_that_a_firing_covers():
    firings = [Claim("related", "rule:x", 4, 14), Claim("navigation", "rule:y", 20, 22)]
    claims = Claims.on([0, 5, 10, 15], firings)
    assert claims.kinds.tolist() == [4, 4, 4, 1]
    assert claims.total == 2
    assert Claims.on([0, 5], []).kinds.tolist() == Claims.none(2).kinds.tolist()


def test_a_block_knows_how_far_off_the_last_claim_stands():
    document = read_text(PAGE)
    starts = [block.start for block in document.blocks]
    claims = Claims.on(starts, [Claim("comment_widget", "rule:x", starts[2], starts[2] + 3)])
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
