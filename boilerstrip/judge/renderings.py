"""The ways that scrapers turn a page into text: what the scorer for text is trained on.

Only for training; needs the extra ``train``.
"""

from __future__ import annotations

import html_text
import inscriptis
import trafilatura
from bs4 import BeautifulSoup
from lxml.etree import LxmlError
from readability import Document
from resiliparse.extract.html2text import extract_plain_text

from boilerstrip.readers.encoding import decode


def _html_text(page: bytes) -> str:
    return str(html_text.extract_text(decode(page)))


def _bs4(page: bytes) -> str:
    return BeautifulSoup(decode(page), "lxml").get_text("\n")


def _inscriptis(page: bytes) -> str:
    return str(inscriptis.get_text(decode(page)))


def _trafilatura(page: bytes) -> str:
    return trafilatura.extract(page) or ""


def _readability(page: bytes) -> str:
    try:
        return str(html_text.extract_text(Document(decode(page)).summary()))
    except (ValueError, LxmlError):
        return ""


def _resiliparse(page: bytes) -> str:
    return str(extract_plain_text(decode(page), main_content=True))


RENDERERS = {
    "html_text": _html_text,
    "bs4": _bs4,
    "inscriptis": _inscriptis,
    "trafilatura": _trafilatura,
    "readability": _readability,
    "resiliparse": _resiliparse,
}
