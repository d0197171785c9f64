"""What names the pieces that are removed: the model, and where it has a say."""

from __future__ import annotations

import pytest

import boilerstrip
from boilerstrip.claim import Cause, Claim
from boilerstrip.evaluation.gold import GoldPage, Segment
from boilerstrip.readers.text import read_text
from boilerstrip.score import category, scorer
from boilerstrip.score.category import BODY, Categories, Clues, Piece
from boilerstrip.settle.naming import name_claims

pytest.importorskip("scipy", reason="training needs the extra train")

from boilerstrip.training import categories

PROSE = [
    "The council voted on Monday to rebuild the bridge over the harbour.",
    "Work will start in March, said the mayor, and take three years.",
]
NEWS = ["Ferry fares rise again", "Mayor opens a new school", "Storm closes the coast road"]
MENU = ["Home", "Sports", "Weather", "Culture"]


def page(number: int) -> GoldPage:
    """A text with a menu, an advertisement and a list of other news."""
    news = [f"{title} {number}" for title in NEWS]
    parts = {
        "navigation": MENU,
        "advertisement": ["Advertisement"],
        "related": ["More news", *news],
    }
    text = "\n".join([*MENU, PROSE[0], "Advertisement", PROSE[1], "More news", *news])
    removed = [Segment(line, name) for name, lines in parts.items() for line in lines]
    return GoldPage(str(number), "\n".join(PROSE), corpus="towns", text=text, removed=(*removed,))


def lesson(number: int) -> categories.Lesson:
    pieces, given = categories.pieces_of(page(number))
    return categories.Lesson(f"towns/{number}", number % 5, "en", pieces, given)


@pytest.fixture(scope="module")
def model() -> Categories:
    return categories.fit([lesson(number) for number in range(20)], {"penalty": 0.03, "steps": 60})


def unknown(*texts: str) -> list[Piece]:
    return [Piece(text, None) for text in texts]


def test_a_list_is_named_by_its_heading_to_its_end(model: Categories) -> None:
    body = [Piece(text, BODY) for text in PROSE]
    below = unknown("More news", "Ferry fares rise", "Quite unheard of", "Storm closes the road")
    assert model.name([*body, *below]) == ["related"] * 4
    assert model.name([*unknown(*MENU), *body]) == ["navigation"] * 4


def test_what_a_rule_has_named_speaks_for_its_neighbours(model: Categories) -> None:
    body = [Piece(text, BODY) for text in PROSE]
    beside = unknown("Quite unheard of")
    names = [
        model.name([*body, Piece("So", name), *beside, Piece("So", name)])[0]
        for name in ("related", "navigation")
    ]
    assert names == ["related", "navigation"]


def test_the_likeliest_sequence_is_found() -> None:
    import itertools

    import numpy as np

    draw = np.random.default_rng(1)
    scores, moves = draw.normal(size=(5, 3)), draw.normal(size=(3, 3))

    def worth(path: tuple[int, ...]) -> float:
        steps = sum(moves[pair] for pair in itertools.pairwise(path))
        return float(sum(scores[n, column] for n, column in enumerate(path)) + steps)

    best = max(itertools.product(range(3), repeat=5), key=worth)
    assert category.likeliest(scores, moves) == list(best)


def test_the_slope_is_that_of_the_loss() -> None:
    import numpy as np

    chains = categories.chains_of([lesson(1)], ("advertisement", "navigation", "related"))
    draw = np.random.default_rng(1)
    weights = draw.normal(size=(chains.features.shape[1], 3))
    moves = draw.normal(size=(3, 3))
    loss, wrong, wrong_moves = categories.compare(chains, weights, moves)
    slope = chains.features.T @ wrong
    row = int(np.abs(slope).sum(axis=1).argmax())
    step = 1e-5
    weights[row, 1] += step
    assert (categories.compare(chains, weights, moves)[0] - loss) / step == pytest.approx(
        slope[row, 1], rel=1e-3
    )
    weights[row, 1] -= step
    moves[1, 2] += step
    assert (categories.compare(chains, weights, moves)[0] - loss) / step == pytest.approx(
        wrong_moves[1, 2], rel=1e-3
    )


def test_no_piece_is_called_a_headline_by_its_looks() -> None:
    import numpy as np

    model = Categories(("related", "title"), np.zeros((1 << category.BITS, 2)), np.eye(2) * -9)
    assert model.name(unknown("Rain", "Snow", "Hail")) == ["related"] * 3


def test_a_long_list_costs_no_more_than_its_ends(model: Categories, monkeypatch) -> None:
    monkeypatch.setattr(category, "_RUN", 3)
    asked: list[int] = []
    parts = Clues.parts
    monkeypatch.setattr(Clues, "parts", lambda self, n: asked.append(n) or parts(self, n))
    pieces = [Piece(PROSE[0], BODY), *unknown("More news", *NEWS * 10)]
    assert model.name(pieces) == ["related"] * 31
    assert len(asked) == 6


def test_the_model_is_saved_with_the_weights(tmp_path, model: Categories) -> None:
    old = scorer.shipped()
    file = tmp_path / "weights.npz"
    scorer.Scorer(old.text, old.html, model).save(file)
    again = scorer.load(file)
    assert again.category is not None
    pieces = unknown("More news", *NEWS)
    assert again.category.name(pieces) == model.name(pieces)
    scorer.Scorer(old.text, old.html).save(file)
    assert scorer.load(file).category is None
    categories.put(file, model)
    assert scorer.load(file).category is not None
    assert scorer.read_making(file)["features"]["category"]


class Chooser:
    """Names by a model; nothing else is asked of it."""

    cause = Cause("scorer")

    def __init__(self, model: Categories | None) -> None:
        self.category = model


def names_in(text: str, claims: list[Claim], model: Categories | None) -> list[tuple[str, str]]:
    found = name_claims(read_text(text), claims, Chooser(model))
    return [(text[claim.start : claim.end], claim.category) for claim in found]


def test_a_section_ends_where_its_lines_are_of_another_kind(model: Categories) -> None:
    lines = [*PROSE, "More news", *NEWS, *MENU]
    text = "\n".join(lines)
    start = text.index("More news")
    claim = Claim("related", Cause("rule", "related/more-news"), start, len(text))
    assert names_in(text, [claim], model) == [(text[start:], "related")]  # no shipped rule
    shipped = next(cause for cause in section_causes() if cause.startswith("rule:related/"))
    found = names_in(
        text, [claim._replace(cause=Cause("rule", shipped.removeprefix("rule:")))], model
    )
    assert found == [
        ("\n".join(["More news", *NEWS]), "related"),
        ("\n".join(MENU), "navigation"),
    ]
    assert names_in(
        text, [claim._replace(cause=Cause("rule", shipped.removeprefix("rule:")))], None
    ) == [(text[start:], "related")]


def test_what_a_rule_matched_keeps_its_name(model: Categories) -> None:
    text = "\n".join([*PROSE, "More news", *NEWS])
    start = text.index("More news")
    claim = Claim("copyright", Cause("rule", "copyright/line"), start, start + 9)
    rest = Claim("other", Cause("scorer"), start + 10, len(text))
    found = names_in(text, [claim, rest], model)
    assert found[0] == ("More news", "copyright")
    assert [name for _, name in found] != ["copyright", "other"]


def section_causes() -> list[str]:
    from boilerstrip.settle.naming import section_rules

    return list(section_rules())


def test_naming_moves_nothing() -> None:
    text = "\n".join([*MENU * 4, "Bridge to be rebuilt", *PROSE * 4, "Related articles", *NEWS * 2])
    article = boilerstrip.clean(text)
    assert article.rebuild() == text
    assert {removal.category for removal in article.removed} >= {"related"}
    assert all(text[one.start : one.end] == one.text for one in article.removed)
