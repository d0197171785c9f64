"""Author strings as bylines, meta elements and JSON-LD print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerstrip.language.names import (
    clean_author,
    is_agency,
    is_person,
    looks_like_name,
    merge_names,
    split_authors,
    split_slowly,
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ada Moss", ("Ada Moss",)),
        ("by Ada Moss, Bo Lind and Cy Ode", ("Ada Moss", "Bo Lind", "Cy Ode")),
        ("Ada Moss & Bo Lind", ("Ada Moss", "Bo Lind")),
        ("Ada Moss; Bo Lind", ("Ada Moss", "Bo Lind")),
        ("Ada Moss | The Lakeside Post", ("Ada Moss",)),
        ("Von Ada Moss und Bo Lind", ("Ada Moss", "Bo Lind")),
        ("Por Ada Ríos y Bo Peña", ("Ada Ríos", "Bo Peña")),
        ("Par Ada Moss et Bo Lind", ("Ada Moss", "Bo Lind")),
        ("Av Ada Moss og Bo Lind", ("Ada Moss", "Bo Lind")),
        ("Oleh Ada Moss dan Bo Lind", ("Ada Moss", "Bo Lind")),
        ("Анна Мох, Иван Линд", ("Анна Мох", "Иван Линд")),
        ("大渡 美咲、松岡大地", ("大渡 美咲", "松岡大地")),
        ("박준석 기자", ("박준석",)),
        ("Moss, Ada", ("Ada Moss",)),
        ("Moss, Ada; Lind, Bo T.", ("Ada Moss", "Bo T. Lind")),
        ("van den Berg, Ada", ("Ada van den Berg",)),
        ("Das, Amit", ("Amit Das",)),
        ("Ada van den Berg", ("Ada van den Berg",)),
        ("A. J. Moss", ("A. J. Moss",)),
        ("Ada Moss, Jr.", ("Ada Moss Jr.",)),
        ("Ada Moss, MD, PhD", ("Ada Moss",)),
        ("Ada Moss, Senior Political Editor", ("Ada Moss",)),
        ("Ada Moss in Berlin", ("Ada Moss",)),
        ("Ada Moss, Nairobi", ("Ada Moss",)),
        ("Ada Moss May 3, 2024", ("Ada Moss",)),
        ("Ada Moss (ada@example.com)", ("Ada Moss",)),
        ("Ada Moss @adamoss", ("Ada Moss",)),
        ("Ada Moss and others", ("Ada Moss",)),
        ("Ada Moss, (Image: Photo House/Stock Co)", ("Ada Moss",)),
        ("ADA MOSS, Ada Moss", ("Ada Moss",)),
        ("Ada O&#39;Moss", ("Ada O'Moss",)),
        ("AFP", ("AFP",)),
        ("Written by:\nAda Moss", ("Ada Moss",)),
        ("Reviewed by Ada Moss", ()),
        ("content: Lakeside Post", ()),
        ("Ada Moss, B.Sc", ("Ada Moss",)),
        ("https://example.com/author/ada", ()),
        ("admin", ()),
        ("", ()),
    ],
)
def test_author_strings_are_split_into_names(text: str, names: tuple[str, ...]) -> None:
    assert split_authors(text) == names


@pytest.mark.parametrize("name", ["Redazione Lago", "Rédaction du Lac", "Lago.com", "琵琶湖新聞"])
def test_a_newsroom_is_no_person(name: str) -> None:
    assert not is_person(name)
    assert is_person("Ada Rédactor")


def test_case_variants_are_merged_in_order() -> None:
    assert merge_names(["ADA MOSS", "Bo Lind", "Ada Moss"]) == ("Ada Moss", "Bo Lind")


@pytest.mark.parametrize("name", ["AFP", "dpa", "The Associated Press", "Deutsche Presse-Agentur"])
def test_agencies_are_no_persons(name: str) -> None:
    assert is_agency(name)
    assert not is_person(name)


@pytest.mark.parametrize("text", ["Read More", "5 min read", "Staff", "ada", "Home Security News"])
def test_what_is_no_name_does_not_look_like_one(text: str) -> None:
    assert not looks_like_name(text)


@pytest.mark.parametrize("text", ["Senior Director", "Staff Writer"])
def test_a_post_does_not_look_like_a_name(text: str) -> None:
    assert not looks_like_name(text)
    assert looks_like_name("Ada Coach")


_WORDS = st.sampled_from(
    ["Ada", "Moss", "Bo", "Ríos", "von", "Von", "And", "By", "Story", "Staff", "Writer", "Editor",
     "Last", "Updated", "Reviewed", "MD", "Øst", "Анна", "Photograph", "Reporter", "More", "Jr."]
)  # fmt: skip


@given(st.lists(_WORDS, min_size=1, max_size=4).map(" ".join))
def test_the_fast_path_for_plain_names_changes_nothing(text: str) -> None:
    assert split_authors(text) == split_slowly(text)


@given(st.text(max_size=80))
def test_no_text_breaks_the_splitting(text: str) -> None:
    names = split_authors(text)
    assert all(name.strip() == name and name for name in names)
    assert len({name.casefold() for name in names}) == len(names)


@given(st.text(max_size=80))
def test_a_cleaned_name_stays_as_it_is(text: str) -> None:
    name = clean_author(text)
    assert name is None or 1 < len(name) <= 71
