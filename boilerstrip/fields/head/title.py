"""Which line of a raw text is the headline of its article, by what speaks for each."""

from __future__ import annotations

import json
from functools import cache, cached_property
from importlib.resources import files
from itertools import islice
from math import exp, log1p
from typing import TYPE_CHECKING

import regex

from boilerstrip.fields.byline import uncased_writer
from boilerstrip.fields.head.element import MENU_WORDS, WHOLE, TitleElement
from boilerstrip.fields.head.lines import says_sentence, shared_stems
from boilerstrip.fields.headline import UNSPACED, is_headline, is_menu, split_suffix
from boilerstrip.language.names import is_role
from boilerstrip.language.prose import fold_words
from boilerstrip.language.vocabulary import any_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from boilerstrip.fields.head.lines import Lines

    Span = tuple[int, int]

# So far above the start of the prose, and below it, a headline is looked for.
_REACH = 75
_BELOW = 6
# A headline is given if its chance is no less; of those just above every second is right. Without
# proof it also stands under so many lines, a page's menus: a clean article's headings don't.
_SURE = 0.4
_MENUS = 20
# So many lines below the headline say when and by whom it was written, at most.
_NEAR = 3
_PROOF = 4
# Strokes and what is said twice are none of them; so far they are looked for.
_PROOF_REACH = 8
# What lines of an article itself may be claimed to be, in which its outlet's name tells nothing.
_OF_STORY = ("title", "byline", "date", "author_bio", "media")
# The places in the title element of a line that prints the headline as that has it.
_PRINTED = frozenset(WHOLE)
_FEWEST = 8
_LONGEST = 250
# So many words a full name has at most in scripts without capitals.
_FULL_NAME = 3
# A kicker has no more characters; words that tell what is spoken of have more than so many.
_KICKER = 45
_TELLING = 3
# A standfirst is so many times as long as the headline above it, at least.
_LONGER = 1.2
# Lines about which the evidence differs by no more are as likely.
_ALIKE = 0.6
# So many telling words has a headline in common with the title element that words it otherwise.
_COMMON = 2
# They are such a share of all its words, at least; menus share some by chance.
_REWORDED = 0.15
# The prose begins so few lines below a headline that stands under its byline or date.
_UNDER, _UNDER_STAMP = 5, 2
_CRUMBS = regex.compile(r" [>/»›|] ")
_MARKS = "# "
# A section and the number of its page in print.
_PAGE = regex.compile(r".{2,40}\s[/|·•–-]\s?\d{1,3}")
# Nothing but Markdown's links; a day and a time; a photographer and whom he works for.
_LINKS = regex.compile(r"(?:\W*\[[^\]\[]*\]\([^()]*\)\W*)+")
_CLOCK = regex.compile(r"\d.{0,12}\s\d{1,2}[:.]\d\d(?!\d).{0,6}$")
_PHOTOGRAPHER = regex.compile(r"\p{Lu}\p{Ll}+\s\p{Lu}\p{Ll}+\s?/\s?\p{Lu}[\p{L} ]{1,30}$")


@cache
def _credit() -> regex.Pattern[str]:
    return regex.compile(rf"(?i)©|\(c\)|^{any_of('credits')}\b|{any_of('credits')}:")


@cache
def shipped_weights() -> Mapping[str, float]:
    """How much each piece of evidence counts for a line to be the headline.

    ``python -m boilerstrip.training`` fits them.
    """
    text = (files("boilerstrip.fields.head") / "title.json").read_text("utf-8")
    weights: dict[str, float] = json.loads(text)
    return weights


class TitleSearch:
    """Looks for the headline among the lines.

    The first line of a page is its title element as a rule; it says the headline, perhaps in
    other words than those printed, and the outlet's name.
    """

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._element = TitleElement(lines)
        self._reworded: int | None = None

    def find(self) -> tuple[int, float] | None:
        """The number of the line that is the headline, and how sure that is (0-1).

        ``None`` if no line may be one.
        """
        scores = self._scores()
        if not scores:
            return None
        best = max(scores, key=lambda number: scores[number])
        surety = 1 / sum(exp(score - scores[best]) for score in scores.values())
        if (heading := self._heading()) is not None:
            return heading, surety
        told = self._as_told(self._as_printed(best, scores), scores)
        return self._in_full(self._above_standfirst(told, scores), scores), surety

    def _scores(self) -> dict[int, float]:
        """What speaks for each line that may be the headline; one alone needs no weighing."""
        numbers = self._candidates()
        if len(numbers) == 1:
            return {numbers[0]: 0.0}
        weights = shipped_weights()
        return {
            number: sum(weights[name] * value for name, value in self._evidence(number).items())
            for number in numbers
        }

    def _heading(self) -> int | None:
        """The text's one heading of the first rank in Markdown, if it stands above the prose."""
        headings = [n for n, line in enumerate(self._lines.texts()) if line.startswith("# ")]
        if len(headings) != 1 or headings[0] > self._lines.start:
            return None
        number = headings[0]
        fits = self._lines[number].free and len(self._lines[number].text) <= _LONGEST
        return number if fits and not self._lines[number].text.endswith(".") else None

    def _as_told(self, best: int, scores: Mapping[int, float]) -> int:
        """The likeliest line that says what the prose tells of, if ``best`` says little of it."""
        said = self._told(best)
        if self.says_title(best) or (best == 0 and self._is_said) or (best and said):
            return best
        if best == 0 and self._is_masthead and (below := self._signed_below(scores)) is not None:
            return below
        if self._has_writers(best):
            return best
        told = [n for n in scores if 0 < n < self._lines.start and self._tells(n, said)]
        found = max(told, key=lambda number: scores[number], default=best)
        return found - 1 if found - 1 in told else found

    @cached_property
    def _is_masthead(self) -> bool:
        """Whether the first line is an outlet's name and slogan: its boilerplate says the name."""
        name, stroke, _ = regex.split(r"(\s[|–—-]\s|$)", self._lines[0].text, maxsplit=1)
        if not stroke or len(name) < _FEWEST or name.count(" ") >= MENU_WORDS:
            return False
        others = (line for line in self._lines.all() if line.role and line.role not in _OF_STORY)
        return any(name in line.text for line in others)

    def _signed_below(self, scores: Mapping[int, float]) -> int | None:
        """The likeliest line above the prose, but the first, that a date or a byline follows."""
        signed = [n for n in scores if 0 < n < self._lines.start and self._is_signed(n)]
        return max(signed, key=lambda number: scores[number], default=None)

    def _has_writers(self, number: int) -> bool:
        """Whether the next line is a byline with names, which says more than a date does."""
        byline = self._lines.byline(number + 1) if number + 1 < len(self._lines) else None
        # Under a masthead stands the name of a paper whose article it shows, with the date.
        sure = byline is not None and (number > 0 or byline.labelled or not byline.dated)
        return sure and byline is not None and bool(byline.names)

    def _tells(self, number: int, said: int) -> bool:
        """Whether a line beside its byline or date says more of what the prose tells of.

        ``said`` is how much the likeliest line says. Right above a name with a label less is
        enough.
        """
        told = 0 if is_menu(self._lines[number].text) else self._told(number)
        if told and told >= said and _says_enough(self._lines[number].text):
            below = next(iter(self._telling(number)), number)
            byline = self._lines.byline(below)
            if byline is not None and byline.labelled and byline.names:
                return True
        return told >= _COMMON + said and self._is_beside(number)

    def _is_beside(self, number: int) -> bool:
        """Whether a line close to one, above or below, says when or by whom it was written."""
        return self._is_signed(number) or self._is_under_stamp(number)

    def _is_under_stamp(self, number: int) -> bool:
        """Whether a line between its byline or date and the prose says what that tells of."""
        lines = self._lines
        if not number < lines.start <= number + _UNDER or self._told(number) < _COMMON:
            return False
        return any(lines.signs(n) for n in range(max(0, number - _UNDER_STAMP), number))

    def _told(self, number: int) -> int:
        """How many telling words a line has in common with the first prose."""
        return shared_stems(self._lines.words(number), self._lines.prose_words)

    def _as_printed(self, best: int, scores: Mapping[int, float]) -> int:
        """The line that prints the headline in other words than the title element, right signed.

        Search engines are told another headline than readers.
        """
        if (
            best
            or not self._element.stands
            or not _PRINTED.isdisjoint(self._element.places.values())
        ):
            return best
        signed = [number for number in scores if number and self._is_reworded(number)]
        self._reworded = max(signed, key=lambda number: scores[number], default=None)
        return best if self._reworded is None else self._reworded

    def _is_reworded(self, number: int) -> bool:
        """Whether a line, above a byline, says some of what the title element says, and no more."""
        words = self._lines.words(number)
        shared = shared_stems(words, self._element.words)
        if shared < max(_COMMON, _REWORDED * len(words)) or is_menu(self._lines[number].text):
            return False
        return any(map(self._lines.says_by, self._after(number, 2)))

    def _in_full(self, best: int, scores: Mapping[int, float]) -> int:
        """The line above, where that says all of ``best`` first, and more of a headline."""
        above = best - 1
        if above not in scores or above == 0 or self.says_title(best) or self.says_title(above):
            return best
        begun = self._lines.folded[above].startswith(f"{self._lines.folded[best]} ")
        return above if begun and split_suffix(self._lines[above].text) is None else best

    def _above_standfirst(self, best: int, scores: Mapping[int, float]) -> int:
        """The line above, where that is the headline and ``best`` the longer standfirst."""
        above, text = best - 1, self._lines[best].text
        if above < 0 or self.says_title(best) or self.says_title(above) or not self._may_be(above):
            return best
        said = self._lines[above].text
        # Over a standfirst that is signed itself, the first line of all is likelier the headline.
        least = 1 if above == 0 and self._is_signed(best) else _COMMON
        # What speaks for both alike, the first of two headlines says the more.
        alike = above > 0 and scores.get(above, 0.0) > scores.get(best, 0.0) - _ALIKE
        alike &= 2 * self._told(above) >= self._told(best)
        told = self._told(above) >= (1 if alike else least)
        longer = len(text) >= (1 if alike else _LONGER) * len(said)
        # Menus and lists of articles have more such lines, which tell of something else.
        lone = above == 0 or not (above - 1 in scores and self._told(above - 1))
        fits = _says_enough(said) and not _says_label(said) and not _CRUMBS.search(said)
        return above if told and longer and lone and fits and not said.startswith("#") else best

    def evidence(self) -> dict[int, dict[str, float]]:
        """What speaks for each line that may be the headline, by its number."""
        return {number: self._evidence(number) for number in self._candidates()}

    def says_title(self, number: int) -> bool:
        """Whether a line below the title element says all of it, or a piece of it."""
        return self._element.place(number) is not None

    def title(self, headline: int) -> tuple[int, Span]:
        """The number of the line from which the headline's text is taken, and the span in it."""
        if span := self._element.pair(headline):
            return 0, span
        text = self._lines[headline].text
        suffixed = split_suffix(text)
        if suffixed:
            said = fold_words(text[slice(*suffixed[0])])
            if (
                headline == 0
                or self._lines.counts[said]
                or self._is_outlet(text[slice(*suffixed[1])])
            ):
                return headline, suffixed[0]
        return headline, (len(text) - len(text.lstrip(_MARKS)), len(text))

    def _is_outlet(self, name: str) -> bool:
        """Whether a line besides says the name."""
        return sum(name in line for line in self._lines.texts()) > 1

    def lines(self, headline: int) -> Iterator[tuple[int, dict[str, Span]]]:
        """The lines that say the headline, with the spans of the title and the outlet in them.

        The headline as printed comes first.
        """
        taken, title = self.title(headline)
        spans = {headline: {}, taken: {"title": title}}
        if headline == 0 and self._element.suffixed:
            spans[0]["outlet"] = self._element.suffixed[1]
        if self._element.pair(headline):
            spans[headline + 1] = {}
        if self._under_kicker(headline):
            spans[headline - 1] = {}
        for number in self._repeats(headline, fold_words(self._lines[taken].text[slice(*title)])):
            spans.setdefault(number, {})
        yield headline, spans.pop(headline)
        yield from spans.items()

    def _repeats(self, headline: int, title: str) -> Iterator[int]:
        lines = self._lines
        wanted = {title, lines.folded[headline]} - {""}
        if lines[0].free and self._element.is_echo(headline):
            yield 0
        for number, said in enumerate(lines.folded):
            crumb = number < headline and self._element.place(number) in WHOLE
            if lines[number].free and (said in wanted or crumb):
                yield number

    # What proves the headline

    @cached_property
    def is_provable(self) -> bool:
        """Whether there may be proof of any line: where there can't be, none need be weighed.

        It asks what ``proof`` asks, of all lines among which ``find`` chooses.
        """
        lines = self._lines
        if (
            self._element.suffixed
            or self._element.places
            or any(text.startswith("# ") for text in lines.texts())
        ):
            return True
        over = range(max(0, lines.start - _PROOF_REACH), lines.start)
        if any(self._is_over_writer(n) and self._is_short_headline(n) for n in over):
            return True
        near = range(max(0, lines.start - _REACH - 1), min(len(lines), lines.start + _BELOW))
        if self._element.stands and any(
            self._element.is_echo(n) or self._is_reworded(n) for n in near if n
        ):
            return True
        above = next(filter(self._is_free_prose, range(len(lines))), len(lines))
        enough = (n for n in {0, *near} if n <= above and _says_enough(lines[n].text))
        likely = (n for n in enough if not self._is_barred(n))
        return any(self._proof_beside(n) and self._may_be(n) for n in likely)

    def proof(self, headline: int) -> str | None:
        """The source of the headline, if more than the shape of its line speaks for it."""
        text = self._lines[headline].text
        if text.startswith("# "):
            return "text:heading"
        if headline == 0 and self._element.suffixed:
            return "text:suffix"
        if headline and self._element.is_echo(headline):
            said = self._element.place(headline) is not None or headline <= self._lines.start
            return "text:echo" if said else None
        if headline == self._reworded:
            return "text:above-byline"
        if any(map(self._is_free_prose, range(headline))):
            return None
        return self._proof_beside(headline)

    def _proof_beside(self, number: int) -> str | None:
        """The source of a headline without prose above, by the lines that stand below."""
        if not _says_enough(self._lines[number].text):
            over = number < self._lines.start and self._is_over_writer(number)
            return "text:above-byline" if over and self._is_short_headline(number) else None
        if number == 0 and self._is_first_again:
            return "text:echo"
        if self._is_signed(number):
            return "text:above-byline"
        return "text:below-byline" if self._is_under_stamp(number) else None

    def _is_short_headline(self, number: int) -> bool:
        """Whether a line of few words is no menu's entry: no line but this has it."""
        lines = self._lines
        return lines[number].text.count(" ") > 1 and lines.counts[lines.folded[number]] == 1

    @cached_property
    def _is_first_again(self) -> bool:
        """Whether a line above the prose says the first one again."""
        return self._element.folded in map(fold_words, self._lines.texts(1, self._lines.start))

    def _is_signed(self, number: int) -> bool:
        """Whether a line close below says when and by whom the article was written."""
        return any(map(self._lines.signs, self._telling(number)))

    def _telling(self, number: int) -> Iterator[int]:
        """The next lines, without strokes and without a line that the one above it says already."""
        told = (
            n
            for n in self._after(number, _PROOF_REACH)
            if any(map(str.isalnum, self._lines[n].text))
            and self._lines[n].text != self._lines[n - 1].text
        )
        return islice(told, _PROOF)

    def is_sure(self, headline: int, surety: float, proof: str | None) -> bool:
        """Whether the line, of which this is the proof, may be given as the headline.

        There is proof, or it stands under menus and says what the prose tells of.
        """
        under_menus = headline >= _MENUS and self._told(headline) >= _COMMON
        return surety >= _SURE and (under_menus or proof is not None)

    def _is_free_prose(self, number: int) -> bool:
        return self._lines[number].prose and self._lines[number].free

    # What speaks for a line

    def _candidates(self) -> list[int]:
        start, count = self._lines.start, len(self._lines)
        near = range(max(0, start - _REACH), min(count, start + _BELOW))
        echoes = (number for number in self._element.places if number in self._reach)
        found = sorted(n for n in {0, *echoes, *near} if self._may_be(n))
        printed = any(
            self._element.place(number) in WHOLE for number in found if number < near.stop
        )
        return [number for number in found if number or not printed]

    @cached_property
    def _reach(self) -> range:
        return range(1, min(len(self._lines), self._lines.start + _REACH))

    def _is_barred(self, number: int) -> bool:
        """Whether a line is no headline, at a cheap look."""
        line = self._lines[number]
        return not line.free or says_sentence(line) or self._lines.once(number, _is_no_title)

    def _may_be(self, number: int) -> bool:
        line = self._lines[number]
        if self._is_barred(number):
            return False
        if self.says_title(number):
            return True
        if not self._lines.once(number, _has_shape) or self._names_authors(number):
            return False
        if self._names_uncased(number):
            return False
        if self._lines.stamp(number) is not None:
            return False
        listed = line.role == "related"
        return not listed or (self._told(number) >= _COMMON and self._is_beside(number))

    def _names_uncased(self, number: int) -> bool:
        """Whether a line in a script without capitals, under a headline, names who wrote.

        It says so with a post, or is short and stands beside the date.
        """
        lines, text = self._lines, self._lines[number].text
        name = lines.once(number, uncased_writer)
        if not number or name is None or lines[number - 1].prose:
            return False
        if UNSPACED.search(text) or not lines.once(number - 1, _has_shape):
            return False
        enough = _says_enough(lines[number - 1].text) and not is_menu(lines[number - 1].text)
        short = name.count(" ") < _FULL_NAME and lines.is_moment(number + 1)
        return enough and (short or is_role(text))

    def _names_authors(self, number: int) -> bool:
        byline = self._lines.byline(number)
        if byline is None or not (byline.bare and byline.names):
            return byline is not None
        return not (self._lines.are_words(byline.names) or self._is_over_writer(number))

    def _is_over_writer(self, number: int) -> bool:
        """Whether the line below names who wrote behind a label: this one names a thing."""
        byline = self._lines.byline(number + 1) if number + 1 < len(self._lines) else None
        return byline is not None and byline.labelled and bool(byline.names)

    def _evidence(self, number: int) -> dict[str, float]:
        lines, text, place = self._lines, self._lines[number].text, self._element.place(number)
        words = lines.words(number)
        shared = len(words & self._element.words) if number and not place else 0
        after = self._after(number, _NEAR)
        return {
            "whole": place == "whole",
            "start": place in ("start", "pair"),
            "end": place == "end",
            "part": place == "part",
            "shares": shared / max(1, len(words | self._element.words)),
            "in_title": shared / max(1, len(words)),
            "distance": log1p(max(lines.start - number, 0)),
            "below": number >= lines.start,
            "byline_after": any(map(lines.says_by, after)),
            "moment_next": lines.is_moment(number + 1),
            "moment_after": any(map(lines.is_moment, after)),
            "moment_before": any(map(lines.is_moment, (number - 1, number - 2))),
            "short": text.count(" ") < MENU_WORDS and text.isascii(),
            "first": number == 0 and self._element.stands,
            "suffixed": number == 0 and self._element.suffixed is not None,
            "unsaid": number == 0 and not self._is_said,
            "under_kicker": self._under_kicker(number),
            "crumbs": lines.once(number, _has_crumbs),
            "in_prose": len(words & lines.prose_words) / max(1, len(words)),
            "length": min(len(text), 120) / 100,
            "under_headline": number > 1 and self._is_headline(number - 1),
        }

    def _after(self, number: int, count: int) -> range:
        return range(number + 1, min(number + 1 + count, len(self._lines)))

    def _is_headline(self, number: int) -> bool:
        return not self._lines[number].prose and self._lines.once(number, is_headline)

    @cached_property
    def _is_said(self) -> bool:
        """Whether a line near the prose says the title element again, in its words or others."""
        near = (n for n in self._reach if len(self._lines[n].text) <= _LONGEST)
        return any(map(self._element.is_echo, near))

    def _under_kicker(self, number: int) -> float:
        """How surely a line is the headline under a kicker, under its other form in the crumbs.

        Some pages end their crumbs with the title element; the headline as printed is another.
        """
        lines = self._lines
        if (
            number <= _NEAR - 1
            or self._element.place(number - 2) not in WHOLE
            or self.says_title(number)
        ):
            return 0.0
        kicker, text = lines[number - 1], lines[number].text
        if kicker.prose or lines.signs(number - 1) or len(kicker.text) > min(_KICKER, len(text)):
            return 0.0
        if not any(lines.signs(n) or lines[n].prose for n in self._after(number, _NEAR)):
            return 0.0
        shared = lines.words(number) & lines.words(number - 2)
        return min(sum(len(word) > _TELLING for word in shared), 2) / 2


def _is_no_title(text: str) -> bool:
    """Whether a line is too long for a headline, a credit or a link, or ends with a full stop."""
    text = text.strip(_MARKS)
    if len(text) > _LONGEST or _credit().search(text):
        return True
    if (
        _PAGE.fullmatch(text)
        or _LINKS.fullmatch(text)
        or _PHOTOGRAPHER.search(text)
        or _CLOCK.match(text)
    ):
        return True
    return text.endswith((".", "。")) and not text.endswith("..")


def _has_shape(text: str) -> bool:
    """Whether a line has the shape of a headline, without the marks around it."""
    return is_headline(text.strip(_MARKS))


def _has_crumbs(text: str) -> bool:
    return bool(_CRUMBS.search(text))


def _says_label(text: str) -> bool:
    """Whether a line ends as the label of the line below it does."""
    return text.endswith((":", "|", "›", "»"))


def _says_enough(text: str) -> bool:
    """Whether a line has more words than a menu entry."""
    if UNSPACED.search(text):
        return len(text) > _FEWEST
    return text.count(" ") >= MENU_WORDS if " " in text or text.isascii() else len(text) > _FEWEST
