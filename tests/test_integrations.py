"""Each engine itself, with the recipe that the documents give."""

import asyncio
import dataclasses
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import ClassVar

import pytest

from boilerstrip.schema import RESULT, arrow

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

ROOT = Path(__file__).parents[1]
ARTICLE = "The ferry left at noon.\nAdvertisement\nIt came back at six.\n"
CLEAN = "The ferry left at noon.\nIt came back at six."
LONGEST_RECIPE = 10
# What engines add to the name of a type.
_ENGINES = ("large_", "element: ", "item: ", " not null")


def recipe(name):
    """The code under a heading of docs/volume.md."""
    text = (ROOT / "docs" / "volume.md").read_text(encoding="utf-8")
    code = re.search(rf"### {name}\n.*?```python\n(.*?)```", text, re.DOTALL)[1]
    assert len([line for line in code.splitlines() if line.strip()]) <= LONGEST_RECIPE
    return code


def cook(name, folder, after=""):
    """Run a recipe in a process of its own; what it and ``after`` print."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "PATH": path, "HF_HUB_OFFLINE": "1",
        "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0", "PYSPARK_PYTHON": sys.executable,
        "RAY_USAGE_STATS_ENABLED": "0", "SPARK_LOCAL_IP": "127.0.0.1",
    }  # fmt: skip
    guarded = textwrap.indent(recipe(name) + after, "    ")
    (folder / "recipe.py").write_text(f"if __name__ == '__main__':\n{guarded}", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "recipe.py"], cwd=folder, env=environment, capture_output=True,
        check=False, text=True, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def pages(tmp_path):
    """A folder with pages.parquet: many rows without text, then one with and one without."""
    rows = [{"id": n, "url": None, "text": None} for n in range(1500)]
    rows.append({"id": 1500, "url": "https://a.example/x", "text": ARTICLE})
    rows.append({"id": 1501, "url": None, "text": ""})
    kinds = pa.schema([("id", pa.int64()), ("url", pa.string()), ("text", pa.string())])
    pq.write_table(pa.Table.from_pylist(rows, kinds), tmp_path / "pages.parquet")
    return tmp_path


def check_articles(table):
    """Whether a table has what all engines must make of the pages, in whatever order."""
    assert table.column_names == [*arrow(RESULT).names, "id", "input_url"]
    for column in RESULT:
        kind = str(table.schema.field(column.name).type)
        for engine_s, ours in (("double", "float64"), *((one, "") for one in _ENGINES)):
            kind = kind.replace(engine_s, ours)
        assert kind == column.type
    rows = sorted(table.to_pylist(), key=lambda row: row["id"])
    assert [row["id"] for row in rows] == list(range(1502))
    assert [row["body"] for row in rows] == [*[None] * 1500, CLEAN, ""]
    assert [bool(row["error"]) for row in rows] == [*[True] * 1500, False, False]
    assert rows[1500]["removed"][0]["category"] == "advertisement"
    assert rows[1500]["url"] == rows[1500]["input_url"] == "https://a.example/x"


def test_pandas(pages):
    pd = pytest.importorskip("pandas")
    from boilerstrip.integrations.pandas import clean_frame

    assert "advertisement    1" in cook("pandas", pages)
    assert pq.read_table(pages / "articles.parquet").num_rows == 1502
    frame = pd.DataFrame(
        {"text": [ARTICLE, None, float("nan"), pd.NA, "Rain."], "title": list("abcde")},
        index=["v", "w", "x", "y", "v"],
    )
    articles, removed = clean_frame(frame, text="text")
    assert list(articles.index) == list(frame.index)
    assert [None if pd.isna(body) else body for body in articles["body"]] == [
        CLEAN, None, None, None, "Rain.",
    ]  # fmt: skip
    assert [pd.isna(error) for error in articles["error"]] == [True, False, False, False, True]
    assert list(articles["input_title"]) == list("abcde")
    assert list(removed.index) == ["v"]
    assert removed.iloc[0]["text"] == "Advertisement"
    none = clean_frame(frame.iloc[:0], text="text")
    assert list(none.removed.columns) == list(removed.columns)
    assert list(none.articles.columns) == list(articles.columns)


def test_polars(pages):
    pytest.importorskip("polars")
    assert "advertisement" in cook("Polars", pages)
    check_articles(pq.read_table(pages / "articles.parquet"))


def test_duckdb(pages):
    pytest.importorskip("duckdb")
    if shutil.which("boilerstrip", path=str(Path(sys.executable).parent)) is None:
        pytest.skip("the command is not installed beside this Python")
    pq.write_table(pa.table({"text": [ARTICLE, None]}), pages / "pages.parquet")
    assert "advertisement" in cook("DuckDB", pages)


def test_hugging_face(pages):
    pytest.importorskip("datasets")
    cook("Hugging Face", pages)
    check_articles(pq.read_table(pages / "articles.parquet"))


def test_ray(pages):
    pytest.importorskip("ray.data")
    cook("Ray", pages)
    check_articles(pq.read_table(pages / "articles.parquet"))


def test_spark(pages):
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not installed")
    cook("Spark", pages)
    check_articles(pq.read_table(pages / "articles.parquet"))


def test_ddl_has_the_types_of_the_schema():
    from boilerstrip.integrations.spark import ddl

    kinds = {"STRING": "string", "BIGINT": "int64", "DOUBLE": "float64", "ARRAY": "list",
             "STRUCT": "struct", "`": ""}  # fmt: skip
    said = ddl()
    for spark_s, ours in kinds.items():
        said = said.replace(spark_s, ours)
    assert said == ", ".join(f"{column.name} {column.type}" for column in RESULT)


AFTER_DATATROVE = """
import glob, gzip
for kind in ("articles", "dropped"):
    for path in glob.glob(kind + "/*.gz"):
        print(kind, gzip.open(path, "rt").read().strip())
print("stats", open("logs/stats.json").read().replace(chr(10), ""))
"""


def test_datatrove(pages):
    pytest.importorskip("datatrove")
    pytest.importorskip("orjson", reason="datatrove writes JSON Lines with orjson")
    table = pa.table({"id": ["a", "b"], "text": [ARTICLE, "Advertisement"]})
    pq.write_table(table, pages / "pages.parquet")
    said = {
        line.partition(" ")[0]: json.loads(line.partition(" ")[2])
        for line in cook("datatrove", pages, AFTER_DATATROVE).splitlines()
        if line.startswith(("articles ", "dropped ", "stats "))
    }
    assert said["articles"]["text"] == CLEAN
    removed = said["articles"]["metadata"]["boilerstrip"]["removed"]
    assert [one["text"] for one in removed] == ["Advertisement"]
    assert said["dropped"]["id"] == "b"
    assert said["dropped"]["metadata"]["filter_reason"] == "no body"
    [counts] = [step["stats"] for step in said["stats"] if "boilerstrip" in step["name"]]
    assert counts["dropped_empty"] == counts["dropped"] == 1
    assert counts["forwarded"] == 1


# --- Scrapy


class Site(http.server.BaseHTTPRequestHandler):
    PAGES: ClassVar = {
        "/": f"<html><body><p>{ARTICLE.splitlines()[0]}</p><p>Advertisement</p><a href=/b>b</a>",
        "/b": "<html><body><p>It came back at six, with all passengers on board.</p>",
    }

    def do_GET(self):
        page = self.PAGES.get(self.path, "").encode()
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


CRAWL = """
    from scrapy.crawler import CrawlerProcess
    News.start_urls = [{site!r}]
    feed = {{"items.jsonl": {{"format": "jsonlines"}}}}
    process = CrawlerProcess({{"FEEDS": feed, "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False,
                               "BOILERSTRIP_KEEP": ["media"]}})
    crawler = process.create_crawler(News)
    process.crawl(crawler)
    process.start()
    import json
    print(json.dumps({{k: v for k, v in crawler.stats.get_stats().items() if "boilerstrip" in k}}))
"""


def test_scrapy(tmp_path, site):
    pytest.importorskip("scrapy")
    said = cook("Scrapy", tmp_path, textwrap.dedent(CRAWL.format(site=site)))
    stats = json.loads(said.splitlines()[-1])
    assert stats["boilerstrip/cleaned"] == 2
    assert stats["boilerstrip/removed/advertisement"] == 1
    items = [json.loads(line) for line in (tmp_path / "items.jsonl").read_text().splitlines()]
    first, second = sorted(items, key=lambda item: item["url"])
    assert first["body"] == ARTICLE.splitlines()[0]
    assert second["body"].startswith("It came back at six")
    assert (first["url"], first["error"]) == (site, None)
    assert "response" not in first


@dataclasses.dataclass
class News:
    text: str | None = None
    body: str | None = None
    error: str | None = None


@pytest.fixture
def clean_item(monkeypatch):
    """A function that sends an item through the pipeline, the thread's work done at once."""
    pytest.importorskip("scrapy")
    import scrapy.utils.defer
    import twisted.internet.threads

    async def wait(value):
        return value

    monkeypatch.setattr(scrapy.utils.defer, "maybe_deferred_to_future", wait)
    monkeypatch.setattr(twisted.internet.threads, "deferToThread", lambda call, *of: call(*of))

    def send(item, **settings):
        class Stats(dict):
            def inc_value(self, name):
                self[name] = self.get(name, 0) + 1

        from scrapy.settings import Settings

        from boilerstrip.integrations.scrapy import BoilerstripPipeline

        class Crawler:
            stats = Stats()

        Crawler.settings = Settings({f"BOILERSTRIP_{name}": v for name, v in settings.items()})
        return asyncio.run(BoilerstripPipeline.from_crawler(Crawler).process_item(item)), Crawler

    return send


def test_item_of_any_kind_gets_what_it_has_fields_for(clean_item):
    import attrs
    import scrapy

    class Scraped(scrapy.Item):
        text = scrapy.Field()
        body = scrapy.Field()

    @attrs.define
    class Short:
        text: str
        body: str | None = None

    for item in (News(ARTICLE), Scraped(text=ARTICLE), Short(ARTICLE)):
        found, _ = clean_item(item)
        assert found is item
        assert (item["body"] if isinstance(item, scrapy.Item) else item.body) == CLEAN
    found, _ = clean_item({"text": ARTICLE, "id": 7})
    assert (found["id"], found["text"], found["body"]) == (7, ARTICLE, CLEAN)
    assert set(arrow(RESULT).names) < set(found)


def test_settings_of_the_pipeline(clean_item):
    found, _ = clean_item({"story": ARTICLE, "text": "x"}, SOURCE="story", KEEP="advertisement")
    assert found["body"] == ARTICLE.strip()
    assert clean_item({"text": ARTICLE}, RECORD="none")[0]["removed"] is None


def test_item_that_cannot_be_cleaned_goes_on_with_its_error(clean_item):
    found, crawler = clean_item({"id": 1})
    assert found["id"] == 1
    assert found["error"]
    assert crawler.stats == {"boilerstrip/failed": 1}


# --- without the engine


@pytest.mark.parametrize(
    ("module", "call", "missing", "extra"),
    [
        ("pandas", "clean_frame(None, text='t')", "pandas", "pandas"),
        ("datatrove", "", "datatrove", "datatrove"),
    ],
)
def test_what_needs_an_engine_names_its_extra(module, call, missing, extra):
    code = textwrap.dedent(f"""
        import sys
        sys.modules[{missing!r}] = None
        from boilerstrip.errors import InputError
        try:
            import boilerstrip.integrations.{module} as it
            it.{call or "x"}
        except InputError as error:
            print(error)
    """)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert f"pip install 'boilerstrip[{extra}]'" in done.stdout
