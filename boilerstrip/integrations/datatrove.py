"""A step of a datatrove pipeline: each document's text becomes its body."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from boilerstrip.batch.columns import Fields
from boilerstrip.batch.rows import clean_row, kind_of
from boilerstrip.cleaner import Cleaner, Options
from boilerstrip.extras import needed

if TYPE_CHECKING:
    from collections.abc import Iterator

_Step: Any = needed("datatrove.pipeline.base", "datatrove", "its step").PipelineStep


class Boilerstrip(_Step):  # type: ignore[misc]
    """Cleans documents; their fields, and what was removed, are ``metadata["boilerstrip"]``.

    ``html`` says that texts are HTML even where they have no tag that tells. What can't be cleaned
    or has no body is dropped, and goes to ``exclusion_writer`` with its ``filter_reason``.
    """

    name = "🧹 boilerstrip"
    type = "✂️ - FORMAT"

    def __init__(
        self, exclusion_writer: Any = None, *, html: bool = False, options: Options | None = None,
        record: str = "compact",
    ) -> None:  # fmt: skip
        super().__init__()
        self.exclusion_writer = exclusion_writer
        self.fields = Fields(html="text", url="url") if html else Fields(text="text", url="url")
        self.cleaner = Cleaner(options)
        self.record = record

    def run(self, data: Any, rank: int = 0, world_size: int = 1) -> Iterator[Any]:  # noqa: ARG002
        """The documents that have a body."""
        with self.exclusion_writer or nullcontext() as writer:
            for document in data:
                self.stat_update("total")
                with self.track_time():
                    given = {"text": document.text, "url": document.metadata.get("url")}
                    row = clean_row(given, self.fields, self.cleaner, self.record)
                for removal in row["removed"] or ():
                    self.stat_update(f"removed_{removal['category']}", value=len(removal["text"]))
                if (kind := kind_of(row)) != "cleaned":
                    self.stat_update("dropped", f"dropped_{kind}")
                    if writer is not None:
                        document.metadata["filter_reason"] = row["error"] or "no body"
                        writer.write(document, rank)
                    continue
                document.text = row.pop("body")
                document.metadata["boilerstrip"] = row
                self.stat_update("forwarded")
                self.update_doc_stats(document)
                yield document
