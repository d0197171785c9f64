"""Titles and authors of raw texts by kinds of heads, in several languages, with what is none."""

import pytest

import boilerstrip
from boilerstrip.fields.byline import read_byline
from boilerstrip.fields.head import run_on

DANISH = [
    "Færgen til Ærø sejlede på grund i tågen natten til tirsdag, og alle ombord blev reddet.",
    "Kaptajnen havde set fyret for sent, sagde havnefogeden, da færgen stod på sandet ved Marstal.",
    "Passagererne fik kaffe på kajen, og mange af dem tog bussen hjem, før solen var stået op.",
]
GREEK = [
    "Το πλοίο της γραμμής προσάραξε το βράδυ έξω από τη Σίφνο, και οι επιβάτες βγήκαν με βάρκες.",
    "Ο καπετάνιος είπε ότι είδε τον φάρο αργά, επειδή η ομίχλη είχε σκεπάσει όλο το λιμάνι.",
    "Το πρωί το πλοίο ξεκόλλησε με τη βοήθεια δύο ρυμουλκών και έφυγε για τον Πειραιά άδειο.",
]
ARABIC = [
    "جنحت العبارة ليلة الثلاثاء قرب الميناء القديم بعد أن غطى الضباب المنارة، ونجا جميع الركاب.",
    "وقال مدير الميناء إن القبطان رأى المنارة متأخرا، وإن القاطرات سحبت العبارة عند الفجر.",
    "وشرب الركاب القهوة على الرصيف، ثم عاد كثير منهم إلى بيوتهم بالحافلة قبل شروق الشمس.",
]
ENGLISH = [
    "The ferry ran aground in the fog on Tuesday night, and all aboard were brought to the quay.",
    "The captain saw the lighthouse too late, the harbour master said, as the tide was going out.",
    "The passengers drank coffee on the quay, and most of them took the bus home before dawn.",
    "A tug from the next harbour pulled the ship free when the water came back in the morning.",
]


def clean(*head, story=ENGLISH, foot=()):
    return boilerstrip.clean("\n".join([*head, *story, *foot]))


@pytest.mark.parametrize(
    ("head", "story", "title"),
    [
        (["Menu", "Debat", "14. marts 2023", "Færgen til Ærø stod på grund i tågen"], DANISH, -1),
        (["Αρχική", "Ελλάδα", "12/03/2023", "Το πλοίο προσάραξε έξω από τη Σίφνο"], GREEK, -1),
        (
            [
                "Island Post All offices Send us a letter",
                "3 May 2024",
                "Ferry ran aground in the fog, captain saw lighthouse too late",
            ],
            ENGLISH,
            -1,
        ),
    ],
)
def test_a_headline_stands_under_its_date_too(head, story, title):
    assert clean(*head, story=story).title == head[title]


def test_what_tells_nothing_of_the_story_is_no_headline_under_a_date():
    assert clean("3 May 2024", "My weekend notes").title is None


@pytest.mark.parametrize("line", ["— Have you seen the light?", "18.30 The ferry at night"])
def test_dialogue_and_hours_of_a_programme_are_no_titles(line):
    article = clean(line)
    assert article.title is None
    assert line in article.body


def test_a_headline_above_its_byline_beats_a_page_s_first_line_that_nothing_repeats():
    article = clean(
        "PressRoom – 340 papers, one price", "Captain saw lighthouse late in fog", "By Ada Moore"
    )
    assert article.title == "Captain saw lighthouse late in fog"


def test_a_title_element_in_other_words_stays_the_title_where_lines_below_say_it():
    article = clean(
        "Ferry aground: all saved | Island Post", "Ferry aground: all saved", "By Ada Moore"
    )
    assert article.title == "Ferry aground: all saved"


def test_the_head_is_found_in_a_list_that_took_it():
    article = clean(
        "Most popular",
        "Weather",
        "Live TV",
        "Ferry runs aground in fog as captain sees lighthouse late",
        "Ada Moore - Island Post",
        "Tuesday, 14 May 2024 09:32",
        "Share",
    )
    assert article.title == "Ferry runs aground in fog as captain sees lighthouse late"
    assert article.authors == ("Ada Moore",)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Gunnhildur Pálsdóttir skrifar", ("Gunnhildur Pálsdóttir",)),
        ("Lars Holm skriver:", ("Lars Holm",)),
        ("Anna Kowalska pisze", ("Anna Kowalska",)),
        ("by Ada Moore » Sun Sep 01, 2013 9:46 pm", ("Ada Moore",)),
        ("Edited by Bo Lind | Written by Ada Moore", ("Ada Moore",)),
        ("Moore, Ada; Lind, Bo", ("Ada Moore", "Bo Lind")),
    ],
)
def test_forms_of_bylines(line, names):
    assert read_byline(line).names == names


@pytest.mark.parametrize(
    "line", ["The captain writes", "Edited by Bo Lind", "Reviewed by Bo Lind | 3 May 2024"]
)
def test_what_is_no_byline(line):
    assert read_byline(line) is None


def test_a_name_without_capitals_stands_between_headline_and_date():
    head = ["القبطان رأى المنارة متأخرا في الضباب", "ليلى الحداد", "نُشر في 16 نوفمبر 2023"]
    assert clean(*head, story=ARABIC).authors == ("ليلى الحداد",)


def test_an_outlet_without_capitals_that_the_page_says_again_is_no_author():
    head = ["القبطان رأى المنارة متأخرا في الضباب", "صوت المرفأ", "نُشر في 16 نوفمبر 2023"]
    assert clean(*head, story=ARABIC, foot=["© 2023 صوت المرفأ"]).authors == ()


def test_names_go_on_in_the_line_below():
    article = clean(
        "Captain saw lighthouse late in fog", "BY ADA MOORE", "AND BO LIND", "3 May 2024"
    )
    assert article.authors == ("ADA MOORE", "BO LIND")


def test_a_name_with_a_post_behind_a_dash_signs_at_the_end():
    foot = ["— Ada Moore, Editor", "Newsdesk: 01632 960114"]
    assert clean("Why the captain saw it late", foot=foot).authors == ("Ada Moore",)


def test_who_is_quoted_at_the_end_signs_nothing():
    assert clean("Why the captain saw it late", foot=["— Ada Moore"]).authors == ()


FLAT = " ".join(ENGLISH)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Ferry runs aground in the fog | Island Post Home Sport Ferry runs aground in the fog"
            f" By Ada Moore {FLAT}",
            "Ferry runs aground in the fog",
        ),
        (
            "HomeNewsIslandsFerry runs aground in the fogAll aboard were savedBy Ada Moore"
            "Published 14 Mar 2023, 16:42Share this article" + "".join(ENGLISH),
            "Ferry runs aground in the fog",
        ),
    ],
)
def test_titles_of_texts_that_lost_their_breaks(text, title):
    assert boilerstrip.clean(text).title == title


@pytest.mark.parametrize(
    "text",
    [
        FLAT + FLAT,
        f"Ferry runs aground in Ardal Harbour Captain Moore saw lighthouse late 3 May 2024 {FLAT}",
    ],
)
def test_no_title_where_it_is_not_told_where_it_ends(text):
    assert boilerstrip.clean(text).title is None


def test_a_name_beside_another_capital_is_given_by_no_text_without_breaks():
    small = run_on.small_words("the ferry sailed home")
    assert run_on.is_whole_name("By Ada Moore The ferry", "Ada Moore", small)
    assert not run_on.is_whole_name("By Ada Moore Ardal", "Ada Moore", small)
    assert not run_on.is_whole_name("Sunday 3 May", "Sunday", small)


@pytest.mark.parametrize(
    ("head", "story", "title"),
    [
        # The headline over its standfirst, of about the same length.
        (
            [
                "Island Post",
                "Ferry runs aground in the fog off Ardal, passengers taken to the quay",
                "Fog hid the lighthouse for two hours, says the master of the old Ardal harbour",
                "By Ada Moore",
                "3 May 2024",
            ],
            ENGLISH,
            1,
        ),
        (
            [
                "Nyheder",
                "Færgen til Ærø gik på grund i tågen ved Marstal tirsdag",
                "Kaptajnen så fyret for sent, og passagererne fik kaffe på kajen",
                "Af Ida Holm",
                "14. marts 2023",
            ],
            DANISH,
            1,
        ),
        # The headline, and once more in short.
        (
            [
                "News",
                "Ferry runs aground for the third time since June",
                "Ferry runs aground",
                "By Ada Moore",
                "Published: May 3, 2024",
            ],
            ENGLISH,
            1,
        ),
        # Under the section and its page in print.
        (
            [
                "Island Post | Friday, May 3, 2024",
                "Local News / 5",
                "Ferry aground in the fog",
                "BY ADA MOORE",
            ],
            ENGLISH,
            2,
        ),
        # Under the paper that a kiosk shows, and its date.
        (
            [
                "PressRoom – 340 papers, one price",
                "Ardal Weekly Mirror - 2024-05-03 - COAST",
                "Lighthouse seen too late in fog",
                "By Ada Moore",
            ],
            ENGLISH,
            2,
        ),
        # Words with capitals like a name's, above one with a label.
        (["Menu", "Grandmother's Ferry Soup", "By Ada Moore · 3 May 2024"], ENGLISH, 1),
        # In a script without capitals, above a name that stands beside the date.
        (
            ["الرئيسية", "جنوح العبارة في ضباب الميناء", "سلمى العبادي", "الثلاثاء 10 أكتوبر 2023"],
            ARABIC,
            1,
        ),
        (
            ["جنوح العبارة في ضباب الميناء القديم", "سلمى العبادي، كاتبة صحفية", "10 أكتوبر 2023"],
            ARABIC,
            0,
        ),
    ],
)
def test_the_headline_is_told_from_what_stands_beside_it(head, story, title):
    assert clean(*head, story=story).title == head[title]


def test_a_kicker_above_the_headline_is_none():
    head = ("Home", "Harbour news", "Ferry runs aground in the fog off Ardal", "By Ada Moore")
    assert clean(*head).title == head[2]


def test_a_first_line_over_several_headings_is_no_title():
    letters = []
    for heading, paragraph in zip(
        ("About the bench", "On the old quay", "Ferries, once more", "The coffee there"),
        ENGLISH,
        strict=True,
    ):
        letters += [heading, paragraph]
    assert boilerstrip.clean("\n".join(letters)).title is None
    assert clean("Ferry runs aground in the fog").title == "Ferry runs aground in the fog"
