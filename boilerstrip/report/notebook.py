"""One article as HTML for a notebook: without a script or a style sheet, all of it escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from boilerstrip.batch.sinks import to_bytes
from boilerstrip.record import merged
from boilerstrip.report.values import fields_of, reason, reasons_of
from boilerstrip.rules.ruleset import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from boilerstrip.article import Article
    from boilerstrip.record import Removal

# A notebook holds what it shows, so of a long text no more is shown than this, in characters.
_MOST = 20_000
_EXCERPT = 80
# A tint and a border that can be seen on white and on black; the ink is the notebook's own.
_FOLDED = (
    "margin:.25em 0;padding:.1em .6em;background:rgba(127,127,127,.13);"
    "border-left:4px solid rgba(127,127,127,.6)"
)
_TEXT = "white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext;text-align:start"
_FIELD = "text-align:start;vertical-align:top"
_VALUE = f"{_FIELD};white-space:pre-line;overflow-wrap:anywhere"


def article_html(article: Article) -> str:
    r"""The article's fields with their sources, and its text, what was removed folded.

    >>> import boilerstrip
    >>> shown = article_html(boilerstrip.clean("It rained.\nAdvertisement"))
    >>> "<summary><b>advertisement</b> Advertisement</summary>" in shown
    True
    """
    # Mathematics is looked for in no text of this class: an article's dollars are money.
    pieces = ['<div class="tex2jax_ignore" style="max-width:46em;line-height:1.5">']
    pieces += _head(article)
    pieces += _passages(article, reasons_of(catalogue()))
    pieces.append("</div>")
    return to_bytes("".join(pieces)).decode()


def _head(article: Article) -> Iterator[str]:
    text = article.document.text
    removed = sum(one.end - one.start for one in article.removed)
    if text:
        share = f"{removed / len(text):.0%}, {removed:,} of {len(text):,} characters"
        yield f"<p>{share} removed.</p>"
    rows = "".join(
        f'<tr><th style="{_FIELD};white-space:nowrap">{escape(name.replace("_", " "))}</th>'
        f'<td style="{_VALUE}">{escape(", ".join(values))}</td>'
        f'<td style="{_FIELD}"><code>{escape(source or "")}</code></td></tr>'
        for name, values, source in fields_of(article)
        if values
    )
    yield f"<table>{rows}</table>"


def _passages(article: Article, whys: Mapping[str, str]) -> Iterator[str]:
    text, position = article.document.text, 0
    for removal in merged(article.removed, text):
        if removal.start >= _MOST:
            break
        yield _body(text[position : removal.start])
        yield _folded(removal, whys)
        position = removal.end
    else:
        yield _body(text[position : max(position, _MOST)])
        position = max(position, min(_MOST, len(text)))
    if position < len(text):
        yield f"<p>{len(text) - position:,} more characters are in article.document.text.</p>"


def _body(text: str) -> str:
    shown = text.strip("\r\n")
    return f'<div style="margin:.5em 0;{_TEXT}">{escape(shown)}</div>' if shown.strip() else ""


def _folded(removal: Removal, whys: Mapping[str, str]) -> str:
    text = removal.text
    excerpt = " ".join(text[: 2 * _EXCERPT].split())
    if len(excerpt) > _EXCERPT or len(text) > 2 * _EXCERPT:
        excerpt = excerpt[: _EXCERPT - 1] + "…"
    more = f" … and {len(text) - _MOST:,} more characters" if len(text) > _MOST else ""
    category = removal.category.replace("_", " ")
    return (
        f'<details style="{_FOLDED}"><summary><b>{escape(category)}</b> {escape(excerpt)}</summary>'
        f"<div><code>{escape(removal.cause)}</code> {escape(reason(removal, whys))}</div>"
        f'<div style="{_TEXT}">{escape(text[:_MOST])}{more}</div></details>'
    )
