"""Rules and rule files: the record, its strict loader and the shipped catalogue."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import regex

from boilerstrip.errors import RuleError
from boilerstrip.language.fold import fold_case, fold_variants
from boilerstrip.rules.literals import needs
from boilerstrip.rules.prepared import catalogue_files, compiled_pattern, prepared

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
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
    takes paragraphs that come ``"again"``, or an ``"excerpt"`` of a paragraph below.
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
    origin: str = ""
    callers: bool = False


_CATALOG = "catalog/"  # what the names of the shipped files begin with
_OF_FILE = ("category", "languages")
_KEYS = tuple(item.name for item in fields(Rule) if item.name not in ("origin", "callers"))
_REQUIRED = ("id", "category", "why", "languages", "removes", "keeps")
_LISTS = ("languages", "removes", "keeps", "phrases", "was")


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
    read = ((name, _read(file, name)) for name, file in catalogue_files())
    return check_ids(rule for name, text in read for rule in parse_rules(text, name))


def is_shipped(rule: Rule) -> bool:
    """Whether the rule is one of the catalogue, whose patterns the tests have checked."""
    return not rule.callers and rule.origin.startswith(_CATALOG)


def load_rules(path: Path | str) -> tuple[Rule, ...]:
    """The rules of a file of the caller's own; they take precedence over the shipped ones.

    Raises:
        RuleError: if the file can't be read or a rule in it is not valid.

    """
    path = Path(path)
    rules = check_ids(parse_rules(_read(path, str(path)), str(path), callers=True))
    for rule in rules:
        check_patterns(rule)
    return rules


def parse_rules(text: str, origin: str, *, callers: bool = False) -> list[Rule]:
    """The rules in the text of a TOML file; ``origin`` is the name that errors give.

    Their patterns are not looked at: ``check_patterns`` does that.

    Raises:
        RuleError: naming file, rule, key and the nearest valid key.

    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"{origin}: not valid TOML: {error}. Use '...' strings for patterns."
        raise RuleError(message) from error
    except RecursionError as error:
        message = f"{origin}: lists or tables in it are nested too deeply. A rule has no such."
        raise RuleError(message) from error
    shared = {key: value for key, value in table.items() if key != "rule"}
    _check_keys(shared, (*_OF_FILE, "rule"), origin)
    records = table.get("rule")
    if not isinstance(records, list) or not records:
        raise RuleError(f"{origin}: no rule in it. Start each with a line [[rule]].")
    for record in records:
        if not isinstance(record, dict):
            message = f"{origin}: a rule in it is no table. Start each with a line [[rule]]."
            raise RuleError(message)
    return [_rule({**shared, **record}, origin, callers=callers) for record in records]


def check_ids(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules, if no id, or id that one of them had before, is there twice.

    Raises:
        RuleError: naming both files.

    """
    seen: dict[str, Rule] = {}
    rules = tuple(rules)
    for rule in rules:
        for name in (rule.id, *rule.was):
            if name in seen:
                other = seen[name].origin
                message = f"{rule.origin}: rule {rule.id!r}: the id {name!r} is taken by a rule"
                raise RuleError(f"{message} in {other}. Choose another.")
            seen[name] = rule
    return rules


def compile_pattern(pattern: str) -> regex.Pattern[str]:
    """A rule's pattern, ready to match folded text."""
    return compiled_pattern(pattern) or regex.compile(pattern, regex.IGNORECASE | regex.VERSION0)


def _read(file: Path | Traversable, name: str) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise RuleError(f"{name}: can't be read: {error.strerror}. Check the path.") from error
    except UnicodeDecodeError as error:
        raise RuleError(f"{name}: not UTF-8 at byte {error.start}. Save it as UTF-8.") from error


def _rule(record: dict[str, Any], origin: str, *, callers: bool) -> Rule:
    name = record.get("id")
    place = f"{origin}: rule {name!r}" if isinstance(name, str) else f"{origin}: rule without id"
    _check_keys(record, _KEYS, place)
    for key in _REQUIRED:
        if key not in record:
            raise RuleError(f"{place}: the key {key!r} is missing. Add it.")
    for key, value in record.items():
        _check_type(key, value, place)
    values: dict[str, Any] = {
        key: tuple(value) if key in _LISTS else value for key, value in record.items()
    }
    if "extent" not in values and "inline" in values and not {"line", "phrases"} & values.keys():
        values["extent"] = "span"
    rule = Rule(**values, origin=origin, callers=callers)
    _check_values(rule, place)
    return rule


def _check_keys(record: dict[str, Any], valid: Sequence[str], place: str) -> None:
    for key in record:
        if key not in valid:
            raise RuleError(f"{place}: unknown key {key!r}.{_nearest(key, valid)}")


def _check_type(key: str, value: Any, place: str) -> None:
    if key in _LISTS:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise RuleError(f"{place}: {key!r} must be a list of strings.")
    elif not isinstance(value, str) or not value:
        raise RuleError(f"{place}: {key!r} must be a string that is not empty.")


def _check_values(rule: Rule, place: str) -> None:
    for key, value, valid in (
        ("category", rule.category, CATEGORIES),
        ("where", rule.where, WHERE),
        ("extent", rule.extent, EXTENT),
    ):
        if value not in valid:
            raise RuleError(f"{place}: {key} = {value!r} is not known.{_nearest(value, valid)}")
    if rule.copy and rule.copy not in COPY:
        message = f"{place}: copy = {rule.copy!r} is not known.{_nearest(rule.copy, COPY)}"
        raise RuleError(message)
    if not (rule.phrases or rule.line or rule.inline or rule.copy):
        raise RuleError(f"{place}: it matches nothing. Give 'phrases', 'line' or 'inline'.")
    for key in ("removes", "keeps"):
        if len(getattr(rule, key)) < 2:
            raise RuleError(f"{place}: {key!r} needs at least two examples.")
    for phrase in rule.phrases:
        if not phrase_key(phrase):
            raise RuleError(f"{place}: the phrase {phrase!r} is empty but for punctuation.")


def check_patterns(rule: Rule) -> None:
    """Nothing, if the rule's patterns can be used.

    Raises:
        RuleError: naming file, rule and key. For the shipped rules the tests ask; callers' rules
            are asked when they are loaded.

    """
    place = f"{rule.origin}: rule {rule.id!r}"
    for key in ("line", "inline"):
        if pattern := getattr(rule, key):
            _check_pattern(pattern, f"{place}: {key!r}")
    if not rule.inline:
        return
    literals, width = needs(rule.inline)
    if width is None or width > INLINE_REACH:
        message = f"{place}: 'inline' may match more than {INLINE_REACH} characters."
        raise RuleError(f"{message} Bound its repeats, as in {{1,80}}.")
    if literals is None:
        message = f"{place}: 'inline' has no fixed text by which to find it"
        raise RuleError(f"{message}. Add a word that every match contains.")


def _check_pattern(pattern: str, place: str) -> None:
    try:
        compiled = compile_pattern(pattern)
        needs(pattern)
    except (regex.error, re.error, OverflowError) as error:
        raise RuleError(f"{place} is not a valid pattern: {error}.") from error
    except RecursionError as error:
        message = f"{place} is nested too deeply. Take away groups, or cut it in two rules."
        raise RuleError(message) from error
    if compiled.fullmatch(""):
        raise RuleError(f"{place} matches the empty string. Require at least one character.")
    for group in compiled.groupindex:
        if group not in GROUPS:
            raise RuleError(f"{place}: unknown group {group!r}.{_nearest(group, GROUPS)}")


def _nearest(word: str, valid: Sequence[str]) -> str:
    close = difflib.get_close_matches(word, valid, n=1, cutoff=0)
    return f" Nearest: {close[0]!r}." if close else ""
