"""boilerstrip takes the boilerplate out of scraped articles and says what it removed and why.

``clean(source)`` returns an ``Article``. ``Cleaner(Options(...))`` does the same with options.
``boilerstrip.schema`` says what an article holds as plain values, in rows and dictionaries.
Failures are ``BoilerstripError``, with the subclasses ``InputError`` and ``RuleError``.
"""

from boilerstrip.article import Article, Related
from boilerstrip.cleaner import Cleaner, Options, clean
from boilerstrip.document import Block, Document
from boilerstrip.errors import BoilerstripError, InputError, RuleError
from boilerstrip.readers.source import Source
from boilerstrip.record import Removal
from boilerstrip.rules.ruleset import Rule

__all__ = [
    "Article",
    "Block",
    "BoilerstripError",
    "Cleaner",
    "Document",
    "InputError",
    "Options",
    "Related",
    "Removal",
    "Rule",
    "RuleError",
    "Source",
    "__version__",
    "clean",
]

__version__ = "0.1.0"
