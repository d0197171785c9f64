"""The outlet in a text: notices of rights, invitations, sources, and what only looks like them."""

import pytest
from conftest import PARAGRAPHS as P

import boilerstrip
from boilerstrip.fields.head import HeadLine
from boilerstrip.fields.imprint import _mentions

HEADLINE = "Ferry to the outer islands runs aground at dawn"


def outlet(*foot: str) -> tuple[str | None, str | None]:
    article = boilerstrip.clean("\n".join([HEADLINE, "By Ada Moore", *P, *foot]))
    return article.outlet, article.sources.get("outlet")


def owners(line: str) -> list[str]:
    mentions = _mentions([HeadLine(line, False, True, "copyright")])
    return [mention.name for mention in mentions if mention.kind == "copyright"]


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
