"""Rules and rule files: the record, its strict loader and the shipped catalogue."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import regex

from boilerstrip.errors import RuleError
from boilerstrip.language.fold import fold_case, fold_variants, squash
from boilerstrip.readers.siterules import SUFFIX, Site, is_site_name, parse_site
from boilerstrip.rules.literals import needs
from boilerstrip.rules.names import nearest, nearest_key
from boilerstrip.rules.places import Places
from boilerstrip.rules.prepared import catalogue_files, compiled_pattern, prepared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from importlib.resources.abc import Traversable

BOILERPLATE = (
    "advertisement",
    "related",
    "comment_widget",
    "comment",
    "source_footer",
    "newsletter",
    "share",
    "paywall",
    "navigation",
    "cookie_consent",
    "copyright",
    "disclaimer",
    "media",
    "app_promo",
    "contact",
    "duplicate",
    "other",
)
METADATA = ("title", "byline", "date", "author_bio")
CATEGORIES = ("body", *METADATA, *BOILERPLATE)
WHERE = ("anywhere", "head", "tail", "beside", "foot", "thread")
COPY = ("again", "excerpt")
EXTENT = ("span", "block", "section", "to-end")
GROUPS = ("title", "authors", "bio", "outlet", "date", "description")
# An inline pattern is looked for this many characters around its literal, no further.
INLINE_REACH = 400
_EDGE = (
    " .,:;!?…·•‧∙●|»«›‹→←↑↓⇒➜►▶▸▼▲△▽✓✔×✕+*#>=<[](){}\"'_~/\\&@©®™-☰"
    "⋮❯❮🔗📧📌👉¡¿„【】「」『』［］〔〕《》〈〉。、！？・※■◆●★☆"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it matches, where, how far the removal reaches, why, and its examples.

    A rule has at least one of ``phrases`` (whole lines, whatever their case and edge punctuation),
    ``line`` (a regular expression for a whole line) and ``inline`` (one for a piece of a line).
    Patterns ignore case unless they say ``(?-i:...)``, and see quotes, dashes and spaces in their
    plain form. Named groups among ``GROUPS`` give metadata. A rule with ``copy`` has no pattern: it
    takes paragraphs that come ``"again"``, or an ``"excerpt"`` of a paragraph below. ``sites`` and
    ``outlets`` are those that the rule is for, empty for all. A rule of the category ``body`` keeps
    what it matches, with ``against`` from the rules of these ids alone.
    """

    id: str
    category: str
    why: str
    languages: tuple[str, ...]
    removes: tuple[str, ...]
    keeps: tuple[str, ...]
    phrases: tuple[str, ...] = ()
    line: str | None = None
    inline: str | None = None
    copy: str | None = None
    where: str = "anywhere"
    extent: str = "block"
    was: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    origin: str = ""
    callers: bool = False


@dataclass(frozen=True, slots=True)
class Off:
    """Shipped rules that a file of the caller's switches off, by their ids."""

    ids: tuple[str, ...]
    sites: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    origin: str = ""


Own: TypeAlias = Rule | Off | Site


def holds(item: Rule | Off, host: str, outlet: str) -> bool:
    """Whether the item is for a page of this host, of this outlet; each may be empty.

    >>> holds(Off(("share/buttons",), sites=("example.org",)), "news.example.org", "")
    True
    >>> holds(Off(("share/buttons",), outlets=("The Ardal Post",)), "", "The Other Post")
    False
    """
    here = not item.sites or any(f".{host}".endswith(f".{site}") for site in item.sites)
    return here and (not item.outlets or squash(outlet) in map(squash, item.outlets))


_CATALOG = "catalog/"  # what the names of the shipped files begin with
_OF_FILE = ("category", "languages", "sites", "outlets")
_KEYS = tuple(item.name for item in fields(Rule) if item.name not in ("origin", "callers"))
# What stands for the keys that are missing, so that the others are looked at, too.
_BLANK = {"id": "", "category": "other", "why": "", "languages": [], "removes": [], "keeps": []}
_REQUIRED = ("id", "category", "why", "languages", "removes", "keeps")
_LISTS = (
    *("languages", "removes", "keeps", "phrases", "was"),
    *("sites", "outlets", "against", "off"),
)
_HOST = re.compile(r"(?:[^\W_][\w-]*\.)+[^\W_][\w-]*")


def phrase_key(text: str) -> str:
    """The form in which whole-line phrases are compared: folded, single-spaced, edges bare.

    >>> phrase_key("»  Read  More …"), phrase_key("[Advertisement]")
    ('read more', 'advertisement')
    """
    return line_key(fold_case(fold_variants(text)))


def line_key(folded: str) -> str:
    """``phrase_key`` of a text that is folded already."""
    key = folded.strip(_EDGE)
    return " ".join(key.split()) if "  " in key else key


@cache
def catalogue() -> tuple[Rule, ...]:
    """The shipped rules, in the order of their files.

    >>> len(catalogue()) > 50
    True
    """
    return prepared().rules or parse_catalogue()


def parse_catalogue() -> tuple[Rule, ...]:
    """The shipped rules as their files are now."""
    read = ((name, text_of(file, name)) for name, file in catalogue_files())
    return check_ids(rule for name, text in read for rule in parse_rules(text, name))


def is_shipped(rule: Rule) -> bool:
    """Whether the rule is one of the catalogue, whose patterns the tests have checked."""
    return not rule.callers and rule.origin.startswith(_CATALOG)


def load_rules(path: Path | str, *, draft: bool = False) -> tuple[Own, ...]:
    """What a file of the caller's own holds, or a folder: rules, what is off, rules for a site.

    With ``draft`` a rule may lack its near misses.

    Raises:
        RuleError: if the file can't be read or a rule in it is not valid.

    """
    path = Path(path)
    if path.is_dir():
        return _load_folder(path, draft=draft)
    if path.suffix == SUFFIX:
        return (_load_site(path),)
    read = read_rules(text_of(path, str(path)), str(path), callers=True, draft=draft)
    _raise_first(read.faults, str(path))
    check_ids(read.rules)
    return (*read.rules, *read.off)


def _load_folder(path: Path, *, draft: bool) -> tuple[Own, ...]:
    files = rule_files(path)
    if not files:
        message = f"{path}: no rules in it. Name a folder with files such as example.org.txt"
        raise RuleError(f"{message} or mine.toml.")
    return tuple(item for file in files for item in load_rules(file, draft=draft))


def rule_files(folder: Path) -> list[Path]:
    """The files of rules, and of site rules, in a folder."""
    return [
        file
        for file in sorted(folder.iterdir())
        if file.suffix == ".toml" or (file.suffix == SUFFIX and is_site_name(file.stem))
    ]


def _load_site(path: Path) -> Site:
    if not is_site_name(path.stem):
        message = f"{path}: its name is that of no host. Call a file of site rules as in"
        raise RuleError(f"{message} example.org.txt, or .example.org.txt for the hosts below it.")
    return parse_site(text_of(path, str(path)), path.stem, str(path))


def parse_rules(text: str, origin: str, *, callers: bool = False) -> list[Rule]:
    """The rules in the text of a TOML file; ``origin`` is the name that errors give.

    The patterns of shipped rules are not looked at: ``check_patterns`` does that.

    Raises:
        RuleError: naming file, line, rule, key and the nearest valid key.

    """
    read = read_rules(text, origin, callers=callers)
    _raise_first(read.faults, origin)
    return list(read.rules)


class Fault(NamedTuple):
    """What is wrong in a rule file, and in which line, if that can be told."""

    line: int | None
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}" if self.line else self.message


class RuleFile(NamedTuple):
    """What a rule file holds: the rules that are sound, what it switches off, and its faults.

    ``numbers`` are those of ``rules`` among all in the file, of which ``places`` says the lines.
    """

    rules: tuple[Rule, ...]
    off: tuple[Off, ...]
    faults: tuple[Fault, ...]
    numbers: tuple[int, ...]
    places: Places


def read_rules(text: str, origin: str, *, callers: bool = False, draft: bool = False) -> RuleFile:
    """What the text of a TOML file holds, with all of its faults.

    The patterns of callers' rules are tried, too. With ``draft`` a rule may lack its near misses.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _broken(f"not valid TOML: {error}. Use '...' strings for patterns.")
    except RecursionError:
        return _broken("lists or tables in it are nested too deeply. A rule has no such.")
    records = table.get("rule", [])
    if not isinstance(records, list) or not (records or "off" in table):
        return _broken("no rule in it. Start each with a line [[rule]].")
    if not all(isinstance(record, dict) for record in records):
        return _broken("a rule in it is no table. Start each with a line [[rule]].")
    places = Places(text)
    faults = [Fault(places.of_key(None, key), problem) for key, problem in _file_faults(table)]
    rules: list[Rule] = []
    numbers: list[int] = []
    shared = {key: table[key] for key in _OF_FILE if key in table}
    for number, record in enumerate(records):
        rule = _read_record({**shared, **record}, origin, callers=callers, draft=draft)
        if isinstance(rule, Rule):
            rules.append(rule)
            numbers.append(number)
            continue
        name = record.get("id")
        place = f"rule {name!r}" if isinstance(name, str) else "rule without id"
        faults += [Fault(places.of_key(number, key), f"{place}: {text}") for key, text in rule]
    off = (_off(table, origin),) if "off" in table and not faults else ()
    return RuleFile(tuple(rules), off, tuple(faults), tuple(numbers), places)


def _read_record(
    record: dict[str, Any], origin: str, *, callers: bool, draft: bool
) -> Rule | list[tuple[str | None, str]]:
    """The rule, or all that is wrong with it."""
    found = list(_record_faults(record, draft=draft))
    sound = {k: v for k, v in record.items() if k in _KEYS and not _type_fault(k, v)}
    rule = _rule({**_BLANK, **sound}, origin, callers=callers)
    values = list(_value_faults(rule, draft=draft))
    if callers:
        values += _pattern_faults(rule)
    if found:  # what is said of a key that is missing or broken is said already
        values = [(key, text) for key, text in values if key in sound]
    return found + values or rule


def _off(table: dict[str, Any], origin: str) -> Off:
    ids = tuple(map(_shipped_id, table["off"]))
    of_file = _bare({key: tuple(table.get(key, ())) for key in ("sites", "outlets")})
    return Off(ids, **of_file, origin=origin)


def _broken(message: str) -> RuleFile:
    return RuleFile((), (), (Fault(None, message),), (), Places(""))


def _raise_first(faults: Sequence[Fault], origin: str) -> None:
    """Nothing, if there are no faults; the first one is told, and how many there are."""
    if not faults:
        return
    more = ""
    if len(faults) > 1:
        more = f" There are {len(faults)} faults in it: boilerstrip rules check lists them all."
    raise RuleError(f"{origin}: {faults[0]}{more}")


def check_ids(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules, if no id, or id that one of them had before, is there twice.

    Raises:
        RuleError: naming both files.

    """
    rules = tuple(rules)
    for rule, problem in taken_ids(rules):
        raise RuleError(f"{rule.origin}: {problem}")
    return rules


def taken_ids(rules: Iterable[Rule]) -> Iterator[tuple[Rule, str]]:
    """The rules one of whose ids a rule before them has, or had, each with a sentence."""
    seen: dict[str, Rule] = {}
    for rule in rules:
        for name in (rule.id, *rule.was):
            if name in seen:
                message = f"rule {rule.id!r}: the id {name!r} is taken by a rule in"
                yield rule, f"{message} {seen[name].origin}. Choose another."
                break
            seen[name] = rule


def compile_pattern(pattern: str) -> regex.Pattern[str]:
    """A rule's pattern, ready to match folded text."""
    return compiled_pattern(pattern) or regex.compile(pattern, regex.IGNORECASE | regex.VERSION0)


def text_of(file: Path | Traversable, name: str) -> str:
    """The text of a rule file that is called so.

    Raises:
        RuleError: if it can't be read, or isn't UTF-8.

    """
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise RuleError(f"{name}: can't be read: {error.strerror}. Check the path.") from error
    except UnicodeDecodeError as error:
        raise RuleError(f"{name}: not UTF-8 at byte {error.start}. Save it as UTF-8.") from error


def _rule(record: dict[str, Any], origin: str, *, callers: bool) -> Rule:
    values: dict[str, Any] = {
        key: tuple(value) if key in _LISTS else value for key, value in record.items()
    }
    if "extent" not in values and "inline" in values and not {"line", "phrases"} & values.keys():
        values["extent"] = "span"
    return Rule(**_bare(values), origin=origin, callers=callers)


def _bare(values: dict[str, Any]) -> dict[str, Any]:
    """The values, the sites as ``holds_at`` compares them."""
    if sites := values.get("sites"):
        values["sites"] = tuple(site.lower().removeprefix("www.") for site in sites)
    return values


_Faults: TypeAlias = "Iterator[tuple[str | None, str]]"


def _file_faults(table: dict[str, Any]) -> _Faults:
    """What is wrong above the rules: a key, and a sentence."""
    for key, value in table.items():
        if key == "rule":
            continue
        if key not in (*_OF_FILE, "off"):
            yield key, f"unknown key {key!r}.{nearest_key(key, (*_OF_FILE, 'off', 'rule'))}"
        elif key == "off":
            if problem := _type_fault(key, value):
                yield key, problem
            elif not value:
                yield key, "'off' names no rule. Give the ids of shipped rules, or leave it out."
            else:
                yield from ((key, text) for text in map(_unknown_rule, value) if text)
        elif "off" in table and (problem := _type_fault(key, value)):
            yield key, problem
        elif "off" in table and key == "sites":
            yield from _site_faults(value)


def _unknown_rule(name: str) -> str | None:
    """What is wrong with the id of a shipped rule."""
    if _shipped_id(name):
        return None
    return f"no shipped rule is called {name!r}.{nearest(name, [r.id for r in catalogue()])}"


def _shipped_id(name: str) -> str:
    """The id that the shipped rule has now; empty if there is none."""
    return next((rule.id for rule in catalogue() if name in (rule.id, *rule.was)), "")


def _record_faults(record: dict[str, Any], *, draft: bool) -> _Faults:
    """What is wrong with a record's keys and the types of its values: a key, and a sentence."""
    for key, value in record.items():
        if key not in _KEYS:
            yield key, f"unknown key {key!r}.{nearest_key(key, _KEYS)}"
        elif problem := _type_fault(key, value):
            yield key, problem
    near = "removes" if record.get("category") == "body" else "keeps"
    for key in _REQUIRED:
        if key in record:
            continue
        if key in ("removes", "keeps"):
            if not (draft and key == near):
                yield None, f"the key {key!r} is missing.{_how_to_add(key, near)}"
        else:
            yield None, f"the key {key!r} is missing. Add it."


def _how_to_add(key: str, near: str) -> str:
    if key != near:
        return " Give at least two lines of which the rule is to see each."
    what = "go all the same" if near == "removes" else "must stay"
    return f" Give at least two near misses that {what}, or run it as it is with --draft."


def _type_fault(key: str, value: Any) -> str | None:
    if key in _LISTS:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            return f"{key!r} must be a list of strings."
    elif not isinstance(value, str) or not value:
        return f"{key!r} must be a string that is not empty."
    return None


def _value_faults(rule: Rule, *, draft: bool) -> _Faults:
    """What is wrong with the values of a rule: a key, and a sentence."""
    if rule.category not in CATEGORIES:
        hint = nearest(rule.category, CATEGORIES, category=True)
        yield "category", f"category = {rule.category!r} is not known.{hint}"
    for key, value, valid in (
        ("where", rule.where, WHERE),
        ("extent", rule.extent, EXTENT),
        ("copy", rule.copy, COPY),
    ):
        if value is not None and value not in valid:
            yield key, f"{key} = {value!r} is not known.{nearest(value, valid)}"
    if not (rule.phrases or rule.line or rule.inline or rule.copy):
        yield None, "it matches nothing. Give 'phrases', 'line' or 'inline'."
    near = "removes" if rule.category == "body" else "keeps"
    for key in ("removes", "keeps"):
        count = len(getattr(rule, key))
        if count < 2 and not (draft and key == near):
            yield key, f"{key!r} needs at least two examples.{_how_to_add(key, near)}"
    for phrase in rule.phrases:
        if not phrase_key(phrase):
            yield "phrases", f"the phrase {phrase!r} is empty but for punctuation."
    yield from _reach_faults(rule)


def _reach_faults(rule: Rule) -> _Faults:
    """What is wrong with where a rule holds, and against which."""
    yield from _site_faults(rule.sites)
    if rule.against and rule.category != "body":
        message = "'against' says what a rule of the category 'body' protects from"
        yield "against", f"{message}. Make it one, or leave 'against' out."
    yield from (("against", text) for text in map(_unknown_rule, rule.against) if text)


def is_host(site: str) -> bool:
    """Whether a rule can be for this site.

    >>> is_host("news.example.org"), is_host("localhost"), is_host("https://example.org/")
    (True, False, False)
    """
    return bool(_HOST.fullmatch(site))


def _site_faults(sites: Iterable[str]) -> _Faults:
    for site in sites:
        if not is_host(site):
            yield "sites", f"{site!r} is no host. Write it as in 'example.org'."


def check_patterns(rule: Rule) -> None:
    """Nothing, if the rule's patterns can be used.

    Raises:
        RuleError: naming file, rule and key. For the shipped rules the tests ask; callers' rules
            are asked when they are loaded.

    """
    for _, problem in _pattern_faults(rule):
        raise RuleError(f"{rule.origin}: rule {rule.id!r}: {problem}")


def _pattern_faults(rule: Rule) -> _Faults:
    """What is wrong with the patterns of a rule: a key, and a sentence."""
    for key in ("line", "inline"):
        if (pattern := getattr(rule, key)) and (problem := pattern_fault(pattern, key)):
            yield key, problem


def pattern_fault(pattern: str, key: str) -> str | None:
    """What is wrong with a pattern, if anything; ``key`` is the rule's, ``line`` or ``inline``."""
    if problem := _syntax_fault(pattern):
        return f"{key!r} {problem}"
    if key == "line":
        return None
    literals, width = needs(pattern)
    if width is None or width > INLINE_REACH:
        message = f"'inline' may match more than {INLINE_REACH} characters."
        return f"{message} Bound its repeats, as in {{1,80}}."
    if literals is None:
        message = "'inline' has no fixed text by which to find it"
        return f"{message}. Add a word that every match contains."
    return None


def _syntax_fault(pattern: str) -> str | None:
    try:
        compiled = compile_pattern(pattern)
        needs(pattern)
    except (regex.error, re.error, OverflowError) as error:
        return f"is not a valid pattern: {error}."
    except RecursionError:
        return "is nested too deeply. Take away groups, or cut it in two rules."
    if compiled.fullmatch(""):
        return "matches the empty string. Require at least one character."
    for group in compiled.groupindex:
        if group not in GROUPS:
            return f"has an unknown group {group!r}.{nearest(group, GROUPS)}"
    return None
