"""Ways from a page to raw text: its tags dropped, or a rough extraction by another library.

Four more keep all of the article and only a share of the boilerplate, as scrapers of all levels of
care leave it: ``partial-0`` to ``partial-40``.
"""

from __future__ import annotations

import math
import random
import re
import subprocess
from importlib import import_module
from typing import TYPE_CHECKING

from boilerstrip.errors import InputError
from boilerstrip.evaluation.alignment import share_in_gold, tokens
from boilerstrip.readers.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from boilerstrip.evaluation.gold import GoldPage

# As wide as a terminal, the width at which these programs wrap what they dump.
_COLUMNS = "80"
_PROGRAMS = {
    "lynx": (
        "-dump -stdin -force_html -assume_charset=utf-8 -display_charset=utf-8 -width=" + _COLUMNS
    ).split(),
    "w3m": ["-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", "-cols", _COLUMNS],
}


def _html_text(page: bytes) -> str:
    return str(import_module("html_text").extract_text(decode(page)))


def _bs4(separator: str) -> Callable[[bytes], str]:
    def render(page: bytes) -> str:
        return str(import_module("bs4").BeautifulSoup(decode(page), "lxml").get_text(separator))

    return render


def _oneline(page: bytes) -> str:
    """The page's text on one line, without the runs of white space that its source has."""
    return " ".join(_bs4(" ")(page).split())


def _glued(page: bytes) -> str:
    """The page's text on one line, nothing put between its elements."""
    return " ".join(_bs4("")(page).split())


def _inscriptis(page: bytes) -> str:
    return str(import_module("inscriptis").get_text(decode(page)))


def _markdownify(page: bytes) -> str:
    return str(import_module("markdownify").markdownify(decode(page), heading_style="ATX"))


def _program(name: str) -> Callable[[bytes], str]:
    def render(page: bytes) -> str:
        done = subprocess.run(
            [name, *_PROGRAMS[name]],
            input=decode(page).encode("utf-8", "replace"),
            capture_output=True,
            check=True,
            timeout=60,
        )
        return done.stdout.decode("utf-8", "replace")

    return render


def _trafilatura(page: bytes) -> str:
    return import_module("trafilatura").extract(page) or ""


def _readability(page: bytes) -> str:
    summary = import_module("readability").Document(decode(page)).summary()
    return str(import_module("html_text").extract_text(summary))


def _resiliparse(page: bytes) -> str:
    html2text = import_module("resiliparse.extract.html2text")
    return str(html2text.extract_plain_text(decode(page), main_content=True))


_WHOLE: Mapping[str, Callable[[bytes], str]] = {
    "html_text": _html_text,
    "bs4": _bs4("\n"),
    "inscriptis": _inscriptis,
    "oneline": _oneline,
    "glued": _glued,
    "markdownify": _markdownify,
    "lynx": _program("lynx"),
    "w3m": _program("w3m"),
    "trafilatura": _trafilatura,
    "readability": _readability,
    "resiliparse": _resiliparse,
}
_PARTIAL = {"partial-0": 0.0, "partial-5": 0.05, "partial-15": 0.15, "partial-40": 0.4}

RENDERERS = (*_WHOLE, *_PARTIAL)
"""The names of the renderers. ``trafilatura``, ``readability`` and ``resiliparse`` leave out what
they take for boilerplate; ``partial-N`` leaves N % of the boilerplate lines in."""


def find_renderer(name: str) -> Callable[[GoldPage], str]:
    """The renderer of that name, known to be installed.

    >>> from boilerstrip.evaluation import GoldPage
    >>> find_renderer("bs4")(GoldPage("1", "", markup="<p>It rained.</p>"))
    'It rained.'

    Raises:
        InputError: for a name that isn't known, and for one that isn't installed.

    """
    if name in _PARTIAL:
        share = _PARTIAL[name]
        _check("html_text")
        return lambda page: render_part(page, share)
    if name not in _WHOLE:
        raise InputError(f"no renderer {name!r}; choose from: {', '.join(RENDERERS)}.")
    _check(name)
    render = _WHOLE[name]
    return lambda page: render(page.read())


def _check(name: str) -> None:
    try:
        _WHOLE[name](b"<html><body><p>It rained.</p></body></html>")
    except ImportError as error:
        hint = "pip install 'boilerstrip[peers]'"
        raise InputError(f"renderer {name} needs {error.name}: {hint}.") from error
    except FileNotFoundError as error:
        raise InputError(f"renderer {name} needs the program {name}; install it.") from error


def render_part(page: GoldPage, share: float) -> str:
    """The page's text with all lines of the article and this share (0-1) of the others.

    Those nearest to the article stay first; which of the equally near, is drawn by the page's
    name: every system gets the same text.

    Raises:
        ValueError: where no line of the page is the article's.

    """
    lines = _html_text(page.read()).split("\n")
    shares = share_in_gold([tokens(line) for line in lines], tokens(page.body or ""))
    body = [number for number, one in enumerate(shares) if one >= 0.5]
    if not body:
        message = "no line of the page is in its gold body"
        raise ValueError(message)
    others = [number for number, line in enumerate(lines) if line.strip() and shares[number] < 0.5]
    drawn = random.Random(page.key)  # noqa: S311 - nothing secret
    ranked = sorted(others, key=lambda number: (_distance(number, body), drawn.random()))
    stay = {*body, *ranked[: math.ceil(share * len(others))]}
    kept = [line for number, line in enumerate(lines) if number in stay or not line.strip()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")


def _distance(number: int, body: list[int]) -> int:
    """In lines, to the nearest line of the body."""
    return min(abs(number - one) for one in body)


# What Markdown adds to the words that it shows: images, addresses of links, marks.
_IMAGE = re.compile(r"!\[[^\]]*\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
_MARK = re.compile(r"(?m)^\s{0,3}(?:#{1,6}\s|>\s?|[-*+]\s|\d+\.\s)|\*\*|__|`|\\(?=[\W_])")


# The number that lynx puts before a link.
_NUMBER = re.compile(r"\[\d{1,4}\]")


def shown(body: str, renderer: str) -> str:
    r"""The words that a body shows a reader: it is scored by these.

    Markdown is read without its marks and addresses, a dump by lynx without its links' numbers.

    >>> text = "# Rain\nIt **rained** on [Monday](https://example.org/a_(b)) ![a cat](x.png)."
    >>> shown(text, "markdownify")
    'Rain\nIt rained on Monday .'
    >>> shown("It rained on [12]Monday.", "lynx"), shown("It rained [12].", "w3m")
    ('It rained on Monday.', 'It rained [12].')
    """
    if renderer == "markdownify":
        return _MARK.sub("", _LINK.sub(r"\1", _IMAGE.sub("", body)))
    return _NUMBER.sub("", body) if renderer == "lynx" else body
