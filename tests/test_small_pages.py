"""Pages without menus: an article of a paragraph or two is an article all the same."""

from __future__ import annotations

import pytest

import boilerstrip

BRIDGE = "The council voted on Monday to rebuild the bridge."
MARCH = "Work will start in March and take three years."
MENU = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(14))


@pytest.mark.parametrize(
    "page",
    [
        "<p>{}</p><p>{}</p>",
        "<article><p>{}</p><p>{}</p></article>",
        "<html><head><title>Bridge</title></head><body><p>{}</p><p>{}</p></body></html>",
        "<h1>Bridge</h1><p>{}</p><p>{}</p><p>Advertisement</p>",
        "<div class='content'>{}<br><br>{}</div>",
    ],
)
def test_a_short_page_keeps_its_article(page: str) -> None:
    assert boilerstrip.clean(page.format(BRIDGE, MARCH)).body == f"{BRIDGE}\n{MARCH}"


@pytest.mark.parametrize(
    "text",
    [
        "Der Rat hat am Montag für den Neubau der Brücke gestimmt.",
        "Le conseil a voté lundi la reconstruction du pont.",
        "市议会周一投票决定重建大桥。",
        "시의회는 월요일 다리를 다시 짓기로 했다.",
        "Городской совет в понедельник проголосовал за новый мост.",
    ],
)
def test_a_brief_of_one_sentence_stays_in_any_language(text: str) -> None:
    assert boilerstrip.clean(f"<article><p>{text}</p></article>").body == text


def test_a_page_with_menus_still_loses_them() -> None:
    story = "".join(f"<p>{BRIDGE} {MARCH} {part}</p>" for part in ("Early.", "Late.", "Soon."))
    page = f"<nav><ul>{MENU}</ul></nav><article><h1>Bridge</h1>{story}</article>"
    body = boilerstrip.clean(page).body
    assert "Section" not in body
    assert body.count(BRIDGE) == 3


@pytest.mark.parametrize(
    ("names", "story"),
    [
        (("News", "Sport", "Culture"), "The council voted on Monday to rebuild the bridge."),
        (("정치", "경제", "사회"), "시의회는 월요일 항구 다리를 재건하기로 의결했다."),
        (("政治", "財經"), "市議會週一表決通過重建港口大橋的計畫。"),
    ],
)
def test_a_menu_of_few_links_goes_from_a_page_of_two_lines(names, story):
    menu = "".join(f"<a href='/{number}'>{name}</a>" for number, name in enumerate(names))
    article = f"<article><p>{story}</p><p>{story}</p></article>"
    found = boilerstrip.clean(f"<nav>{menu}</nav>{article}")
    assert names[0] not in found.body
    assert story in found.body
