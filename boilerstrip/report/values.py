"""What the page says of a document, as plain values: its row in the overview, and all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from boilerstrip.batch.tally import tally
from boilerstrip.claim import Cause
from boilerstrip.fields.declared import FIELDS
from boilerstrip.record import merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from boilerstrip.article import Article
    from boilerstrip.record import Removal
    from boilerstrip.rules.ruleset import Rule

SHOWN = tuple(item for item in FIELDS if not item.part_of)
# What the lines are that say a field's value.
_LINES = {
    "title": "The line that says the headline.",
    "byline": "The line that says who wrote it.",
    "date": "The line that says when it appeared.",
    "author_bio": "What the page says of the author.",
}
_OTHERS = {
    "scorer": "The trained scorer, where no rule speaks.",
    "metadata": "Lines that say a field of the metadata: they are returned there.",
    "extractor": "The extractor left it out.",
}
# A chance below this is not told exactly.
_LEAST_SHOWN = 0.01
# A title is shown on a line or two of the overview.
_LONGEST_TITLE = 200


def reasons_of(rules: Iterable[Rule]) -> dict[str, str]:
    """The reason behind each cause that is a rule."""
    return {str(Cause("rule", rule.id)): rule.why for rule in rules}


def reason(removal: Removal, whys: Mapping[str, str]) -> str:
    """Why a passage was taken out: the rule's reason, or what the scorer says.

    >>> from boilerstrip.record import Removal
    >>> reason(Removal("navigation", "scorer", 0, 4, "Home", 0.021), {})
    'To the scorer 2% likely to be body.'
    """
    if removal.chance is not None:
        chance = removal.chance
        likely = f"{chance:.0%}" if chance >= _LEAST_SHOWN else "less than 1%"
        return f"To the scorer {likely} likely to be body."
    if removal.cause.startswith("metadata:"):
        return _LINES.get(removal.category, "The line that says a field's value.")
    return about_cause(removal.cause, whys)


def about_cause(cause: str, whys: Mapping[str, str]) -> str:
    """What is said of a cause as such: the rule's reason, or who else it is.

    >>> about_cause("metadata:json-ld", {})
    'Lines that say a field of the metadata: they are returned there.'
    """
    return whys.get(cause, _OTHERS.get(cause.partition(":")[0], ""))


def overview_row(name: str, article: Article) -> dict[str, Any]:
    r"""What the overview says of a document.

    ``parts`` are the characters that each cause took out of it, by category; ``site`` is the
    outlet's name, or the host where none is known.

    >>> import boilerstrip
    >>> row = overview_row("a.txt", boilerstrip.clean("It rained.\nAdvertisement"))
    >>> row["length"], row["parts"]
    (24, [['advertisement', 'rule:advertisement/label', 13]])
    """
    counted = tally(article, 0.0)
    title = article.title or ""
    cut = len(title) > _LONGEST_TITLE
    return {
        "name": name,
        "title": title[: _LONGEST_TITLE - 1] + "…" if cut else title,
        "site": article.outlet or _host(article.url),
        "language": article.language or "",
        "length": counted["characters"],
        "empty": counted["empty"],
        "missing": [item.name for item in SHOWN if not getattr(article, item.name)],
        "parts": [
            [category, cause, characters] for category, cause, _, characters in counted["removed"]
        ],
    }


def content(article: Article, whys: Mapping[str, str]) -> dict[str, Any]:
    """All that is shown of a document: its text once, and what was removed as offsets into it.

    ``removed`` has start and end of each passage, neighbours of one category and cause as one, and
    which of ``causes`` took it out: category, cause and reason. The offsets count as JavaScript
    does: what is beyond U+FFFF is two.
    """
    text = article.document.text
    passages = list(merged(article.removed, text))
    offsets = _utf16(text, [offset for one in passages for offset in (one.start, one.end)])
    causes: dict[tuple[str, str, str], int] = {}
    removed = [
        [next(offsets), next(offsets), causes.setdefault(_said(one, whys), len(causes))]
        for one in passages
    ]
    return {
        "text": text,
        "removed": removed,
        "causes": list(causes),
        "fields": [*fields_of(article)],
        "related": [[item.title, item.summary, item.url] for item in article.related],
        "comments": list(article.comments),
    }


def _said(removal: Removal, whys: Mapping[str, str]) -> tuple[str, str, str]:
    """What is said of a passage: its category, its cause and the reason."""
    return removal.category, removal.cause, reason(removal, whys)


def fields_of(article: Article) -> Iterator[tuple[str, list[str], str | None]]:
    """Name, values and source of each field, also of those without a value."""
    for item in SHOWN:
        value = getattr(article, item.name)
        values = list(value) if item.many else [value] if value else []
        yield item.name, values, article.sources.get(item.name)


def _utf16(text: str, offsets: Iterable[int]) -> Iterator[int]:
    r"""The offsets, which ascend, in units of UTF-16.

    >>> list(_utf16("a\U0001f40eb", [0, 1, 2, 3]))
    [0, 1, 3, 4]
    """
    position = units = 0
    for offset in offsets:
        units += len(text[position:offset].encode("utf-16-le", "surrogatepass")) // 2
        position = offset
        yield units


def _host(url: str | None) -> str:
    """The host of an address, empty if there is none.

    >>> _host("https://www.example.org:80/a"), _host("nonsense"), _host("http://[")
    ('example.org', '', '')
    """
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
