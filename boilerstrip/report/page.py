"""The page in pieces: its head, a packed document, its tail with the overview.

The documents stand between head and tail, so that a page is written as they come. The style and
the script are files beside this one. The page names their hashes in its content policy, so nothing
else in it can run or be loaded, whatever a document holds.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_HERE = "boilerstrip.report"
# What could end a script element, or start a comment in it; what was no line end in old JavaScript;
# what UTF-8 doesn't have.
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_PLACES = re.compile(r"<!-- (policy|style|documents|overview|script) -->")


def packed(values: Mapping[str, Any]) -> str:
    """The values as JSON, deflated, in Base64.

    >>> unpacked = zlib.decompress(base64.b64decode(packed({"text": "é"})))
    >>> unpacked.decode()
    '{"text":"é"}'
    """
    return base64.b64encode(zlib.compress(_json(values).encode(), 9)).decode("ascii")


def holder(data: str) -> str:
    """What holds a packed document: a comment, which a browser reads faster than an element.

    >>> holder("eJyrBgAA8gEy")
    '<!--eJyrBgAA8gEy-->'
    """
    return f"<!--{data}-->"


@lru_cache(1)
def head() -> str:
    """All that stands before the documents."""
    return _halves()[0]


def tail(overview: Mapping[str, Any]) -> str:
    """All that stands behind them."""
    return _halves()[1].replace("<!-- overview -->", _json(overview))


@lru_cache(1)
def _halves() -> tuple[str, str]:
    style, script = _file("page.css"), _file("page.js")
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)};"
        " base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )
    values = {"policy": policy, "style": style, "script": script}
    page = _PLACES.sub(lambda place: values.get(place[1], place[0]), _file("page.html"))
    before, after = page.split("<!-- documents -->")
    return before, after


def _json(values: Mapping[str, Any]) -> str:
    r"""The values as JSON that stays within a script element.

    >>> _json({"text": "</script><!-- \u2028"})
    '{"text":"\\u003c/script\\u003e\\u003c!-- \\u2028"}'
    """
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _file(name: str) -> str:
    return files(_HERE).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """The text as a source of a content policy."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
