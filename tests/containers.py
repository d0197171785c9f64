"""Containers of documents, made by the tests that read them."""

import bz2
import csv
import gzip
import io
import json
import lzma
import sys

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PACKERS = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstd.compress,
}
PAGE = (
    "<!DOCTYPE html><html><head><title>Ferry {0}</title></head><body><article><h1>Ferry {0}</h1>"
    "<p>The ferry {0} left at noon, and half of the town came to the quay to see it off.</p>"
    "<p>It came back at six, as it does on every other day of the week, with a cargo of salt.</p>"
    "</article></body></html>"
)


def text_of(number):
    return f'The ferry {number} left at noon.\nAdvertisement\nIt came back at six, "late".'


def records(count):
    return [{"id": n, "url": f"https://e.org/{n}", "text": text_of(n)} for n in range(count)]


def to_csv(rows, delimiter=",", **options):
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter, **options)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def to_lines(rows):
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def to_warc(*responses, kind="response"):
    """A WARC of (url, content type, body, status or other headers...) each."""
    info = _warc_record("warcinfo", b"software: test\r\n", "application/warc-fields")
    return info + b"".join(_response(kind, *response) for response in responses)


def _response(kind, url, mime, body, *more):
    if kind != "response":
        return _warc_record(kind, body, mime, url)
    status = more[0] if more and ":" not in more[0] else "200 OK"
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {mime}", *(one for one in more if ":" in one)]
    head = "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""])
    return _warc_record(kind, head.encode() + body, "application/http; msgtype=response", url)


def _warc_record(kind, block, mime, url=None):
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{len(block):012}>",
        "WARC-Date: 2024-05-03T12:00:00Z",
        *([f"WARC-Target-URI: {url}"] if url else []),
        f"Content-Type: {mime}",
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + block + b"\r\n\r\n"


def pages(count):
    return to_warc(
        *((f"https://e.org/{n}", "text/html", PAGE.format(n).encode()) for n in range(count))
    )


CONTAINERS = {
    "a.csv": lambda count: to_csv(records(count)),
    "a.tsv": lambda count: to_csv(records(count), "\t"),
    "a.json": lambda count: json.dumps(records(count), indent=1).encode(),
    "a.jsonl": lambda count: to_lines(records(count)),
    "a.warc": pages,
}
