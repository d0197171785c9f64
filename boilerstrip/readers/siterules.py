"""Site rules: files in the form of Full-Text RSS, one a host, that say by XPath what is where.

Thousands of them are public. What asks for another page, or for other HTML than the page has, is no
business of a cleaner that fetches nothing; such lines are known and passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SUFFIX = ".txt"
# What is read from a page, and what is taken out of it.
FIELDS = ("title", "author", "date")
_READ = (*FIELDS, "body", "strip", "strip_id_or_class")
# Images are no text; the rest is about fetching, parsing or tests, or is what is done anyway.
_PASSED = frozenset(
    (
        *("strip_image_src", "strip_attr", "strip_comments", "test_url", "test_contains", "tidy"),
        *("prune", "parser", "autodetect_on_failure", "autodetect_next_page", "language"),
        *("single_page_link", "single_page_link_in_feed", "next_page_link", "http_header"),
        *("requires_login", "not_logged_in", "login_uri", "login_username_field"),
        *("login_password_field", "login_extra_fields", "insert_detected_image"),
        *("native_ad_clue", "skip_json_ld", "src_lazy_load_attr", "convert_double_br_tags"),
    )
)
_LINE = re.compile(r"\s*([A-Za-z_]+)(?:\([^)]*\))?\s*:\s*(.*?)\s*")
_HOST = re.compile(r"\.?(?:[^\W_][\w-]*\.)+[^\W_][\w-]*")


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A line of a site's file that is understood: its key, what follows, and its number."""

    key: str
    value: str
    number: int


@dataclass(frozen=True, slots=True)
class Site:
    """What a file says of a host, or with ``below`` of the hosts below it.

    ``notes`` are the lines that aren't understood, each with its number.
    """

    host: str
    below: bool
    lines: tuple[SiteLine, ...]
    origin: str
    notes: tuple[str, ...] = ()

    @property
    def cause(self) -> str:
        """The name of what goes by this file."""
        return f"site/{self.host}"

    def of(self, key: str) -> tuple[SiteLine, ...]:
        """The lines with this key, in order."""
        return tuple(line for line in self.lines if line.key == key)


def is_site_name(name: str) -> bool:
    """Whether a file of site rules can be called so, without its suffix.

    >>> is_site_name("example.org"), is_site_name(".example.org"), is_site_name("notes")
    (True, True, False)
    """
    return _HOST.fullmatch(name) is not None


def parse_site(text: str, name: str, origin: str) -> Site:
    r"""The rules in the text of a file called ``name``: the host, with a dot for those below it.

    >>> site = parse_site("# News.\nbody: //article\nprune: no\nbdy: //p", ".example.org", "x.txt")
    >>> site.host, site.below, [line.value for line in site.lines]
    ('example.org', True, ['//article'])
    >>> site.notes
    ("line 4: 'bdy' is not understood.",)
    """
    lines: list[SiteLine] = []
    notes: list[str] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        key = found[1].lower() if found else ""
        if found is None:
            notes.append(f"line {number}: {line.strip()[:60]!r} is not understood.")
        elif key in _READ and found[2]:
            lines.append(SiteLine(key, found[2], number))
        elif key in _READ:
            notes.append(f"line {number}: {key!r} has nothing behind it.")
        elif key not in _PASSED:
            notes.append(f"line {number}: {key!r} is not understood.")
    host = name.lower().removeprefix(".").removeprefix("www.")
    return Site(host, name.startswith("."), tuple(lines), origin, tuple(notes))


class Sites:
    """The caller's site rules; of a host those that are nearest, the first given of equal ones."""

    def __init__(self, sites: Iterable[Site]) -> None:
        self._by_host: dict[tuple[str, bool], Site] = {}
        for site in sites:
            self._by_host.setdefault((site.host, site.below), site)

    def __bool__(self) -> bool:
        return bool(self._by_host)

    def of(self, host: str) -> Site | None:
        """The rules for a page of this host.

        >>> sites = Sites([parse_site("", ".example.org", ""), parse_site("", "a.example.org", "")])
        >>> [found and found.host for found in map(sites.of, ("b.example.org", "a.example.org"))]
        ['example.org', 'a.example.org']
        >>> sites.of("example.org")
        """
        host = host.removeprefix("www.")
        labels = host.split(".")
        names = [(host, False)]
        names += ((".".join(labels[first:]), True) for first in range(1, len(labels)))
        return next((self._by_host[name] for name in names if name in self._by_host), None)


def notes_of(sites: Sequence[Site]) -> list[str]:
    """The lines of the files that aren't understood, each with its file."""
    return [f"{site.origin}: {note}" for site in sites for note in site.notes]
