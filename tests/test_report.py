import base64
import gzip
import hashlib
import json
import re
import subprocess
import sys
import zlib
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

import boilerstrip
from boilerstrip.cli import main
from boilerstrip.report.page import head, holder, packed, tail
from boilerstrip.report.values import content, overview_row, reasons_of
from boilerstrip.rules.ruleset import CATEGORIES, catalogue

ROOT = Path(__file__).parents[1]
ARTICLE = "The ferry left at noon.\nAdvertisement\nIt came back at six.\n"
HOSTILE = (
    "</script><script>alert(1)</script><!-- <img src=http://a.example/x> \u2028\u2029 &amp; \"'"
)
# Of a page of news; a thousand of them are to stay below 15 MB.
MOST_BYTES = 15_000


def invoke(*arguments, stdin=None):
    return CliRunner().invoke(main, ["report", *map(str, arguments)], input=stdin)


def overview_of(page):
    found = re.search(r'<script type="application/json" id="overview">([^<]*)</script>', page)
    return json.loads(found[1])


def documents_of(page):
    holders = re.findall(r"<!--([A-Za-z0-9+/=]+)-->", page)
    return [json.loads(zlib.decompress(base64.b64decode(data))) for data in holders]


@pytest.fixture
def news(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(ARTICLE)
    (folder / "b.txt").write_text("Rain.\n")
    (folder / "c.txt").write_text("")
    (folder / "d.jsonl").write_text('{"text": "By Ada Moore\\nIt rained."}\n{"text": 7}\n')
    return folder


def made_of(folder, tmp_path, *options, code=1):
    out = tmp_path / "report.html"
    result = invoke(folder, "-o", out, "--overwrite", *options)
    assert result.exit_code == code, result.output
    return out.read_text()


# --- what the page says


@pytest.mark.parametrize(
    "text",
    [
        "The ferry left.\nAdvertisement\nIt came back.",
        "The 🐎🐎 left.\nAdvertisement\nIt 🐎 came back.\n🐎\nAdvertisement",
        "Lone \ud800 half.\nAdvertisement\nIt \udfff came back.",
        "By Ada Moore\r\nIt rained.\r\n\r\nShare on Facebook\r\nShare on Twitter\r\n",
    ],
)
def test_offsets_count_as_javascript_does(text):
    article = boilerstrip.clean(text)
    values = content(article, {})
    units = values["text"].encode("utf-16-le", "surrogatepass")
    shown = [
        units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
        for start, end, _ in values["removed"]
    ]
    assert shown
    assert [" ".join(part.split()) for part in shown] == [
        " ".join(text[one.start : one.end].split())
        for one in boilerstrip.record.merged(article.removed, text)
    ]


def test_neighbours_are_one_passage_with_its_cause_and_reason():
    article = boilerstrip.clean("The ferry left at noon.\nAdvertisement\n\nAdvertisement\nIt came.")
    values = content(article, reasons_of(catalogue()))
    (start, end, cause), *others = values["removed"]
    assert not others
    assert values["text"][start:end] == "Advertisement\n\nAdvertisement"
    category, name, why = values["causes"][cause]
    assert (category, name) == ("advertisement", "rule:advertisement/label")
    assert why == next(rule.why for rule in catalogue() if rule.id == "advertisement/label")


def test_fields_come_with_their_sources_and_gaps():
    article = boilerstrip.clean("By Ada Moore\nIt rained all day.")
    fields = {name: (values, source) for name, values, source in content(article, {})["fields"]}
    assert fields["authors"] == (["Ada Moore"], article.sources["authors"])
    assert fields["outlet"] == ([], None)
    row = overview_row("a", article)
    assert "outlet" in row["missing"]
    assert "authors" not in row["missing"]


def test_site_is_the_outlet_or_else_the_host():
    named = "Copyright © 2024 The Ardal Post. All rights reserved."
    text = f"The council voted on Monday to rebuild the bridge.\n{named}"
    url = "https://www.b.example/x"
    assert overview_row("a", boilerstrip.clean("It rained.", url=url))["site"] == "b.example"
    article = boilerstrip.clean(text, url=url)
    assert overview_row("a", article)["site"] == (article.outlet or "b.example")
    assert overview_row("a", boilerstrip.clean("It rained."))["site"] == ""


def test_text_stands_in_a_document_once():
    text = "The zebra crossed the bridge at noon.\nAdvertisement\n"
    values = content(boilerstrip.clean(text), {})
    assert json.dumps(values).count("zebra") == 1


# --- in a notebook


def test_notebook_shows_fields_and_folds_what_was_removed():
    shown = boilerstrip.clean(f"By Ada Moore\n{ARTICLE}")._repr_html_()
    assert ">Ada Moore</td>" in shown
    assert "<summary><b>advertisement</b> Advertisement</summary>" in shown
    assert "<code>rule:advertisement/label</code> " in shown
    assert shown.count("The ferry left at noon.") == 1
    assert shown.count("<details") == shown.count("</details>") == 2


def test_notebook_escapes_all_and_needs_no_script():
    article = boilerstrip.clean(f"{HOSTILE}\nThe ferry left at noon.\nAdvertisement\n\ud800 $5 $6")
    shown = article._repr_html_()
    assert not re.search(r"<script|<img|<!--|<style|<link", shown)
    assert "&lt;/script&gt;&lt;script&gt;alert(1)" in shown
    assert 'class="tex2jax_ignore"' in shown  # else dollars become mathematics
    shown.encode()


def test_notebook_cuts_a_long_text_and_says_so():
    for line in ("The ferry left at noon and came back at six.\n", "Advertisement\n"):
        text = "The council met on Monday evening.\n" + line * 1_700
        shown = boilerstrip.clean(text)._repr_html_()
        assert len(shown) < 60_000
        assert re.search(r"[\d,]+ more characters", shown)
    assert "more characters" not in boilerstrip.clean(ARTICLE)._repr_html_()


# --- the file


def test_nothing_of_a_document_can_end_or_comment_its_script():
    overview = {"documents": [{"title": HOSTILE, "name": "\ud800"}]}
    written = tail(overview)
    inside = written.split('id="overview">')[1].split("</script>")[0]
    assert json.loads(inside) == overview
    assert not re.search("[<>&\u2028\u2029\ud800-\udfff]", inside)
    assert re.fullmatch(r"<!--[A-Za-z0-9+/=]+-->", holder(packed({"text": HOSTILE})))


class _Scripts(HTMLParser):
    """The contents of a page's scripts and styles, and what its elements refer to."""

    def __init__(self):
        super().__init__()
        self.contents = {"script": [], "style": []}
        self.addresses = []
        self.policy = None
        self._open = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self._open = tag if tag in self.contents and "type" not in given else None
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]
        self.addresses += [given[name] for name in ("src", "href", "action") if name in given]

    def handle_data(self, data):
        if self._open:
            self.contents[self._open].append(data)

    def handle_endtag(self, tag):
        self._open = None


def test_policy_allows_the_pages_own_style_and_script_and_nothing_else():
    parser = _Scripts()
    parser.feed(head() + tail({}))
    assert parser.policy.startswith("default-src 'none';")
    sources = {
        kind: "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
        for kind, (text,) in parser.contents.items()
    }
    assert f"style-src {sources['style']};" in parser.policy
    assert f"script-src {sources['script']};" in parser.policy
    assert "unsafe" not in parser.policy
    assert not parser.addresses
    assert not re.search(r"url\(|@import|https?://", parser.contents["style"][0])


def test_script_makes_no_markup_and_asks_for_nothing():
    script = (ROOT / "boilerstrip" / "report" / "page.js").read_text()
    for word in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "fetch(",
                 "XMLHttpRequest", "Function(", "import("):  # fmt: skip
        assert word not in script


def test_every_category_has_a_colour():
    style = (ROOT / "boilerstrip" / "report" / "page.css").read_text()
    coloured = set(re.findall(r'\[data-category="(\w+)"\]', style))
    assert coloured == {*CATEGORIES} - {"body"}


def test_page_is_small(corpora, tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    for corpus in ("wcxb-dev-articles", "naeb-news", "fundus-news"):
        for path in sorted((corpora / corpus / "html").iterdir())[::20][:6]:
            (pages / f"{corpus}-{path.name}").write_bytes(path.read_bytes())
    page = made_of(pages, tmp_path, code=0)
    count = len(overview_of(page)["documents"])
    assert count == 18
    assert len(page.encode()) < count * MOST_BYTES + 100_000


# --- the command


def test_overview_has_the_figures_that_clean_gives(news, tmp_path):
    overview = overview_of(made_of(news, tmp_path))
    summary = tmp_path / "summary.json"
    CliRunner().invoke(
        main, ["clean", str(news), "-o", str(tmp_path / "x.jsonl"), "--summary-json", str(summary)]
    )
    said = json.loads(summary.read_text())
    rows = overview["documents"]
    assert sum(row["length"] for row in rows) == said["characters"]
    sums = {}
    for row in rows:
        for number, characters in row["parts"]:
            for name in overview["causes"][number]:
                sums[name] = sums.get(name, 0) + characters
    for part in ("categories", "causes"):
        for name, counted in said[part].items():
            assert sums.pop(name) == counted["characters"]
    assert not sums
    assert [Path(row["name"]).name for row in rows if row["empty"]] == ["c.txt"]
    assert len(rows) == said["documents"]["all"] - said["documents"]["failed"]


def test_what_fails_is_named_with_its_reason_and_the_rest_goes_on(news, tmp_path):
    page = made_of(news, tmp_path)
    (failed,) = overview_of(page)["failed"]
    assert failed["name"].endswith("d.jsonl:2")
    assert "is no text but int" in failed["problem"]
    assert len(overview_of(page)["documents"]) == len(documents_of(page)) == 4
    assert documents_of(page)[0]["text"] == ARTICLE


def test_reasons_are_those_of_the_rules_that_took_part(news, tmp_path):
    whys = overview_of(made_of(news, tmp_path))["whys"]
    assert whys["rule:advertisement/label"]
    assert not [cause for cause in whys if cause.startswith("rule:navigation")]


def test_own_rules_keep_and_fields_are_heeded(tmp_path):
    rules = tmp_path / "own.toml"
    rules.write_text(
        '[[rule]]\nid = "own/goat"\ncategory = "other"\nwhy = "The standing notice on the goat."\n'
        'languages = ["en"]\nphrases = ["Please do not feed the goat"]\n'
        'removes = ["Please do not feed the goat", "PLEASE DO NOT FEED THE GOAT!"]\n'
        'keeps = ["A sign said: please do not feed the goat.", "The goat was fed."]\n'
    )
    table = tmp_path / "pages.csv"
    table.write_text(
        'story,text\n"The ferry left.\nAdvertisement\nPlease do not feed the goat",x\n'
    )
    page = made_of(table, tmp_path, "--rules", rules, "--keep", "advertisement",
                   "--text-field", "story", code=0)  # fmt: skip
    overview = overview_of(page)
    assert overview["causes"] == [["other", "rule:own/goat"]]
    assert overview["whys"] == {"rule:own/goat": "The standing notice on the goat."}
    assert overview["keep"] == ["advertisement"]
    assert overview["rules"] == ["own.toml"]


def test_page_is_not_overwritten_unasked(news, tmp_path):
    out = tmp_path / "report.html"
    out.write_text("old")
    result = invoke(news, "-o", out)
    assert result.exit_code == 2
    assert "Add --overwrite" in result.stderr
    assert out.read_text() == "old"
    assert invoke(news / "a.txt", "-o", out, "--overwrite").exit_code == 0
    assert out.read_text().startswith("<!doctype html>")


def test_page_is_not_written_to_an_address_or_a_folder(news):
    for out in ("s3://bucket/report.html", news):
        result = invoke(news / "a.txt", "-o", out, "--overwrite")
        assert result.exit_code == 2
    assert sorted(path.name for path in news.iterdir()) == ["a.txt", "b.txt", "c.txt", "d.jsonl"]


def test_an_input_is_never_overwritten(news):
    result = invoke(news / "a.txt", "-o", news / "a.txt", "--overwrite")
    assert result.exit_code == 2
    assert (news / "a.txt").read_text() == ARTICLE


def test_page_in_the_folder_of_its_inputs_is_not_read(news):
    out = news / "report.html"
    for _ in range(2):
        assert invoke(news, "-o", out, "--overwrite").exit_code == 1
        assert len(overview_of(out.read_text())["documents"]) == 4


def test_where_all_records_fail_the_old_page_stays(tmp_path):
    out = tmp_path / "report.html"
    out.write_text("old")
    result = invoke("-", "-o", out, "--overwrite", stdin='{"text": 7}\n' * 30)
    assert result.exit_code == 1
    assert "Stopped, nothing is written." in result.stderr
    assert out.read_text() == "old"


def test_page_goes_to_standard_output_and_can_be_packed(news, tmp_path):
    result = invoke(stdin=ARTICLE)
    assert result.exit_code == 0
    assert documents_of(result.stdout)[0]["text"] == ARTICLE
    out = tmp_path / "report.html.gz"
    assert invoke(news / "a.txt", "-o", out).exit_code == 0
    assert documents_of(gzip.decompress(out.read_bytes()).decode())[0]["text"] == ARTICLE


def test_jobs_change_nothing(news, tmp_path):
    pages = []
    for jobs in (1, 2):
        out = tmp_path / f"{jobs}.html"
        command = [sys.executable, "-m", "boilerstrip", "report", str(news), "-o", str(out)]
        done = subprocess.run([*command, "--jobs", str(jobs)], cwd=ROOT, capture_output=True)
        assert done.returncode == 1
        pages.append(out.read_bytes())
    assert pages[0] == pages[1]
