"""Bios of authors in plain text: what says who the author is, and what only looks like it."""

import pytest
from conftest import PARAGRAPHS as P

import boilerstrip

HEADLINE = "Ferry to the outer islands runs aground at dawn"
MENU = ["Skip to content", "News", "Sport", "Culture", "Weather", "Obituaries", "Sign in", "Search"]


def dump(*foot, byline="By Ada Moore"):
    lines = [f"{HEADLINE} | Harbour Post", *MENU, HEADLINE, byline, "3 May 2024", *P, *foot]
    return boilerstrip.clean("\n".join([*lines, "Read on", "© 2024 Harbour Post", "Privacy"]))


@pytest.mark.parametrize(
    "bio",
    [
        "Ada Moore is a reporter who has covered the islands and their ferries for ten years.",
        "Ada Moore (@adamoore) covers the islands and their ferries, and lives on one of them.",
        "Ada Moore, an editor at large, writes of the islands and their ferries since 2004.",
        "Dr. Ada Moore teaches the history of the islands, and sails between them in summer.",
        "Ada Moore schreibt seit zehn Jahren über die Inseln, ihre Fähren und das Wetter dort.",
        "Ada Moore es periodista y escribe sobre las islas y sus barcos desde hace diez años.",
    ],
)
def test_a_line_that_says_who_the_author_is_is_the_bio(bio):
    article = dump("Share", bio)
    assert article.author_bio == bio


@pytest.mark.parametrize(
    "bio",
    [
        "Ada has covered the islands and their ferries for ten years, and lives on one of them.",
        "I'm a reporter who has covered the islands and their ferries for ten years now.",
        "Hi there, I'm Ada! I cover the islands and their ferries, and I live on one of them.",
    ],
)
def test_under_the_name_a_first_name_or_none_will_do(bio):
    assert dump("Ada Moore", "Staff Writer", bio).author_bio == bio
    assert dump("Share", bio).author_bio is None


@pytest.mark.parametrize(
    "line",
    [
        "Ada Moore told the crew of the ferry to wait for the tide, and went home at noon.",
        "Ada Moore's book on the islands and their ferries is a fine one, say its readers.",
        "Written by Ada Moore for the readers of the paper who live on the islands all year.",
    ],
)
def test_other_lines_with_a_name_are_no_bios(line):
    assert dump("Share", line).author_bio is None


def test_each_author_has_a_bio():
    first = "Ada Moore is a reporter who has covered the islands and their ferries for ten years."
    second = "Bo Lind is an editor who has covered the mainland and its trains for ten years."
    article = dump("Share", second, first, byline="By Ada Moore and Bo Lind")
    assert sorted(article.author_bio.split("\n")) == [first, second]


def test_what_an_outlet_says_of_itself_is_no_bio():
    about = "Harbour Post is a paper that has covered the islands and their ferries since 1904."
    assert dump("Share", about, P[0], byline="By Harbour Post").author_bio is None


@pytest.mark.parametrize(
    ("label", "bio"),
    [
        ("About the author", "Ada Moore, born in Lund. Boats on weekends."),
        ("### Über die Autorin", "Ada Moore, Lehrerin aus Kiel. Boote am Wochenende."),
        ("Quem assina", "Ada Moore cobre os barcos desde 2015 e vive na ilha."),
        ("Σχετικά με τον συντάκτη", "Η Ada Moore γράφει για τα πλοία από το 2009."),
        ("作者簡介", "Ada Moore,碼頭邊的圖書館館員,週末出海。"),
    ],
)
def test_under_a_label_a_line_that_begins_with_the_name_is_the_bio(label, bio):
    assert dump(label, bio).author_bio == bio


@pytest.mark.parametrize("below", ["Ada Moore", "The boats of the islands are old and dear."])
def test_under_a_label_a_bare_name_or_none_is_no_bio(below):
    assert dump("About the author", below).author_bio is None


def test_who_somebody_in_the_story_is_is_no_bio():
    line = "Anna Berg is a teacher in Malmö and says that the ferry was late all winter long."
    article = boilerstrip.clean("\n".join([HEADLINE, "By Ada Moore", *P[:2], line, *P[2:]]))
    assert article.author_bio is None
    assert line in article.body


def foot(*lines, byline="Ada Moore"):
    text = "\n".join([HEADLINE, byline, *P, *lines])
    return boilerstrip.clean(text).author_bio


@pytest.mark.parametrize(
    ("byline", "bio"),
    [
        (
            "Testo di Ada Moretti",
            "Ada Moretti, giornalista dal 1999, collabora con riviste di mare.",
        ),
        ("Zdjęcia i tekst: Ada Morska", "Ada Morska – reporterka, autorka zbioru „Prom o świcie”."),
        ("Ada Mooring, Nordhavn", "Ada Mooring har dækket øerne og deres færger siden 2004."),
        ("Reviewed by Ada Moore", "Ada Moore has tested kettles and boats since 2011."),
        ("Tengeri Ada", "Tengeri Ada könyvtáros, két gyerek anyja, 2016 óta ír a kikötőről."),
        ("بقلم: عادل البحري", "عادل البحري كاتب لبناني، صدرت له مجموعة قصصية عن الميناء والبحر."),
        ("文/海野渚", "海野渚，小学语文老师，写港口和身边的人。"),
    ],
)
def test_a_line_below_the_story_that_opens_with_the_name_at_its_head_is_the_bio(byline, bio):
    assert foot(bio, byline=byline) == bio


@pytest.mark.parametrize(
    "bio",
    [
        "The writer is a professor of harbour law at a university in Lund.",
        "Kirjoittaja on satamaoikeuden professori Turun yliopistossa.",
        "Höfundur er prófessor í hafrétti við Háskóla Íslands.",
        "Författaren är professor i sjörätt och bor på öarna.",
        "Autorka je profesorkou námořního práva a žije u přístavu.",
        "La autora es profesora de derecho marítimo en la universidad.",
    ],
)
def test_a_bio_at_the_foot_need_name_nobody(bio):
    assert foot(bio) == bio


def test_what_stands_under_the_name_below_the_story_is_the_bio():
    assert foot("Written by Ada Moore", "Retired surveyor. Breaks boats on purpose.") == (
        "Retired surveyor. Breaks boats on purpose."
    )


@pytest.mark.parametrize(
    "lines",
    [
        ("Ada Moore",),
        ("Ada Moore, Bo Lind and Cy Ode",),
        ("Ada Moore's ferry",),
        ("More from Ada Moore", "Ferry stuck in ice for nine days"),
        ("Bo Lind, the mayor, said that the ferry would be free by May.",),
        ("The writer's ferry was on time.",),
        ("Ada Moore rows home.", "Ada Moore, who rowed, sleeps now.", "Ada Moore is 81 years old."),
    ],
)
def test_what_only_has_the_name_or_speaks_of_others_is_no_bio(lines):
    assert foot(*lines) is None


def test_whom_the_headline_names_is_no_author():
    lines = ["Ada Moore rows home", "By Bo Lind", *P, "Ada Moore was born in Lund and rows."]
    assert boilerstrip.clean("\n".join(lines)).author_bio is None


def test_a_sentence_of_the_story_below_its_first_names_no_author():
    lines = [
        "해온군, 폐교 자리에 어린이 천문대 연다",
        "김도윤 기자",
        "해온군이 폐교된 초등학교 자리에 어린이 천문대를 연다고 12일 밝혔다.",
        '박서연 군수는 "아이들이 별을 보러 돌아오는 마을을 만들겠다"고 말했다.',
        "천문대는 4월 1일부터 매주 화~일요일 운영된다. 입장료는 2천원이다.",
    ]
    article = boilerstrip.clean("\n".join(lines))
    assert (article.authors, article.author_bio) == (("김도윤",), None)
