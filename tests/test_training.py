"""What training makes of corpora: examples, folds, left-out pages, and what files say."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields, replace
from importlib.resources import files

import numpy as np
import pytest

from boilerstrip.errors import InputError
from boilerstrip.evaluation.alignment import tokens
from boilerstrip.evaluation.gold import FOLDS, GoldPage, Segment
from boilerstrip.readers.text import read_text
from boilerstrip.score import scorer
from boilerstrip.settle.decide import BARS, Bars
from boilerstrip.training import __main__ as command
from boilerstrip.training import check, provenance, sweep, titles
from boilerstrip.training.corpora import LeftOut, deal, left_out, load_corpora, refusal
from boilerstrip.training.examples import Example, load_examples, looked_at, read_page
from boilerstrip.training.lexicon import count_words
from boilerstrip.training.models import balance
from boilerstrip.training.ngrams import Wording, fit_ngrams, rule_examples
from boilerstrip.training.settings import QUICK
from boilerstrip.training.train import without
from boilerstrip.training.variants import Row, labelled_body, thinned, variants

PROSE = [
    f"The council of town number {number} met on Monday evening to vote on the bridge, at last."
    for number in range(8)
]
MENU = ["Skip to content", "Boats", "Northern trains", "Our maps", "Sign in", "Towns", "Town plans"]


RENDERERS = ("html_text", "inscriptis", "readability", "resiliparse")


def need(*modules: str) -> None:
    for module in modules:
        pytest.importorskip(module, reason=f"training needs {module}: pip install '.[train]'")


def example(number: int, kind: str) -> Example:
    lines = PROSE if kind == "gold" else [*MENU, *PROSE]
    document = read_text("\n".join(lines))
    words = [tokens(line) for line in lines]
    labels = np.array([float(line in PROSE) for line in lines])
    gold = tokens("\n".join(PROSE))
    made = Example("towns", f"{number}", f"site{number}", kind, document, words, gold, labels)
    made.final = np.where(labels > 0, 0.9, 0.2).astype(np.float32)
    made.fold = number % FOLDS
    return made


def page(number: int, corpus: str = "towns-news", **known: object) -> GoldPage:
    body = "\n".join(PROSE[number % 4 :])
    menu = "".join(f"<li><a href='/{line}'>{line}</a>" for line in MENU)
    text = "".join(f"<p>{line}</p>" for line in body.split("\n"))
    markup = (
        f"<title>Vote {number} | Post</title><ul class='menu'>{menu}</ul><h1>Vote {number}</h1>"
        f"<div class='article-body'>{text}</div><p>© 2025 Post {number}</p>"
    )
    made = GoldPage(
        f"{number}",
        body,
        corpus=corpus,
        markup=markup,
        url=f"https://post{number}.example/{number}",
        title=f"Vote {number}",
    )
    return replace(made, **known)


def write_corpus(folder, pages):
    folder.mkdir(parents=True)
    rows = []
    for each in pages:
        (folder / f"{each.id}.html").write_text(each.markup, encoding="utf-8")
        row = {"id": each.id, "html": f"{each.id}.html", "url": each.url}
        rows.append(json.dumps({**row, "title": each.title, "body": each.body}))
    (folder / "gold.jsonl").write_text("\n".join(rows), encoding="utf-8")


def write_texts(folder, number):
    folder.mkdir(parents=True)
    rows = [
        json.dumps(
            {
                "id": f"{n}",
                "language": "en",
                "shape": ["lines"],
                "text": "\n".join([f"Vote {n}", *PROSE[n % 4 :], "Share", "More stories", "Boats"]),
                "body": "\n".join(PROSE[n % 4 :]),
                "removed": [{"text": "Share", "category": "share"}],
                "title": f"Vote {n}",
            }
        )
        for n in range(number)
    ]
    (folder / "texts.jsonl").write_text("\n".join(rows), encoding="utf-8")


def test_a_text_is_looked_at_in_pieces_with_the_claims_of_rules():
    text = "\n".join(["Subscribe to our newsletter", *PROSE])
    view, starts, claims = looked_at(text, "site")
    assert [view.content(block) for block in view.blocks] == text.split("\n")
    assert starts == [0, *(text.index(line) for line in PROSE)]
    assert [claim.start for claim in claims] == [0]


def test_some_sites_see_only_a_part_of_the_rules():
    text = "\n".join(["Subscribe to our newsletter", "Share on Facebook", *PROSE, "Sign in"])
    found = [len(looked_at(text, f"site{number}")[2]) for number in range(60)]
    assert min(found) < max(found)
    assert found.count(max(found)) > len(found) / 2


def test_clean_articles_and_small_corpora_weigh_more():
    made = [example(number, kind) for number in range(4) for kind in ("html_text", "gold")]
    made[0].corpus = made[1].corpus = "small"
    made[0].labelled = True
    balance(made, 2.0, 3.0)
    assert [each.factor for each in made[:4]] == [6.0, 4.0, 1.0, 2.0]


# Folds


def test_a_site_is_in_one_fold_whatever_its_corpus():
    pages = [page(n) for n in range(40)] + [page(n, "other-news") for n in range(40)]
    folds = deal(pages)
    of_sites = {(each.site, folds[each.key]) for each in pages}
    assert len(of_sites) == len({each.site for each in pages})
    assert set(folds.values()) == set(range(FOLDS))


def test_texts_without_a_site_are_dealt_so_that_each_fold_has_of_every_layout_and_language():
    texts = [
        GoldPage(f"{n}", "", corpus="raw-texts", text="x", layout=layout, language=language)
        for n, (layout, language) in enumerate(
            [(layout, language) for layout in ("lines", "wrapped") for language in ("de", "fr")] * 5
        )
    ]
    folds = deal(texts)
    for layout in ("lines", "wrapped"):
        for language in ("de", "fr"):
            kinds = [each for each in texts if (each.layout, each.language) == (layout, language)]
            assert sorted(folds[each.key] for each in kinds) == list(range(FOLDS))


def test_without_a_family_neither_its_pages_nor_its_sites_are_left():
    made = [example(n, "html_text") for n in range(6)]
    made[0].corpus, made[1].corpus = "wcxb-dev", "wcxb-other"
    made[2].site = made[0].site
    assert without(made, "wcxb") == made[3:]
    assert without(made, "towns") == made[1:2]  # the other one's site has pages in towns


# What may teach


@pytest.mark.parametrize("name", ["daniel-press", "dated-pages", "wcxb-dev-other"])
def test_a_corpus_that_may_only_be_measured_is_refused(tmp_path, name, capsys):
    write_corpus(tmp_path / name, [page(0)])
    write_corpus(tmp_path / "towns-news", [page(0)])
    with pytest.raises(InputError, match=rf"{name}: not to be trained on: .+ Leave it out"):
        load_corpora([tmp_path / name])
    assert [corpus.name for corpus in load_corpora([tmp_path])] == ["towns-news"]
    assert f"{name}: passed over: {refusal(name)}" in capsys.readouterr().err
    assert command.main([str(tmp_path / name), "--out", str(tmp_path / "weights.npz")]) == 2


def test_left_out_pages_are_read_and_teach_nothing(tmp_path):
    need(*RENDERERS)
    write_corpus(tmp_path / "towns-news", [page(n) for n in (0, 2)])
    made, _ = load_examples(load_corpora([tmp_path]), ["towns-news/2"])
    assert {each.page for each in made if each.teaches} == {"0"}
    assert {each.page for each in made} == {"0", "2"}
    assert set(count_words(made, "text")["long"]) == {made[0].site}


def test_a_text_of_one_piece_teaches_nothing():
    brief = "Share the bread, the council said."
    text = GoldPage("1", brief, corpus="raw-texts", text=brief, removed=())
    assert [each.teaches for each in read_page(text, {})] == [False] * 3
    raw = read_page(labelled(), {})[0]
    assert (raw.kind, raw.teaches, raw.labelled) == ("raw", True, True)
    assert raw.labels.tolist() == [0, 0, *[1] * len(PROSE), 0, 0, 0]


# The texts that a page makes


def labelled(number=1):
    lines = ["Home", "News", *PROSE, "Share", "More stories", "Boats"]
    removed = tuple(Segment(line, "navigation") for line in lines if line not in PROSE)
    body = "\n".join(PROSE)
    return GoldPage(f"{number}", body, corpus="raw", text="\n".join(lines), removed=removed)


def test_variants_say_of_each_character_whether_it_is_body():
    for each in variants(labelled(), {}, of_many=False):
        assert len(each.text) == len(each.body)
        kept = "".join(c for c, stays in zip(each.text, each.body, strict=True) if stays)
        assert "".join(kept.split()) == "".join("".join(PROSE).split())
    kinds = [each.kind for each in variants(labelled(), {}, of_many=False)]
    assert {"raw", "raw-oneline", "raw-glued", "raw-lines", "gold", "gold-oneline"} <= set(kinds)


def test_variants_of_a_page_are_the_same_each_time_and_at_several_levels():
    lines = [*MENU, *PROSE, *MENU]
    texts = {"html_text": "\n".join(lines), "bs4": "\n".join(lines)}
    made = [list(variants(page(n), texts, of_many=False)) for n in (0, 4, 0)]
    assert [each.text for each in made[0]] == [each.text for each in made[2]]
    partial = [each for found in made for each in found if each.kind.startswith("partial")]
    shares = {round(float(each.body.mean()), 1) for each in partial}
    assert len(shares) > 1
    few = [list(variants(page(n), texts, of_many=True)) for n in (0, 4)]
    assert sum(map(len, few)) < sum(map(len, made[:2]))


def test_thinned_rows_keep_the_body_and_what_is_near_to_it():
    from random import Random

    menu = [Row(f"Menu {n}", False, False) for n in range(200)]
    rows = [*menu, *(Row(line, True, False) for line in PROSE)]
    assert thinned(rows, 1.0, Random(1)) == rows
    assert thinned(rows, 0.0, Random(1)) == rows[200:]
    some = thinned(rows, 0.1, Random(1))
    assert some[-len(PROSE) :] == rows[200:]
    assert 15 <= len(some) - len(PROSE) <= 40
    near = sum(row in menu[100:] for row in some)
    assert near > len(some) / 2


def test_a_wrapped_text_is_labelled_as_a_reader_shows_it():
    import textwrap

    given = labelled()
    wrapped = replace(given, text="\n".join([*MENU, "", textwrap.fill(" ".join(PROSE), 60)]))
    raw = next(variants(wrapped, {}, of_many=False))
    assert raw.text != wrapped.text
    assert raw.body[raw.text.index("The council")]
    assert not labelled_body(raw.text, wrapped)[:20].any()


def test_wording_learns_from_pieces_and_from_the_examples_of_rules():
    pytest.importorskip("scipy", reason="training needs scipy: pip install '.[train]'")
    pieces = ["Qqq zzz", "Vvv rrr"] * 30
    labels = np.array([1.0, 0.0] * 30)
    ngrams = fit_ngrams(Wording.of(pieces), labels, np.ones(60), 20)
    good, bad, share, told = ngrams.log_odds(["Qqq zzz", "Vvv rrr", "Share on Facebook", PROSE[0]])
    assert good > 0 > bad
    assert told > 0 > share
    said = rule_examples()
    weights = {
        kept: sum(each.weight for each in said if each.kept == kept) for kept in (True, False)
    }
    assert 0.3 < weights[True] / sum(weights.values()) < 0.7


def test_the_check_finds_gold_that_its_page_does_not_show():
    pages = [page(0), page(1, body="\n".join([PROSE[1], *(f"It snowed {n}." for n in range(50))]))]
    found = check.find_doubtful([read_page(each, {})[0] for each in pages], {})
    assert [each.key for each in found] == ["towns-news/1"]
    assert found[0].precision > 0.8 > 0.5 > found[0].recall
    assert "shows" in found[0].reason


def test_the_check_keeps_what_a_person_wrote():
    made = [read_page(page(n), {})[0] for n in range(2)]
    row = LeftOut("towns-news", "1", 0.5, 0.5, "by hand: an advertisement")
    found = check.find_doubtful(made, {row.key: row})
    assert [(each.id, each.recall, each.reason) for each in found] == [("1", 1.0, row.reason)]
    reworded = replace(row, reason="made by scripts")  # and isn't any more
    assert check.find_doubtful(made, {row.key: reworded}) == []


def test_every_left_out_page_has_a_reason():
    assert len(left_out()) > 20
    assert all(len(row.reason) > 20 for row in left_out().values())


# The headline's weights


def headlines(rows, right, key="a/1"):
    return titles.Headlines(key, "raw", "site", ("good", "bad"), np.array(rows, float), right)


def test_headline_weights_favour_what_speaks_for_the_right_lines():
    made = [
        headlines([[1, 0], [0, 1], [0, 0]], np.array([True, False, False]), f"a/{n}")
        for n in range(20)
    ]
    weights = titles.fit(made)
    assert weights["good"] > 0.5 > -0.5 > weights["bad"]
    assert all(each.finds(weights) for each in made)
    assert not made[0].finds({"good": -1.0, "bad": 1.0})


def test_a_line_that_says_the_gold_title_is_right():
    text = "\n".join(["Home", "Boats", "Vote on the old bridge", "By Ada Moss", *PROSE])
    gold = GoldPage("1", "", corpus="a", title="Vote on the old bridge!", text=text)
    (found,) = titles.headlines_of(gold, "raw", read_text(text), [])
    assert found.right.sum() == 1
    assert found.finds(titles.shipped_weights())
    assert titles.headlines_of(replace(gold, title=None), "raw", read_text(text), []) == []


# What a file says


def test_the_features_differ_by_what_they_do(monkeypatch):
    made = {"features": provenance.features()}
    assert provenance.complaint(made) is None
    name = next(iter(made["features"]["html"]))
    made["features"]["html"][name] = "0"
    made["features"]["text"].pop("lines")
    complaint = provenance.complaint(made)
    assert complaint is not None
    assert complaint.startswith(
        f"weights are older than the features: {name!r}, 'lines' differ; run python -m "
    )
    assert provenance.stale_features({}) != []


def test_a_changed_feature_is_named(monkeypatch):
    made = {"features": provenance.features()}
    monkeypatch.setattr("boilerstrip.score.features._HEAVIEST", 100)
    stale = provenance.stale_features(made)
    assert "words_before" in stale
    assert "commas" not in stale


def test_the_shipped_weights_belong_to_the_features():
    made = scorer.read_making(files("boilerstrip.score") / "weights.npz")
    if complaint := provenance.complaint(made):
        pytest.fail(complaint)
    assert not made["quick"]
    assert "held_out" not in made


def test_rules_that_change_are_told_apart():
    assert not provenance.rules_changed({"rules": provenance.rules_digest()})
    assert provenance.rules_changed({"rules": "other"})


def test_a_file_keeps_what_weights_were_made_of(tmp_path):
    made = provenance.describe_making([], QUICK, quick=True) if _has_catboost() else {"quick": True}
    scorer.shipped().save(tmp_path / "weights.npz", made)
    assert scorer.read_making(tmp_path / "weights.npz") == json.loads(json.dumps(made))
    scorer.shipped().save(tmp_path / "bare.npz")
    assert scorer.read_making(tmp_path / "bare.npz") == {}


def _has_catboost():
    try:
        import catboost
    except ImportError:
        return False
    return bool(catboost)


def test_the_command_writes_the_same_files_twice(tmp_path):
    need("catboost", *RENDERERS)
    corpora = tmp_path / "corpora"
    write_texts(corpora / "raw-texts", 8)
    write_corpus(corpora / "towns-news", [page(n) for n in range(0, 16, 2)])
    write_corpus(corpora / "hills-news", [page(n) for n in range(1, 17, 2)])
    outs = [tmp_path / name for name in ("one", "two")]
    for out in outs:
        words = [corpora, "--out", out / "weights.npz", "--folds-out", out / "folds", "--quick"]
        run = [sys.executable, "-m", "boilerstrip.training", *map(str, words)]
        done = subprocess.run(run, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    files = sorted(file.relative_to(outs[0]) for file in outs[0].rglob("*") if file.is_file())
    assert len(files) == 1 + 1 + FOLDS + 3 + 1
    for file in files:
        assert (outs[0] / file).read_bytes() == (outs[1] / file).read_bytes(), file
    made = scorer.read_making(outs[0] / "weights.npz")
    assert made["quick"]
    assert provenance.complaint(made) is None
    folds = json.loads((outs[0] / "folds" / "folds.json").read_text())
    assert folds["corpora"] == made["corpora"]
    assert set(folds["corpora"]) == {"raw-texts", "towns-news", "hills-news"}
    assert folds["corpus"]["raw"] == "without-raw"
    for name in {*folds["site"].values(), *folds["corpus"].values()}:
        assert scorer.read_making(outs[0] / "folds" / f"{name}.npz")["held_out"] == name
    words = ["boilerstrip.training.sweep", str(corpora), "--folds", str(outs[0] / "folds")]
    done = subprocess.run(
        [sys.executable, "-m", *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    rows = [row.split("|") for row in done.stdout.splitlines()]
    assert {len(row) for row in rows} == {10}
    assert len(rows) == 2 + len(sweep.moves())


def test_the_sweep_moves_every_bar_around_what_it_is():
    assert set(sweep.VALUES) == {each.name for each in fields(BARS)}
    assert all(getattr(BARS, name) in values for name, values in sweep.VALUES.items())
    assert all(one == BARS for name, value, one in sweep.moves() if value == getattr(BARS, name))
    assert sum(one == BARS for _, _, one in sweep.moves()) == len(sweep.VALUES)


def test_the_sweep_judges_texts_by_each_of_the_bars(tmp_path):
    menu = "\n".join([*MENU, *PROSE])
    scorer.shipped().save(tmp_path / "weights.npz")
    text = sweep.Text("a", "raw", menu, "\n".join(PROSE), tmp_path / "weights.npz")
    most, none = sweep.bodies(text, [Bars(threshold=0.9), Bars(threshold=0.0)])
    assert "Northern trains" in none
    assert "Northern trains" not in most
    assert PROSE[3] in most


def test_a_sweep_without_folds_says_so(tmp_path, capsys):
    assert sweep.main([str(tmp_path), "--folds", str(tmp_path)]) == 2
    assert "no folds can be read" in capsys.readouterr().err


def test_one_source_alone_cannot_be_held_out():
    need("catboost")
    from boilerstrip.training.train import train

    with pytest.raises(InputError, match="without 'towns' there is no html"):
        train([example(0, "html_text")], QUICK)
