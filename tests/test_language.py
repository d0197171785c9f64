"""The language of a text: what the vote of common words says, and what it leaves alone."""

import json
import subprocess
import sys
import tomllib
from importlib.resources import files

import pytest

from boilerstrip.language.detect import detect_language, vote
from boilerstrip.readers.text import read_text

LISTS = tomllib.loads((files("boilerstrip.language") / "function_words.toml").read_text("utf-8"))
NORWEGIAN = (
    "Kommunestyret møttes på mandag for å stemme over den nye broen over elven, etter to år med "
    "debatt om hva den vil koste og hva den gjør med den gamle havnen."
)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Rat hat am Montag über die neue Brücke abgestimmt. Sie wird nach zwei Jahren "
         "gebaut, aber nicht so, wie es die Stadt wollte."),
        ("fr", "Le conseil a voté lundi pour le nouveau pont, qui sera construit dans les deux "
         "ans par la ville, mais pas avec ses propres moyens."),
        ("ja", "市議会は月曜日に新しい橋の建設を決めた。工事は三月に始まるという。"),
        ("zh", "市议会在星期一决定建设新的大桥，这个工程将于三月开始，他们说会从北岸动工。"),
        ("ko", "시의회는 월요일에 새 다리를 짓기로 했다. 공사는 삼월에 시작된다고 시장이 말했다."),
        ("ru", "Городской совет в понедельник решил, что новый мост через реку будет построен, но "
         "не раньше чем через год, так как на него пока нет денег."),
    ],
)  # fmt: skip
def test_the_vote_knows_a_sentence_of_prose(language, text):
    assert vote(text) == language


@pytest.mark.parametrize(
    "text",
    [
        NORWEGIAN,  # might be Danish
        "Dewan bandaraya akan mula membina jambatan itu pada bulan Mac.",  # might be Indonesian
        "Umkhandlu uhlangane ngoMsombuluko ukuze uvotele ibhuloho elisha ngaphesheya komfula.",
        "Home News Sport Weather Shop Contact About Us Log in Subscribe",
        "The war is over, and it is",  # words of no other language, but too few of them
        "",
    ],
)
def test_the_vote_leaves_what_is_in_doubt(text):
    assert vote(text) is None


def test_of_a_page_in_two_languages_neither_is_voted_for():
    english = "It said that the bridge was not to be opened for at least a year."
    hindi = "नगर परिषद ने सोमवार को कहा कि यह पुल एक साल तक नहीं खुलेगा और इस पर काम हो रहा है"
    assert vote(english) == "en"
    assert vote(hindi) == "hi"
    assert vote(f"{english}\n{hindi}") is None


def test_what_the_vote_leaves_the_classifier_answers():
    assert detect_language(read_text(NORWEGIAN)) == "no"


def test_a_text_that_the_vote_knows_needs_no_classifier():
    program = (
        "import sys, boilerstrip\n"
        "print(boilerstrip.clean(sys.argv[1]).language, 'py3langid' in sys.modules)"
    )
    english = "The council said on Monday that it was to vote on the new bridge, and not before."
    for text, said in ((english, "en False"), (NORWEGIAN, "no True")):
        run = subprocess.run(
            [sys.executable, "-c", program, text], capture_output=True, text=True, check=True
        )
        assert run.stdout.strip() == said


def test_the_languages_of_the_lists_are_called_what_the_classifier_calls_them():
    from py3langid.langid import _get_identifier

    known = set(_get_identifier().labels)
    codes = {code for table in LISTS.values() for code in table}
    assert codes <= known


def test_no_list_has_a_word_twice():
    for code, words in LISTS["words"].items():
        assert len(words.split()) == len(set(words.split())) >= 10, code
    for code, characters in LISTS["characters"].items():
        assert len(characters) == len(set(characters)), code


def test_where_the_vote_speaks_it_says_what_the_labelled_texts_say(corpora):
    rows = map(json.loads, (corpora / "raw-texts/texts.jsonl").read_text("utf-8").splitlines())
    voted = [(row["language"], vote(row["body"])) for row in rows]
    assert [pair for pair in voted if pair[1] not in (pair[0], None)] == []
    assert sum(said is not None for _, said in voted) > 0.85 * len(voted)
