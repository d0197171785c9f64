"""What cleaning took out: of a document, and of all documents of a run together."""

from __future__ import annotations

import heapq
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from boilerstrip.article import Article

_SLOWEST = 10
_CAUSES_SHOWN = 15
_SLOWEST_SHOWN = 3


def tally(article: Article, seconds: float) -> dict[str, Any]:
    r"""What was taken out of an article, as plain values, and how long that took.

    >>> import boilerstrip
    >>> tally(boilerstrip.clean("It rained.\nAdvertisement"), 0.5)["removed"]
    [['advertisement', 'rule:advertisement/label', 1, 13]]
    """
    passages: Counter[tuple[str, str]] = Counter()
    characters: Counter[tuple[str, str]] = Counter()
    for removal in article.removed:
        key = removal.category, removal.cause
        passages[key] += 1
        characters[key] += removal.end - removal.start
    return {
        "characters": len(article.document.text),
        "empty": not article.body,
        "seconds": round(seconds, 4),
        "removed": [[*key, number, characters[key]] for key, number in passages.items()],
    }


class Summary:
    """What became of the documents of a run, and what was taken out of them."""

    def __init__(self) -> None:
        self.documents: Counter[str] = Counter()
        self.skipped: Counter[str] = Counter()
        self.characters = 0
        self.removed = 0
        self._parts: dict[str, dict[str, Counter[str]]] = {"category": {}, "cause": {}}
        self._slowest: list[tuple[float, str]] = []

    def add(self, name: str, of_one: Mapping[str, Any] | None, *, failed: bool) -> None:
        """Count a document, ``of_one`` being its tally."""
        kind = "failed" if failed or of_one is None else "empty" if of_one["empty"] else "cleaned"
        self.documents[kind] += 1
        if of_one is None:
            return
        self.characters += of_one["characters"]
        heapq.heappush(self._slowest, (of_one["seconds"], name))
        if len(self._slowest) > _SLOWEST:
            heapq.heappop(self._slowest)
        seen: set[tuple[str, str]] = set()
        for category, cause, passages, characters in of_one["removed"]:
            self.removed += characters
            for part, value in (("category", category), ("cause", cause)):
                counts = self._parts[part].setdefault(value, Counter())
                counts["documents"] += (part, value) not in seen
                counts["passages"] += passages
                counts["characters"] += characters
                seen.add((part, value))

    def skip(self, reason: str) -> int:
        """Count a document that is passed over; how many were for this reason."""
        self.documents["skipped"] += 1
        self.skipped[reason] += 1
        return self.skipped[reason]

    @property
    def share(self) -> float:
        """The share of characters that were removed (0-1)."""
        return self.removed / self.characters if self.characters else 0.0

    def line(self) -> str:
        """What became of the documents, in one line."""
        parts = [f"{self.documents['cleaned']} cleaned"]
        for what in ("empty", "skipped", "failed"):
            if number := self.documents[what]:
                parts.append(f"{number} {what}")
            if what == "skipped" and self.skipped:
                reasons = (f"{count} {why}" for why, count in self.skipped.most_common())
                parts[-1] += f" ({', '.join(reasons)})"
        return f"{', '.join(parts)}."

    def to_dict(self) -> dict[str, Any]:
        """All of it, as plain values; the most removed and the slowest first."""
        return {
            "documents": {
                "all": self.documents.total(),
                **{
                    what: self.documents[what] for what in ("cleaned", "empty", "skipped", "failed")
                },
            },
            "skipped": dict(self.skipped.most_common()),
            "characters": self.characters,
            "removed": self.removed,
            "share": self._share_of(self.removed),
            "categories": self._table("category"),
            "causes": self._table("cause"),
            "slowest": [
                {"input": name, "seconds": seconds}
                for seconds, name in sorted(self._slowest, key=lambda one: (-one[0], one[1]))
            ],
        }

    def lines(self) -> Iterable[str]:
        """The most of it, to be read by people."""
        said = self.to_dict()
        passages = sum(row["passages"] for row in said["categories"].values())
        yield (
            f"{self.removed:,} of {self.characters:,} characters removed ({self.share:.1%}),"
            f" in {passages:,} passages."
        )
        for title, rows, most in (
            ("category", said["categories"], None),
            ("cause", said["causes"], _CAUSES_SHOWN),
        ):
            yield f"{title:44} {'documents':>10} {'passages':>10} {'characters':>12} {'share':>7}"
            for name, row in [*rows.items()][:most]:
                numbers = f"{row['documents']:10,} {row['passages']:10,} {row['characters']:12,}"
                yield f"{name:44} {numbers} {row['share']:7.2%}"
            if most and len(rows) > most:
                yield f"{len(rows) - most} more; --summary-json has all."
        for slow in said["slowest"][:_SLOWEST_SHOWN]:
            yield f"slow: {slow['input']}, {slow['seconds']:.1f} s"

    def _table(self, part: str) -> dict[str, dict[str, Any]]:
        rows = sorted(self._parts[part].items(), key=lambda one: (-one[1]["characters"], one[0]))
        return {
            name: {**counts, "share": self._share_of(counts["characters"])} for name, counts in rows
        }

    def _share_of(self, characters: int) -> float:
        return round(characters / self.characters, 6) if self.characters else 0.0
