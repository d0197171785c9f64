"""Writes the digest of the catalogue's patterns: run it after a change of the catalogue."""

from pathlib import Path

from boilerstrip.rules.digest import FILE, digest

Path(__file__).with_name(FILE).write_text(digest(), encoding="utf-8")
