import pickle
import subprocess
import sys

import pytest

import boilerstrip
from boilerstrip.article import Article
from boilerstrip.integrations.arrow import clean_batch
from boilerstrip.schema import COLUMNS, RESULT, arrow

pa = pytest.importorskip("pyarrow")

ARTICLE = "The ferry left at noon.\nAdvertisement\nIt came back at six.\n"
CLEAN = "The ferry left at noon.\nIt came back at six."
PAGE = "<html><body><p>The ferry left at noon.</p><p>It came back at six.</p></body></html>"


def test_schema_has_the_columns_with_their_types():
    assert arrow().names == [column.name for column in COLUMNS]
    for column, field in zip(COLUMNS, arrow(), strict=True):
        kind = str(field.type).replace("item: ", "").replace("double", "float64")
        assert kind == column.type
        assert field.nullable


def test_rows_are_cleaned_in_order_and_other_columns_stay_as_they_were():
    others = {
        "id": pa.array([7, None], pa.int16()),
        "title": pa.array(["a", "b"]),
        "when": pa.array([1, 2], pa.timestamp("ns", "UTC")),
        "input": pa.array(["x", "y"]).dictionary_encode(),
    }
    batch = pa.RecordBatch.from_pydict({"text": [ARTICLE, "Rain."], **others})
    found = clean_batch(batch, text="text")
    assert found["body"].to_pylist() == [CLEAN, "Rain."]
    assert found["error"].null_count == 2
    assert found["removed"][0].as_py()[0]["category"] == "advertisement"
    assert Article.from_dict(found.to_pylist()[0]).rebuild() == ARTICLE
    names = ["id", "input_title", "when", "input"]
    assert found.schema.names == [*(column.name for column in RESULT), *names]
    for name, old in zip(names, others, strict=True):
        assert found[name].equals(batch[old])


@pytest.mark.parametrize(
    "values",
    [[], [None, None], [""], [ARTICLE], [None, ARTICLE]],
    ids=["no row", "nulls", "empty", "one", "null first"],
)
@pytest.mark.parametrize("kind", ["string", "large_string", "string_view", "binary"])
def test_schema_is_the_same_whatever_the_rows_hold(values, kind):
    values = [None if v is None else v.encode() if kind == "binary" else v for v in values]
    batch = pa.RecordBatch.from_arrays([pa.array(values, getattr(pa, kind)())], names=["text"])
    found = clean_batch(batch, text="text")
    found.validate(full=True)
    assert found.schema == arrow(RESULT)
    assert found.num_rows == len(values)


def test_row_that_cannot_be_cleaned_is_an_error_value_and_costs_only_itself(monkeypatch):
    clean = boilerstrip.Cleaner.clean

    def fragile(self, source, url=None):
        if source == "bad":
            raise ZeroDivisionError("oh")
        return clean(self, source, url)

    monkeypatch.setattr(boilerstrip.Cleaner, "clean", fragile)
    sound = pa.array(["Rain.", "bad", "xx", "Rain."]).buffers()
    data = pa.py_buffer(b"Rain.bad\xff\xffRain.")  # the third isn't UTF-8
    broken = pa.Array.from_buffers(pa.string(), 4, [*sound[:2], data])
    found = clean_batch(pa.RecordBatch.from_arrays([broken], names=["t"]), text="t")
    assert found["body"].to_pylist() == ["Rain.", None, "ÿÿ", "Rain."]
    errors = found["error"].to_pylist()
    assert errors[1].startswith("unexpected ZeroDivisionError: oh.")
    assert errors[2] is None
    assert found["authors"].to_pylist() == [[]] * 4


@pytest.mark.parametrize("size", [0, 3])
def test_table_is_cleaned_as_a_batch_is(size):
    rows = [{"t": ARTICLE, "id": number} for number in range(size)]
    parts = [pa.RecordBatch.from_pylist(rows), pa.RecordBatch.from_pylist(rows)] if rows else []
    table = pa.Table.from_batches(parts, pa.schema([("t", pa.string()), ("id", pa.int64())]))
    found = clean_batch(table, text="t")
    assert isinstance(found, pa.Table)
    assert found.schema == pa.schema([*arrow(RESULT), ("id", pa.int64())])
    assert found["body"].to_pylist() == [CLEAN] * 2 * size


def test_text_is_taken_of_rows_without_html_and_the_address_is_used():
    batch = pa.RecordBatch.from_pydict(
        {"t": ["no", "Rain."], "h": [PAGE, None], "u": ["https://a.example/x", None]}
    )
    found = clean_batch(batch, text="t", html="h", url="u")
    assert found["body"].to_pylist() == [CLEAN, "Rain."]
    assert found["url"].to_pylist() == ["https://a.example/x", None]
    assert found.schema.names[len(RESULT) :] == ["u"]


def test_page_of_bytes_is_decoded_as_it_says():
    page = PAGE.replace("noon", "zwölf").replace("<html>", "<html><meta charset=iso-8859-1>")
    batch = pa.RecordBatch.from_pydict({"h": [page.encode("latin-1"), b"Z\xc3\xbcrich"]})
    bodies = clean_batch(batch, html="h")["body"].to_pylist()
    assert bodies == [CLEAN.replace("noon", "zwölf"), "Zürich"]


def test_lone_surrogate_is_replaced():
    article = boilerstrip.clean("Rain \ud800 fell.")
    found = clean_batch(pa.RecordBatch.from_pydict({"t": ["x"]}), text="t", cleaner=Fixed(article))
    assert found["body"].to_pylist() == ["Rain \ufffd fell."]


class Fixed:
    def __init__(self, article):
        self.article = article

    def clean(self, source, url=None):
        return self.article


def test_how_much_is_told_of_what_was_removed_may_be_chosen():
    batch = pa.RecordBatch.from_pydict({"t": [ARTICLE]})
    assert clean_batch(batch, text="t", record="none")["removed"].to_pylist() == [None]
    assert clean_batch(batch, text="t", record="full")["document"].to_pylist() == [ARTICLE]


@pytest.mark.parametrize(
    ("named", "message"),
    [({"text": "x"}, "no column 'x'; there are: 't'"), ({}, "Give text=... or html=...")],
)
def test_column_that_is_not_there_is_told_at_once(named, message):
    with pytest.raises(boilerstrip.InputError, match=message):
        clean_batch(pa.RecordBatch.from_pydict({"t": ["x"]}), **named)


def test_function_goes_to_other_processes():
    assert pickle.loads(pickle.dumps(clean_batch)) is clean_batch


def test_what_needs_pyarrow_says_so_where_there_is_none():
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "import boilerstrip.integrations.arrow as a\n"
        "from boilerstrip.errors import InputError\n"
        "try: a.clean_batch(None, text='t')\n"
        "except InputError as e: print(e)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip().endswith("Run: pip install 'boilerstrip[arrow]'")
