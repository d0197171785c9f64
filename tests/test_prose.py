"""Words folded for comparing lines: a quick way for ASCII, which says what the other one says."""

import regex
from hypothesis import given
from hypothesis import strategies as st

from boilerstrip.language.prose import fold_words


def slow_twin(text):
    return " ".join(regex.findall(r"\w+", text.casefold()))


@given(
    st.text() | st.text(st.characters(max_codepoint=127)) | st.text(st.characters(codec="cp1252"))
)
def test_words_fold_as_a_pattern_finds_them(text):
    assert fold_words(text) == slow_twin(text)


def test_every_character_up_to_the_signs_folds_as_a_pattern_finds_it():
    for char in map(chr, range(0x2200)):
        assert fold_words(f"a{char}B") == slow_twin(f"a{char}B")
