"""The head of an article in plain text: what counts as its title, byline and date, and what not."""

import pytest
from conftest import PARAGRAPHS as P

import boilerstrip
from boilerstrip.fields import head as head_module
from boilerstrip.fields.byline import read_byline
from boilerstrip.fields.head import HeadLine, find_head, prose_start
from boilerstrip.fields.head.lines import Lines
from boilerstrip.fields.head.title import TitleSearch
from boilerstrip.fields.stamp import find_stamp, read_day
from boilerstrip.language.prose import is_prose

MENU = ["Skip to content", "News", "Sport", "Culture", "Weather", "Obituaries", "Sign in", "Search"]
HEADLINE = "Ferry to the outer islands runs aground at dawn"


def dump(*head, title=f"{HEADLINE} | Harbour Post", foot=("© 2024 Harbour Post",)):
    return boilerstrip.clean("\n".join([title, *MENU, *head, *P, *foot]))


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ada Moore", ["Ada Moore"]),
        ("By Ada Moore and Bo Lind", ["Ada Moore", "Bo Lind"]),
        ("Von Ada Moore und Bo Lind", ["Ada Moore", "Bo Lind"]),
        ("Por Ada Moore y Bo Lind", ["Ada Moore", "Bo Lind"]),
        ("Par Ada Moore et Bo Lind", ["Ada Moore", "Bo Lind"]),
        ("Door Ada Moore en Bo Lind", ["Ada Moore", "Bo Lind"]),
        ("Av Ada Moore", ["Ada Moore"]),
        ("Автор: Анна Петрова", ["Анна Петрова"]),
        ("Kommentar von Ada Moore", ["Ada Moore"]),
        ("Von Ada Moore, Redakteurin für Finanzen 09.09.2025, 15:15 Uhr", ["Ada Moore"]),
        ("By Ada Moore Published: Jan 29, 2025", ["Ada Moore"]),
        ("Ada Moore 4 Febbraio 2025 - 14:41", ["Ada Moore"]),
        ("Ada Moore 5 hours ago", ["Ada Moore"]),
        ("3 May 2024 by Ada Moore", ["Ada Moore"]),
        ("Ada Moore, Reporter", ["Ada Moore"]),
        ("Ada Moore Deputy Editor", ["Ada Moore"]),
        ("Ada Moore Ada Moore", ["Ada Moore"]),
        ("Ada Moore/Bo Lind", ["Ada Moore", "Bo Lind"]),
        ("By Ada Moore (ada@example.org)", ["Ada Moore"]),
        ("By Associated Press", ["Associated Press"]),
        ("Written by Ada", ["Ada"]),
        ("Author: Ada", ["Ada"]),
        ("By Ada Moore, Bo Lind, and Cy Ode", ["Ada Moore", "Bo Lind", "Cy Ode"]),
        ("Von Ada Moore, Bo Lind, und Cy Ode", ["Ada Moore", "Bo Lind", "Cy Ode"]),
        ("By Ada Moore and Bo Lind The Associated Press", ["Ada Moore", "Bo Lind"]),
        ("By Ada Moore - Associated Press - Friday, May 3, 2024", ["Ada Moore"]),
        ("Ada Moore and AP", ["Ada Moore", "AP"]),
        ("By Ada Moore Follow", ["Ada Moore"]),
        ("Posted on May 3, 2024 Posted by Ada Moore 59 Comments", ["Ada Moore"]),
        ("Ilse Vandenberg on 2024-04-02 · 5 minute read", ["Ilse Vandenberg"]),
        ("By Djan Moore • 12/11/23 4:23pm", ["Djan Moore"]),
        ("Dec 21, 2023 | By Ada M", ["Ada M"]),
        ("News | Published: 5 hours ago | Written by Ada Moore", ["Ada Moore"]),
        ("By Ada Moore @adamoore", ["Ada Moore"]),
        ("Ada Moore Transport editor", ["Ada Moore"]),
        ("By Ada Moore Local Democracy Reporter", ["Ada Moore"]),
        ("By ADA MOORE in Ardal and BO LIND in Lund", ["ADA MOORE", "BO LIND"]),
        ("By Ada Moore, Bo Lind and Cy Ode in London", ["Ada Moore", "Bo Lind", "Cy Ode"]),
        ("Rory Teague at Mill Lane", ["Rory Teague"]),
        ("Moore, Ada; Lind, Bo", ["Ada Moore", "Bo Lind"]),
        ("As told to Ada Moore", ["Ada Moore"]),
        ("Words by Ada Moore Photographs by Bo Lind", ["Ada Moore"]),
        ("Text: Ada Moore, Fotos: Bo Lind", ["Ada Moore"]),
        ("Von Ada Moore (Text) und Bo Lind (Fotos)", ["Ada Moore"]),
        ("Texte : Ada Moore - Photos : Bo Lind", ["Ada Moore"]),
        ("Tekst og foto: Ada Moore", ["Ada Moore"]),
        ("Por Ada Moore — Além Paraíba, MG", ["Ada Moore"]),
        ("Par Ada Moore avec AFP", ["Ada Moore", "AFP"]),
        ("Ada Moore y Bo Lind / Madrid", ["Ada Moore", "Bo Lind"]),
        ("Commento di Ada Moore", ["Ada Moore"]),
        ("dal nostro inviato Ada Moore", ["Ada Moore"]),
        ("De Ana Moore , Duminică, 10 septembrie 2023, 14:20", ["Ana Moore"]),
        ("Nga Elona Markaj", ["Elona Markaj"]),
        ("Piše: dr. Blaž Moore", ["Blaž Moore"]),
        ("Του Νίκου Παππά", ["Νίκου Παππά"]),
        ("**Iria Moore** | Corbeira | 8 de abril de 2022, 09:40", ["Iria Moore"]),
        ("By [Ada Moore](https://post.example/ada) · 3 May 2024", ["Ada Moore"]),
        ("Budi Santoso - kilasHarian", ["Budi Santoso"]),
        ("by Ada Moore, Institute of Tides and Northern Rivers", ["Ada Moore"]),
        ("كتب: حازم الطوخي", ["حازم الطوخي"]),
        ("מאת דקלה אבוטבול", ["דקלה אבוטבול"]),
        ("संवाददाता: मनीषा त्रिपाठी, रीवा", ["मनीषा त्रिपाठी"]),
        ("โดย ปกรณ์ ศรีเมือง", ["ปกรณ์ ศรีเมือง"]),
        ("نویسنده: سودابه خزایی", ["سودابه خزایی"]),
        ("எழுதியவர்: வெ. கயல்விழி", ["வெ. கயல்விழி"]),
        ("[서울=소식] 문소윤 기자 moon@post.example", ["문소윤"]),
        ("文｜徐綺雲", ["徐綺雲"]),
        ("2024-07-09 18:20 海島時報／ 記者柯以晴／花蓮即時報導", ["柯以晴"]),
        ("〔記者王大明／台北報導〕", ["王大明"]),
        ("文／徐綺雲 攝影／王大明", ["徐綺雲"]),
    ],
)
def test_names_are_read_from_a_byline(line, names):
    assert list(read_byline(line).names) == names


@pytest.mark.parametrize(
    "line",
    [
        "By the time he came the tide had turned",
        "Von Hamburg nach Rom in elf Tagen",
        "Reviewed by Ada Moore",
        "Fact checked by Ada Moore",
        "Photo: Ada Moore",
        "Photograph by Ada Moore",
        "Foto: Ada Moore",
        "Edited by Ada Moore",
        "2. Schedule Regular Checks",
        "Average Rating: 4.9",
        "Author Spotlight",
        "Text Size",
        "1時間前",
        "5 hours ago",
        "Trump",
        "Read more about the storm",
        "Prep Time 10 minutes",
        "by @adamoore",
        "كتب جديدة",
        "โดย : ศูนย์ข่าวอีสาน",
        "নিজস্ব প্রতিবেদক, ঢাকা",
        "World | Politics | 3 May 2024",
    ],
)
def test_other_lines_are_no_bylines(line):
    assert read_byline(line) is None


def test_a_name_in_a_list_of_menus_with_a_stroke_is_no_byline():
    assert read_byline("Harbour News - Sport, Weather") is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published 3 May 2024, 14:05", "2024-05-03T14:05"),
        ("Updated: 4 May 2024 | Published: 3 May 2024", "2024-05-03"),
        ("Aktualizacja: 04.05.2024 23:49 Publikacja: 03.05.2024 21:52", "2024-05-03T21:52"),
        ("Giriş: 03.05.2024 - 18:24 Güncelleme: 04.05.2024 - 18:57", "2024-05-03T18:24"),
        ("3.5.2024 klo 14.05", "2024-05-03T14:05"),
        ("2024年5月3日", "2024-05-03"),
        ("03.05.24 23:35", "2024-05-03T23:35"),
        ("Ada Moore | 3 May 2024", "2024-05-03"),
        ("Last updated: 3 May 2024", "2024-05-03"),
    ],
)
def test_a_date_line_gives_its_day(line, day):
    stamp = find_stamp(line, "de")
    assert read_day(line[stamp.start : stamp.end], "de") == day


@pytest.mark.parametrize(
    "line",
    [
        "5 hours ago",
        "vor 3 Stunden",
        "May 2024",
        "On 3 May 2024 the crane fell on the road to the harbour and closed it",
        "Version 3.5.24.1",
        "24:05",
    ],
)
def test_other_lines_give_no_day(line):
    assert find_stamp(line, "de") is None


@pytest.mark.parametrize(
    "head",
    [
        ["By Ada Moore", "3 May 2024"],
        ["Ada Moore", "3 May 2024, 14:05"],
        ["3 May 2024", "Ada Moore"],
        ["By", "Ada Moore", "Published 3 May 2024"],
        ["Share", "Ada Moore | 3 May 2024", "Comments"],
        ["Ada Moore, Reporter", "Updated 4 May 2024", "Published 3 May 2024"],
    ],
)
def test_the_head_of_a_page_dump_is_read_and_taken_out(head):
    article = dump(HEADLINE, *head)
    assert article.title == HEADLINE
    assert article.authors == ("Ada Moore",)
    assert article.date[:10] == "2024-05-03"
    assert article.outlet == "Harbour Post"
    assert article.body.split("\n") == P


def test_the_headline_as_printed_beats_the_page_title():
    article = dump(
        "Ferry runs aground at dawn",
        "3 May 2024",
        title="Ferry runs aground off the outer islands | Harbour Post",
    )
    assert article.title == "Ferry runs aground at dawn"


def test_a_headline_far_below_the_menus_is_found():
    article = dump(*["Item of a menu"] * 300, HEADLINE, "By Ada Moore")
    assert article.title == HEADLINE
    assert article.authors == ("Ada Moore",)


@pytest.mark.parametrize(
    "line",
    ["Key Takeaways", "Harbour News", "Smart City", "Read More"],
)
def test_a_label_beside_the_date_is_no_author(line):
    words = f"{line.lower()} are what the page speaks of elsewhere, in its prose, all of the time."
    article = dump(HEADLINE, line, "3 May 2024", foot=[words])
    assert article.authors == ()


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        (
            ["By", "Ada Moore", ",", "The Associated Press", "3 May 2024"],
            ("Ada Moore", "The Associated Press"),
        ),
        (["Von", "Ada Moore", "und", "Bo Lind", "3. Mai 2024"], ("Ada Moore", "Bo Lind")),
        (
            ["By", "Ada Moore News Reporter", "Bo Lind News Reporter", "Cy Ode", "3 May 2024"],
            ("Ada Moore", "Bo Lind", "Cy Ode"),
        ),
        (["By Ada Moore, Sep 17, 2025", "Verified Check", "Share"], ("Ada Moore",)),
    ],
)
def test_a_byline_on_several_lines_is_read(head, authors):
    assert dump(HEADLINE, *head).authors == authors


@pytest.mark.parametrize(
    "name", ["Amanda Hällsten", "Piotr Jendroszczyk", "Mathatisi Lerato/Ada Moore"]
)
def test_a_name_alone_under_the_headline_is_the_authors(name):
    assert dump(HEADLINE, name, "Share").authors == tuple(name.split("/"))


@pytest.mark.parametrize("under", [["Personal Finance", "Course Overview"], ["COAST GUARD"]])
def test_labels_under_the_headline_are_no_authors(under):
    assert dump(HEADLINE, *under).authors == ()


@pytest.mark.parametrize("button", ["Generate Key Takeaways", "Harbour Messages", "Quick Access"])
def test_a_label_under_the_date_below_the_author_is_no_author(button):
    assert dump(HEADLINE, "Ada Moore", "3 May 2024", button).authors == ("Ada Moore",)


@pytest.mark.parametrize("label", ["Edited by", "Photos by", "Contributions from"])
def test_a_name_under_a_label_of_another_deed_is_no_author(label):
    assert dump(HEADLINE, label, "Ada Moore", "3 May 2024").authors == ()


@pytest.mark.parametrize("name", ["Will Moore", "Deniz Kara"])
def test_a_given_name_may_be_a_word(name):
    words = "The deniz is calm, as it will be in the morning, and the ferries run again."
    assert dump(HEADLINE, name, "3 May 2024", foot=[words]).authors == (name,)


def test_an_author_with_a_post_below_may_be_told_of():
    prose = "Ada Moore was on the ferry as it ran aground, and says what she saw from the deck."
    article = dump(HEADLINE, "3 May 2024", "Ada Moore", "Senior Reporter", prose)
    assert article.authors == ("Ada Moore",)


def test_a_name_below_a_picture_and_its_credit_is_the_authors():
    article = dump(HEADLINE, "3 May 2024", "Cy Ode", "Foto: Ardal Bild", "Ada Moore", "Share")
    assert article.authors == ("Ada Moore",)


@pytest.mark.parametrize("name", ["阮秋", "문소윤", "سلمى العبادي"])
def test_a_short_name_in_a_script_without_capitals_is_read_under_a_label(name):
    assert dump(HEADLINE, "Author:", name, "3 May 2024").authors == (name,)


def test_a_name_under_a_page_title_that_is_printed_nowhere_is_no_author():
    lines = [f"{HEADLINE} | Harbour Post", "Ada Moore", "Company", *MENU, *MENU, *P]
    assert boilerstrip.clean("\n".join(lines)).authors == ()


@pytest.mark.parametrize(
    "line", ["Written by Ada Moore", "Author: Ada Moore", "Autorin/Autor Ada Moore"]
)
def test_who_wrote_the_article_is_read_at_its_foot(line):
    assert dump(HEADLINE, "3 May 2024", foot=[line, "© 2024 Harbour Post"]).authors == (
        "Ada Moore",
    )


def test_two_who_wrote_other_articles_are_not_its_authors():
    foot = ["Older story", "Written by Ada Moore", "Another story", "Written by Bo Lind"]
    assert dump(HEADLINE, "3 May 2024", foot=foot).authors == ()


def test_who_helped_with_the_report_is_no_author():
    assert dump(HEADLINE, foot=["Additional reporting by Ada Moore"]).authors == ()


def test_what_takes_seven_minutes_to_read_is_no_author():
    assert dump(HEADLINE, "DIVE DEEPER (7 MIN)", "By Ada Moore").authors == ("Ada Moore",)


def test_an_author_whose_name_is_also_a_word_is_given():
    article = dump(HEADLINE, "By Emily Way", "3 May 2024", "The ferry was on its way home.")
    assert article.authors == ("Emily Way",)


def test_the_subject_of_the_article_is_no_author():
    article = dump(
        HEADLINE,
        "Ada Moore",
        "3 May 2024",
        "Ada Moore was on the ferry as it ran aground, and says so.",
    )
    assert article.authors == ()


def test_who_is_in_the_picture_is_no_author():
    article = dump(HEADLINE, "3 May 2024", "Ada Moore", "Photo: Bo Lind")
    assert article.authors == ()


def test_a_byline_among_the_menus_is_none():
    article = boilerstrip.clean(
        "\n".join([HEADLINE, "By Company Size", "By Use Case", *MENU, *MENU, HEADLINE, *P])
    )
    assert article.authors == ()


def test_a_relative_date_gives_none():
    assert dump(HEADLINE, "Ada Moore 5 hours ago").date is None


def test_a_date_in_another_list_is_not_the_articles():
    others = [f"Older story number {n}" for n in range(60)]
    assert dump(HEADLINE, foot=[*others, "1 May 2020"]).date is None


def test_a_section_in_the_page_title_is_no_outlet():
    article = dump("Culture", HEADLINE, "3 May 2024", title=f"{HEADLINE} - Culture", foot=())
    assert article.outlet is None


@pytest.mark.parametrize(
    "heading",
    ["What the owners say about it now", "1. The First Boat", "Which boat is right for you?"],
)
def test_a_heading_of_the_body_stays(heading):
    lines = [*P[:2], heading, *P[2:]]
    assert boilerstrip.clean("\n".join(lines)).body.split("\n") == lines
    assert boilerstrip.clean("\n".join([heading, *P])).body.split("\n") == [heading, *P]


def test_an_agency_beside_the_author_is_given():
    article = dump(
        HEADLINE, "Ada Moore and AP", "3 May 2024", "AP was on the pier before the crew."
    )
    assert article.authors == ("Ada Moore", "AP")


def test_the_date_of_a_change_alone_gives_none():
    assert dump(HEADLINE, "By Ada Moore", "Updated 3 May 2024").date is None


def test_the_moment_of_a_change_is_given_where_the_text_says_no_other():
    article = dump(HEADLINE, "By Ada Moore", "Updated 3 May 2024, 14:30")
    assert (article.date, article.sources["date"]) == ("2024-05-03", "text:updated")
    article = dump(HEADLINE, "Updated 3 May 2024, 14:30", "By Ada Moore", "1 May 2024")
    assert article.date == "2024-05-01"


@pytest.mark.parametrize(
    ("foot", "outlet"),
    [
        (
            [
                "Harbour Post Shop",
                "Harbour Post Events",
                "About Harbour Post",
                "© 2024 Harbour Post",
            ],
            True,
        ),
        (["© 2024 Harbour Post. All rights reserved."], True),
        (["© 2024 Harbour Media GmbH & Co. KG"], False),
        (["Source: Coast Guard"], False),
    ],
)
def test_the_owner_of_the_page_is_the_outlet_where_the_page_says_so(foot, outlet):
    article = dump(HEADLINE, "By Ada Moore", title=HEADLINE, foot=foot)
    assert (article.outlet == "Harbour Post") is outlet


def test_the_headline_under_a_kicker_beats_its_other_form_in_the_crumbs():
    printed = "How the crew of the ferry to the islands saved ninety people"
    article = dump(HEADLINE, "Storm over the bay", printed, "By Ada Moore", "3 May 2024")
    assert article.title == printed
    assert article.body.split("\n") == P


@pytest.mark.parametrize(
    "under", ["Ninety people were on board", "Photo taken on the pier at noon by a visitor"]
)
def test_a_standfirst_under_the_headline_is_not_the_headline(under):
    assert dump(HEADLINE, "Coast Guard", under, "By Ada Moore", "3 May 2024").title == HEADLINE


@pytest.mark.parametrize(
    ("topic", "headline", "title"),
    [
        (
            "Storm on the coast",
            "Ninety saved from ferry",
            "Storm on the coast: Ninety saved from ferry",
        ),
        ("Sturm an der Küste", "Neunzig gerettet", "Sturm an der Küste: Neunzig gerettet"),
    ],
)
def test_a_headline_on_two_lines_is_given_as_the_page_title_joins_it(topic, headline, title):
    article = dump(topic, headline, "By Ada Moore", title=f"{title}, Harbour Post, 3.5.2024")
    assert article.title == title
    assert article.body.split("\n") == P


def test_a_headline_and_the_outlet_under_it_are_not_one_headline():
    article = dump(HEADLINE, "Harbour Post", "By Ada Moore", title=f"{HEADLINE} - Harbour Post")
    assert article.title == HEADLINE


def test_a_headline_that_asks_is_found():
    question = "Why did the ferry to the outer islands run aground at dawn?"
    article = dump(question, "3 May 2024", title=f"{question} | Harbour Post")
    assert article.title == question
    assert article.body.split("\n") == P


def test_a_long_headline_without_spaces_is_found():
    headline = "大型フェリーが岩礁に乗り上げ、乗客九十人全員が無事に救助されて港に戻る"
    prose = [
        "大型フェリーが三日の朝、島の沖合で岩礁に乗り上げた。乗客九十人は全員が救助された。",
        "船は二日後にクレーンで引き上げられ、秋には再び航海に出る予定だという。会社が発表した。",
    ]
    lines = [f"{headline} - 港新聞", *MENU, headline, "2024年5月3日", *prose, "© 港新聞"]
    assert boilerstrip.clean("\n".join(lines)).title == headline


def test_the_line_of_a_picture_is_no_headline():
    article = dump(
        "Storm wave",
        "The ferry on the rocks at dawn. Photo: Bo Lind/Coast Guard",
        *P,
        title="Ferry aground",
    )
    assert article.title != "The ferry on the rocks at dawn. Photo: Bo Lind/Coast Guard"


def test_the_entries_of_a_menu_that_come_twice_are_no_headline():
    menu = [
        "Student right to know page",
        "Book a tour of the pier",
        "All sailing classes and camps",
    ]
    article = boilerstrip.clean("\n".join([*MENU, *menu, *MENU, *menu, *P]))
    assert article.title not in menu


@pytest.mark.parametrize(
    "heading", ["What the owners say about it now", "Which boat is right for you?"]
)
def test_a_heading_of_a_clean_article_is_not_its_title(heading):
    assert boilerstrip.clean("\n".join([*P[:2], heading, *P[2:]])).title is None


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        (f"{HEADLINE} | Sketch ONLINE", "Sketch ONLINE"),
        (f"{HEADLINE} | Culture | Sketch ONLINE", "Sketch ONLINE"),
        (f"Storm in the north: {HEADLINE} | Sketch ONLINE", "Sketch ONLINE"),
        (f"{HEADLINE} - Sport", None),
        ("What the owners say of the storm | Sketch ONLINE", None),
    ],
)
def test_a_name_behind_a_bar_in_the_page_title_is_the_outlet(title, outlet):
    article = dump("Sketch ONLINE", HEADLINE, "3 May 2024", title=title, foot=())
    assert article.outlet == outlet


def test_the_outlet_is_found_though_the_headline_has_its_letters():
    headline = "Handwerk an der Küste: Boote aus Holz sind wieder gefragt"
    article = dump(headline, "3. Mai 2024", title=f"{headline} – DW – 3.5.2024", foot=["© 2024 DW"])
    assert article.outlet == "DW"


def test_the_name_with_a_copyright_beats_the_section_in_the_page_title():
    others = ["More from Norland", "Norland weather", "All of Norland"]
    title = f"{HEADLINE} | Harbour Post - Norland"
    assert dump(HEADLINE, "3 May 2024", *others, title=title).outlet == "Harbour Post"


@pytest.mark.parametrize("foot", ["Source: Bay Health", "© 2024 Bay Entertainment Co."])
def test_a_source_or_an_owner_named_once_on_a_page_is_no_outlet(foot):
    article = dump(*MENU, HEADLINE, "3 May 2024", title=HEADLINE, foot=[foot])
    assert article.outlet is None


def test_what_stands_between_headline_and_prose_is_no_list_of_other_articles():
    article = dump(HEADLINE, "Related articles", "By Ada Moore", "3 May 2024")
    assert article.authors == ("Ada Moore",)
    assert article.date == "2024-05-03"


STORY = [
    "The ferry ran aground at dawn on Monday, and all passengers reached the shore in time.",
    "The operator says that the islands will have no ferry until a tug arrives from the south.",
    "The coast guard looked after two of the passengers, and the captain stayed aboard.",
    "Nobody knows yet why the ferry left its course, and the harbour master asks for patience.",
]


def story(*head):
    return boilerstrip.clean("\n".join([*head, *STORY]))


@pytest.mark.parametrize(
    "signature", [["By Ada Moore", "3 May 2024"], ["Ada Moore", "May 03, 2024"], ["Von Ada Moore"]]
)
def test_the_line_over_a_longer_standfirst_is_the_title(signature):
    headline = "Ferry to the islands runs aground"
    standfirst = "The operator has no second ferry; passengers wait for a tug from the south coast"
    article = story("News", headline, standfirst, *signature)
    assert article.title == headline
    assert standfirst in article.body or standfirst == article.description


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("How ferries run aground at night", "How ferries run aground at night"),
        # What says nothing of the story is a slogan.
        ("All about bread and butter", "A note on the things that nobody photographs"),
    ],
)
def test_over_a_signed_standfirst_the_first_line_is_the_title(first, title):
    standfirst = "A note on the things that nobody photographs"
    assert story(first, standfirst, "Ada Moore", "May 03, 2024").title == title


@pytest.mark.parametrize("between", [["Ada Moore", "Ada Moore", "·", "Follow"], ["Ada Moore"]])
def test_strokes_and_doubled_names_don_t_part_a_headline_from_its_date(between):
    headline = "What I learned from the ferry on the rocks"
    assert story("Members", headline, *between, "5 min read", "3 May 2024").title == headline


def test_an_entry_of_a_menu_over_the_headline_is_no_title():
    headline = "Ferry to the islands runs aground at dawn while all passengers are asleep"
    article = story("News", "Subscribe to the paper edition", headline, "By Ada Moore")
    assert article.title == headline


def test_a_headline_that_readers_and_search_engines_get_in_other_words_is_given_as_printed():
    printed = "Passengers rescued as islands ferry hits rocks"
    article = story(
        "Islands ferry aground: passengers safe - Harbour Post", *MENU, printed, "By Ada Moore"
    )
    assert article.title == printed


def test_a_menu_that_shares_words_with_the_title_element_is_no_headline():
    headline = "Islands ferry aground: passengers safe"
    entries = "Islands Ferry Passengers Timetable Harbour Tickets Prices Contact Jobs Press Groups"
    menu = f"{entries} Terms Privacy Weather Podcasts Videos Login Help"
    article = story(f"{headline} - Harbour Post", *MENU, menu, "By Ada Moore")
    assert article.title != menu


def test_the_one_heading_of_the_first_rank_is_the_title():
    article = story(
        "[Book a demo](/demo) [Start a trial](/trial)",
        "# The ferry ran aground. What now for the islands?",
        "*Ada Moore · 6 Feb 2025*",
    )
    assert article.title == "The ferry ran aground. What now for the islands?"


@pytest.mark.parametrize("outlet", ["The Harbour Post", "L'Écho des Abers"])
def test_an_outlet_that_the_page_names_again_is_no_part_of_the_headline(outlet):
    headline = "Ferry to the islands runs aground"
    article = story("News", f"{headline} – {outlet}", "By Ada Moore", f"{outlet} is free.")
    assert article.title == headline


def test_half_a_headline_behind_a_dash_stays():
    headline = "Ferry to the islands runs aground – Captain Stays Aboard"
    assert story("News", headline, "By Ada Moore").title == headline


def test_a_button_between_headline_and_body_is_no_title():
    headline = "[섬마을에서] 아침 여객선이 바위에 걸린 까닭"
    prose = "아침 여객선이 바위에 걸렸지만 섬마을 승객은 모두 무사히 뭍에 닿았다고 해경이 밝혔다."
    article = boilerstrip.clean(
        "\n".join([headline, "등록 2022.11.03 18:05", "글씨 크게 글씨 작게", prose, f"{prose} 끝."])
    )
    assert article.title == headline


def test_one_long_word_of_a_menu_is_no_headline():
    article = boilerstrip.clean("\n".join(["Apróhirdetés", "2023.11.14. 06:30", *STORY]))
    assert article.title is None


def test_a_picture_by_its_agency_is_no_headline():
    caption = "The ferry on the rocks of the outer island on Monday. Ada Moore/Harbour Staff"
    assert dump(HEADLINE, "3 May 2024", caption).title == HEADLINE


def test_the_byline_below_a_label_that_says_the_same_is_the_authors():
    assert dump(HEADLINE, "Author of the article:", "By Ada Moore").authors == ("Ada Moore",)


def test_the_author_is_read_from_the_bio_where_no_byline_names_one():
    foot = ["About the author", "Ada Moore is a staff writer who covers the coast and its ferries."]
    assert dump(HEADLINE, "3 May 2024", foot=foot).authors == ("Ada Moore",)


def test_a_byline_beats_the_bio():
    foot = ["About the author", "Bo Lind is a staff writer who covers the coast and its ferries."]
    assert dump(HEADLINE, "By Ada Moore", "3 May 2024", foot=foot).authors == ("Ada Moore",)


def test_who_is_told_of_at_the_end_of_a_story_is_no_author():
    foot = ["Ada Moore is the mayor of the outer islands, and wants a second ferry by the summer."]
    assert dump(HEADLINE, "3 May 2024", foot=foot).authors == ()


def test_two_words_in_quotes_before_the_outlet_are_a_headline():
    assert story("„Unermüdlicher Einsatz“ - Harbour Post", *MENU).title == "„Unermüdlicher Einsatz“"


@pytest.mark.parametrize(
    "lines",
    [
        [HEADLINE, "By Ada Moore", *P],
        ["Harbour Post", HEADLINE, "3 May 2024", "By Ada Moore", *P],
        [f"{HEADLINE} | Harbour Post", *MENU, HEADLINE, *P],
        ["Ferry aground at dawn off the outer islands", *MENU, HEADLINE, "By Ada Moore", *P],
        [*MENU, HEADLINE, *P],
        [P[0], HEADLINE, "By Ada Moore", *P],
        P,
    ],
)
def test_a_headline_is_given_up_early_only_where_it_has_no_proof(lines) -> None:
    seen = [HeadLine(line, is_prose(line), True) for line in lines]
    search = TitleSearch(Lines(seen, prose_start(seen), "en"))
    found = search.find()
    assert find_head(seen, "en").proof == (search.proof(found[0]) if found else None)


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ([P[0], "Ferry aground off the islands", P[1], "Harbour closed", P[2]], 0),
        ([P[0], "Ferry aground off the islands", "By Ada Moore", P[1], P[2]], 1),
        ([P[0], "Ferry aground off the islands", *P[1:], "— Ada Moore, Editor"], 1),
        (["Ferry aground off the islands", *P], 0),
    ],
)
def test_who_wrote_is_looked_for_only_where_a_line_may_say_so(lines, named, monkeypatch):
    seen = [HeadLine(line, is_prose(line), True) for line in lines]
    found = find_head(seen, "en").bylines
    monkeypatch.setattr(head_module, "names_nobody", lambda _: False)
    assert find_head(seen, "en").bylines == found
    assert len(found) == named
