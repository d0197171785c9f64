"""Ways from a page to raw text: its tags dropped, or a rough extraction by another library."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from boilerstrip.errors import InputError
from boilerstrip.readers.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _html_text(page: bytes) -> str:
    return str(import_module("html_text").extract_text(decode(page)))


def _bs4(page: bytes) -> str:
    return str(import_module("bs4").BeautifulSoup(decode(page), "lxml").get_text("\n"))


def _inscriptis(page: bytes) -> str:
    return str(import_module("inscriptis").get_text(decode(page)))


def _trafilatura(page: bytes) -> str:
    return import_module("trafilatura").extract(page) or ""


def _readability(page: bytes) -> str:
    summary = import_module("readability").Document(decode(page)).summary()
    return str(import_module("html_text").extract_text(summary))


def _resiliparse(page: bytes) -> str:
    html2text = import_module("resiliparse.extract.html2text")
    return str(html2text.extract_plain_text(decode(page), main_content=True))


RENDERERS: Mapping[str, Callable[[bytes], str]] = {
    "html_text": _html_text,
    "bs4": _bs4,
    "inscriptis": _inscriptis,
    "trafilatura": _trafilatura,
    "readability": _readability,
    "resiliparse": _resiliparse,
}
"""From a page's bytes to text, by name. The last three leave out what they take for boilerplate."""


def find_renderer(name: str) -> Callable[[bytes], str]:
    """The renderer of that name, known to be installed.

    >>> find_renderer("bs4")(b"<p>It rained.</p>")
    'It rained.'

    Raises:
        InputError: for a name that isn't known, and for one that isn't installed.

    """
    renderer = RENDERERS.get(name)
    if renderer is None:
        raise InputError(f"no renderer {name!r}; choose from: {', '.join(RENDERERS)}.")
    try:
        renderer(b"<html><body><p>It rained.</p></body></html>")
    except ImportError as error:
        hint = "pip install 'boilerstrip[peers]'"
        raise InputError(f"renderer {name} needs {error.name}: {hint}.") from error
    return renderer
