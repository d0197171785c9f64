"""The compiled walk over a page's tree and its twin read the same, and either can be had."""

from __future__ import annotations

import re

import pytest
from conftest import SAMPLES
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from boilerstrip.evaluation.gold import evenly, load_corpus
from boilerstrip.readers import html
from boilerstrip.readers import walk as walks
from boilerstrip.readers.html import parse, read_html, to_utf8
from boilerstrip.readers.notes import _SIGNS, _TAGS, AUTHOR_PAGES, take_notes, take_notes_plainly
from boilerstrip.readers.walk import rows_of, walk, walk_plainly

compiled = pytest.mark.skipif(
    walks.COMPILED is None, reason="the walk was not compiled, or its twin was asked for"
)

# Tags of each kind, attributes that hide, name and link, and texts that are or hold white space.
TAGS = """\
<p> <div> <span> <b> <a|href=/x> <a|href> <a> </a> <br> <br/> <td> <table> <tr> <pre> </pre> <hr>
<svg> </svg> <script> </script> <noscript> </noscript> <template> </template> <o:p> <dialog>
<dialog|open> </dialog> <li> <ul> </ul> </p> </div> </span> </table> <x}y> <ÉÉ> <h1> </h1>
<template|shadowrootmode=open> <title> </title> <meta|name=description|content=d> <textarea>
<meta|property=og:title|content=t> <script|type=application/ld+json> </textarea> <p|hidden>
<body|style=display:none> <p|hidden=until-found> <p|aria-hidden=true> <main|aria-hidden=true>
<p|style='Display|:|none'> <p|style=color:red> <p|style=visibility:h> <p|class>
<p|class='a|b'|id=c|role=main> <i|data-testid=x|itemprop=''|data-component=y>
<h2|class='x|BY-line|é'> <b|class=timber> <time|itemprop> <a|rel=author|href=/writers/a> <a|rel=me>
<a|href='/x/autor/é'> <a|rel=authority> <link|rel=author> <html|itemprop=a|class=date>
"""
TEXTS = [" ", "\n", "a", "b c ", "\u00a0", "\u3000x", "é東京", "\U0001f600 ", "\r\n", "&#30;"]
TEXTS += ["&lt;", "\x1c", "<!-- c -->", "x" * 81, "\t", "  long  gap  "]
ASKED = (_TAGS, _SIGNS, AUTHOR_PAGES)
PAGES = st.lists(
    st.sampled_from(TAGS.split()).map(lambda tag: tag.replace("|", " ")) | st.sampled_from(TEXTS),
    max_size=40,
).map("".join)


def both(root, shown=frozenset()):
    """What the compiled walk reads, whatever it leaves to its twin, and what the twin does."""
    return rows_of(walk(root, shown)), rows_of(walk_plainly(root, shown))


def read_by_compiled(root):
    return walks.COMPILED.walk(root, frozenset(), walks._KINDS, walks._UNSEEN.search)


@compiled
@given(PAGES)
def test_both_walks_read_alike(page):
    root = etree.fromstring(f"<body>{page}", etree.HTMLParser())
    assert read_by_compiled(root) is not None
    one, other = both(root)
    assert one == other
    assert walks.COMPILED.find(root, *ASKED) is not None
    assert take_notes(root) == take_notes_plainly(root)
    shown = frozenset(walk(root).hidden)
    one, other = both(root, shown)
    assert one == other
    for element in root.iter("p"):
        one, other = both(element)
        assert one == other


@compiled
@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.rglob("*.html")))
def test_both_walks_read_samples_alike(name):
    (path,) = SAMPLES.rglob(name)
    root = parse(path.read_bytes())
    one, other = both(root)
    assert one == other
    assert take_notes(root) == take_notes_plainly(root)


@compiled
def test_both_walks_read_real_pages_alike(corpora):
    for folder in sorted(corpora.iterdir()):
        if not folder.is_dir():
            continue
        for page in evenly(load_corpus(folder).pages, 8):
            root = parse(to_utf8(page.read())) if page.has_html else None
            if root is not None:
                one, other = both(root)
                assert one == other, (folder.name, page.id)
                assert take_notes(root) == take_notes_plainly(root), (folder.name, page.id)


@compiled
def test_what_is_odd_is_left_to_the_twin():
    drawing = "<svg><g><foreignObject><p>Rain</p></foreignObject></g></svg>"
    root = etree.fromstring(f"<body><p>It</p>{drawing}", etree.HTMLParser())
    assert read_by_compiled(root) is None
    assert walk(root).document.text == "It\nRain"
    hidden = etree.fromstring(f"<body><p>It</p><noscript>{drawing}", etree.HTMLParser())
    assert read_by_compiled(hidden) is not None
    source = '<!DOCTYPE p [<!ENTITY e "rain">]><p>It &e; fell<i class="by &e;"/></p>'
    root = etree.fromstring(source, etree.XMLParser(resolve_entities=False))
    assert read_by_compiled(root) is None
    assert walk(root).document.text == "It &e; fell"
    assert walks.COMPILED.find(root, *ASKED) is None
    assert take_notes(root) == take_notes_plainly(root)
    assert read_by_compiled(etree.Comment("rain")) is None


@compiled
def test_elements_made_by_hand_read_alike():
    root = etree.Element("div", {"class": "a"})
    etree.SubElement(root, "{http://www.w3.org/1999/xhtml}P").text = "Rain"
    etree.SubElement(root, "p", {"{urn:x}hidden": "", "{urn:x}class": "b"}).text = "fell"
    root[1].tail = "all day"
    root.append(etree.ProcessingInstruction("php", "x"))
    root[2].tail = " long"
    assert take_notes(root) == take_notes_plainly(root)
    one, other = both(root)
    assert one == other
    assert one[0] == "Rain\nfell\nall day long"


@compiled
def test_a_deep_page_reads_alike():
    root = parse(b"<div>" * 1500 + b"Rain")
    one, other = both(root)
    assert one == other
    assert read_html("<div>" * 3000 + "Rain").document.text == "Rain"


def test_a_walk_that_reads_otherwise_is_not_used():
    class Other:
        @staticmethod
        def walk(root, *_):
            return ("Rain", [], [("", "", 0, 0, 0)], ("", "", "", []), [], 0, 0)

    assert not walks._agrees(Other)


MARKS = st.sampled_from(
    ["<", "a", "b ", "=", '"', "'", ">", "/", " ", "\n", "</html", "</HTML>", "é"]
)


@compiled
@given(st.lists(MARKS, max_size=60).map("".join), st.integers(0, 3))
def test_a_page_is_looked_over_alike(page, most):
    utf8 = page.encode()
    end = utf8.find(b"</html") if b"</html" in utf8 else utf8.find(b"</HTML")
    assert walks.COMPILED.find_end(utf8) == end
    attribute = html._ATTRIBUTE
    crowd = re.search(rb"<[A-Za-z][^\s/>]*+%b{%d}%b" % (attribute, most, attribute), utf8)
    assert walks.COMPILED.is_crowded(utf8, most) == (crowd is not None)


@compiled
def test_a_tag_with_thousands_of_attributes_is_seen_in_quotes_and_out():
    many = " ".join(f"a{n}='>'" for n in range(html._MOST_ATTRIBUTES + 1))
    assert walks.COMPILED.is_crowded(f"<p {many}>".encode(), html._MOST_ATTRIBUTES)
    assert not walks.COMPILED.is_crowded(f'<p b="{many}">'.encode(), html._MOST_ATTRIBUTES)
