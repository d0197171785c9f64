"""The HTML reader: encodings, nesting, what shows and what doesn't, block by block."""

from __future__ import annotations

import codecs

import pytest
from bs4 import BeautifulSoup
from lxml import etree, html

from boilerstrip.errors import InputError
from boilerstrip.readers.encoding import declared_encoding, decode
from boilerstrip.readers.html import read_html


def blocks(source: object) -> list[str]:
    document = read_html(source).document
    return [document.content(block) for block in document.blocks]


SOURCES = [
    "",
    "   ",
    "plain words",
    "<p>One<p>Two",
    "<div>a<p>b</p>c<br>d<br><br>e</div>",
    "<table><tr><td>1<td>2<tr><td>3</table><pre>x\n  y</pre>",
    "<ul><li>one<ul><li>deep</ul><li>two</ul>",
]


@pytest.mark.parametrize("source", SOURCES)
def test_blocks_tile_the_text(source: str) -> None:
    document = read_html(source).document
    spans = [document.text[block.start : block.end] for block in document.blocks]
    assert "".join(spans) == document.text
    assert all(span.strip() for span in spans)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<div>a<p>b</p>c</div>", ["a", "b", "c"]),
        ("<p>one <b>two</b> th<i>r</i>ee</p>", ["one two three"]),
        ("<p>  many \n spaces\t</p>", ["many spaces"]),
        ("<p>one<br>two</p>", ["one\ntwo"]),
        ("<div>one<br><br>two<br> <br>three</div>", ["one", "two", "three"]),
        ("<div>one<hr>two</div>", ["one", "two"]),
        ("<nav><a>Home</a><a>News</a></nav>", ["Home News"]),
        ("<pre>def f():\n    return 1\n</pre>", ["def f():\n    return 1"]),
        ("<a href='/x'><div>one</div><div>two</div></a>", ["one", "two"]),
        ("<custom-card><p>one</p>two</custom-card>", ["one", "two"]),
        ("<p>1 &lt; 2 &amp;&nbsp;3 &eacute;</p>", ["1 < 2 & 3 é"]),
        ("<p>before<!-- not --> after</p>", ["before after"]),
        ("<details><summary>More</summary><p>inside</p></details>", ["More", "inside"]),
        ("<form><p>in a form</p></form>", ["in a form"]),
        ("<p>end</p></body></html><div>after the end</div>", ["end", "after the end"]),
        ("<dl><dt>flour</dt><dd>200 g</dd></dl>", ["flour", "200 g"]),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", ["漢(kan)"]),
    ],
)
def test_text_as_a_browser_shows_it(source: str, expected: list[str]) -> None:
    assert blocks(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "<table><tr><th>City<th>People<tr><td>Oslo<td>700,000</table>",
            ["City\tPeople", "Oslo\t700,000"],
        ),
        (
            "<table><tr><td>menu<td><p>First.</p><p>Second.</p></table>",
            ["menu", "First.", "Second."],
        ),
        ("<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", ["a\tb", "c"]),
    ],
)
def test_tables_go_row_by_row(source: str, expected: list[str]) -> None:
    assert blocks(source) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>no</p>",
        "<div style='color: red; display : NONE'><p>no</p></div>",
        "<p style='visibility:hidden'>no</p>",
        "<span aria-hidden='true'>no</span>",
        "<template><p>no</p></template>",
        "<script>no</script><style>no</style>",
        "<noscript><p>no</p></noscript>",
        "<dialog><p>no</p></dialog>",
        "<svg><title>no</title></svg>",
        "<select><option>no</select>",
        "<iframe>no</iframe><video>no</video>",
    ],
)
def test_what_does_not_show_is_left_out(hidden: str) -> None:
    assert blocks(f"<p>yes</p>{hidden}<p>too</p>") == ["yes", "too"]


def test_text_after_a_hidden_element_stays() -> None:
    assert blocks("<p>one<script>x</script> two<span hidden>y</span> three</p>") == [
        "one two three"
    ]


PROSE = "The council met on Monday and decided, after a long debate, to build the bridge. " * 8


@pytest.mark.parametrize(
    "wrapped",
    [
        f"<noscript><div><p>{PROSE}</p></div></noscript>",
        f"<div style='display:none'><p>{PROSE}</p></div>",
        f"<div hidden id='S:0'><p>{PROSE}</p></div>",
    ],
)
def test_a_hidden_article_is_read_where_nothing_else_is_there(wrapped: str) -> None:
    assert PROSE.strip() in blocks(f"<h1>Bridge</h1>{wrapped}<p>Home</p>")


def test_aria_hidden_on_the_page_itself_says_nothing() -> None:
    assert blocks("<body aria-hidden='true'><main aria-hidden='true'><p>yes</p></main>") == ["yes"]


def test_declarative_shadow_roots_show() -> None:
    source = "<my-card><template shadowrootmode='open'><p>yes</p></template></my-card>"
    assert blocks(source) == ["yes"]


@pytest.mark.parametrize(
    "source",
    [
        "<article><h1>A</h1><p>one</p></article><article><h1>B</h1><p>two</p></article>",
        "<div><h1>A</h1><section><div>one</div></section></div><div><h1>B</h1>two</div>",
        "<html amp4email><body><amp-x><h1>A</h1></amp-x><section>one</section><h1>B</h1>two",
        "<form><table><tr><td><h1>A</h1>one<tr><td><h1>B</h1>two</table></form>",
    ],
)
def test_every_layout_gives_the_same_blocks(source: str) -> None:
    assert blocks(source) == ["A", "one", "B", "two"]


def test_markup_knows_the_way_down_to_the_block() -> None:
    source = "<main class='page wide'><ul id='list'><li>see <a href='/a'>there</a></li></ul></main>"
    markup = read_html(source).document.blocks[0].markup
    assert markup is not None
    assert markup.tags == ("html", "body", "main", "ul", "li")
    assert markup.tokens == ("page", "wide", "list")
    assert markup.href == "/a"
    assert markup.link_density == pytest.approx(5 / 9)


def test_a_block_within_one_inline_element_belongs_to_it() -> None:
    markup = read_html("<div><span class='byline'>By A. B.</span></div>").document.blocks[0].markup
    assert markup is not None
    assert markup.tags[-1] == "span"
    assert markup.element.start == 0
    assert markup.element.end >= len("By A. B.")


def test_a_block_knows_the_first_link_that_it_shows() -> None:
    teaser = "<a href='/{0}'><div><img></div><span>{0}</span></a>"
    source = "<section>" + "".join(map(teaser.format, ("one", "two"))) + "</section>"
    blocks = read_html(f"<a href='/x'><img></a>{source}<p>last").document.blocks
    assert [block.markup.href for block in blocks] == ["/one", "/two", None]


def test_facts_hold_what_the_page_says_of_itself() -> None:
    page = read_html(
        "<title>A – Site</title><meta property='og:title' content='A'>"
        "<meta name='description' content='About A'>"
        '<script type=\'application/ld+json\'>{"articleBody": "x"}</script><p>x</p>'
    )
    assert (page.document.tree.facts.title, page.document.tree.facts.headline) == ("A – Site", "A")
    assert page.document.tree.facts.description == "About A"
    assert page.document.tree.facts.scripts == ['{"articleBody": "x"}']


@pytest.mark.parametrize("depth", [300, 1_000, 5_000, 30_000])
def test_deep_nesting_loses_nothing(depth: int) -> None:
    source = "<p>before</p>" + "<div>" * depth + "deep" + "</div>" * depth + "<p>after</p>"
    assert blocks(source) == ["before", "deep", "after"]


def test_nested_layout_tables_lose_nothing() -> None:
    source = "<table><tr><td>" * 120 + "deep" + "</table>" * 120 + "<p>after</p>"
    assert blocks(source) == ["deep", "after"]


def test_a_huge_text_node_loses_nothing() -> None:
    long = "word " * 2_500_000
    assert [len(block) for block in blocks(f"<p>{long}</p><p>after</p>")] == [len(long) - 1, 5]


TEXT = "Zürich – “prices” für Käse"


@pytest.mark.parametrize(
    "page",
    [
        codecs.BOM_UTF8 + f"<p>{TEXT}</p>".encode(),
        codecs.BOM_UTF16_LE + f"<p>{TEXT}</p>".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + f"<p>{TEXT}</p>".encode("utf-16-be"),
        f"<html><head></head><body><p>{TEXT}</p>".encode("utf-16-le"),
        f"<p>{TEXT}</p>".encode(),
        f"<meta charset=windows-1252><p>{TEXT}</p>".encode("cp1252"),
        f"<meta charset=iso-8859-1><p>{TEXT}</p>".encode("cp1252"),
        f"<meta http-equiv=Content-Type content='text/html; charset=latin1'><p>{TEXT}".encode(
            "cp1252"
        ),
        f"<meta charset=utf-8><p>{TEXT}</p>".encode("cp1252"),
        f"<meta charset=iso-8859-1><p>{TEXT}</p>".encode(),
        f"<meta charset=nonsense><p>{TEXT}</p>".encode(),
        f"<meta charset=utf-16><p>{TEXT}</p>".encode(),
        f"<?xml version='1.0' encoding='iso-8859-1'?><html><p>{TEXT}</p>".encode("cp1252"),
    ],
)
def test_encodings_and_wrong_declarations(page: bytes) -> None:
    assert blocks(page) == [TEXT]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("shift_jis", "東京都は新しい計画を発表した。市民の意見を聞くという。"),
        ("euc-kr", "서울시는 새로운 계획을 발표했다."),
        ("gb2312", "北京市公布了新的计划。"),
        ("windows-1251", "Правительство объявило о новом плане."),
    ],
)
def test_declared_encodings_of_other_scripts(encoding: str, text: str) -> None:
    page = f"<meta charset='{encoding}'><p>{text}</p>".encode(encoding)
    assert blocks(page) == [text]


def test_undeclared_legacy_encodings_are_detected() -> None:
    text = "Правительство объявило о новом плане развития городского транспорта. " * 5
    assert blocks(f"<p>{text}</p>".encode("cp1251")) == [text.strip()]


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    page = "<meta charset=utf-8><p>Zürich für Käse, größer, Öl, Äpfel, Übung, schön".encode()
    assert blocks(page + b" \xff</p>")[0].startswith("Zürich für Käse")


def test_nothing_is_decoded_and_declared_by_nothing() -> None:
    assert decode(b"") == ""
    assert declared_encoding(b"<p>no declaration") is None


def test_lone_surrogates_and_nul_do_not_stop_the_reader() -> None:
    assert blocks("<p>a\ud800b</p><p>c\0d</p><p>e</p>")[-1] == "e"


def test_trees_are_read_and_not_changed() -> None:
    source = "<div><p>one<!-- c --> more</p><script>x</script><p hidden>no</p>tail</div>"
    tree = html.fromstring(source)
    before = etree.tostring(tree)
    page = read_html(tree)
    assert page.tree is tree
    assert etree.tostring(tree) == before
    assert blocks(tree) == blocks(tree.getroottree()) == ["one more", "tail"]


def test_only_the_element_handed_in_is_read() -> None:
    tree = html.fromstring("<div><p>one</p>tail<p>two</p></div>")
    assert blocks(tree[0]) == ["one"]


def test_namespaced_trees_read_the_same() -> None:
    source = "<html xmlns='http://www.w3.org/1999/xhtml'><body><P>a</P><p>b<br/>c</p></body></html>"
    assert blocks(etree.fromstring(source)) == ["a", "b\nc"]


def test_soup_is_read_and_not_changed() -> None:
    soup = BeautifulSoup("<p>one &amp; two</p><p>ü</p>", "html.parser")
    before = str(soup)
    assert blocks(soup) == ["one & two", "ü"]
    assert str(soup) == before


@pytest.mark.parametrize("source", [None, 3, ["<p>x</p>"]])
def test_other_sources_are_refused(source: object) -> None:
    with pytest.raises(InputError, match="can't read HTML from"):
        read_html(source)


@pytest.mark.parametrize("source", ["", b"", "<!-- only -->", "<script>x</script>"])
def test_nothing_to_read_is_an_empty_document(source: str | bytes) -> None:
    assert read_html(source).document.blocks == ()


JAPANESE = "市議会は月曜日の夜、川に架かる新しい橋について採決を行った。"
PAGE = f"<html><head><meta charset=iso-2022-jp></head><body><p>{JAPANESE}</p>"


@pytest.mark.parametrize("text", [PAGE, JAPANESE, f"Bridge ｱ {JAPANESE}"])
def test_iso_2022_jp_is_told_by_its_switches(text: str) -> None:
    assert decode(text.encode("iso2022_jp_ext")) == text


@pytest.mark.parametrize(
    "source", [b"\x1b[31mred\x1b[0m of a terminal", b"an odd \x1b$B and \x1b[ here"]
)
def test_other_escapes_are_kept(source: bytes) -> None:
    assert decode(source) == source.decode("ascii")


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"])
def test_wide_characters_need_no_mark(encoding: str) -> None:
    for text in ("<html><body><p>It rained all day.</p>", "It rained all day, in Zürich.", "Hi"):
        assert decode(text.encode(encoding)) == text


def test_japanese_in_utf_32_needs_no_mark() -> None:
    assert decode(PAGE.encode("utf-32-le")) == PAGE
    assert decode(JAPANESE.encode("utf-32-be")) == JAPANESE


@pytest.mark.parametrize("zeros", [400, 401, 1_000_000])
def test_leading_zeros_are_no_encoding(zeros: int) -> None:
    assert decode(b"\0" * zeros + PAGE.encode()) == PAGE
    assert decode(b"\0" * (zeros & ~3) + "It rained.".encode("utf-16-be")) == "It rained."
    assert decode(b"\0" * zeros) == ""
