"""From a line on a page to a checked rule: `boilerstrip rules`, drafts, and where rules hold."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from test_cli import command, on_a_terminal

import boilerstrip
from boilerstrip.cleaner import Cleaner, Options
from boilerstrip.cli import main
from boilerstrip.rules.check import broken_examples, overlaps
from boilerstrip.rules.hostile import find_slow
from boilerstrip.rules.names import nearest
from boilerstrip.rules.ruleset import CATEGORIES, catalogue, load_rules, read_rules

ROOT = Path(__file__).parents[1]
STORY = (
    "The council met on Monday evening to vote on the new bridge across the river, after two years "
    "of debate about its cost and its effect on the old harbour."
)
GOAT = """
[[rule]]
id = "own/goat"
category = "other"
why = "The standing notice about the goat."
languages = ["en"]
phrases = ["Please do not feed the goat"]
removes = ["Please do not feed the goat", "PLEASE DO NOT FEED THE GOAT!"]
keeps = ["A sign said: please do not feed the goat.", "The goat was fed at noon."]
"""
DRAFT = GOAT.replace(GOAT[GOAT.index("keeps =") :], "")
NOTICE = f"{STORY}\nPlease do not feed the goat\nIt came back at six, and all was well again."


def invoke(*arguments, stdin=None):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture
def write(tmp_path):
    def file(text, name="mine.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return file


def causes(text, *rules, url=None):
    article = boilerstrip.clean(text, url=url, rules=rules)
    return {removal.cause for removal in article.removed}


# --- new


def test_new_writes_a_file_that_is_sound(tmp_path):
    path = tmp_path / "mine.toml"
    assert invoke("rules", "new", "-o", path).exit_code == 0
    checked = invoke("rules", "check", path)
    assert (checked.exit_code, checked.stdout.splitlines()[-1]) == (
        0,
        f"{path}: 1 rules, all their examples come out.",
    )
    assert path.read_text() == invoke("rules", "new").stdout


def test_new_names_every_category_and_what_it_comments_out_is_sound_too(write):
    text = invoke("rules", "new").stdout
    for category in CATEGORIES:
        if category not in boilerstrip.rules.ruleset.METADATA:
            assert category in text
    start = text.index("# [[rule]]")
    second = "\n".join(line.removeprefix("# ") for line in text[start:].splitlines())
    path = write(second)
    assert invoke("rules", "check", path).exit_code == 0


def test_new_never_replaces_a_file(write):
    path = write("mine")
    result = invoke("rules", "new", "-o", path)
    assert result.exit_code == 2
    assert "is there already" in result.stderr
    assert path.read_text() == "mine"


# --- list and show


def test_list_finds_rules_by_words_anywhere_in_them():
    found = invoke("rules", "list", "--search", "LABEL scroll continue").stdout
    ids = [line.split("\t")[0] for line in found.splitlines()]
    assert ids
    assert len(ids) < 50
    assert invoke("rules", "list", "--search", "xyzzy scroll").stdout == ""


def test_list_as_json_has_whole_rules():
    shown = json.loads(invoke("rules", "list", "--json", "--category", "paywall").stdout)
    rules = {rule.id: rule for rule in catalogue() if rule.category == "paywall"}
    assert {record["id"] for record in shown} == set(rules)
    for record in shown:
        assert tuple(record["removes"]) == rules[record["id"]].removes
        assert record["own"] is False


def test_list_and_show_have_own_rules_first(write):
    path = write(GOAT)
    listed = invoke("rules", "list", "--rules", path).stdout
    assert listed.startswith("own/goat\ten\t")
    assert len(listed.splitlines()) == len(catalogue()) + 1
    assert "The standing notice" in invoke("rules", "show", "own/goat", "--rules", path).stdout
    assert invoke("rules", "show", "own/goat").exit_code == 2


def test_list_on_a_terminal_is_a_table():
    shown = on_a_terminal("rules", "list", "--search", "advertisement/label", stream="stdout")
    assert "advertisement/label" in shown
    assert "languages" in shown
    assert "\t" not in shown


def test_list_and_check_load_nothing_heavy(write):
    heavy = "{'trafilatura', 'rich', 'lxml', 'bs4', 'py3langid', 'numpy'}"
    code = (
        "import sys; from boilerstrip.cli import main; main(['rules', 'list', '--search', 'x'],"
        f" standalone_mode=False); print({heavy} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stderr.strip() == b"set()"


def test_show_in_a_corpus_counts_and_samples(tmp_path):
    for name in "abc":
        text = f"{STORY}\nAdvertisement\n{STORY.replace('Monday', name)}"
        (tmp_path / f"{name}.txt").write_text(text if name != "c" else STORY)
    shown = invoke("rules", "show", "advertisement/label", "--in", tmp_path).stdout
    assert "advertisement/label took 2 passages in 2 of 3 documents." in shown
    assert f"2 × Advertisement  [{tmp_path / 'a.txt'}]" in shown
    other = invoke("rules", "show", "share/label", "--in", tmp_path)
    assert "Usage" in other.stderr or "took 0 passages in 0 of 3" in other.stdout


# --- check


BAD = '''category = "ads"
[[rule]]
id = "own/a"
why = "x"
languages = ["en"]
line = 'a b'
removes = ["a b", "a  b"]
keeps = ["x y", "b"]

[[rule]]
id = "own/b"
category = "social"
pattern = "foo"
why = """
[[rule]]
id = 3"""
languages = "en"
line = '(see'
removes = ["a"]

[[rule]]
id = "advertisement/label"
category = "advertisement"
why = "x"
languages = ["en"]
phrases = ["Advertisement"]
removes = ["Advertisement", "Advertisement:"]
keeps = ["Advertisement: no", "no"]

[[rule]]
id = "own/slow"
category = "other"
why = "x"
languages = ["en"]
inline = '(?:a{1,9}){1,30}b!'
removes = ["aaab!", "aab!"]
keeps = ["x y", "b"]
'''


def test_check_names_all_faults_with_their_lines(write):
    path = write(BAD)
    result = invoke("rules", "check", path)
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    for number, text in (
        (2, "rule 'own/a': category = 'ads' is not known. Here it is called 'advertisement'."),
        (10, "rule 'own/b': the key 'keeps' is missing."),
        (13, "rule 'own/b': unknown key 'pattern'. Here it is called 'line' or 'inline'."),
        (12, "rule 'own/b': category = 'social' is not known. Here it is called 'share'."),
        (17, "rule 'own/b': 'languages' must be a list of strings."),
        (18, "rule 'own/b': 'line' is not a valid pattern: "),
        (19, "rule 'own/b': 'removes' needs at least two examples."),
        (22, "rule 'advertisement/label': the id 'advertisement/label' is taken by a rule in"),
        (35, "rule 'own/slow': 'inline' took "),
    ):
        assert any(line.startswith(f"{path}:{number}: {text}") for line in lines), text
    assert lines[-1] == f"{path}: 9 faults."


def test_an_example_that_does_not_come_out_is_named_with_its_line(write):
    path = write(GOAT.replace('"PLEASE DO', '"Kindly do').replace('"The goat', '"Advertisement"]#'))
    lines = invoke("rules", "check", path).stdout.splitlines()
    assert lines[0].startswith(f"{path}:8: own/goat does not remove 'Kindly do")
    assert lines[1].startswith(f"{path}:9: rule:advertisement/label removes 'Advertisement'")


def test_loading_tells_the_first_fault_and_that_there_are_more(write):
    path = write(BAD)
    with pytest.raises(boilerstrip.RuleError) as caught:
        load_rules(path)
    assert str(caught.value).startswith(f"{path}: line 2: rule 'own/a': category = 'ads'")
    assert str(caught.value).endswith("boilerstrip rules check lists them all.")
    one = write(GOAT.replace('"other"', '"othr"'))
    with pytest.raises(boilerstrip.RuleError, match=r"Nearest: 'other'\.$"):
        load_rules(one)


def test_check_notes_what_other_rules_match_and_passes(write):
    text = GOAT.replace('"Please do not feed the goat", "PLEASE', '"Advertisement", "PLEASE')
    text = text.replace('phrases = ["', 'phrases = ["Advertisement", "')
    result = invoke("rules", "check", write(text))
    assert result.exit_code == 0
    note = "note: own/goat: 1 of 2 of what it removes is matched by advertisement/label, too."
    assert note in result.stdout
    assert "note:" not in invoke("rules", "check", write(GOAT)).stdout


def test_rules_of_one_file_that_match_alike_are_noted(write):
    rules = load_rules(write(GOAT + GOAT.replace("own/goat", "own/kid")))
    assert list(overlaps(rules, [])) == [
        "own/goat: all of what it removes is matched by own/kid, too.",
        "own/kid: all of what it removes is matched by own/goat, too.",
    ]


@pytest.mark.parametrize(
    ("pattern", "whole"),
    [
        (r"(?:a{1,9}){1,30}b!", False),
        (r"(?:\w{1,10}\s?){1,25}: read on", False),
        (r"(a|aa)+$", True),
        (r"\w+\s*\w+\s*\w+\s*read", False),
    ],
)
def test_a_pattern_that_backtracks_is_proved_to(pattern, whole):
    slow = find_slow(pattern, whole=whole)
    assert slow is not None
    assert slow.seconds > 0.2
    assert len(slow.text) <= 2_100


@pytest.mark.parametrize(
    "pattern",
    [
        r"more from our series:.{1,100}",
        r"(?:read|see) (?:also|more):? .{1,200}",
        r"\d{1,3} shares?",
    ],
)
def test_a_pattern_that_does_not_is_left_in_peace(pattern):
    assert find_slow(pattern, whole=True) is None


def test_synonyms_of_categories_are_of_categories():
    assert nearest("ads", CATEGORIES, category=True) == " Here it is called 'advertisement'."
    assert "'comment_widget' or 'comment'" in nearest("comments", CATEGORIES, category=True)
    assert nearest("Read-More", CATEGORIES, category=True) == " Here it is called 'related'."
    assert nearest("relatd", CATEGORIES, category=True) == " Nearest: 'related'."
    from boilerstrip.rules.names import _CATEGORY_NAMES

    for meant in _CATEGORY_NAMES.values():
        assert set(meant.split()) <= set(CATEGORIES)
    assert not set(_CATEGORY_NAMES) & set(CATEGORIES)


# --- try


def test_try_tells_hits_in_bodies_from_those_in_what_is_removed(tmp_path):
    kept = "More from our series of talks is on the radio tonight."
    page = (
        "<!doctype html><link rel=canonical href=https://www.example.org/{}><article>{}</article>"
    )
    for number in range(3):
        lines = [STORY, kept, "Advertisement", STORY.replace("Monday", "Sunday")]
        text = page.format(number, "".join(f"<p>{line}</p>" for line in lines))
        (tmp_path / f"{number}.html").write_text(text)
    (tmp_path / "x.txt").write_text(STORY)
    shown = invoke("rules", "try", "more from our series.{1,80}", tmp_path).stdout
    assert "4 documents." in shown
    assert "Hits in bodies: 3 passages in 3." in shown
    assert "     3  example.org\n" in shown
    assert f"3 × {kept}  [{tmp_path / '0.html'}]" in shown
    assert "Hits in what is removed now: 0 passages in 0." in shown
    gone = invoke("rules", "try", "--inline", "advertise", tmp_path).stdout
    assert "Hits in bodies: 0 passages in 0." in gone
    assert "3 × Advertisement  {advertisement · rule:advertisement/label}" in gone


def test_try_refuses_a_pattern_that_can_not_be_a_rule(tmp_path):
    for arguments, problem in (
        (["see("], "'line' is not a valid pattern"),
        (["--inline", "see .*"], "'inline' may match more than 400"),
    ):
        result = invoke("rules", "try", *arguments, tmp_path)
        assert result.exit_code == 2
        assert problem in result.stderr


# --- drafts


def test_a_draft_runs_when_it_is_called_so_and_not_before(write, tmp_path):
    path = write(DRAFT)
    text = tmp_path / "a.txt"
    text.write_text(NOTICE)
    for arguments in (["clean", text], ["explain", text]):
        refused = invoke(*arguments, "--rules", path)
        assert refused.exit_code == 2
        assert "the key 'keeps' is missing" in refused.stderr
        assert "--draft" in refused.stderr
        ran = invoke(*arguments, "--rules", path, "--draft")
        assert ran.exit_code == 0
    assert (
        invoke("clean", text, "--rules", path, "--draft").stdout
        == NOTICE.replace("Please do not feed the goat\n", "") + "\n"
    )
    assert invoke("rules", "check", path).exit_code == 1
    assert invoke("rules", "check", "--draft", path).exit_code == 0


def test_a_draft_lacks_nothing_but_near_misses(write):
    text = DRAFT.replace("removes =", "# removes =")
    assert read_rules(text, "x", callers=True, draft=True).faults
    assert not read_rules(DRAFT, "x", callers=True, draft=True).faults
    with pytest.raises(boilerstrip.RuleError, match="keeps"):
        load_rules(write(DRAFT))


# --- off, against, sites, outlets


PHOTO = f"{STORY}\nAdvertisement\nIt came back at six, and all was well again."


def test_a_file_switches_shipped_rules_off(write):
    off = write('off = ["advertisement/label", "advertisement/short-label-it"]\n')
    assert "rule:advertisement/label" in causes(PHOTO)
    assert not {"rule:advertisement/label", "rule:advertisement/short-label-it"} & causes(
        PHOTO, off
    )
    assert invoke("rules", "check", off).stdout.endswith("2 shipped ones are off.\n")


def test_off_holds_for_the_sites_of_its_file_alone(write):
    text = (
        'off = ["advertisement/label", "advertisement/short-label-it"]\nsites = ["www.Example.org"]'
    )
    off = write(text)
    ours = {"rule:advertisement/label", "rule:advertisement/short-label-it"}
    for url in ("https://example.org/1", "https://news.example.org/1", "https://www.example.org"):
        assert not ours & causes(PHOTO, off, url=url)
    for url in (None, "https://example.com/", "https://badexample.org/", "https://[broken"):
        assert ours & causes(PHOTO, off, url=url)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            'off = ["advertisment/label"]',
            "line 1: no shipped rule is called 'advertisment/label'. N",
        ),
        ("off = []", "'off' names no rule"),
        ('off = "share/buttons"', "'off' must be a list"),
        ('off = ["advertisement/label"]\nsites = "x.org"', "line 2: 'sites' must be a list"),
        ('off = ["advertisement/label"]\nsites = ["x"]', "line 2: 'x' is no host"),
        (GOAT.replace("phrases", 'against = ["advertisement/label"]\nphrases'), "'against' says"),
        (
            GOAT.replace("phrases", 'sites = ["http://x.org/"]\nphrases'),
            "'http://x.org/' is no host",
        ),
    ],
)
def test_what_is_wrong_with_them_is_told(write, text, problem):
    with pytest.raises(boilerstrip.RuleError) as caught:
        load_rules(write(text))
    assert problem in str(caught.value)


KEEPING = """
[[rule]]
id = "own/ticker"
category = "body"
why = "Our ticker says how ads do."
languages = ["en"]
line = 'Advertisement'
against = ["advertisement/label", "advertisement/short-label-it"]
keeps = ["Advertisement", "ADVERTISEMENT"]
removes = ["Sponsored", "Ad"]
"""


def test_a_rule_keeps_lines_from_the_rules_that_it_names_alone(write):
    path = write(KEEPING)
    assert "Advertisement\n" in boilerstrip.clean(PHOTO, rules=[path]).body
    again = PHOTO.replace("Advertisement", "Advertisement – Scroll to Continue")
    assert "Scroll" not in boilerstrip.clean(again, rules=[path]).body
    other = write(KEEPING.replace('["advertisement/label", "adv', '["share/buttons", "adv'))
    if "share/buttons" in {rule.id for rule in catalogue()}:
        assert "Advertisement\n" not in boilerstrip.clean(PHOTO, rules=[other]).body


def test_examples_of_a_rule_that_keeps_are_read_the_other_way_round(write):
    (rule,) = load_rules(write(KEEPING))
    cleaner = Cleaner(Options(rules=[rule]))
    assert list(broken_examples(rule, cleaner.clean)) == []
    (rule,) = load_rules(write(KEEPING.replace('["Sponsored"', '["It rained."')))
    cleaner = Cleaner(Options(rules=[rule]))
    assert [key for key, _ in broken_examples(rule, cleaner.clean)] == ["removes"]


def test_a_rule_holds_on_its_sites_alone(write):
    path = write(GOAT.replace("phrases", 'sites = ["example.org"]\nphrases'))
    assert "rule:own/goat" in causes(NOTICE, path, url="https://www.example.org/1")
    assert "rule:own/goat" not in causes(NOTICE, path, url="https://example.com/1")
    assert "rule:own/goat" not in causes(NOTICE, path)
    head = "<!doctype html><link rel=canonical href=https://example.org/1>"
    page = head + "".join(f"<p>{line}</p>" for line in NOTICE.splitlines())
    assert "rule:own/goat" in causes(page, path)
    assert invoke("rules", "check", path).exit_code == 0


def test_a_rule_holds_for_its_outlets_alone_whether_page_or_text_name_them(write):
    path = write(GOAT.replace("phrases", 'outlets = ["The Ardal Post"]\nphrases'))
    page = "<!doctype html><meta property=og:site_name content='{}'>" + "".join(
        f"<p>{line}</p>" for line in NOTICE.splitlines()
    )
    assert "rule:own/goat" in causes(page.format("the ardal post"), path)
    assert "rule:own/goat" not in causes(page.format("The Other Post"), path)
    text = f"The Harbour Bridge – {{}}\nBy Ines Calder | 3 May 2024\n{NOTICE}"
    named = boilerstrip.clean(text.format("The Ardal Post"))
    assert named.outlet == "The Ardal Post"
    assert "rule:own/goat" in causes(text.format("The Ardal Post"), path)
    assert "rule:own/goat" not in causes(text.format("The Other Post"), path)
    assert invoke("rules", "check", path).exit_code == 0


def test_a_group_of_an_own_rule_gives_the_outlet(write):
    text = GOAT.replace("phrases = [", "line = 'printed for (?P<outlet>.{3,40})'\nphrases = [")
    said = NOTICE.replace("Please do not feed the goat", "Printed for Fell & Fjord")
    assert boilerstrip.clean(said).outlet is None
    article = boilerstrip.clean(said, rules=[write(text)])
    assert (article.outlet, article.sources["outlet"]) == ("Fell & Fjord", "rule:own/goat")
    stated = f"<!doctype html><meta property=og:site_name content=Other><p>{said}</p>"
    page = stated.replace("\n", "</p><p>")
    assert boilerstrip.clean(page, rules=[write(text)]).outlet == "Other"


def test_what_a_cleaner_does_on_one_site_leaves_the_next_alone(write):
    path = write(GOAT.replace("phrases", 'sites = ["example.org"]\nphrases'))
    cleaner = Cleaner(Options(rules=[path]))
    urls = ["https://example.org", "https://example.com", "https://example.org"]
    found = [cleaner.clean(NOTICE, url).body.count("goat") for url in urls]
    assert found == [0, 1, 0]


def test_the_template_is_toml():
    assert tomllib.loads(invoke("rules", "new").stdout)["rule"]


def test_command_lines_in_the_help_of_rules_are_of_commands_that_exist():
    shown = invoke("rules", "--help").stdout
    for name in ("new", "list", "show", "check", "try"):
        assert f"rules {name}" in shown or f"  {name} " in shown
    assert command("rules")
