"""A Scrapy item pipeline: cleans what an item holds, off the reactor.

How it is turned on, and its settings, are in docs/volume.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boilerstrip.batch.rows import kind_of, result_of
from boilerstrip.cleaner import Cleaner, Options
from boilerstrip.extras import needed
from boilerstrip.schema import RESULT

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_NAMES = [column.name for column in RESULT]


class BoilerstripPipeline:
    """Puts the columns of an article into an item: all into a dict, else those it has fields for.

    A response is taken out of a dict that holds it. An item that can't be cleaned goes on, with its
    ``error``.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._sources = settings.getlist("BOILERSTRIP_SOURCE", ["response", "html", "text"])
        self._record = settings.get("BOILERSTRIP_RECORD", "compact")
        names = ("RULES", "LANGUAGES", "KEEP")
        rules, languages, keep = (settings.getlist(f"BOILERSTRIP_{name}") for name in names)
        self._cleaner = Cleaner(Options(rules, languages or None, keep))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BoilerstripPipeline:
        """The pipeline with a crawler's settings."""
        return cls(crawler)

    async def process_item(self, item: Any, spider: Any = None) -> Any:  # noqa: ARG002
        """The item, cleaned."""
        adapter = needed("itemadapter", "scrapy", "the pipeline").ItemAdapter(item)
        threads = needed("twisted.internet.threads", "scrapy", "the pipeline")
        wait = needed("scrapy.utils.defer", "scrapy", "the pipeline").maybe_deferred_to_future
        name = next((one for one in self._sources if adapter.get(one)), None)
        source = None if name is None else adapter[name]
        url = None if hasattr(source, "url") else adapter.get("url")
        row = await wait(threads.deferToThread(result_of, source, url, self._cleaner, self._record))
        self._crawler.stats.inc_value(f"boilerstrip/{kind_of(row)}")
        for removal in row["removed"] or ():
            self._crawler.stats.inc_value(f"boilerstrip/removed/{removal['category']}")
        known = _NAMES if isinstance(item, dict) else adapter.field_names()
        for column in set(_NAMES).intersection(known):
            adapter[column] = row[column]
        if hasattr(source, "url") and isinstance(item, dict):
            del item[name]
        return item
