"""What read_markup finds on pages, source by source. All pages here are made up."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from boilerstrip.fields.candidate import Candidate
from boilerstrip.fields.find import read_markup
from boilerstrip.readers.jsonld import read_linked_data

LABELS = Path(__file__).parent / "data" / "author_bio_labels.json"
URL = "https://www.lakesidepost.example/news/2024/05/03/rain-stops"
TITLE = "Rain stops over the lake after nine days"


def page(head: str = "", body: str = "", lang: str = "en") -> str:
    return f"<html lang='{lang}'><head>{head}</head><body>{body}</body></html>"


def linked(**fields: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


def first(html: str | bytes, field: str, url: str | None = URL) -> str | tuple[str, ...] | None:
    parser = HTMLParser(encoding="utf-8") if isinstance(html, bytes) else None
    candidates = read_markup(document_fromstring(html, parser=parser), url).get(field)
    return candidates[0].value if candidates else None


def source(html: str, field: str) -> str:
    return read_markup(document_fromstring(html), URL)[field][0].source


def test_an_empty_page_gives_its_address_only() -> None:
    fields = read_markup(document_fromstring("<html></html>"), URL)
    assert {name for name, found in fields.items() if found} <= {"url", "date"}


def test_the_tree_stays_as_it_was() -> None:
    html = page(
        linked(headline=TITLE, author={"name": "Ada Moss"}),
        f"<h1>{TITLE}</h1><p class='author'>By Ada Moss</p><p>Ada Moss is a reporter here.</p>",
    )
    tree = document_fromstring(html)
    before = etree.tostring(tree)
    read_markup(tree, URL)
    assert etree.tostring(tree) == before


def test_json_ld_gives_every_field() -> None:
    html = page(
        linked(
            headline=TITLE,
            author=[
                {"@type": "Person", "name": "Ada Moss"},
                {"@type": "Person", "name": "Bo Lind"},
            ],
            publisher={"@type": "Organization", "name": "Lakeside Post"},
            datePublished="2024-05-03T14:30:00+02:00",
            description="After nine days the sun was back over the lake.",
            inLanguage="en-GB",
        ),
        lang="",
    )
    fields = read_markup(document_fromstring(html), URL)
    assert fields["title"][0] == Candidate(TITLE, "json-ld")
    assert fields["authors"][0] == Candidate(("Ada Moss", "Bo Lind"), "json-ld")
    assert fields["outlet"][0] == Candidate("Lakeside Post", "json-ld")
    assert fields["date"][0] == Candidate("2024-05-03T14:30:00+02:00", "json-ld")
    assert fields["description"][0].source == "json-ld"
    assert fields["language"][0] == Candidate("en", "json-ld")
    assert fields["url"][0] == Candidate(URL, "caller")


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "Rain &amp; sun"}',
        '[{"@type": "WebSite", "name": "Post"}, {"@type": "Article", "headline": "Rain & sun"}]',
        '{"@graph": [{"@type": "Organization"}, {"@type": ["Article"], "headline": "Rain & sun"}]}',
        '{"@type": "WebPage", "mainEntity": {"@type": "BlogPosting", "headline": "Rain & sun"}}',
        '<!-- {"@type": "NewsArticle", "headline": "Rain & sun",} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Rain & sun"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "Rain\t&\nsun"}',
        '{"@type": "NewsArticle" "headline": "Rain & sun", "description": "an "open" quote"}',
        '{"@type": "WebSite", "name": "Post"}; {"@type": "NewsArticle", "headline": "Rain & sun"}',
        "{&quot;@type&quot;: &quot;Article&quot;, &quot;headline&quot;: &quot;Rain & sun&quot;}",
        '{"@type": "NewsArticle", "headline": "Rain & sun", "about": "it\\\'s wet"}',
    ],
)
def test_broken_and_nested_json_ld_is_read(script: str) -> None:
    html = page(f"<script type='application/ld+json'>{script}</script>")
    assert first(html, "title") == "Rain & sun"


def test_an_article_without_a_headline_has_no_title() -> None:
    script = '{"@type": "NewsArticle", "name": 3}'
    assert first(page(f"<script type='application/ld+json'>{script}</script>"), "title") is None


def test_an_article_counts_before_those_it_lists() -> None:
    html = page(
        linked(
            headline=TITLE,
            hasPart=[{"@type": "NewsArticle", "headline": "Another story altogether"}],
        )
    )
    assert first(html, "title") == TITLE


def test_an_author_given_by_id_is_looked_up() -> None:
    graph = {
        "@graph": [
            {"@type": "Article", "headline": TITLE, "author": {"@id": "#ada"}},
            {"@type": "Person", "@id": "#ada", "name": "Ada Moss"},
        ]
    }
    html = page(f"<script type='application/ld+json'>{json.dumps(graph)}</script>")
    assert first(html, "authors") == ("Ada Moss",)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (f"<title>{TITLE} | Lakeside Post</title>", TITLE),
        (f"<title>{TITLE} - Weather - Lakeside Post</title>", TITLE),
        (f"<title>Lakeside Post: the daily | {TITLE}</title>", None),
        (f"<title>Lakeside Post » {TITLE}</title>", TITLE),
        (f"<meta property='og:title' content='{TITLE} – Lakeside Post'>", TITLE),
        (f"<meta name='twitter:title' content='{TITLE}'>", TITLE),
    ],
)
def test_the_outlet_is_cut_off_the_title(head: str, title: str | None) -> None:
    html = page(f"{head}<meta property='og:site_name' content='Lakeside Post'>")
    found = first(html, "title")
    assert found == title if title else found is not None


def test_an_outlet_that_goes_by_its_address_is_cut_off_the_title() -> None:
    html = page(f"<title>LakesidePost.com - {TITLE}</title>")
    assert first(html, "title", "https://www.lakesidepost.com/rain") == TITLE
    assert first(html, "title", "https://example.org/rain") != TITLE


def test_the_printed_headline_goes_before_the_title_element() -> None:
    html = page("<title>Rain Lake Weather 2024 Guide</title>", f"<h1>{TITLE}</h1>")
    assert first(html, "title") == TITLE


def test_the_site_s_own_heading_is_no_headline() -> None:
    html = page(
        f"<title>{TITLE}</title><meta property='og:site_name' content='Lakeside Post'>",
        f"<h1>Lakeside Post</h1><h1>{TITLE}</h1>",
    )
    assert first(html, "title") == TITLE


def test_a_breadcrumb_s_heading_is_no_headline() -> None:
    html = page(
        f"<meta property='og:title' content='{TITLE}'>",
        f"<h1 class='breadcrumb__headline'>Weather lake rain</h1><h2>{TITLE}</h2>",
    )
    assert first(html, "title") == TITLE


@pytest.mark.parametrize(
    ("head", "body", "names"),
    [
        ("<meta name='author' content='Ada Moss'>", "", ("Ada Moss",)),
        ("<meta name='author' content='Ada Moss, Bo Lind'>", "", ("Ada Moss", "Bo Lind")),
        (
            "<meta name='citation_author' content='Moss, Ada'>"
            "<meta name='citation_author' content='Lind, Bo'>",
            "",
            ("Ada Moss", "Bo Lind"),
        ),
        (
            "<meta name='dc.creator' content='Ada Moss'>"
            "<meta name='citation_authors' content='Moss, Ada; Lind, Bo'>",
            "",
            ("Ada Moss", "Bo Lind"),
        ),
        ("<meta property='article:author' content='https://social.example/ada'>", "", None),
        ("", f"<h1>{TITLE}</h1><a rel='author' href='/a'>Ada Moss</a>", ("Ada Moss",)),
        (
            "",
            f"<h1>{TITLE}</h1><p class='byline'>By Ada Moss and Bo Lind</p>",
            ("Ada Moss", "Bo Lind"),
        ),
        (
            "",
            f"<h1>{TITLE}</h1><span itemprop='author'><span itemprop='name'>Ada Moss</span></span>",
            ("Ada Moss",),
        ),
        ("", f"<h1>{TITLE}</h1><div>By <b>Ada Moss</b></div>", ("Ada Moss",)),
        ("", f"<h1>{TITLE}</h1><p>Von Ada Moss, Berlin</p>", ("Ada Moss",)),
        ("", f"<h1>{TITLE}</h1><a href='/author/ada-moss'>Ada Moss</a>", ("Ada Moss",)),
        ("", f"<h1>{TITLE}</h1><p>Reviewed by <a href='/author/bo'>Bo Lind</a></p>", None),
        (
            "",
            f"<h1>{TITLE}</h1><p>Personal Finance</p><p>May 3, 2024</p><p>personal finance</p>",
            None,
        ),
    ],
)
def test_authors_are_read(head: str, body: str, names: tuple[str, ...] | None) -> None:
    assert first(page(head, body), "authors") == names


def test_a_person_counts_and_not_the_outlet_beside_them() -> None:
    html = page(
        linked(
            headline=TITLE,
            publisher={"name": "Lakeside Post"},
            author=[{"name": "Lakeside Post"}, {"name": "Ada Moss"}],
        )
    )
    assert first(html, "authors") == ("Ada Moss",)


def test_links_add_authors_to_a_meta_element_but_not_to_linked_data() -> None:
    links = "<a href='/author/ada'>Ada Moss</a><a href='/author/bo'>Bo Lind</a>"
    body = f"<h1>{TITLE}</h1><p>{links}</p>"
    author = {"@type": "Person", "name": "Ada Moss"}
    assert first(page(linked(headline=TITLE, author=author), body), "authors") == ("Ada Moss",)
    meta = "<meta name='author' content='Ada Moss'>"
    assert first(page(meta, body), "authors") == ("Ada Moss", "Bo Lind")
    own = body.replace("<a ", "<a rel='author' ")
    both = ("Ada Moss", "Bo Lind")
    assert first(page(linked(headline=TITLE, author=author), own), "authors") == both


def test_an_agency_counts_where_no_person_is_named() -> None:
    html = page(linked(headline=TITLE, author={"@type": "Organization", "name": "AFP"}))
    assert first(html, "authors") == ("AFP",)


def test_a_printed_agency_counts_where_no_one_else_is_named() -> None:
    html = page("", f"<h1>{TITLE}</h1><p>AFP</p><p>It rained for nine days.</p>")
    assert first(html, "authors") == ("AFP",)


def test_a_commenter_is_no_author() -> None:
    comment = "<div class='comments'><b class='author'>Bo Lind</b></div>"
    body = f"<article><h1>{TITLE}</h1></article>{comment}"
    assert first(page("", body), "authors") is None


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        (
            "<meta property='article:published_time' content='2024-05-03T08:00Z'>",
            "",
            "2024-05-03T08:00+00:00",
        ),
        ("", f"<h1>{TITLE}</h1><time datetime='2024-05-03'>May 3</time>", "2024-05-03"),
        ("", f"<h1>{TITLE}</h1><p>Published May 3, 2024</p>", "2024-05-03"),
        (
            "",
            f"<h1>{TITLE}</h1><p>Updated June 1, 2024</p><p>Published May 3, 2024</p>",
            "2024-05-03",
        ),
        ("", f"<h1>{TITLE}</h1><p>Updated June 1, 2024</p>", "2024-05-03"),
        ("", f"<h1>{TITLE}</h1><p>© 2019 Lakeside Post, June 1, 2019</p>", "2024-05-03"),
    ],
)
def test_dates_are_read(head: str, body: str, date: str) -> None:
    assert first(page(head, body), "date") == date


def test_an_ambiguous_date_stays_unread() -> None:
    assert first(page("", f"<h1>{TITLE}</h1><p>03/04/2024</p>"), "date", None) is None


def test_a_name_that_fits_the_address_goes_before_a_company() -> None:
    html = page(
        linked(headline=TITLE, publisher={"name": "Bigger Media Holding GmbH"})
        + f"<title>{TITLE} | Lakeside Post</title>"
    )
    assert first(html, "outlet") == "Lakeside Post"


def test_a_name_goes_before_an_address() -> None:
    html = page(
        "<meta property='og:site_name' content='lakesidepost.example'>"
        + linked(headline=TITLE, publisher={"name": "Lakeside Post"})
    )
    assert first(html, "outlet") == "Lakeside Post"


def test_the_canonical_address_is_made_absolute() -> None:
    html = page("<link rel='canonical' href='/news/rain-stops'>")
    assert first(html, "url") == "https://www.lakesidepost.example/news/rain-stops"


def test_the_front_page_is_no_canonical_address() -> None:
    html = page("<link rel='canonical' href='https://www.lakesidepost.example/'>")
    assert first(html, "url") == URL


@pytest.mark.parametrize(
    ("head", "h1", "title"),
    [
        # A label or a date before the headline, a byline behind it.
        (f"<meta property='og:title' content='{TITLE}'>", f"Blog: {TITLE}", TITLE),
        (f"<meta property='og:title' content='{TITLE}'>", f"3 May 2024 {TITLE}", TITLE),
        (f"<meta property='og:title' content='{TITLE}'>", f"{TITLE} By Ada Moss", TITLE),
        ("<meta property='og:title' content='nine days'>", TITLE, TITLE),
        # The blog's name as the only heading, as blogs' templates have it.
        (f"<title>Notes: {TITLE}</title><meta property='og:title' content='{TITLE}'>",
         "Notes", TITLE),
        (f"<title>{TITLE} | Lindware</title><meta property='og:title' content='Lindware'>",
         TITLE, TITLE),
        # The outlet behind the printed headline.
        ("<meta property='og:site_name' content='Lakeside Post'>",
         f"{TITLE} – Lakeside Post", TITLE),
        ("<meta property='og:site_name' content='Lakeside Post'>",
         "Rain – a history of the lake", "Rain – a history of the lake"),
    ],
)  # fmt: skip
def test_the_headline_is_told_from_what_hangs_on_it(head: str, h1: str, title: str) -> None:
    assert first(page(head, f"<h1>{h1}</h1><p>It rained for nine days.</p>"), "title") == title


def test_a_longer_printed_headline_is_not_cut_to_the_shared_one() -> None:
    html = page(
        "<meta property='og:title' content='Rain stops over the lake'>",
        f"<h1>Rain stops over the lake: what comes now</h1><h2>{TITLE}</h2>"
        "<h2>Rain stops over the lake</h2>",
    )
    assert first(html, "title") == "Rain stops over the lake: what comes now"


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("<p>Written by Ada Moss</p>", ("Ada Moss",)),
        ("<p>This post was written by Ada Moss, Head of Weather and Lakes at the Post</p>",
         ("Ada Moss",)),
        ("<h4>Author</h4><p>Ada Moss</p>", ("Ada Moss",)),
        ("<p>Autorin/Autor Ada Moss</p>", ("Ada Moss",)),
        ("<p>Written by Ada Moss</p><p>Written by Bo Lind</p>", None),
        ("<p>Written by hand, the letter was lost.</p>", None),
    ],
)  # fmt: skip
def test_a_byline_far_from_the_headline_counts_if_it_is_the_only_one(
    body: str, names: tuple[str, ...] | None
) -> None:
    prose = "<p>It rained for nine days, and the lake rose by a metre.</p>" * 40
    assert first(page("", f"<h1>{TITLE}</h1>{prose}{body}"), "authors") == names


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (f"<h1>{TITLE}</h1><p>By the Lakeside Team</p>", ("the Lakeside Team",)),
        (f"<h1>{TITLE}</h1><div>By</div><div>Weather Desk</div>", ("Weather Desk",)),
        (f"<h1>{TITLE}</h1><p>By the lake</p>", None),
        (f"<h1>{TITLE}</h1><p class='authorName'>Ada Moss</p>", ("Ada Moss",)),
        (f"<p>May 3, 2024</p><p>Ada Moss</p><h1>{TITLE}</h1>", ("Ada Moss",)),
        (f"<h1>{TITLE}</h1><p>Interview by</p><p>Ada Moss</p>", ("Ada Moss",)),
        (f"<ul><li><a>Young Duck Care</a></li><li>5 min read</li></ul><h1>{TITLE}</h1>", None),
    ],
)
def test_printed_bylines_are_read(body: str, names: tuple[str, ...] | None) -> None:
    assert first(page("", body), "authors") == names


def test_the_byline_is_looked_for_at_the_headline_and_not_at_the_site_s_name() -> None:
    html = page(
        f"<title>{TITLE} | Lakeside Post</title>",
        f"<h1>Lakeside Post</h1>{'<p>Menu</p>' * 30}<h1>{TITLE}</h1><p>By Ada Moss</p>",
    )
    assert first(html, "authors") == ("Ada Moss",)


_STATED = "<meta property='article:published_time' content='2024-05-03'>"


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        ("<meta name='published-date' content='2024-05-02'>", f"<h1>{TITLE}</h1>", "2024-05-02"),
        # A time's machine-readable moment settles what its text leaves open.
        ("", f"<h1>{TITLE}</h1><p>On <time datetime='2024-06-05T08:00Z'>06/05/2024</time></p>",
         "2024-06-05T08:00+00:00"),
        # Publication and update in one line.
        ("", f"<h1>{TITLE}</h1>{'<p>Rain.</p>' * 60}"
             "<p class='date'>June 5, 2024. <i>Updated: June 9, 2024</i></p>", "2024-06-05"),
        # One and the same date line, however far from the headline.
        ("", f"<h1>{TITLE}</h1>{'<p>Rain.</p>' * 60}<p>June 5, 2024</p>", "2024-06-05"),
        ("", f"<h1>{TITLE}</h1>{'<p>Rain.</p>' * 60}<p>June 5, 2024</p><p>June 6, 2024</p>",
         None),
        ("", f"<h1>{TITLE}</h1>{'<p>Rain.</p>' * 60}<p>Last updated June 5, 2024</p>", None),
        # An earlier day at the headline goes before the stated one, a bit further with a label.
        (_STATED, f"<h1>{TITLE}</h1><p>April 1, 2024</p>", "2024-04-01"),
        (_STATED, f"<h1>{TITLE}</h1>{'<p>Rain.</p>' * 8}<p>Published April 1, 2024</p>",
         "2024-04-01"),
        (_STATED, f"<h1>{TITLE}</h1>{'<p>Rain.</p>' * 8}<p>April 1, 2024</p>", "2024-05-03"),
        (_STATED + "<meta name='citation_title' content='Rain'>",
         f"<h1>{TITLE}</h1><p>April 1, 2024</p>", "2024-05-03"),
        (_STATED, f"<h1>{TITLE}</h1><p>Submitted April 1, 2024</p>", "2024-05-03"),
        (_STATED, f"<h1>{TITLE}</h1><p>It rained.</p><p>This article was originally published on "
                  "1 April 2019 and is kept up to date.</p>", "2019-04-01"),
        (_STATED, f"<h1>{TITLE}</h1><p>Her novel was first published on 1 April 2019.</p>",
         "2024-05-03"),
        # The stated day is printed, too: what is earlier is another's.
        (_STATED, f"<h1>{TITLE}</h1><p>April 1, 2024</p>{'<p>Rain.</p>' * 60}<p>May 3, 2024</p>",
         "2024-05-03"),
        ("<meta property='article:published_time' content='2024-11-01'>",
         f"<h1>{TITLE}</h1><p>01/11/2024</p>", "2024-11-01"),
        # What a system calls the day of its making goes behind a day of publication.
        ("<meta name='dcterms.date' content='2024-05-01'>",
         f"<h1>{TITLE}</h1><b itemprop='datePublished' content='2024-05-03'>3 May</b>",
         "2024-05-03"),
        ("<meta name='dcterms.date' content='2024-05-01'>", f"<h1>{TITLE}</h1>", "2024-05-01"),
        # The parts of a date in elements of their own, and its form for machines.
        ("", f"<h1>{TITLE}</h1><p class='entry-date'><b>3</b><b>May</b><b>2024</b></p>",
         "2024-05-03"),
        ("", f"<h1>{TITLE}</h1><abbr class='date' title='2024-05-03T10:00'>On 5/3/2024</abbr>",
         "2024-05-03T10:00"),
        ("", f"<article data-publish-date='2024-05-03'><h1>{TITLE}</h1></article>", "2024-05-03"),
        ("", f"<article data-offer-date='2024-05-03'><h1>{TITLE}</h1></article>", None),
        # The page prints the day, which tells the order of a meta element's figures.
        ("<meta name='date' content='11/01/2023 12:43:42'>",
         f"<h1>{TITLE}</h1>{'<p>Rain.</p>' * 60}<p>Created: 1 November 2023</p>",
         "2023-11-01T12:43:42"),
        # The line of a blog, which tells of its own text.
        ("", f"<h1>{TITLE}</h1>{'<p>Rain.</p>' * 60}<p>This entry was posted on Friday, May 3rd, "
             "2024 at 2:30 pm and is filed under Lakes, with all its comments and feeds.</p>",
         "2024-05-03T14:30"),
        ("", f"<h1>{TITLE}</h1>{'<p>Rain.</p>' * 60}<p>Her letter was posted on Friday, May 3rd, "
             "2024 at 2:30 pm and came to the house by the lake in June.</p>", None),
        # A month heads an archive.
        ("", f"<h1>{TITLE}</h1>{'<p>Rain.</p>' * 60}<ul><li>June 2009</li></ul>", None),
        # Another date on the page tells the order of day and month.
        ("", f"<h1>{TITLE}</h1><p>03/05/2024</p>{'<p>Rain.</p>' * 60}<p>28/02/2024</p>",
         "2024-05-03"),
        ("", f"<h1>{TITLE}</h1><p>05/03/2024</p>{'<p>Rain.</p>' * 60}<p>02/28/2024</p>",
         "2024-05-03"),
    ],
)  # fmt: skip
def test_the_day_of_publication_is_told_from_others(head: str, body: str, date: str | None) -> None:
    assert first(page(head, body), "date", "https://www.lakesidepost.example/rain") == date


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://post.example/20240503/rain-stops", "2024-05-03"),
        ("https://post.example/news/rain-stops-20240503.html", "2024-05-03"),
        ("https://post.example/2024-05/03/rain-stops", "2024-05-03"),
        ("https://post.example/2024/05/03", "2024-05-03"),
        # Numbers, days that are none, a heading that begins with a number, an archive's address.
        ("https://post.example/news/rain-202405031", None),
        ("https://post.example/20241303/rain-stops", None),
        ("https://post.example/2024/05/10-ways-to-stay-dry", None),
        ("https://post.example/news?id=20240503", None),
        ("https://web.archive.org/web/20240503101112/https://post.example/rain", None),
        ("https://web.archive.org/web/20240503/https://post.example/2019/05/03/rain", "2019-05-03"),
    ],
)
def test_a_day_in_the_address_is_read(url: str, date: str | None) -> None:
    assert first(page("", f"<h1>{TITLE}</h1>"), "date", url) == date


def test_a_month_s_name_in_the_address_is_read() -> None:
    url = "https://www.lakesidepost.example/blog/2024/may/03/rain-stops"
    assert first(page("", f"<h1>{TITLE}</h1>"), "date", url) == "2024-05-03"


@pytest.mark.parametrize(
    ("link", "url", "outlet"),
    [
        ("<a href='/'><img alt='Lakeside Post Logo'></a>", URL, "Lakeside Post"),
        ("<a href='/'><img alt='Lakeside Post'></a>", "https://lp.example/news/1", "Lakeside Post"),
        ("<a href='/'><img alt='Lakeside Post - Home'></a>", URL, "Lakeside Post"),
        ("<a href='/'><img alt='lakesidepost_logo.png'></a>", URL, "lakesidepost.example"),
        ("<a href='/'><img alt='Two ducks on a pond'></a>", URL, "lakesidepost.example"),
        ("<a href='/shop'><img alt='Lakeside Post'></a>", URL, "lakesidepost.example"),
    ],
)
def test_the_logo_names_the_outlet_where_only_an_address_does(
    link: str, url: str, outlet: str
) -> None:
    html = page("<meta property='og:site_name' content='lakesidepost.example'>", link)
    assert first(html, "outlet", url) == outlet


def test_other_pages_in_the_json_ld_are_read_only_where_it_has_no_article() -> None:
    item = {"@type": "NewsArticle", "headline": "Another story altogether"}
    listed = {"@type": "ItemList", "itemListElement": [item]}
    html = page(f"<script type='application/ld+json'>{json.dumps(listed)}</script>")
    assert first(html, "title") == "Another story altogether"
    data = read_linked_data([json.dumps({"@type": "Article", "headline": TITLE, "mentions": item})])
    assert [node["headline"] for node in data.articles] == [TITLE]


def test_the_text_of_the_page_may_be_given() -> None:
    head = linked(headline=TITLE, author={"@type": "Person", "name": "Ada Moss"})
    html = page(head, f"<h1>{TITLE}</h1><div><p>{BIO}</p></div>")
    tree = document_fromstring(html)
    assert read_markup(tree, URL, f"{TITLE}\n{BIO}")["author_bio"][0].value == BIO
    assert read_markup(tree, URL, "said Ada Moss, a reporter").get("author_bio") is None


BIO = "Ada Moss is a reporter who has covered the lake and its weather for twenty years."


@pytest.mark.parametrize(
    "foot",
    [
        f"<div class='author-box'><h4>Ada Moss</h4><p>{BIO}</p></div>",
        f"<h3>About the author</h3><p>{BIO}</p>",
        f"<p><strong>Ada Moss</strong>{BIO.removeprefix('Ada Moss')}</p>",
    ],
)
def test_a_bio_is_returned_without_its_label(foot: str) -> None:
    head = linked(headline=TITLE, author={"@type": "Person", "name": "Ada Moss"})
    html = page(head, f"<h1>{TITLE}</h1><p>It rained for nine days.</p>{foot}")
    assert first(html, "author_bio") == BIO


def test_a_bio_in_the_json_ld_is_read() -> None:
    author = {"@type": "Person", "name": "Ada Moss", "description": BIO}
    html = page(linked(headline=TITLE, author=author))
    assert source(html, "author_bio") == "json-ld"


@pytest.mark.parametrize(
    "paragraph",
    [
        "Bo Lind is a fisherman who has lived at the lake for all of his seventy years.",
        "Ada Moss, Bo Lind",
        "By Ada Moss, who was at the lake on Friday",
        "Lakeside Post is a newspaper that has been printed at the lake since 1898.",
    ],
)
def test_what_only_looks_like_a_bio_is_none(paragraph: str) -> None:
    head = linked(headline=TITLE, author={"@type": "Person", "name": "Ada Moss"})
    html = page(head, f"<h1>{TITLE}</h1><p>{paragraph}</p>")
    assert first(html, "author_bio") is None


def _labels() -> list[dict[str, object]]:
    return json.loads(LABELS.read_text("utf-8"))


@pytest.mark.filterwarnings("default")
def test_bios_are_found_and_look_alikes_are_not(corpora: Path) -> None:
    found, wrong, missed = 0, 0, 0
    pages = {name: _pages(corpora / name) for name in {label["corpus"] for label in _labels()}}
    for label in _labels():
        url, html = pages[label["corpus"]][label["id"]]
        bio = str(first(html, "author_bio", url) or "")
        right = bool(label["bio"]) and _letters(label["first"])[:14] in _letters(bio)
        found += right
        wrong += bool(bio) and not right
        missed += bool(label["bio"]) and not right
    assert found / (found + wrong) >= 0.95
    assert found / (found + missed) >= 0.8


def _letters(text: object) -> str:
    return "".join(filter(str.isalnum, str(text).casefold()))


def _pages(folder: Path) -> dict[object, tuple[str, bytes]]:
    """The address and the source of each labelled page."""
    labelled = {label["id"] for label in _labels()}
    rows = map(json.loads, (folder / "gold.jsonl").read_text("utf-8").strip().split("\n"))
    return {
        row["id"]: (row["url"], gzip.decompress((folder / row["html"]).read_bytes()))
        for row in rows
        if row["id"] in labelled
    }


def test_the_bio_labels_are_enough_and_hold_no_text() -> None:
    labels = _labels()
    assert sum(bool(label["bio"]) for label in labels) >= 60
    assert sum(not label["bio"] for label in labels) >= 60
    assert all(len(str(label["first"])) <= 20 for label in labels)


_KEYS = st.sampled_from(
    ["@type", "@id", "@graph", "name", "author", "headline", "description", "publisher", "url"]
)
_LOOSE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.just("2024-05-03"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(_LOOSE)
def test_no_linked_data_breaks_the_reading(data: object) -> None:
    script = json.dumps({"@type": "NewsArticle", "@id": "#a", "author": data, "x": data})
    html = page(f"<script type='application/ld+json'>{script}</script>", f"<h1>{TITLE}</h1>")
    read_markup(document_fromstring(html), URL)


def test_an_author_that_refers_to_itself_is_none() -> None:
    html = page(linked(author={"@id": "#a", "name": {"@id": "#a"}}))
    assert first(html, "authors") is None


@pytest.mark.parametrize("url", [None, "", "not an address", "http://[broken", "https://1.2.3.4/x"])
def test_no_address_breaks_the_reading(url: str | None) -> None:
    html = page("<link rel='canonical' href='http://[broken'>", f"<h1>{TITLE}</h1>")
    assert first(html, "title", url) == TITLE


def test_the_name_of_the_site_in_a_heading_of_the_first_rank_is_no_title():
    page = (
        "<title>The Tar Bucket | Council Votes to Rebuild</title>"
        '<h1 id="site-title">The Tar Bucket</h1>'
        '<h1 class="entry-title">Council Votes to Rebuild</h1>'
        "<p>The council voted on Monday to rebuild the bridge.</p>"
    )
    assert read_markup(document_fromstring(page))["title"][0].value == "Council Votes to Rebuild"


def test_a_heading_that_only_resembles_the_sites_name_is_the_title():
    page = (
        "<title>Council Votes to Rebuild</title>"
        '<h1 class="offsite-title">Council Votes to Rebuild Bridge</h1>'
        "<p>The council voted on Monday to rebuild the bridge.</p>"
    )
    assert (
        read_markup(document_fromstring(page))["title"][0].value
        == "Council Votes to Rebuild Bridge"
    )


def test_each_of_several_names_of_one_marked_author_is_given():
    page = (
        '<p itemprop="author">By <span itemprop="name"><a href="/by/ines">Ines Calder</a>, </span>'
        '<span itemprop="name"><a href="/by/tom">Tom Brandt</a> and </span>'
        '<span itemprop="name"><a href="/by/olav">Olav Reinholt</a></span></p>'
    )
    names = ("Ines Calder", "Tom Brandt", "Olav Reinholt")
    assert read_markup(document_fromstring(page))["authors"][0].value == names


def test_whom_the_marked_author_works_for_is_no_author():
    page = (
        '<div itemprop="author" itemscope><span itemprop="name">Ines Calder</span>'
        '<p itemprop="worksFor" itemscope><span itemprop="name">Ardal Bridge</span></p></div>'
    )
    assert read_markup(document_fromstring(page))["authors"][0].value == ("Ines Calder",)
