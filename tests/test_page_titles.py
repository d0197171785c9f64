"""The headline of a page, without what is printed or stated around it. All pages are made up."""

from __future__ import annotations

import pytest
from lxml.html import document_fromstring

from boilerstrip.fields.find import read_markup

URL = "https://www.ardalpost.example/news/bridge"
TITLE = "Council votes to rebuild the harbour bridge"


def read(heading: str = "", title: str = "", og: str = "", head: str = "", below: str = "") -> str:
    shared = f"<meta property='og:title' content='{og}'>" if og else ""
    html = (
        f"<html lang='en'><head><title>{title}</title>{shared}{head}</head><body>{heading}{below}"
        "<p>The council voted on Monday to rebuild the harbour bridge.</p></body></html>"
    )
    found = read_markup(document_fromstring(html), URL).get("title", ())
    return str(found[0].value) if found else ""


SITE = "<meta property='og:site_name' content='The Ardal Post'>"


@pytest.mark.parametrize("heading", ["", "<h1>{}</h1>"])
@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE} | The Ardal Post",
        f"{TITLE} / The Ardal Post",
        f"{TITLE} « The Ardal Post",
        f"The Ardal Post » {TITLE}",
        f"{TITLE} – The Ardal Post – Local news and weather",
        f"{TITLE} - Politics - The Ardal Post",
        f"Opinion | {TITLE} | The Ardal Post",
    ],
)
def test_the_outlet_and_the_section_are_no_part_of_the_title(heading: str, title: str) -> None:
    assert read(heading.format(title), title, head=SITE) == TITLE


@pytest.mark.parametrize(
    "title",
    [
        "Rain / sun: what the north is made of",
        "Bridge | Tunnel: what the town wants",
        "The Ardal Post is sold to its readers",
        "Opinion polls: what they are worth",
    ],
)
def test_a_headline_keeps_its_strokes_and_names(title: str) -> None:
    assert read(f"<h1>{title}</h1>", f"{title} | The Ardal Post", head=SITE) == title


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (f"<h1><span class='kicker'>Culture</span>{TITLE}</h1>", ""),
        (f"<h1><span class='article-dachzeile'>Hafen</span><span>{TITLE}</span></h1>", ""),
        (f"<h1><small>Opinion</small>{TITLE}</h1>", ""),
        (f"<h1><em>Harbour:</em> {TITLE}</h1>", TITLE),
        (f"<h1><a href='/culture'>Culture</a>{TITLE}</h1>", TITLE),
    ],
)
def test_a_kicker_inside_the_heading_is_no_part_of_the_title(heading: str, title: str) -> None:
    assert read(heading, title) == TITLE


@pytest.mark.parametrize(
    ("heading", "printed"),
    [
        ("<h1><b>Exclusive:</b> council votes on the bridge</h1>", None),
        ("<h1><em>Council</em> votes on the bridge</h1>", None),
        ("<h1><span>Council votes</span> on the bridge</h1>", None),
        ("<h1><span class='kicker'>Culture:</span> the bridge</h1>", None),
        ("<h1>Council votes<br>on the bridge</h1>", "Council votes on the bridge"),
        ("<h1><div>Harbour news</div><div>: a bridge</div></h1>", "Harbour news: a bridge"),
        ("<h1>The <b>i</b>Phone and Mc<i>Donald</i></h1>", "The iPhone and McDonald"),
        ("<h1><i>YouTube</i>'s new bridge</h1>", "YouTube's new bridge"),
    ],
)
def test_what_else_is_marked_in_a_heading_belongs_to_it(heading: str, printed: str | None) -> None:
    whole = " ".join(document_fromstring(heading).text_content().split())
    assert read(heading, printed or whole) == (printed or whole)
    assert read(heading) == (printed or whole)


@pytest.mark.parametrize(
    "address", ["/", "https://ardalpost.example/", "http://www.ardalpost.example"]
)
@pytest.mark.parametrize("title", ["", "The Quay Book", f"{TITLE} | The Quay Book"])
def test_a_heading_that_leads_to_the_front_page_is_the_site_s_name(
    address: str, title: str
) -> None:
    logo = f"<h1><a href='{address}'>The Quay Book</a></h1>"
    assert read(logo, title, below=f"<h2>{TITLE}</h2>") == TITLE
    # A heading that leads to its own page is the headline.
    own = f"<h1><a href='/news/bridge'>{TITLE}</a></h1>"
    assert read(own, title, below="<h2>How it began</h2>") == TITLE


def test_the_site_s_name_as_a_heading_doesn_t_hide_the_stated_title() -> None:
    assert read("<h1>The Ardal Post</h1>", f"{TITLE} - The Ardal Post", head=SITE) == TITLE


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Coun&shy;cil votes to re&#173;build", "Council votes to rebuild"),
        ("&#8203;Council&nbsp;votes to&#8201;rebuild&#65279;", "Council votes to rebuild"),
        ("Council votes &amp;amp; rebuilds &amp;#8217;now", "Council votes & rebuilds ’now"),
        # The joiner is a letter's form in Persian.
        ("می&zwnj;خواهم پل بندر دوباره", "می\u200cخواهم پل بندر دوباره"),
        ("What &lt;div&gt; means, and R&D", "What <div> means, and R&D"),
    ],
)
def test_signs_that_nobody_sees_are_no_part_of_a_title(written: str, read_as: str) -> None:
    assert read(f"<h1>{written}</h1>") == read_as
    if "lt;" not in written:
        assert read(og=written) == read_as
        assert read(title=written) == read_as


def test_a_name_that_a_tool_gives_every_site_is_no_outlet() -> None:
    head = "<meta name='application-name' content='My Application'>"
    assert "outlet" not in read_markup(document_fromstring(f"<html><head>{head}"), URL)
    own = head.replace("My Application", "Ardal Post")
    assert (
        read_markup(document_fromstring(f"<html><head>{own}"), URL)["outlet"][0].value
        == "Ardal Post"
    )


@pytest.mark.parametrize(
    ("heading", "kept"),
    [
        (f"<h1>HARBOUR<br>{TITLE}</h1>", TITLE),
        (f"<h1>{TITLE}<small>A debate of nine years</small></h1>", TITLE),
        (f"<h1>{TITLE}<br><span>A debate of nine years</span></h1>", TITLE),
        (f"<h1>{TITLE} <a href='#vote'>¶</a></h1>", TITLE),
        (f"<h1>{TITLE} <a href='#vote'>#</a></h1>", TITLE),
        (f"<h1>{TITLE} in <a href='/c'>C#</a></h1>", f"{TITLE} in C#"),
        (f"<h1>{TITLE}: <small>here is why</small></h1>", f"{TITLE}: here is why"),
    ],
)
def test_subtitles_and_signs_in_a_heading_are_no_part_of_the_title(heading: str, kept: str) -> None:
    assert read(heading, f"{kept} | The Ardal Post", head=SITE) == kept


@pytest.mark.parametrize(
    ("title", "above", "kept"),
    [
        (f"{TITLE} - Quay Gazette", "<a href='/'>Quay Gazette</a>", TITLE),
        (f"Quay Gazette | {TITLE}", "<a href='/'><b>Quay</b> Gazette</a>", TITLE),
        (f"{TITLE} - Quay Gazette", "<a href='/q'>Quay Gazette</a>", f"{TITLE} - Quay Gazette"),
        (f"{TITLE} - a history", "<a href='/'>Home</a>", f"{TITLE} - a history"),
        (f"{TITLE} - quaygazette.example", "", TITLE),
        (f"{TITLE} - a site like quay.example", "", f"{TITLE} - a site like quay.example"),
    ],
)
def test_what_leads_home_or_is_an_address_ends_no_title(title: str, above: str, kept: str) -> None:
    assert read(above, title) == kept


@pytest.mark.parametrize(
    ("name", "outlet"),
    [("Quay Reader App", "Quay Gazette"), ("Quay Gazette", "Quay Gazette")],
)
def test_a_programs_name_is_no_outlet_where_the_page_names_its_own(name: str, outlet: str) -> None:
    html = (
        f"<html><head><title>{TITLE} - Quay Gazette</title><meta name='application-name'"
        f" content='{name}'></head><body><a href='/'>Quay Gazette</a><h1>{TITLE}</h1></body></html>"
    )
    assert read_markup(document_fromstring(html))["outlet"][0].value == outlet


def test_a_programs_name_is_the_outlet_where_no_other_is_named() -> None:
    html = (
        f"<title>{TITLE}</title><meta name='application-name' content='Quay'><a href='/'>Home</a>"
    )
    assert read_markup(document_fromstring(html))["outlet"][0].value == "Quay"
