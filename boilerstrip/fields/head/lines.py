"""The lines of a raw text with what is known of each, for the search for an article's head."""

from __future__ import annotations

from collections import Counter
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import regex

from boilerstrip.fields.byline import Byline, read_byline
from boilerstrip.fields.stamp import Stamp, is_moment, read_stamp
from boilerstrip.language.names import CAPITALISED
from boilerstrip.language.prose import ends_sentence, fold_words
from boilerstrip.language.vocabulary import any_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")

# What a line adds to, and takes from, the run of lines that is the article's prose: characters.
_MOST_GAIN = 400
_LOSS = 20
# So many lines from the start of the prose on tell what the article speaks of.
_NEAR = 8
_SAID_AGAIN = 250
_LONGEST_HEADLINE = 140
_BREAK = regex.compile(r"[.!?]\s+\p{Lu}|。.")
# What rules may call a line of the article's own: a list of other articles, or a source.
_LISTS = ("related", "source_footer")
# Words that tell what is spoken of have more characters, and so many stay in all their forms.
_TELLING = 3
_STEM = 4
_SMALL = regex.compile(r"(?<![\p{L}\p{M}\d'’.@/_-])\p{Ll}[\p{L}\p{M}]+(?![@/_-]|\.\p{L})")
_WORD = regex.compile(r"\w+")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}ー]+")


@cache
def about() -> str:
    """The pattern of what a page says of its authors, behind the name."""
    return rf"{any_of('bio_verbs')}\b"


@cache
def _bio() -> regex.Pattern[str]:
    name = rf"(?:{CAPITALISED}\s+){{2,4}}"
    return regex.compile(rf"{name}(?:,.{{2,60}},\s)?{about()}")


class HeadLine(NamedTuple):
    """A line as the search sees it.

    ``free`` where no rule says that it is something else, ``role`` what a rule says of it.
    """

    text: str
    prose: bool
    free: bool
    role: str | None = None


def prose_start(lines: Sequence[HeadLine]) -> int | None:
    """The number of the line where the longest run of prose begins.

    >>> texts = ["We use cookies.", *["Home"] * 9, *["It rained all day."] * 9]
    >>> prose_start([HeadLine(text, text.endswith("."), True) for text in texts])
    10
    """
    best, run, start = 0, 0, 0
    found = next(
        (n for n, line in enumerate(lines) if line.free and ends_sentence(line.text)), None
    )
    for number, line in enumerate(lines):
        if run <= 0:
            run, start = 0, number
        prose = line.free and says_sentence(line)
        run += min(len(line.text), _MOST_GAIN) if prose else -_LOSS
        if run > best:
            best, found = run, start
    return found


def says_sentence(line: HeadLine) -> bool:
    """Whether a line of prose is more than a headline that is long, or asks or calls.

    >>> says_sentence(HeadLine("Does it rain in the hills tonight, and why?", True, True))
    False
    >>> says_sentence(HeadLine("It rains in the hills, and I do not know why.", True, True))
    True
    """
    if not line.prose:
        return False
    text = line.text.rstrip("\"'”’»)]")
    if len(text) > _LONGEST_HEADLINE or _BREAK.search(text):
        return True
    return text.endswith((".", "。", "।", "۔")) and not text.endswith("..")


class Lines:
    """The lines of a text, and the number ``start`` of the one where its prose starts.

    What lines are read as goes to ``known``, which another search of the same text may have begun.
    """

    def __init__(
        self,
        lines: Sequence[HeadLine],
        start: int,
        language: str | None,
        known: dict[Any, Any] | None = None,
    ) -> None:
        self._lines = lines
        self._language = language
        self.start = start
        # What has been found of lines, by their numbers: several candidates ask for each.
        self._moments: dict[int, bool] = {}
        self._authored: dict[int, bool] = {}
        self._known = {} if known is None else known

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, number: int) -> HeadLine:
        return self._lines[number]

    def all(self) -> Sequence[HeadLine]:
        """All lines, in order."""
        return self._lines

    def texts(self, first: int = 0, last: int | None = None) -> list[str]:
        """The texts of the lines from ``first`` to before ``last``."""
        return [line.text for line in self._lines[first:last]]

    def is_own(self, number: int, headline: int) -> bool:
        """Whether a line may be of the article: between headline and prose, none lists others."""
        line = self[number]
        between = 0 < headline < number <= self.start
        return line.free or (between and line.role in _LISTS)

    @cached_property
    def folded(self) -> Sequence[str]:
        """The folded words of each line that isn't long; of a long one, nothing."""
        return [
            self.once(number, fold_words) if len(line.text) <= _SAID_AGAIN else ""
            for number, line in enumerate(self._lines)
        ]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often the text says each line that isn't long, by its folded words."""
        return Counter(self.folded)

    @cached_property
    def prose_words(self) -> frozenset[str]:
        """The words of the first lines of the prose."""
        near = range(self.start, min(self.start + _NEAR, len(self)))
        return frozenset().union(*map(self.words, near))

    @cached_property
    def _whole(self) -> str:
        return "\n".join(self.texts())

    def says_small(self, word: str) -> bool:
        """Whether the text writes a word in lower case, as names are not."""
        return word in self._whole and any(
            word in line.text and word in self.once(number, _small)
            for number, line in enumerate(self._lines)
        )

    @cached_property
    def told(self) -> str:
        """The lines of prose that don't begin as an author's bio does."""
        prose = (line.text for line in self._lines if line.prose)
        return "\n".join(text for text in prose if not _bio().match(text))

    def once(self, number: int, read: Callable[..., T], *given: object) -> T:
        """What ``read`` makes of a line's text; it is called when it is first asked for."""
        made = self._known.get(read)
        if made is None:
            made = self._known[read] = {}
        text = self._lines[number].text
        try:
            found: T = made[text]
        except KeyError:
            found = made[text] = read(text, *given)
        return found

    def words(self, number: int) -> frozenset[str]:
        """The words of a line, as of ``words_of``."""
        return self.once(number, words_of)

    def byline(self, number: int) -> Byline | None:
        """What a line says of who wrote the article, if it says nothing else."""
        return self.once(number, read_byline)

    def stamp(self, number: int) -> Stamp | None:
        """The date in a line that says little else, or who wrote."""
        if self[number].prose:
            return None
        stamp = self.once(number, read_stamp, self._language)
        if stamp is None or stamp.stands():
            return stamp
        byline = self.byline(number)
        names = byline.names if byline else ()
        spare = sum(name.count(" ") + 1 for name in names) + 2 if byline else 0
        return stamp if stamp.stands(spare) else None

    def is_moment(self, number: int) -> bool:
        """Whether there is a line of this number, and it says when."""
        if number not in self._moments:
            self._moments[number] = 0 <= number < len(self) and self._says_when(number)
        return self._moments[number]

    def _says_when(self, number: int) -> bool:
        line = self[number]
        told = line.role == "date" or self.once(number, is_moment)
        return told or self.stamp(number) is not None

    def says_by(self, number: int) -> bool:
        """Whether a line says by whom the article is, with a label or a date."""
        if number not in self._authored:
            self._authored[number] = self._names_someone(number)
        return self._authored[number]

    def _names_someone(self, number: int) -> bool:
        number = min(number, len(self) - 1)
        line = self[number]
        if line.prose or line.role == "byline":
            return not line.prose
        byline = self.byline(number)
        return byline is not None and (byline.labelled or byline.dated)

    def signs(self, number: int) -> bool:
        """Whether a line says when the article was written, or by whom."""
        return self.is_moment(number) or self.says_by(number)

    def are_words(self, names: Sequence[str]) -> bool:
        """Whether the text writes the last word of the first name in lower case elsewhere."""
        words = [word.casefold() for word in names[0].split() if len(word) > 2]
        return bool(words) and self.says_small(words[-1])

    def are_all_words(self, name: str) -> bool:
        """Whether the text writes every word of a name in lower case elsewhere."""
        words = [word.casefold() for word in name.split() if len(word) > 2]
        return bool(words) and all(map(self.says_small, words))


def shared_stems(one: frozenset[str], other: frozenset[str]) -> int:
    """How many words that tell something two texts have in common, but for their endings.

    >>> shared_stems(words_of("The storms reached land"), words_of("A storm that reaches the land"))
    3
    """
    return len(_stems(one) & _stems(other))


def _stems(words: frozenset[str]) -> set[str]:
    return {
        word[:_STEM]
        for word in words
        if len(word) > _TELLING or not (word.isascii() or _UNSPACED.search(word) is None)
    }


def _small(text: str) -> frozenset[str]:
    return frozenset(_SMALL.findall(text))


def words_of(text: str) -> frozenset[str]:
    """The words of a text; where no spaces part them, each two characters.

    >>> sorted(words_of("Rain, RAIN and 大雨です"))
    ['and', 'rain', 'です', '大雨', '雨で']
    """
    words = frozenset(_WORD.findall(text.casefold()))
    if text.isascii() or not _UNSPACED.search(text):
        return words
    return frozenset(part for word in words for part in _parts(word))


def _parts(word: str) -> list[str]:
    runs = _UNSPACED.findall(word)
    if not runs:
        return [word]
    pairs = [run[n : n + 2] for run in runs for n in range(max(1, len(run) - 1))]
    return [*pairs, *filter(None, _UNSPACED.split(word))]
