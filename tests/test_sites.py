"""Site rules in the form of Full-Text RSS: what they find, beat, and can't do."""

import pickle
import time

import pytest
from conftest import PARAGRAPHS
from lxml import etree, html
from test_rule_tools import GOAT, invoke

import boilerstrip
from boilerstrip.cleaner import Cleaner, Options
from boilerstrip.readers.html import read_html, read_marked
from boilerstrip.readers.site import check_site
from boilerstrip.readers.siterules import parse_site
from boilerstrip.rules.ruleset import load_rules

URL = "https://www.example.org/story"
FACTS = "Ferries have crossed the river since 1902, and four of them are still at work today."
PAGE = """<!doctype html><html lang="en"><head><title>Bridge - Example</title></head><body>
<div class="menu"><a href="/">Home</a> <a href="/news">News</a></div>
<div id="story"><h1 class="head">Bridge to be rebuilt</h1>
<p class="who">By <b>Ines Calder</b></p><p class="when">3 May 2024</p>
<p>{0}</p><div class="facts box"><p>{facts}</p></div><p>{1}</p><p>{2} <span class="ref">[12]</span>
{3}</p></div><div class="more"><p>{4}</p></div></body></html>""".format(*PARAGRAPHS, facts=FACTS)


@pytest.fixture
def site(tmp_path):
    def write(text, name="example.org.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


def clean(path, page=PAGE, url=URL):
    return boilerstrip.clean(page, url=url, rules=[path])


def by_site(article):
    return [one.text for one in article.removed if one.cause == "rule:site/example.org"]


def test_what_a_site_strips_goes_with_the_file_as_its_cause(site):
    plain = boilerstrip.clean(PAGE, url=URL)
    assert FACTS in plain.body
    for line in ("strip: //div[contains(@class, 'facts')]", "strip_id_or_class: facts"):
        article = clean(site(line))
        assert by_site(article) == [FACTS]
        assert article.body == plain.body.replace(f"{FACTS}\n", "")


def test_an_id_or_class_is_a_whole_one(site):
    assert by_site(clean(site("strip_id_or_class: fact"))) == []
    assert by_site(clean(site("strip_id_or_class: story")))


def test_what_is_stripped_amid_a_paragraph_leaves_the_sentence_whole(site):
    article = clean(site("strip: //span[@class='ref']"))
    assert by_site(article) == ["[12]"]
    text = article.document.text
    assert all(text[one.start : one.end] == one.text for one in article.removed)
    line = next(line for line in text.splitlines() if "[12]" in line)
    assert line == f"{PARAGRAPHS[2]} [12] {PARAGRAPHS[3]}"
    assert "[12]" not in article.body


def test_the_text_is_the_same_with_site_rules_and_without():
    for page in (
        PAGE,
        "<p>a <b>b</b><i> c</i>d<br><b>e</b><br><br><b> f </b> g</p><pre>h\n <b>i</b>\nj</pre>",
        "<table><tr><td><b>a</b></td><td> b<b></b> c</td></tr></table><p><b> </b></p><li>x",
        "<svg><foreignObject><p>a <b>b</b> c</p></foreignObject></svg><p>d</p>",
    ):
        tree = html.document_fromstring(page)
        whole = read_html(tree)
        marked, spans = read_marked(tree, frozenset(tree.iter("*")))
        assert marked.document.text == whole.document.text
        for node, (start, end) in spans.items():
            said = "".join(marked.document.text[start:end].split())
            shown = etree.XPath("descendant-or-self::*[not(self::title or self::head)]/text()")
            expected = "".join("".join(t for t in shown(node)).split())
            assert said == expected.replace("Bridge-Example", ""), etree.tostring(node)


def test_what_a_site_calls_body_is_and_the_rest_is_named(site):
    article = clean(site("body: //main\nbody: //div[@class='more']\nbody: //div"))
    assert article.body == PARAGRAPHS[4]
    assert FACTS in "\n".join(by_site(article))
    assert article.title == "Bridge to be rebuilt"


def test_rules_still_speak_within_the_body(site):
    page = PAGE.replace('<div class="more">', '<div class="more"><p>Advertisement</p>')
    article = clean(site("body: //div[@class='more']"), page)
    assert article.body == PARAGRAPHS[4]
    causes = {one.cause for one in article.removed if one.text == "Advertisement"}
    assert causes <= {"rule:advertisement/label"}


def test_a_body_that_is_not_there_changes_nothing(site):
    assert clean(site("body: //main")).body == boilerstrip.clean(PAGE, url=URL).body


def test_fields_are_read_where_a_site_says_and_have_it_as_their_source(site):
    rules = (
        "title: //h2\ntitle: //h1[@class='head']\nauthor: //p[@class='who']/b\n"
        "date: substring-after(//p[@class='when'], '')"
    )
    page = PAGE.replace("</head>", "<meta property='og:title' content='Another'></head>")
    article = clean(site(rules), page)
    assert (article.title, article.authors, article.date) == (
        "Bridge to be rebuilt",
        ("Ines Calder",),
        "2024-05-03",
    )
    assert {article.sources[key] for key in ("title", "authors", "date")} == {
        "rule:site/example.org"
    }
    assert clean(site("title: //div[@class='menu']/a[2]"), page).title == "News"


@pytest.mark.parametrize(
    ("name", "url", "holds"),
    [
        ("example.org.txt", "https://example.org/1", True),
        ("www.example.org.txt", "https://example.org/1", True),
        ("example.org.txt", "https://news.example.org/1", False),
        (".example.org.txt", "https://a.news.example.org/1", True),
        (".example.org.txt", "https://example.org/1", False),
        ("example.org.txt", "https://badexample.org/1", False),
        ("example.org.txt", None, False),
    ],
)
def test_the_name_of_the_file_says_for_which_hosts_it_is(site, name, url, holds):
    assert bool(by_site(clean(site("strip_id_or_class: facts", name), url=url))) is holds


def test_the_page_may_say_its_host(site):
    page = PAGE.replace("</head>", f"<link rel='canonical' href='{URL}'></head>")
    assert by_site(clean(site("strip_id_or_class: facts"), page, url=None)) == [FACTS]


def test_text_is_left_to_other_rules(site):
    text = "\n".join(PARAGRAPHS)
    assert clean(site("body: //p[1]\nstrip: //*"), text).body == text


def test_a_rule_of_the_callers_keeps_what_a_site_strips(site, tmp_path):
    keeping = tmp_path / "mine.toml"
    keeping.write_text(
        GOAT.replace('"other"', '"body"')
        .replace("Please do not feed the goat", FACTS)
        .replace('["A sign', '["Ferries", "A sign')
    )
    path = site("strip_id_or_class: facts")
    article = boilerstrip.clean(PAGE, url=URL, rules=[keeping, path])
    assert FACTS in article.body


def test_a_folder_holds_rules_of_both_kinds_and_other_files_are_passed_over(site, tmp_path):
    site("strip_id_or_class: facts")
    site("strip_id_or_class: story", ".example.org.txt")
    site(GOAT, "mine.toml")
    site("notes", "notes.txt")
    assert len(load_rules(tmp_path)) == 3
    cleaner = pickle.loads(pickle.dumps(Cleaner(Options(rules=load_rules(tmp_path)))))
    assert by_site(cleaner.clean(PAGE, URL)) == [FACTS]
    page = tmp_path / "page.html"
    page.write_text(PAGE.replace("</head>", f"<link rel='canonical' href='{URL}'></head>"))
    result = invoke("clean", "--rules", tmp_path, page)
    assert result.exit_code == 0
    assert FACTS not in result.stdout
    assert "4" not in result.stderr


def test_an_empty_folder_and_a_name_of_no_host_are_refused(tmp_path, site):
    (tmp_path / "empty").mkdir()
    with pytest.raises(boilerstrip.RuleError, match="no rules in it"):
        load_rules(tmp_path / "empty")
    with pytest.raises(boilerstrip.RuleError, match="that of no host"):
        load_rules(site("body: //p", "notes.txt"))


def test_lines_that_are_not_understood_are_named_by_file_and_line(site, tmp_path):
    path = site(
        "titl: //h1\nbody: //div[@id='story']\n\nnonsense\nprune: no\nfind_string: a\nstrip:"
    )
    expected = [
        f"{path}: line 1: 'titl' is not understood.",
        f"{path}: line 4: 'nonsense' is not understood.",
        f"{path}: line 6: 'find_string' is not understood.",
        f"{path}: line 7: 'strip' has nothing behind it.",
    ]
    page = tmp_path / "page.html"
    page.write_text(PAGE)
    for command in (["clean", page], ["explain", page]):
        result = invoke(*command, "--rules", path)
        assert result.exit_code == 0
        assert [line for line in result.stderr.splitlines() if "line" in line] == expected
    checked = invoke("rules", "check", path)
    assert checked.exit_code == 1
    assert checked.stdout.splitlines() == expected
    site("strip: //a[\nbody: //p")
    assert "line 1: 'strip' is no valid XPath: " in invoke("rules", "check", tmp_path).stdout
    sound = site("body: //p\nhttp_header(user-agent): x\ntest_url: https://example.org/1")
    assert invoke("rules", "check", sound).stdout == f"{sound}: all lines are understood.\n"


@pytest.mark.parametrize(
    "path",
    [
        "//a[",
        "foo(//*)",
        "php:function('x', 1)",
        "//*[@a=$x]",
        "(" * 900 + "1" + ")" * 900,
        "//*" + "[1" * 600 + "]" * 600,
        "//a" + "/b" * 1_500,
        "//p" * 900,
    ],
)
def test_an_xpath_that_can_not_be_run_is_named_by_file_and_line(site, path):
    where = site(f"# A comment.\nstrip: {path}")
    with pytest.raises(boilerstrip.RuleError) as caught:
        clean(where)
    assert str(caught.value).startswith(f"{where}: line 2: 'strip' ")


@pytest.mark.parametrize(
    "path",
    [
        "//*[//*[//*[count(//*) = 7]]]",
        "//*/following::*",
        "//*[count(preceding::*[preceding::*]) = 1]",
        "//*[//a][//b][//c]",
    ],
)
def test_an_xpath_that_would_run_for_long_is_refused(site, path):
    page = PAGE.replace("</body>", "<p>Rain.</p>" * 6000 + "</body>")
    began = time.process_time()
    with pytest.raises(boilerstrip.RuleError, match=r"example\.org\.txt: line 1: .* too long"):
        clean(site(f"strip: {path}"), page)
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    "path",
    [
        "//div[.//a and not(.//p)]//li",
        "//p[following-sibling::hr]",
        "//h2[contains(., 'x')]/following-sibling::ul",
        "//div[@id='a']//div[@class='b']//p[not(ancestor::aside)]",
        "//img[contains(@src, '//cdn')]",
    ],
)
def test_an_xpath_as_people_write_them_is_run_on_a_large_page(site, path):
    page = PAGE.replace("</body>", "<div><p>Rain.</p></div>" * 2000 + "</body>")
    assert clean(site(f"strip: {path}"), page).title


def test_valid_xpaths_are_found_valid():
    site = parse_site("body: //p\nstrip_id_or_class: it's\nstrip: //a[", "example.org", "x")
    assert len(check_site(site)) == 1
