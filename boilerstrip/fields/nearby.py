"""Where on a page an element stands: at the headline, with another story, a comment, the site.

What a page prints of its article it prints around the headline; names and dates elsewhere are as a
rule those of others. It fails where a theme puts the article's own line between other stories.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from boilerstrip.language.vocabulary import any_of
from boilerstrip.readers.markup import inner_text, tokens
from boilerstrip.readers.statements import AUTHOR_PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from boilerstrip.readers.markup import Line
    from boilerstrip.readers.statements import Statements

PROSE = 120  # characters from which a line is a paragraph
_LONG = 80  # characters from which it may be one
_ZONE = 2  # paragraphs after which the head of an article is over
_CLOSE = 5  # lines above a headline that may be of its article
_BOX = 250  # characters of a box that holds a teaser
_HEADING = 60  # characters of the heading of comments
_OWN_FOOT = re.compile(r"(?:post|entry|article)[\w-]*-(?:footer|meta)")
_NO_STORY = re.compile(r"^author|\b(?:tag|category)\b")
_HEADINGS = ("h2", "h3", "h4", "h5")
_HEADLINE_WORDS = 3  # words from which a link is a headline and no button
_COMMENT = re.compile(
    r"(?:^|[\s_-])(?:comments?-?(?:list|area|body|section|thread|head|box|wrap\w*|\d+)?|commentlist|"
    r"disqus\w*|respon[ds]\w*|repl(?:y|ies)|kommentare?|commentaires?|comentarios?|commenti)(?:$|[\s_-])"
)
_SITE_HEAD = re.compile(
    r"(?:^|[\s_-])(?:top-?(?:bar|line|nav|menu|header)|masthead|(?:site|global)-?header|"
    r"today|current-?(?:date|time|day)|clock)(?:$|[\s_-])"
)


@cache
def links() -> re.Pattern[str]:
    """Texts of links beside an author: "View all posts"."""
    return re.compile(rf"(?i)\b{any_of('links')}\b")


@cache
def _comments() -> re.Pattern[str]:
    """A heading over readers' comments."""
    return re.compile(rf"(?i)^\W*(?:\d+\W*)?{any_of('comments')}(?!\w)")


def zone(page: Statements, prose: int = PROSE) -> Iterator[Line]:
    """The lines around the headline up to the second that is longer than ``prose``."""
    for lines, most in ((page.after, 26), (page.before, 7)):
        long = 0
        for line in islice(lines, most):
            long += len(line.text) > prose
            if long >= _ZONE:
                break
            yield line


def is_near(page: Statements, element: HtmlElement) -> bool:
    """Whether the element stands right below the headline."""
    return not page.once(_near).isdisjoint(element.iter())


def _near(page: Statements) -> frozenset[HtmlElement]:
    """The elements of the lines in and below the headline."""
    return frozenset(line.element for line in zone(page, _LONG) if not line.above)


def _above(page: Statements) -> frozenset[HtmlElement]:
    """The elements of the last lines before the headline."""
    return frozenset(line.element for line in page.before[:_CLOSE])


def is_of_teaser(page: Statements, element: HtmlElement) -> bool:
    """Whether a small box around the element, away from the headline, leads to another story.

    It holds another heading, or a link of some words that is a line of its own.
    """
    if is_near(page, element):
        return False
    for box in islice(element.iterancestors(), 4):
        if box in page.frame or box.tag == "body" or len(page.opening(box)) > _BOX:
            return False
        if box.tag == "footer" or _OWN_FOOT.search(tokens(box)):
            return False
        if any(_leads_on(page, link) for link in box.iter("a") if link is not element):
            return True
    return False


def is_headed(page: Statements, element: HtmlElement) -> bool:
    """Whether a small box away from the headline begins with another story's, before the element.

    A link behind it may be one to the next story, under the author's own box.
    """
    if is_near(page, element):
        return False
    for box in islice(element.iterancestors(), 4):
        if box in page.frame or box.tag == "body" or len(page.opening(box)) > _BOX:
            return False
        for item in box.iter("a", element.tag):
            if item is element:
                break
            if item.tag == "a" and _leads_on(page, item):
                return True
    return False


def _leads_on(page: Statements, link: HtmlElement) -> bool:
    """Whether a link is another story's headline: no author's name, tag, other site, this page."""
    address = link.get("href") or ""
    if not address or address.startswith(("#", "mailto:", "javascript:")):
        return False
    if AUTHOR_PAGE.search(address) or _NO_STORY.search(link.get("rel") or ""):
        return False
    if "//" in address and page.site and page.site not in address:
        return False
    if (page.url or page.canonical).endswith(address):
        return False
    around = [*link.iter(*_HEADINGS), *islice(link.iterancestors(), 2)]
    words = inner_text(link).split()
    if any(item.tag in _HEADINGS for item in around):
        return bool(words)
    parent = link.getparent()
    alone = parent is None or parent.tag != "p" or len(inner_text(parent).split()) == len(words)
    return alone and len(words) >= _HEADLINE_WORDS and not links().match(" ".join(words))


def is_elsewhere(page: Statements, element: HtmlElement) -> bool:
    """Whether what an element says is of another story, a comment or the site's own head."""
    if _is_in(page, element, _COMMENT) or _is_under_comments(page, element):
        return True
    if is_near(page, element):
        return False
    if _is_in_site_head(page, element):
        return True
    if not page.once(_above).isdisjoint(element.iter()):
        return False
    return page.is_foreign(element) or is_of_teaser(page, element)


def _is_in(page: Statements, element: HtmlElement, pattern: re.Pattern[str]) -> bool:
    """Whether the element, or one around it that doesn't hold the headline, has such a class."""
    for item in (element, *element.iterancestors()):
        if item in page.frame or item.tag in {"body", "html"}:
            return False
        if pattern.search(tokens(item)):
            return True
    return False


def _is_in_site_head(page: Statements, element: HtmlElement) -> bool:
    """Whether the element stands in the head of the site, where today's date is printed."""
    around = [item for item in element.iterancestors("header", "nav") if item not in page.frame]
    if any(item.tag == "nav" or _is_site_head(item) for item in around):
        return True
    return _is_in(page, element, _SITE_HEAD)


def _is_site_head(header: HtmlElement) -> bool:
    """Whether a ``header`` is that of the site: of no article, with menus or without a heading."""
    if next(header.iterancestors("article", "main"), None) is not None:
        return False
    menus = next(header.iter("nav", "form"), None) is not None
    return menus or next(header.iter("h1", "h2"), None) is None


def _is_under_comments(page: Statements, element: HtmlElement) -> bool:
    """Whether a heading that says "Comments" stands before the element or a box around it."""
    for item in (element, *islice(element.iterancestors(), 5)):
        if item in page.frame or item.tag == "body":
            return False
        for before in item.itersiblings(*_HEADINGS, preceding=True):
            text = inner_text(before)
            if len(text) <= _HEADING:
                return bool(_comments().search(text))
    return False
