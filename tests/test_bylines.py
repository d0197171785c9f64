"""Lines that say who wrote an article, as papers and blogs of many languages word them."""

import pytest

import boilerstrip
from boilerstrip.fields.byline import read_byline
from boilerstrip.fields.head import HeadLine, find_head
from boilerstrip.language.prose import is_prose

STORY = (
    "The harbour office opened a second pier for the island ferries on Monday, after a summer in"
    " which the old one was closed on eleven days.\n\n"
    "Captains had asked for it since the storm of 2019. The new pier is longer by forty metres,"
    " and it lies behind the breakwater.\n\n"
)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Pubblicato il 3 maggio 2024 da Ada Mori", ["Ada Mori"]),
        ("Publicerat den 3 maj 2024 av Ada Mohlin", ["Ada Mohlin"]),
        ("Opublikowano 3 maja 2024 przez Ada Morawska", ["Ada Morawska"]),
        ("Опубликовано 3 мая 2024 автором Ада Морозова", ["Ада Морозова"]),
        ("Δημοσιεύτηκε στις 3 Μαΐου 2024 από Άντα Μωραΐτη", ["Άντα Μωραΐτη"]),
        ("Zveřejněno 3. května 2024, autor: Ada Morávková", ["Ada Morávková"]),
        ("Julkaistu 3.5.2024 kirjoittanut Ada Moilanen", ["Ada Moilanen"]),
        ("Đăng ngày 3 tháng 5 năm 2024 bởi Nguyễn Thu Hà", ["Nguyễn Thu Hà"]),
        ("نُشر في 3 مايو 2024 من قبل سلمى العبادي", ["سلمى العبادي"]),
        ("نوشته شده در 3 مه 2024 توسط سارا مرادی", ["سارا مرادی"]),
        ("ارسال شده توسط سارا مرادی در ۳ خرداد ۱۴۰۲", ["سارا مرادی"]),
        ("פורסם ב-3 במאי 2024 על ידי עדה מור", ["עדה מור"]),
    ],
)
def test_the_name_stands_behind_a_label_and_a_day(line, names):
    assert list(read_byline(line).names) == names


@pytest.mark.parametrize(
    "line",
    [
        "نوشته شده در 3 مه 2024",
        "Pubblicato il 3 maggio 2024",
        "Опубликовано 3 мая 2024",
        "发布于 2024年5月3日",
        "发表于安徽",
    ],
)
def test_a_label_and_a_day_alone_name_nobody(line):
    assert not getattr(read_byline(line), "names", None)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("3 Mayıs 2024 tarihinde Ada Moran tarafından yazıldı", ["Ada Moran"]),
        ("Ada Moran tarafından", ["Ada Moran"]),
        ("सारा मिश्रा द्वारा", ["सारा मिश्रा"]),
    ],
)
def test_the_name_stands_before_the_word_for_by(line, names):
    assert list(read_byline(line).names) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Special to the Herald by Ada Moore", ["Ada Moore"]),
        ("EXCLUSIVE: By Ada Moore", ["Ada Moore"]),
        ("Exclusive by Ada Moore, Royal Editor", ["Ada Moore"]),
        ("Ada Moore, Special to The Herald", ["Ada Moore"]),
        ("原创 王小明 北京日报", ["王小明"]),
        ("来源：新华网 作者：王小明", ["王小明"]),
        ("料理・文：森田明子", ["森田明子"]),
        ("レシピ考案：森田明子　公開日 2021年6月3日", ["森田明子"]),
        ("Objavljeno 3. svibnja 2024. Autor: Ada Morić", ["Ada Morić"]),
        ("Das Gespräch führte Ada Moos", ["Ada Moos"]),
        ("Rezept von Ada Moos", ["Ada Moos"]),
    ],
)
def test_a_label_says_more_than_by(line, names):
    assert list(read_byline(line).names) == names


@pytest.mark.parametrize(
    "line",
    [
        "Special offers for readers in the spring",
        "Exclusive: Ferry company sold to its rival",
        "By Monitoring Report",
        "Por Agencias",
        "Haber Merkezi",
        "原创 新闻",
    ],
)
def test_offers_headlines_and_desks_are_no_names(line):
    assert not getattr(read_byline(line), "names", None)


@pytest.mark.parametrize(
    "byline",
    ["Ardal Gleaner Ada Moore", "Ada Moore Ardal Gleaner", "By Ada Moore, North Ardal Herald"],
)
def test_the_outlet_beside_a_name_is_no_author(byline):
    text = (
        f"News Sport\nSecond pier opens for island ferries\n{byline}\n3 May 2024\n\n"
        f"{STORY}Download the Ardal Gleaner app\n© 2024 Ardal Gleaner. All rights reserved."
    )
    assert boilerstrip.clean(text).authors == ("Ada Moore",)


def test_an_author_may_be_called_like_the_outlet():
    text = (
        f"Second pier opens for island ferries\nBy Ada Moore\n3 May 2024\n\n{STORY}© 2024 Ada Moore"
    )
    assert boilerstrip.clean(text).authors == ("Ada Moore",)


def authors_of(text, language):
    lines = [HeadLine(line, is_prose(line), True) for line in text.split("\n") if line]
    return [name for _, names in find_head(lines, language).bylines for name in names]


def test_a_name_under_the_headline_that_signs_the_story_is_the_author():
    head = (
        "Opinion\nSecond pier opens for island ferries\n\nAda Moore\nTeacher of winds, at Ardal\n\n"
    )
    assert authors_of(f"{head}{STORY}Ada Moore\n\nMore from the coast", "en") == ["Ada Moore"]
    topics = f"{STORY}The mayor, Ada Moore, cut the ribbon in the rain of Monday noon.\n\nAda Moore"
    assert authors_of(head + topics, "en") == []


def test_a_heading_that_a_list_of_contents_names_signs_nothing():
    head = "Guides\nSecond pier opens for island ferries\n\nRough Tides\nOf piers, and of ships\n\n"
    chapter = (
        "Rough Tides\nWhere tides are rough, captains stay in the harbour until noon, he said."
    )
    assert authors_of(f"{head}{STORY}{STORY}{chapter}", "en") == []


ARABIC = (
    "افتتحت هيئة الميناء رصيفا ثانيا لعبارات الجزيرة يوم الاثنين بعد صيف أغلق فيه الرصيف القديم"
    " أحد عشر يوما.\n\n"
    "وكان القباطنة قد طالبوا به منذ العاصفة، وهو أطول من القديم بأربعين مترا ويقع خلف حاجز"
    " الأمواج.\n\nوقال مدير الهيئة إن العمل استغرق عامين.\n\n"
)


@pytest.mark.parametrize(
    "byline", ["سلمى العبادي", "سلمى العبادي، كاتبة صحفية", "عمان – سلمى العبادي"]
)
def test_a_name_beside_the_day_in_a_script_without_capitals_is_the_author(byline):
    head = f"رصيف ثان لعبارات الجزيرة في الميناء\n\n{byline}\n\nالثلاثاء 10 تشرين الأول 2023\n\n"
    bio = "عن الكاتبة\n\nسلمى العبادي كاتبة صدرت لها مجموعة قصصية."
    assert authors_of(f"{head}{ARABIC}{bio}", "ar") == ["سلمى العبادي"]


def test_a_name_in_the_story_is_no_author():
    head = "رصيف ثان لعبارات الجزيرة في الميناء\n\nسلمى العبادي\n\nالثلاثاء 10 تشرين الأول 2023\n\n"
    story = ARABIC + "ورحبت النائبة سلمى العبادي بالرصيف الجديد.\n\n"
    assert authors_of(head + story, "ar") == []


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("문소윤·이수민 기자", ["문소윤", "이수민"]),
        ("문소윤 기자, 이수민 기자", ["문소윤", "이수민"]),
        ("王小明／台北報導", ["王小明"]),
        ("作者 | 王小明 编辑 | 李大海", ["王小明"]),
        ("森田明子（ライター）", ["森田明子"]),
        ("文＝森田明子", ["森田明子"]),
        ("Por Ada Mora, de Madri, e Bo Lindo, de São Paulo", ["Ada Mora", "Bo Lindo"]),
        ("Ada Moos und Bo Lind, Berlin", ["Ada Moos", "Bo Lind"]),
        ("Текст: Ада Мороз. Фото: Борис Лин", ["Ада Мороз"]),
        ("By Ada Moore BBC News", ["Ada Moore"]),
        ("By Ada Moore USA TODAY NETWORK", ["Ada Moore"]),
        ("Autor/in: Ada Moos", ["Ada Moos"]),
    ],
)
def test_posts_towns_and_outlets_stand_among_several_names(line, names):
    assert list(read_byline(line).names) == names


@pytest.mark.parametrize(
    "line",
    ["编辑 | 王小明", "翻译：王小明", "編集：森田明子", "Traducción: Bo Lindo", "Foto: Bo Lind"],
)
def test_editors_translators_and_photographers_are_no_authors(line):
    assert not getattr(read_byline(line), "names", None)


def test_a_headline_of_capitals_is_no_name_and_outlet():
    assert read_byline("Teen Stopped GTA VI Company From Hotel TV") is None


def test_an_institute_behind_a_name_is_nobody():
    line = "by Ada Moore, U.S. National Institute of Tides and Northern Rivers"
    assert read_byline(line).names == ("Ada Moore",)


@pytest.mark.parametrize(
    ("label", "bio", "name"),
    [
        ("About the author", "Ada Moore drives the ferry to the outer islands.", "Ada Moore"),
        ("Про авторку", "Ада Мороз викладає у гімназії на острові.", "Ада Мороз"),
        ("Sobre a autora", "Ada Moura mora no cais, onde conserta barcos.", "Ada Moura"),
        ("Über die Autorin", "Ada Moos fährt die Fähre zu den Inseln.", "Ada Moos"),
    ],
)
def test_a_bio_under_its_label_names_the_author_whatever_it_tells(label, bio, name):
    text = f"Second pier opens for island ferries\n\n{STORY}{label}\n{bio}"
    assert boilerstrip.clean(text).authors == (name,)
    assert boilerstrip.clean(text.replace(label, "Read on")).authors == ()
