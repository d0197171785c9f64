"""The scorer's removals say why: the evidence against a line, from the forest's own votes."""

import itertools
import subprocess
import sys

import numpy as np
import pytest
from click.testing import CliRunner
from conftest import PARAGRAPHS

import boilerstrip
from boilerstrip.cli import main
from boilerstrip.readers.html import read_html
from boilerstrip.readers.text import read_text
from boilerstrip.score.features import Claims
from boilerstrip.score.reasons import Listener, contributions
from boilerstrip.score.scorer import Forest, shipped
from boilerstrip.score.wording import Seen, wording

LINKS = "".join(f"<li><a href='/{n}'>Bridge news {n}</a></li>" for n in range(15))
TEXT = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
PAGE = (
    f"<html><body><nav class='site-menu'><ul>{LINKS}</ul></nav><article><h1>Bridge</h1>{TEXT}"
    f"</article><div class='related'><h3>More on this</h3><ul>{LINKS}</ul></div></body></html>"
)
DUMP = "\n".join(["Home", "World", "Sport", "Log in", *PARAGRAPHS, "Terms of use", "Share"])


def forest_of(seed, levels=3, trees=5, features=4):
    random = np.random.default_rng(seed)
    return Forest(
        tuple("abcd"[:features]),
        random.integers(0, features, (levels, trees)).astype(np.int32),
        random.random((levels, trees)).astype(np.float32),
        random.normal(size=(trees, 1 << levels)).astype(np.float32),
        0.25,
    )


def vote(forest, values):
    chance = forest.chances(np.asarray(values, np.float32)[:, None])[0].astype(float)
    return np.log(chance / (1 - chance))


def twin(forest, values, others):
    """Each feature's share: the mean over all orders of answers, tree by tree, other by other."""
    levels, trees = forest.features.shape
    found = dict.fromkeys(forest.names, 0.0)
    orders = list(itertools.permutations(range(levels)))
    for tree, other, order in itertools.product(range(trees), range(others.shape[1]), orders):
        asked, borders = forest.features[:, tree], forest.borders[:, tree]
        own, answers = values[asked] > borders, others[asked, other] > borders
        number = sum(int(answer) << bit for bit, answer in enumerate(answers))
        for level in order:
            changed = number & ~(1 << level) | int(own[level]) << level
            gain = forest.leaves[tree, changed] - forest.leaves[tree, number]
            found[forest.names[asked[level]]] += float(gain) / len(orders) / others.shape[1]
            number = changed
    return found


@pytest.mark.parametrize("seed", range(4))
def test_shares_are_those_of_the_slow_twin(seed):
    forest, random = forest_of(seed), np.random.default_rng(seed + 100)
    values = random.random(4).astype(np.float32)
    others = random.random((4, 6)).astype(np.float32)
    found = contributions(forest, values, others)
    assert found == pytest.approx(twin(forest, values, others), abs=1e-5)
    mean = np.mean([vote(forest, column) for column in others.T])
    assert sum(found.values()) == pytest.approx(vote(forest, values) - mean, abs=1e-4)


def test_a_feature_that_is_as_in_the_others_has_no_share():
    forest = forest_of(7)
    values = np.array([0.9, 0.1, 0.5, 0.7], np.float32)
    others = values[:, None].repeat(3, axis=1)
    others[1] = 0.95
    found = contributions(forest, values, others)
    assert found["b"] != 0
    assert [found[name] for name in "acd"] == [0, 0, 0]


def forests():
    scorer = shipped()
    for model in (scorer.text, scorer.html):
        yield from (forest for forest in (model.first, model.second) if forest is not None)


def test_every_feature_of_the_shipped_weights_has_words():
    names = {name for forest in forests() for name in forest.names}
    assert [name for name in sorted(names) if wording(name) is None] == []
    documents = [read_html(PAGE).document, read_text(DUMP), read_text("Menu")]
    for document, value in itertools.product(documents, (-1.0, 0.0, 0.4, 1.0, 7.0, 500.0)):
        values = dict.fromkeys(names, value)
        for number, name in itertools.product(range(len(document.blocks)), names):
            said = Seen(document, number, values, shipped().text.lexicon).words(name)
            assert said
            assert "_" not in said
            assert "\n" not in said


def test_a_new_feature_is_told_by_its_name():
    document = read_text("Menu")
    assert wording("emoji_share") is None
    seen = Seen(document, 0, {"emoji_share": 0.25}, shipped().text.lexicon)
    assert seen.words("emoji_share") == "emoji share: 0.25"


def explained(source):
    result = CliRunner().invoke(main, ["explain", "-", "--full"], input=source)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_explain_says_why_the_scorer_takes_a_line_out():
    shown = explained(PAGE)
    labels = [part.split("}")[0] for part in shown.split("{")[1:] if " · scorer" in part]
    assert len(labels) > 10
    assert all(" likely to be body; " in label for label in labels)
    assert any("short link among" in label for label in labels)
    assert any("class '" in label for label in labels)
    assert {label.count(";") for label in labels} <= {1, 2, 3}


def test_explain_says_why_in_a_text():
    menus = [f"{word} {n}" for n in range(12) for word in ("Sport", "World")]
    shown = explained("\n".join(["Log in", "Cookie settings", *menus, *PARAGRAPHS, "Share this"]))
    labels = [part.split("}")[0] for part in shown.split("{")[1:] if " · scorer" in part]
    assert labels
    assert any("before the first paragraph" in label for label in labels)


def test_each_reason_is_of_its_own_line():
    document = read_html(PAGE).document
    listener = Listener(shipped())
    chances = listener.score(document)
    assert chances.tolist() == shipped().score(document).tolist()
    lines = [document.content(block) for block in document.blocks]
    first, last = lines.index("Bridge news 3"), len(lines) - 1 - lines[::-1].index("Bridge news 3")
    reasons = [listener.reason(lines[n], float(chances[n])) for n in (first, last)]
    assert all(reason.evidence for reason in reasons)
    assert any("site-menu" in words for words in reasons[0].evidence)
    assert not any("site-menu" in words for words in reasons[1].evidence)


def test_a_passage_that_was_not_asked_of_has_no_evidence():
    document = read_text(DUMP)
    listener = Listener(shipped())
    chances = listener.score(document, Claims.none(len(document.blocks)))
    assert listener.reason("Home", float(chances[0])).evidence
    assert listener.reason("Home", float(chances[0])).evidence == ()  # there is one only
    assert listener.reason("Elsewhere", float(chances[1])).evidence == ()
    assert listener.reason("World", 0.77777).evidence == ()


def test_clean_works_no_reasons_out():
    code = (
        "import sys, boilerstrip; boilerstrip.clean(sys.stdin.read());"
        "print({'boilerstrip.score.reasons', 'boilerstrip.score.wording'} & {*sys.modules})"
    )
    command = [sys.executable, "-c", code]
    found = subprocess.run(command, input=PAGE, capture_output=True, check=True, text=True)
    assert found.stdout.strip() == "set()"
    assert "scorer" in {one.cause for one in boilerstrip.clean(PAGE).removed}
