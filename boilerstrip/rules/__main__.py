"""Prepares the catalogue of a checkout, as building a wheel does: see ``rules/prepared.py``."""

from pathlib import Path

from boilerstrip.rules.prepare import write_prepared
from boilerstrip.rules.prepared import FILE

write_prepared(Path(__file__).with_name(FILE))
