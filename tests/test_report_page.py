"""The page of ``boilerstrip report`` in a browser: what a reader sees, and can do by keys."""

import json

import pytest
from browser import Page, find_browser
from click.testing import CliRunner
from conftest import PARAGRAPHS

import boilerstrip
from boilerstrip.cli import main
from boilerstrip.report.page import head, holder, packed, tail
from boilerstrip.report.values import content, overview_row
from boilerstrip.rules.ruleset import CATEGORIES

# Were any of it markup, the page would be marked as hit, or ask for something.
HOSTILE = (
    "</script><script>window.hit = 1</script><!--"
    '<img src="http://127.0.0.1:9/a" onerror="window.hit = 2">'
    "<link rel=prefetch href=http://127.0.0.1:9/b>\u2028<b>&amp;</b>"
)
LONG_WORD = "Donaudampfschifffahrt" * 12
DOCUMENTS = {
    "ferry.txt": f"The ferry\n\n{PARAGRAPHS[0]}\nAdvertisement\n{PARAGRAPHS[1]}\n\n"
    f"{PARAGRAPHS[2]}\nShare on Facebook\nShare on Twitter\n{PARAGRAPHS[3]} 🐎\n"
    "Read more: A zebra was seen\n© 2024 The Ardal Post. All rights reserved.\n",
    "hostile.txt": f"{PARAGRAPHS[0]}\n{HOSTILE}\nAdvertisement\n{PARAGRAPHS[1]}\n",
    "hostile.html": "<h1>The &lt;script&gt;window.hit=3&lt;/script&gt; of the ferry</h1>"
    f"<article><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></article>",
    "oneline.txt": f"{PARAGRAPHS[0]} Advertisement – Scroll to Continue {PARAGRAPHS[1]} "
    f"{LONG_WORD} {PARAGRAPHS[2]} (Story continues below) {PARAGRAPHS[3]}",
    "clean.txt": PARAGRAPHS[4],
    "empty.txt": "",
    "broken.pdf": "%PDF-1.7 " + "x" * 99,
}
# The least contrast of the text that is seen, and where that is.
CONTRAST = """(() => {
  const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 })
    .getContext("2d", { willReadFrequently: true });
  const seen = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const light = ([red, green, blue]) => {
    const part = (value) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = seen(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
      if (colour[3]) throw new Error("a background that lets shine through");
    }
    throw new Error("no background");
  };
  let least = [99, "no text"];
  for (const element of document.querySelectorAll("main:not([hidden]) *")) {
    const spoken = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!spoken || !element.checkVisibility() || element.classList.contains("unseen")) continue;
    const pair = [light(seen(getComputedStyle(element).color)), light(behind(element))];
    const contrast = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    if (contrast < least[0]) least = [contrast, `${element.className}: ${element.textContent}`];
  }
  return least;
})()"""
HIDDEN = "getComputedStyle(document.activeElement.parentElement.querySelector('.why')).display"


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    (folder / "in").mkdir()
    for name, text in DOCUMENTS.items():
        (folder / "in" / name).write_text(text)
    out = folder / "report.html"
    inputs = [str(folder / "in" / name) for name in DOCUMENTS]
    result = CliRunner().invoke(main, ["report", *inputs, "-o", str(out)])
    assert result.exit_code == 1, result.output
    return out


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    path = find_browser()
    if path is None:
        pytest.skip("there is no Chromium to look at the page with; apt-get install chromium")
    try:
        page = Page(path, tmp_path_factory.mktemp("profile"))
    except (AssertionError, OSError):
        pytest.skip(f"{path} doesn't start, so there is nothing to look at the page with")
    yield page
    page.close()


@pytest.fixture
def page(browser, report):
    browser.look(1280)
    browser.requests.clear()
    browser.complaints.clear()
    browser.open(report)
    yield browser
    assert browser.complaints == []
    assert {*browser.requests} <= {"about:blank", report.as_uri()}


def open_document(page, name):
    number = next(n for n, other in enumerate(DOCUMENTS) if other == name)
    page.run(f"location.hash = '#doc={number}'")
    page.wait(f"document.querySelector('.document header p')?.textContent.includes('{name}')")


def names(page):
    return page.run("[...document.querySelectorAll('.row')].map((row) => row.textContent)")


def focused(page):
    return page.run("document.activeElement.textContent")


def test_overview_lists_the_documents_and_what_became_of_them(page):
    shares = page.run(
        "[...document.querySelectorAll('.row .share')].map((e) => parseFloat(e.textContent))"
    )
    assert len(shares) == len(DOCUMENTS) - 1
    assert shares == sorted(shares, reverse=True)
    figures = page.run("[...document.querySelectorAll('.figure')].map((e) => e.textContent)")
    assert "1empty bodies" in figures
    assert "1failed" in figures
    failed = page.run("document.querySelector('.failed').textContent")
    assert "broken.pdf" in failed
    assert "PDF" in failed
    panels = page.run("[...document.querySelectorAll('.facets h2')].map((e) => e.textContent)")
    assert len(panels) == 4


def test_text_of_a_script_stays_text(page):
    for name in ("hostile.txt", "hostile.html"):
        open_document(page, name)
        assert page.run("document.querySelectorAll('main script, main img, main link').length") == 0
    assert page.run("typeof window.hit") == "undefined"
    assert "<script>window.hit=3</script>" in page.run(
        "document.querySelector('.document h1').textContent"
    )
    open_document(page, "hostile.txt")
    shown = page.run("document.querySelector('.text').textContent")
    for line in HOSTILE.split("\u2028"):
        assert line in shown


def test_policy_stops_what_is_not_the_pages_own(page):
    page.run("{ const own = document.createElement('img'); own.src = 'http://127.0.0.1:9/c';"
             " document.body.append(own); }")  # fmt: skip
    page.wait("document.querySelector('img').complete")
    assert page.complaints
    assert "Content Security Policy" in page.complaints[0]
    page.complaints.clear()
    page.requests.remove("http://127.0.0.1:9/c")


def test_documents_are_reached_and_left_by_keys(page):
    page.press("j")
    first = focused(page)
    assert first == names(page)[0]
    page.press("ArrowDown")
    assert focused(page) == names(page)[1]
    page.press("k")
    page.press("Enter")
    page.wait("document.querySelector('.document')")
    assert page.run("document.activeElement.tagName") == "H1"
    page.press("n")
    page.wait("document.querySelector('.trail').textContent.includes('2 of 6')")
    page.press("p")
    page.wait("document.querySelector('.trail').textContent.includes('1 of 6')")
    page.press("Escape")
    page.wait("document.querySelector('#document-view').hidden")
    assert focused(page) == first


def test_passages_are_reached_unfolded_and_explained_by_keys(page):
    open_document(page, "ferry.txt")
    folds = page.run(
        "[...document.querySelectorAll('.fold .name')].map((name) => name.textContent)"
    )
    assert "advertisement" in folds
    position = folds.index("advertisement")
    for _ in range(position + 1):
        page.press("j")
    assert "advertisement" in focused(page)
    assert page.run(HIDDEN) != "none"
    note = page.run("document.activeElement.getAttribute('aria-describedby')")
    said = page.run(f"document.getElementById({json.dumps(note)}).textContent")
    assert said.startswith("rule:advertisement/label ")
    assert len(said) > len("rule:advertisement/label ")
    page.press("Escape")
    assert page.run(HIDDEN) == "none"
    assert page.run("document.activeElement.getAttribute('aria-expanded')") == "false"
    page.press("Enter")
    assert page.run("document.activeElement.getAttribute('aria-expanded')") == "true"
    was = "document.activeElement.parentElement.querySelector('.was')"
    assert page.run(f"{was}.textContent") == "Advertisement"
    page.press(" ")
    assert page.run(f"{was}.checkVisibility()") is False
    page.press("ArrowDown")
    assert folds[position + 1] in focused(page)
    page.press("ArrowUp")
    assert "advertisement" in focused(page)
    page.press("Tab")
    assert folds[position + 1] in focused(page)


def test_reason_is_shown_under_the_mouse_too(page):
    open_document(page, "ferry.txt")
    shown = "document.querySelector('.removal .why').checkVisibility()"
    assert page.run(shown) is False
    page.point(".removal .fold")
    page.wait(shown)


def test_a_click_unfolds_and_a_category_unfolds_all_of_it(page):
    open_document(page, "ferry.txt")
    opened = "document.querySelectorAll('.removal.open').length"
    page.run("document.querySelector('.fold').click()")
    assert page.run(opened) == 1
    page.run("document.querySelector('.fold').click()")
    assert page.run(opened) == 0
    page.run("document.querySelector('.legend [data-category=share]').click()")
    categories = page.run(
        "[...document.querySelectorAll('.removal.open')].map((e) => e.dataset.category)"
    )
    assert set(categories) == {"share"}


def test_text_comes_whole_and_in_order(page):
    for name in ("ferry.txt", "oneline.txt", "hostile.txt"):
        open_document(page, name)
        page.run("document.querySelectorAll('.tools button')[0].click()")
        shown = page.run(
            "(() => { const copy = document.querySelector('.text').cloneNode(true);"
            " for (const e of copy.querySelectorAll('.fold, .why')) e.remove();"
            " return copy.textContent; })()"
        )
        assert "".join(shown.split()) == "".join(DOCUMENTS[name].split())


def test_filters_leave_the_documents_that_fit(page):
    page.run("""document.querySelector('[data-key="category=share"]').click()""")
    (only,) = names(page)
    assert "ferry" in only
    assert page.run("location.hash") == "#category=share"
    page.run("document.querySelector('.chip').click()")
    assert len(names(page)) == 6
    page.run("""document.querySelector('[data-key="cause=rule:advertisement/label"]').click()""")
    assert len(names(page)) == 2
    page.run("document.querySelector('.row').click()")
    page.wait("document.querySelector('.document')")
    assert page.run("document.querySelectorAll('.removal.open').length") == 1
    trail = page.run("document.querySelector('.trail').textContent")
    assert "1 of 2 with rule:advertisement/label" in trail
    page.run("location.hash = '#only=empty'")
    page.wait("document.querySelectorAll('.row').length === 1")
    assert "empty.txt" in names(page)[0]
    page.run("location.hash = '#only=missing:title&site=127.0.0.1'")
    page.wait("document.querySelector('.nothing')")


def test_search_finds_text_and_marks_it(page):
    page.press("/")
    for letter in "ZEBRA was":
        page.press(letter)
    page.wait("document.querySelectorAll('.row').length === 1")
    assert "ferry" in names(page)[0]
    assert page.run("document.querySelector('.snippet mark').textContent") == "zebra was"
    page.run("document.querySelector('.row').click()")
    page.wait("document.querySelector('.removal.open .was mark')")
    page.run("location.hash = '#q=no+such+words'")
    page.wait("document.querySelector('.nothing')")


@pytest.mark.parametrize("dark", [False, True])
def test_contrast_in_both_schemes(page, dark):
    page.look(1280, dark=dark)
    page.run("document.querySelector('.bar').click()")
    least, where = page.run(CONTRAST)
    assert least >= 4.5, where
    open_document(page, "ferry.txt")
    page.run("document.querySelectorAll('.tools button')[0].click()")
    for category in CATEGORIES[1:]:
        page.run(
            "for (const element of document.querySelectorAll('.text .removal, .legend .bar'))"
            f" element.dataset.category = '{category}'"
        )
        least, where = page.run(CONTRAST)
        assert least >= 4.5, (category, where)
    page.run("location.hash = '#doc=0&q=council'")
    page.wait("document.querySelector('mark')")
    least, where = page.run(CONTRAST)
    assert least >= 4.5, where


def test_schemes_differ(page):
    colours = []
    for dark in (False, True):
        page.look(1280, dark=dark)
        colours.append(page.run("getComputedStyle(document.body).backgroundColor"))
    assert colours[0] != colours[1]


def test_fits_a_phone(page, report):
    page.look(360)
    page.open(report)
    width = "document.documentElement.scrollWidth"
    assert page.run(width) == 360
    page.run("for (const panel of document.querySelectorAll('details')) panel.open = true")
    assert page.run(width) == 360
    for name in DOCUMENTS:
        if name == "broken.pdf":
            continue
        open_document(page, name)
        page.run("document.querySelectorAll('.tools button')[0]?.click()")
        page.run("for (const panel of document.querySelectorAll('details')) panel.open = true")
        assert page.run(width) == 360, name
        page.press("j")
        assert page.run(width) == 360, name


@pytest.mark.parametrize(("calm", "behaviour"), [(True, "auto"), (False, "smooth")])
def test_motion_is_left_out_where_it_is_not_wanted(page, calm, behaviour):
    page.look(1280, calm=calm)
    page.run("Element.prototype.scrollIntoView = (how) => { window.how = how.behavior; }")
    page.press("j")
    assert page.run("window.how") == behaviour


COUNTING = """
  window.unpacked = 0;
  window.DecompressionStream = class extends DecompressionStream {
    constructor(kind) { super(kind); window.unpacked += 1; }
  };
"""


def test_of_a_thousand_documents_few_are_listed_and_none_unpacked_unasked(browser, tmp_path):
    article = boilerstrip.clean(DOCUMENTS["clean.txt"])
    row = {**overview_row("", article), "parts": []}
    rows = [{**row, "name": f"{number}.txt"} for number in range(1000)]
    about = {"version": "1", "rules": [], "languages": [], "keep": []}
    overview = {**about, "documents": rows, "failed": [], "causes": [], "whys": {}}
    path = tmp_path / "report.html"
    path.write_text(head() + holder(packed(content(article, {}))) * 1000 + tail(overview))
    added = browser.call("Page.addScriptToEvaluateOnNewDocument", source=COUNTING)
    try:
        browser.open(path)
        assert browser.run("document.querySelectorAll('.row').length") == 100
        assert browser.run("window.unpacked") == 0
        browser.run("document.querySelectorAll('.row')[40].click()")
        browser.wait("document.querySelector('.document .text')?.textContent.includes('nine to')")
        assert browser.run("window.unpacked") == 1
        browser.press("Escape")
        browser.wait("!document.querySelector('#overview-view').hidden")
        browser.run("document.querySelector('.list + .more').click()")
        assert browser.run("document.querySelectorAll('.row').length") == 1000
    finally:
        browser.call("Page.removeScriptToEvaluateOnNewDocument", **added)


def test_every_passage_names_its_category(page):
    open_document(page, "ferry.txt")
    pairs = page.run(
        "[...document.querySelectorAll('.removal')].map((element) =>"
        " [element.dataset.category, element.querySelector('.name').textContent])"
    )
    assert pairs
    assert all(name == category.replace("_", " ") for category, name in pairs)
