"""The columns of a record: which of them is the article, and the others as they came."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from boilerstrip.errors import InputError
from boilerstrip.readers import is_html
from boilerstrip.readers.encoding import decode
from boilerstrip.schema import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# The columns that may hold the article or its address, in this order, in small or large letters.
_BODIES = ("html", "raw_html", "content", "text", "body", "raw_content")
_ADDRESSES = ("url", "link", "source_url")
BODIES = frozenset(_BODIES)
_ROW = frozenset(NAMES)
# Up to so many characters a number is surely kept by a float, and an integer by int().
_SAFE_FLOAT = 16
_SAFE_INT = 4000
_LONGEST_IN_ERROR = 1000
_NAMES_SHOWN = 20
NAME_IT = "Name the article's field with --text-field or --html-field."


@dataclass(frozen=True, slots=True)
class Fields:
    """Where a record has its article and its address; dotted paths, ``None`` to look for them."""

    text: str | None = None
    html: str | None = None
    url: str | None = None

    @property
    def wanted(self) -> frozenset[str]:
        """The columns that may hold an article, in small letters."""
        named = [name.split(".")[0].lower() for name in (self.text, self.html) if name]
        return frozenset(named) or BODIES


class Taken(NamedTuple):
    """What is to be cleaned, its address, and what is to be said about where they were found."""

    source: str | bytes
    url: str | None
    notes: tuple[str, ...]


class Number:
    """A number of JSON that Python has no exact number for, as it was written."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def parse_object(line: bytes | str) -> dict[str, Any]:
    """The columns of a JSON object; numbers keep their value, ``NaN`` and the like are ``None``.

    Raises:
        InputError: if it is something else.

    """
    try:
        text = line if isinstance(line, str) else line.decode("utf-8-sig")
        record = _DECODER.decode(text)
    except UnicodeDecodeError as error:
        message = f"not UTF-8 at byte {error.start + 1} of the record. Save the file as UTF-8."
        raise InputError(message) from error
    except ValueError as error:
        raise InputError(f"not valid JSON: {error}. Write one JSON object a line.") from error
    if not isinstance(record, dict):
        raise InputError("not a JSON object. Write one JSON object a line.")
    return record


def to_json(value: object) -> str:
    """The value as JSON, numbers as they came; what JSON has no number for is ``null``.

    >>> to_json(parse_object('{"n": 1e400, "m": 0.10, "é": [NaN, -1]}'))
    '{"n": 1e400, "m": 0.1, "é": [null, -1]}'
    """
    try:
        return _ENCODER.encode(value)
    except (TypeError, ValueError):
        return _piece_by_piece(value)


def find(columns: Mapping[str, Any], path: str) -> Any:
    """The value at a name or dotted path; ``None`` where there is none.

    >>> find({"page": {"id": 3}}, "page.id"), find({"page.id": 4}, "page.id")
    (3, 4)
    """
    holder, name = _holder(columns, path)
    return None if holder is None else holder[name]


def take(columns: dict[str, Any], fields: Fields) -> Taken:
    """What is to be cleaned, which is taken out of ``columns``.

    Raises:
        InputError: if there is no text.

    """
    address, path = _address(columns, fields), _article(columns, fields)
    url = None if address is None else find(columns, address)
    holder, name = _holder(columns, path)
    if holder is None:
        raise InputError(f"no field {path!r}; there are: {_names(columns)}. {NAME_IT}")
    source = holder.pop(name)
    if not isinstance(source, str | bytes):
        kind = "null" if source is None else type(source).__name__
        raise InputError(f"the field {path!r} is no text but {kind}. {NAME_IT}")
    notes = []
    if not (fields.text or fields.html):
        notes.append(
            f"The article is read from {path!r}. --text-field or --html-field names another."
        )
    if address is not None and fields.url is None:
        notes.append(f"The address is read from {address!r}. --url-field names another.")
    if path == fields.html and source.strip():
        page = source if isinstance(source, str) else decode(source)
        # A line of HTML has no tag that tells.
        source = page if is_html(page) else f"<body><p>{page}"
    return Taken(source, url if isinstance(url, str) else None, tuple(notes))


def without_article(columns: Mapping[str, Any], fields: Fields) -> dict[str, Any]:
    """The columns for the row of a record that failed: without what may be its article.

    >>> without_article({"id": 1, "HTML": "<p>", "page": {"raw": "x" * 2000}}, Fields())
    {'id': 1}
    """
    named = {path.split(".")[0] for path in (fields.text, fields.html) if path}
    return {
        name: value
        for name, value in columns.items()
        if name not in named and name.lower() not in BODIES and _length(value) <= _LONGEST_IN_ERROR
    }


def free_names(given: Mapping[str, Any], row: frozenset[str] = _ROW) -> dict[str, Any]:
    """The fields of a record under names that a row does not use itself.

    >>> free_names({"id": 7, "title": "a", "input_title": "b"})
    {'id': 7, 'input_input_title': 'a', 'input_title': 'b'}
    """
    taken = {*row, *given}
    free: dict[str, Any] = {}
    for name, value in given.items():
        new = name
        while new in row or (new != name and new in taken):
            new = f"input_{new}"
        taken.add(new)
        free[new] = value
    return free


def _length(value: object) -> int:
    return len(value) if isinstance(value, str) else len(to_json(value))


def articles_in(columns: Mapping[str, Any], fields: Fields) -> list[str]:
    """The paths that may be the article's, the best one first."""
    return [path for path in (fields.html, fields.text) if path] or [*_guesses(columns, _BODIES)]


def addresses_in(columns: Mapping[str, Any], fields: Fields) -> list[str]:
    """The paths that may be the address's, the best one first."""
    return [fields.url] if fields.url else [*_guesses(columns, _ADDRESSES)]


def _article(columns: dict[str, Any], fields: Fields) -> str:
    """The path of the article: of those that may hold it the first that has text, if any has."""
    paths = articles_in(columns, fields)
    if not paths:
        known = ", ".join(_BODIES)
        raise InputError(f"no field {known}; there are: {_names(columns)}. {NAME_IT}")
    values = [(path, find(columns, path)) for path in paths]
    for path, value in values:
        if isinstance(value, str | bytes) and value.strip():
            return path
    return next((path for path, value in values if isinstance(value, str | bytes)), paths[0])


def _address(columns: Mapping[str, Any], fields: Fields) -> str | None:
    paths = addresses_in(columns, fields)
    if fields.url:
        return fields.url
    return next((name for name in paths if isinstance(columns[name], str)), None)


def _guesses(columns: Mapping[str, Any], names: Iterable[str]) -> Iterator[str]:
    folded: dict[str, str] = {}
    for column in columns:
        folded.setdefault(column.lower(), column)
    for name in names:
        if name in columns:
            yield name
        elif name in folded:
            yield folded[name]


def _holder(columns: Mapping[str, Any], path: str) -> tuple[Any, str]:
    """The object that has the value at the path, and the value's name in it."""
    if path in columns:
        return columns, path
    holder: Any = columns
    *above, name = path.split(".")
    for step in above:
        holder = holder.get(step) if isinstance(holder, dict) else None
    return (holder, name) if isinstance(holder, dict) and name in holder else (None, name)


def _names(columns: Mapping[str, Any]) -> str:
    names = [repr(name) for name in columns]
    more = [f"{len(names) - _NAMES_SHOWN} more"] if len(names) > _NAMES_SHOWN else []
    return ", ".join(names[:_NAMES_SHOWN] + more) or "none"


def _float(text: str) -> float | Number:
    value = float(text)
    if len(text) <= _SAFE_FLOAT and "e" not in text and "E" not in text:
        return value
    return value if value - value == 0 and Decimal(text) == Decimal(repr(value)) else Number(text)


def _int(text: str) -> int | Number:
    return int(text) if len(text) <= _SAFE_INT else Number(text)


def _piece_by_piece(value: object) -> str:
    if isinstance(value, Number):
        return value.text
    if isinstance(value, dict):
        items = (f"{_piece_by_piece(k)}: {_piece_by_piece(v)}" for k, v in value.items())
        return "{" + ", ".join(items) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_piece_by_piece, value)) + "]"
    if isinstance(value, float) and value - value != 0:
        return "null"
    if isinstance(value, bytes):
        value = _text_of(value)
    elif isinstance(value, Decimal):
        return str(value) if value.is_finite() else "null"
    return json.dumps(value, ensure_ascii=False, default=_said)


def _text_of(data: bytes) -> str:
    """Bytes as JSON has them: as text, in Base64 if they are none."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return base64.b64encode(data).decode()


def _said(value: Any) -> str:
    """A value that JSON has no type for, such as a day, as text."""
    return str(value.isoformat() if hasattr(value, "isoformat") else value)


_DECODER = json.JSONDecoder(parse_float=_float, parse_int=_int, parse_constant=lambda _: None)
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
