"""The outlet in a text: notices of rights, invitations, sources, and what only looks like them."""

import pytest
from conftest import PARAGRAPHS as P

import boilerstrip
from boilerstrip.fields.head import HeadLine
from boilerstrip.fields.outlet_lines import mentions

HEADLINE = "Ferry to the outer islands runs aground at dawn"


def outlet(*foot: str) -> tuple[str | None, str | None]:
    article = boilerstrip.clean("\n".join([HEADLINE, "By Ada Moore", *P, *foot]))
    return article.outlet, article.sources.get("outlet")


def owners(line: str) -> list[str]:
    found = mentions([HeadLine(line, False, True, "copyright")])
    return [mention.name for mention in found if mention.kind == "copyright"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("© 2024 The Ardal Post. All rights reserved.", "The Ardal Post"),
        ("The Ardal Post. All rights reserved.", "The Ardal Post"),
        ("Copyright © 2024. The Ardal Post.", "The Ardal Post"),
        ("© 2010-2024 The Ardal Post | Powered by WordPress", "The Ardal Post"),
        ("Der Hafenbote © 2024 Verlag am Deich", "Der Hafenbote"),
        ("L'Écho du Port - Tous droits réservés", "L'Écho du Port"),
        ("© 2024, Voz del Puerto. Todos los derechos reservados", "Voz del Puerto"),
        ("© 2024 Přístavní zpravodaj", "Přístavní zpravodaj"),
        ("«Портовая газета» © 1998-2024", "Портовая газета"),
        ("Copyright 2024 – Πρώτη Ώρα", "Πρώτη Ώρα"),
        ("כל הזכויות שמורות © ידיעות הנמל 2024", "ידיעות הנמל"),
        ("حقوق النشر © 2024 صوت الميناء", "صوت الميناء"),
        ("Copyright © 2024 हार्बर उजाला. All rights reserved", "हार्बर उजाला"),
        ("Copyright (C) 港新聞. All Rights Reserved.", "港新聞"),
        ("海港日报版权所有，未经书面授权禁止使用", "海港日报"),
        ("<저작권자 ⓒ 항구뉴스, 재배포 및 AI 크롤링 금지>", "항구뉴스"),
        ("Hak Cipta © 2024 Kabar Pelabuhan", "Kabar Pelabuhan"),
    ],
)
def test_a_notice_of_rights_names_the_owner(line, name):
    assert owners(line) == [name]


@pytest.mark.parametrize(
    "line",
    [
        "© Ines Calder/The Ardal Post",
        "Foto: © Ines Calder",
        "© Reuters",
        "© 2024 Impressum",
        "© 2024 All rights reserved | Designed by Webkraft",
        "© RIPRODUZIONE RISERVATA",
        "The sign © was first set in type in 1802.",
    ],
)
def test_a_credit_a_menu_or_a_maker_of_sites_is_no_owner(line):
    assert owners(line) == []


@pytest.mark.parametrize(
    ("foot", "name", "source"),
    [
        (["© 2024 The Ardal Post"], "The Ardal Post", "text:copyright"),
        (["Originally published in The Ardal Post"], "The Ardal Post", "text:origin"),
        (
            ["Get the Ardal Lantern app", "Advertise with Ardal Lantern", "© Ardal Lantern"],
            "Ardal Lantern",
            "text:own",
        ),
        (
            ["Dieser Artikel erschien zuerst in der Hafenzeitung.", "© 2024 Meldungen"],
            "Hafenzeitung",
            "text:origin",
        ),
    ],
)
def test_lines_around_the_text_name_the_outlet(foot, name, source):
    assert outlet(*foot) == (name, source)


@pytest.mark.parametrize(
    "foot",
    [
        ["Download the Facebook app", "Follow us on Facebook"],
        ["Follow Ada Moore on Twitter"],
        ["Source: Coast Guard"],
        ["© 2024 Harbour Media GmbH & Co. KG"],
        ["© 2024 Lantern"],
        ["Subscribe to our newsletter"],
        ["© 2024 The Ardal Post", "© 2024 The Lund Herald"],
    ],
)
def test_one_weak_line_or_two_that_disagree_name_none(foot):
    assert outlet(*foot) == (None, None)


def page(*lines: str) -> str | None:
    return boilerstrip.clean("\n".join(lines)).outlet


ARTICLE = (HEADLINE, "By Ada Moore", "3 May 2024", *P)


@pytest.mark.parametrize(
    ("head", "foot", "name"),
    [
        # A company's notice alone names no outlet; the masthead over the page says that it does.
        (["Fjord Lantern"], ["© 2024 Fjord Lantern AS"], "Fjord Lantern"),
        (["LA LANTERNE DU PORT"], ["© La Lanterne du Port SARL"], "La Lanterne du Port"),
        (
            ["Farol do Cais › Cidades"],
            ["Farol do Cais Comunicação Ltda. Todos os direitos reservados"],
            "Farol do Cais",
        ),
        (["Latarnia Gdyńska"], ["© 2024 Latarnia Gdyńska sp. z o.o."], "Latarnia Gdyńska"),
        # A picture's credit and an address.
        ([], ["Foto: Ines Calder/Havnelygten", "tips@havnelygten.example"], "Havnelygten"),
        ([], ["Фото: Портовый маяк", "© Портовый маяк, 2024"], "Портовый маяк"),
        (
            [],
            ["Foto Přístavní maják – Jan Lupa", "redakce@pristavnimajak.example"],
            "Přístavní maják",
        ),
        # What stands under the link that skips the menus of a blog.
        (["Skip to content", "Tide & Timber"], ["Proudly powered by WordPress"], "Tide & Timber"),
        (["Hopp til innhold", "Fjordkjøkkenet"], ["Drevet av WordPress"], "Fjordkjøkkenet"),
        (["Ugrás a tartalomra", "Kikötői konyha"], ["Köszönjük, WordPress!"], "Kikötői konyha"),
        # The notice and another line that holds the name.
        ([], ["Lo más leído en Faro Norte", "© 2024 Faro Norte"], "Faro Norte"),
        ([], ["הנקראות ביותר במגדלור", "© 2024 מגדלור"], "מגדלור"),
    ],
)
def test_lines_of_two_kinds_name_the_outlet(head, foot, name):
    assert page(*head, *ARTICLE, *foot).casefold() == name.casefold()


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        (["Skip to content", "Search Menu"], ["Proudly powered by WordPress"]),
        (["Skip to content", "Boats"], []),
        (["Boats"], ["More boats"]),
        ([], ["Photo: Ines Calder/Getty Images", "Getty Images"]),
        ([], ["Foto: Ines Calder", "Ines Calder"]),
        ([], ["© 2024 Gannett"]),
        ([], ["press@harbourline.example"]),
        ([], ["ann.lee@gmail.com", "Follow Gmail"]),
        ([], ["Published in 3 May 2024"]),
    ],
)
def test_a_menu_a_photographer_or_one_weak_line_is_no_outlet(head, foot):
    assert page(*head, *ARTICLE, *foot) is None


def test_the_name_that_the_address_of_the_page_leads_to_is_the_outlets():
    text = "\n".join(
        [*ARTICLE, "More from Ardal Lantern", "Ardal Lantern", "Ardal Life", "Ardal Life"]
    )
    assert boilerstrip.clean(text).outlet is None
    assert (
        boilerstrip.clean(text, url="https://www.ardallantern.example/1").outlet == "Ardal Lantern"
    )
    assert boilerstrip.clean(text, url="https://www.lundherald.example/1").outlet is None


@pytest.mark.parametrize(
    ("head", "foot", "name"),
    [
        # A notice alone, of a name in several words.
        ([], ["© «Портовий маяк». Передрук заборонено"], "Портовий маяк"),
        ([], ["© Ο Φάρος της Σίφνου 2024"], "Ο Φάρος της Σίφνου"),
        ([], ["© 2024 Le Phare du Rivage"], "Le Phare du Rivage"),
        # A name and the years since when it is there, and another line with the name.
        (["Latarnia Nadmorska"], ["Latarnia Nadmorska 2006-2024"], "Latarnia Nadmorska"),
        (["Strandlykta"], ["Strandlykta 1998–2024"], "Strandlykta"),
        # The source of a picture is a person's own.
        (["Hafenlicht"], ["Quelle: Privat", "Laden Sie die Hafenlicht-App"], "Hafenlicht"),
        # A sentence on the outlet itself, and another line with the name.
        (
            [],
            ["Descarga la app de La Linterna Gris", "Más de La Linterna Gris"],
            "La Linterna Gris",
        ),
    ],
)
def test_one_sure_line_may_be_enough(head, foot, name):
    assert page(*head, *ARTICLE, *foot) == name


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        # An edition of an outlet is none, in whatever language.
        (["UK Edition"], ["Download the UK Edition app", "UK Edition"]),
        (["Edición Valdeolmos"], ["Descarga la app de Edición Valdeolmos"]),
        (["Ausgabe Bad Moos"], ["Abonnieren Sie die Ausgabe Bad Moos", "Ausgabe Bad Moos"]),
        # Words of a page that lost the spaces between them.
        (
            [],
            ["© NewsroomPrivacy & CookiesFeedback 2024", "About NewsroomPrivacy & CookiesFeedback"],
        ),
        # One word in a line of its own wording, and in another line.
        ([], ["Download the Newtide app", "Newtide prices"]),
        # A section above the headline, to whose other stories a link below leads.
        (["Home", "HARBOUR LIFE"], ["More in HARBOUR LIFE", "Latest in HARBOUR LIFE"]),
    ],
)
def test_editions_sections_and_words_that_ran_together_are_no_outlets(head, foot):
    assert page(*head, *ARTICLE, *foot) is None


@pytest.mark.parametrize(
    "line",
    [
        "2025-05-19 08:30:12　来源：临江晚报　记者 周可",
        "2025-05-19 来源：临江晚报 作者：周可",
        "2025-05-19 来源：临江晚报",
        "临江晚报5月19日讯（记者 周可）",
    ],
)
def test_an_outlet_in_chinese_ends_before_the_next_column(line: str) -> None:
    story = "有着112年历史的临江石桥完成修缮，今起恢复行人通行。工程历时14个月。"
    article = boilerstrip.clean(f"临江小镇百年老桥修缮完工 今起恢复通行\n{line}\n{story}")
    assert article.outlet == "临江晚报"
