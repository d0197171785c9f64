"""What building the documentation site adds: pages made of the catalogue, and docstrings' examples.

``mkdocs.yml`` names this file twice: as a hook, and as what the API reference is read through.
"""

from __future__ import annotations

import re
from typing import Any

import griffe
from mkdocs.structure.files import File, Files

from boilerstrip.rules.catalogue_page import catalogue_pages
from boilerstrip.rules.ruleset import parse_catalogue

_EXAMPLE = re.compile(r"^(?P<indent> *)>>> .*(?:\n(?P=indent)\S.*)*", re.MULTILINE)


def on_files(files: Files, config: Any) -> Files:
    """The site's files, with a page for each category of rules."""
    for name, text in catalogue_pages(parse_catalogue()).items():
        files.append(File.generated(config, f"catalogue/{name}", content=text))
    return files


class Examples(griffe.Extension):
    """Shows what stands behind prompts in a docstring as code: in Markdown it would be a quote."""

    def on_object(self, *, obj: griffe.Object, **kwargs: Any) -> None:  # noqa: ARG002
        """Fence the examples of an object."""
        if obj.docstring:
            obj.docstring.value = _EXAMPLE.sub(_fenced, obj.docstring.value)


def _fenced(match: re.Match[str]) -> str:
    indent = match["indent"]
    return f"{indent}```pycon\n{match[0]}\n{indent}```"
