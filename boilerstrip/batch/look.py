"""What a file is: told by its first bytes, then by its first characters, last by its name."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from pathlib import PurePath
from typing import NamedTuple

from boilerstrip.batch.columns import BODIES
from boilerstrip.readers.encoding import decode

# How much of a file is looked at, and how much at the least where it comes in small pieces.
HEAD = 1 << 15
ENOUGH = 1 << 12
PACKED = (".gz", ".bz2", ".xz", ".zst")
WIDE_BOMS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_KINDS = {
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), "html"),
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    **dict.fromkeys((".txt", ".text", ".md", ".markdown"), "text"),
    ".json": "json",
    **dict.fromkeys((".csv", ".tsv", ".tab"), "csv"),
}
# The suffixes of files of many records.
RECORDS = frozenset({".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".tab", ".warc", ".wet",
                     ".parquet"})  # fmt: skip
_DELIMITERS = {".tsv": "\t\t,;|", ".tab": "\t\t,;|"}
_UNPACK = "Unpack it and give what was in it."
_CONVERT = "Convert it to JSON Lines or CSV."
_AS_TEXT = "Save it as HTML or text."
_GIVE = "Give text, HTML or records of them."
_PICTURE, _SOUND, _FONT, _PROGRAM = "a picture", "sound or film", "a font", "a program"
# The first bytes, what they are the first bytes of, and what to do.
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "a zip archive, or a document of Office or EPUB", _UNPACK),
    (b"PK\x05\x06", "an empty zip archive", _UNPACK),
    (b"ARROW1", "an Arrow file", _CONVERT),
    (b"Obj\x01", "an Avro file", _CONVERT),
    (b"ORC", "an ORC file", _CONVERT),
    (b"SQLite format 3", "an SQLite database", _CONVERT),
    (b"\x89HDF", "an HDF5 file", _CONVERT),
    (b"\x93NUMPY", "a NumPy file", _CONVERT),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\x04\x22\x4d\x18", "an lz4 file", _UNPACK),
    (b"LZIP", "an lzip file", _UNPACK),
    (b"\x1f\x9d", "a file packed by compress", _UNPACK),
    (b"%PDF-", "a PDF", "Take its text out first, for example with pdftotext."),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of Office", _AS_TEXT),
    (b"{\\rtf", "a Rich Text document", _AS_TEXT),
    (b"%!PS", "a PostScript document", _AS_TEXT),
)
# The first bytes of what holds no article.
_MEDIA: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF87a", _PICTURE),
    (b"GIF89a", _PICTURE),
    (b"BM", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"\0\0\1\0", _PICTURE),
    (b"RIFF", "a picture, sound or film"),
    (b"ID3", _SOUND),
    (b"OggS", _SOUND),
    (b"fLaC", _SOUND),
    (b"\x1aE\xdf\xa3", _SOUND),
    (b"wOFF", _FONT),
    (b"wOF2", _FONT),
    (b"OTTO\0", _FONT),
    (b"\0\1\0\0\0", _FONT),
    (b"\0asm", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
    (b"MZ", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
)
# These are text themselves; the others have zero bytes soon after, and words that begin alike not.
_MAGIC_OF_TEXT = (b"%PDF-", b"{\\rtf", b"%!PS")
_TAR = slice(257, 262)
_FILM = slice(4, 8)
_WARC = re.compile(rb"WARC/\d+\.\d+\r?\n")
_ARC = re.compile(rb"filedesc://\S+ [\d.]+ \d{14} ")
_MHTML = re.compile(
    rb"(?is)(?:from|subject|date|mime-version|snapshot-content-location|content-type):[^\n]*\n"
    rb".{0,2000}?content-type:\s*multipart/related"
)
_FEED = re.compile(
    rb"(?is)\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<\?xml-stylesheet[^>]*>\s*)*"
    rb"<(rss|feed|rdf:rdf|urlset|sitemapindex|opml|svg)[\s>]"
)
_HTML = re.compile(rb"(?i)\s*<(?:!doctype html|\?xml|!--|html|head|body)\b")
# A text that begins with a brace or a bracket is common; one with a key behind it isn't a text.
_OBJECT = re.compile(r'\s*\{\s*(?:"(?:[^"\\\n]|\\.)*"\s*:|\}\s*$)', re.MULTILINE)
_ARRAY = re.compile(r'\s*\[\s*(?:\{\s*"(?:[^"\\\n]|\\.)*"\s*:|\{\s*\})')
# Random bytes have about 11 % control characters, text in any encoding next to none.
_BINARY_SHARE = 0.05
_STRAY = 4
_CONTROL = bytes({*range(9), *range(14, 27), *range(28, 32), 127})
_WIDE_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
# What a site mirrored to a folder has beside its pages.
_NO_ARTICLE = dict.fromkeys(
    (".css", ".scss", ".js", ".mjs", ".cjs", ".ts", ".map", ".xsl", ".wasm", ".py", ".sh"),
    "a stylesheet or program",
)
_NAME = re.compile(r"\w[\w.:-]*")
_LONGEST_NAME = 60
_WORDS_IN_NAME = 5
_SAMPLE_ROWS = 20
_TELLING_ROWS = 2
_COLUMNS = 2


class Look(NamedTuple):
    """What a file is.

    ``kind``: ``text``, ``html``, ``jsonl``, ``json`` (objects after each other or in an array),
    ``csv``, ``warc`` or ``parquet``; ``refused`` for what can't be read and ``passed`` for what
    holds no article. ``detail``: the delimiter of a CSV, or what a file that isn't read is.
    ``cure``: what to do about it.
    """

    kind: str
    detail: str = ""
    cure: str = ""


def look(head: bytes, name: str, wanted: frozenset[str] = BODIES) -> Look:
    r"""What the file of this name is that begins like this.

    ``wanted`` are the columns that may hold an article, in small letters.

    >>> look(b"\x89PNG\r\n\x1a\n\0\0", "page.html").kind
    'passed'
    >>> look(b"id,text\n1,Rain.\n", "-"), look(b"Rain, rain and\nmore rain, too.\n", "-")
    (Look(kind='csv', detail=',', cure=''), Look(kind='text', detail='', cure=''))
    """
    suffix = PurePath(unpacked_name(name)).suffix.lower()
    foreign = _foreign(head)
    if foreign is not None:
        return foreign
    if head.startswith(b"PAR1") and b"\0" in head[:512]:
        return Look("parquet")
    if _WARC.match(head):
        return Look("warc")
    if _ARC.match(head):
        return Look("refused", "an ARC file", "Convert it to WARC with `warcio recompress`.")
    start = _plain(head)
    if is_binary(head):
        return Look("refused", "binary data", _GIVE)
    if (feed := _FEED.match(start)) is not None:
        if feed[1].lower() == b"svg":
            return Look("passed", _PICTURE, _GIVE)
        return Look("refused", "a feed or site map", "Give the pages that it links to.")
    if _MHTML.match(start):
        return Look("refused", "an MHTML archive", _AS_TEXT)
    if _HTML.match(start):
        return Look("html")
    return _records(head, suffix, wanted) or _by_suffix(suffix)


def unpacked_name(name: str) -> str:
    """The name without the suffix of what it is packed with.

    >>> unpacked_name("crawl.warc.gz"), unpacked_name("page.html")
    ('crawl.warc', 'page.html')
    """
    stem, dot, suffix = name.rpartition(".")
    return stem if stem and dot + suffix.lower() in PACKED else name


def is_binary(head: bytes) -> bool:
    """Whether this is the beginning of something else than text."""
    wide = next((code for bom, code in WIDE_BOMS.items() if head.startswith(bom)), None)
    if wide is not None:
        text = head[: len(head) // 4 * 4].decode(wide, "replace")
    elif head.count(0) * 3 >= len(head) > 0:
        text = decode(head[: len(head) // 4 * 4])
    else:
        controls = len(head) - len(head.translate(None, _CONTROL))
        return controls > _STRAY + _BINARY_SHARE * len(head)
    controls = len(_WIDE_CONTROL.findall(text))
    return not text or controls > _STRAY + _BINARY_SHARE * len(text)  # zeros alone are no text


def _foreign(head: bytes) -> Look | None:
    telling = b"\0" in head[:512]
    for magic, what, cure in _MAGIC:
        if head.startswith(magic) and (telling or magic in _MAGIC_OF_TEXT):
            return Look("refused", what, cure)
    for magic, what in _MEDIA:
        if telling and head.startswith(magic):
            return Look("passed", what, _GIVE)
    if head[_TAR] == b"ustar":
        return Look("refused", "a tar archive", _UNPACK)
    return Look("passed", _SOUND, _GIVE) if head[_FILM] == b"ftyp" else None


def _plain(head: bytes) -> bytes:
    """The head without its byte order mark and without the zero bytes of UTF-16."""
    return head.lstrip(b"\xff\xfe\xef\xbb\xbf").replace(b"\0", b"")


def _by_suffix(suffix: str) -> Look:
    if suffix in _NO_ARTICLE:
        return Look("passed", _NO_ARTICLE[suffix], "Pipe it in if it is an article.")
    kind = _KINDS.get(suffix, "text")
    return Look("text") if kind == "csv" else Look(kind)


def _records(head: bytes, suffix: str, wanted: frozenset[str]) -> Look | None:
    if suffix in _NO_ARTICLE:
        return None
    text, whole, hint = _characters(head), len(head) < ENOUGH, _KINDS.get(suffix)
    if text.lstrip()[:1] in ("{", "[") or hint in ("json", "jsonl"):
        return _json(text, hint, whole=whole)
    if hint == "csv":
        return _csv_by_name(text, suffix, wanted, whole=whole)
    return _csv_by_look(text, wanted, whole=whole) if hint != "html" else None


def _characters(head: bytes) -> str:
    for bom, encoding in WIDE_BOMS.items():
        if head.startswith(bom):
            return head[: len(head) // 4 * 4].decode(encoding, "replace")
    return head.decode("utf-8-sig", "replace")


def _json(text: str, hint: str | None, *, whole: bool) -> Look | None:
    if _ARRAY.match(text) or (hint == "json" and text.lstrip().startswith("[")):
        return Look("json")
    if hint == "jsonl" or not _OBJECT.match(text):
        return Look(hint) if hint in ("json", "jsonl") else None
    first, *others = [line for line in text.splitlines() if line.strip()]
    if _is_object(first) or not (whole or others):
        return Look("jsonl")
    if first.rstrip().endswith(("{", "[", ",", ":")) or hint == "json":
        return Look("json")
    if hint == "text" and not (others and _OBJECT.match(others[0])):
        return None
    return Look("jsonl")


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _csv_by_name(text: str, suffix: str, wanted: frozenset[str], *, whole: bool) -> Look | None:
    """A file that calls itself CSV is one, if its first line can be a header."""
    best: tuple[int, str, list[list[str]]] | None = None
    for delimiter in _DELIMITERS.get(suffix, ",;\t|"):
        rows = _rows(text, delimiter, whole=whole)
        if rows and (best is None or len(rows[0]) > best[0]):
            best = (len(rows[0]), delimiter, rows)
    if best is None:
        return Look("csv", ",")
    width, delimiter, rows = best
    names = {cell.strip().lower() for cell in rows[0]}
    if names & wanted or (all(map(_is_name, rows[0])) and any(rows[0])):
        return Look("csv", delimiter)
    if width > 1 and len(rows) > 1 and all(len(row) == width for row in rows):
        what = "a CSV whose first line is no header"
        return Look("refused", what, "Add a line with the columns' names.")
    return None


def _csv_by_look(text: str, wanted: frozenset[str], *, whole: bool) -> Look | None:
    """Where no name says CSV, header and rows must leave no doubt."""
    if " " in text.lstrip().partition("\n")[0]:
        return None  # nearly all texts; the names of columns have none here
    for delimiter in ",\t;|":
        header, *rows = _rows(text, delimiter, whole=whole) or [[]]
        named = all(_NAME.fullmatch(cell) for cell in header) and len({*header}) == len(header)
        if len(header) < _COLUMNS or not named:
            continue
        fitting = [len(row) == len(header) for row in rows]
        known = bool({name.lower() for name in header} & wanted)
        # The first row may be longer than what is looked at, and a later one may be broken.
        if (known and all(fitting[:1]) and (rows or not whole)) or (
            len(rows) >= _TELLING_ROWS and all(fitting)
        ):
            return Look("csv", delimiter)
    return None


def _is_name(cell: str) -> bool:
    """Whether a column may be called so, rather than being prose."""
    cell = cell.strip()
    short = len(cell) <= _LONGEST_NAME and len(cell.split()) <= _WORDS_IN_NAME
    return short and "\n" not in cell and not cell.endswith((".", "!", "?", ","))


def _rows(text: str, delimiter: str, *, whole: bool) -> list[list[str]]:
    """The first rows, without one that the end of the sample cuts."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            if row:
                rows.append(row)
            if len(rows) > _SAMPLE_ROWS:
                return rows[:-1]
    except csv.Error:
        return rows
    return rows if whole or len(rows) == 1 else rows[:-1]
