"""What keys and categories are called that somebody called otherwise: hints for messages."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# What categories and keys are called elsewhere.
_CATEGORY_NAMES = {
    name: category
    for category, names in {
        "advertisement": "ad ads advert adverts advertising banner promo promotion sponsored",
        "app_promo": "app apps download",
        "author_bio": "bio about_author about_the_author",
        "body": "article content keep text story",
        "byline": "author authors writer by",
        "comment_widget comment": "comments replies discussion",
        "contact": "address imprint phone email",
        "cookie_consent": "cookie cookies consent gdpr privacy",
        "copyright": "rights legal licence license",
        "date": "published time timestamp dateline",
        "disclaimer": "warning notice",
        "duplicate": "copy repeat repeated",
        "media": "caption captions credit image images photo photos picture video gallery",
        "navigation": "menu menus nav breadcrumb breadcrumbs header footer tags toc pagination",
        "newsletter": "subscribe signup mailing mailing_list",
        "other": "boilerplate junk misc miscellaneous noise unknown",
        "paywall": "premium subscription subscribers regwall login",
        "related": "read_more more recommended recommendations links similar teasers trending",
        "share": "social sharing follow share_buttons",
        "source_footer": "source origin syndication",
        "title": "headline heading",
    }.items()
    for name in names.split()
}
_KEY_NAMES = {
    **dict.fromkeys(("pattern", "regex", "regexp", "match"), "'line' or 'inline'"),
    **dict.fromkeys(("phrase", "text", "texts", "string", "strings"), "'phrases'"),
    **dict.fromkeys(("reason", "description", "comment", "note"), "'why'"),
    **dict.fromkeys(("site", "domain", "domains", "host", "hosts", "url", "urls"), "'sites'"),
    **dict.fromkeys(("language", "lang", "langs"), "'languages'"),
    **dict.fromkeys(("position", "place", "at"), "'where'"),
    **dict.fromkeys(("remove", "examples", "positive"), "'removes'"),
    **dict.fromkeys(("keep", "except", "counterexamples", "negative"), "'keeps'"),
    **dict.fromkeys(("disable", "disabled", "without"), "'off', above the first rule"),
}


def nearest_key(key: str, valid: Sequence[str]) -> str:
    """What the key may be called here."""
    meant = _KEY_NAMES.get(key.lower())
    return f" Here it is called {meant}." if meant else nearest(key, valid)


def nearest(word: str, valid: Sequence[str], *, category: bool = False) -> str:
    """The nearest of the valid words, or what a category that is called so is called here."""
    meant = _CATEGORY_NAMES.get(word.lower().replace("-", "_")) if category else None
    if meant:
        return f" Here it is called {' or '.join(map(repr, meant.split()))}."
    close = difflib.get_close_matches(word, valid, n=1, cutoff=0)
    return f" Nearest: {close[0]!r}." if close else ""
