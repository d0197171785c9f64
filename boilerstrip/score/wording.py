"""The features of the scorer in words: what each says of one block.

``_KINDS`` names for each kind of evidence the features that tell it, as patterns, and the function
that puts it in words. A new feature is added to the patterns of its kind, or with a function of its
own; one that is forgotten is shown by its name and value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from boilerstrip.score.features import SHORT, line_keys, name_tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from boilerstrip.document import Document, Element, Markup
    from boilerstrip.score.features import Lexicon

# Puts the feature of this name in words.
Wording: TypeAlias = "Callable[[Seen, str], str]"

_WORD = re.compile(r"\w+")
# A block of which so much stands in links is a link; those within so many blocks stand around it.
_LINK = 0.8
_AROUND = 10
# A block of no more words is called short.
_SHORT_WORDS = 5
# So much of another line is shown.
_SHOWN = 40
# A stretch of the page with less of the body stands apart from it.
_APART = 0.05
# From here on, distances are counted no farther by the features.
_FAR, _FAR_RULE, _FAR_ECHO, _FAR_HEADING = 20, 60, 200, 50
_STEP = re.compile(r"(.+)([+-]\d)")
_WINDOW = re.compile(r"(.+)_(before|after)(\d+)")
_ABOVE = ("up1", "up2", "up3", "up4")
_RULE = re.compile(r"rule_([a-z_]+?)_?(\d?)")
# What rules took, by the number of its kind in the features' names.
_TAKEN = ("anything", "page furniture", "share buttons", "comments", "related items",
          "advertisements", "pictures", "the head", "a bio")  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """A block of a document, with the values of its features."""

    document: Document
    number: int
    values: Mapping[str, float]
    lexicon: Lexicon

    def words(self, name: str) -> str:
        """What the feature of this name says of the block."""
        worded = wording(name)
        return worded(self, name) if worded else _plain(self, name)

    def value(self, name: str) -> float:
        """The value of a feature, 0 where the model has none of that name."""
        return self.values.get(name, 0.0)

    def text(self, number: int | None = None) -> str:
        """What stands in a block, this one if none is named."""
        return self.document.content(
            self.document.blocks[self.number if number is None else number]
        )

    @property
    def markup(self) -> Markup | None:
        """What the tree says of the block."""
        return self.document.blocks[self.number].markup

    @property
    def chain(self) -> Iterable[Element]:
        """The elements around the block, from its own outwards."""
        return self.markup.element.chain() if self.markup else ()


@cache
def wording(name: str) -> Wording | None:
    """The function that puts a feature in words, one for all of a kind; ``None`` for a new one."""
    for patterns, worded in _KINDS:
        if any(fnmatchcase(name, pattern) for pattern in patterns.split()):
            return worded
    return None


def _plain(seen: Seen, name: str) -> str:
    """The name of a feature and its value, for want of better words."""
    return f"{name.replace('_', ' ')}: {seen.value(name):.4g}"


def _lines(number: float, most: float = _FAR) -> str:
    if number == 1:
        return "1 line"
    return f"{number:.0f} lines" if number < most else f"{most:.0f} lines or more"


def _words(number: float) -> str:
    return "1 word" if round(number) == 1 else f"{number:.0f} words"


def _quoted(text: str) -> str:
    line = " ".join(text[: 2 * _SHOWN].split())
    return f"'{line}'" if len(line) <= _SHOWN else f"'{line[: _SHOWN - 1].rstrip()}…'"


def _length(seen: Seen, _: str) -> str:
    words = seen.value("words")
    return f"only {_words(words)}" if words <= _SHORT_WORDS else _words(words)


def _sentence(seen: Seen, name: str) -> str:
    some = seen.value(name) > 0
    if name.startswith("stop"):
        return "full stops in it" if some else "no full stop in it"
    if name.startswith("comma"):
        return "commas in it" if some else "no comma in it"
    if name == "quotes":
        return "quotation marks in it" if some else "no quotation mark in it"
    if name == "ends_comma":
        return "ends with a comma or a colon" if some else "ends with no comma or colon"
    if name == "ends_word":
        return "ends with a bare word" if some else "ends with a sign"
    return "ends a sentence" if some else "ends no sentence"


def _characters(seen: Seen, name: str) -> str:
    value = seen.value(name)
    if name == "capitals":
        return f"{value:.0%} of its words with a capital"
    if name == "word_length":
        return f"{value:.0f} characters a word"
    if name.startswith("starts_"):
        what = {"upper": "a capital", "digit": "a digit", "word": "a word"}[name[7:]]
        return f"begins with {what}" if value else f"does not begin with {what}"
    what = {"upper": "capitals", "digits": "digits", "wide": "wide letters", "signs": "signs"}[name]
    return f"{value:.0%} {what}"


def _links(seen: Seen, _: str) -> str:
    blocks = seen.document.blocks
    around = [
        *blocks[max(seen.number - _AROUND, 0) : seen.number],
        *blocks[seen.number + 1 : seen.number + 1 + _AROUND],
    ]
    links = sum(b.markup is not None and b.markup.link_density >= _LINK for b in around)
    among = f"among {links} links" if links > 1 else "beside a link" if links else ""
    density = seen.markup.link_density if seen.markup else 0.0
    if density >= _LINK:
        size = "short link" if seen.value("words") <= _SHORT_WORDS else "link"
        return f"{size} {among}".strip()
    if density:
        return f"{density:.0%} of it links {among}".strip()
    return among or "no link in it or around it"


def _class(seen: Seen, _: str) -> str:
    """The class or id that speaks most against the block, if one is known."""
    table, worst = seen.lexicon.names, (0.0, "")
    for element in seen.chain:
        for token in element.names.split():
            weight = min((table[part] for part in name_tokens(token) if part in table), default=0.0)
            worst = min(worst, (weight, token))
    return f"class {_quoted(worst[1])}" if worst[1] else "no class that articles have"


def _tag(seen: Seen, name: str) -> str:
    own = next(iter(seen.chain), None)
    if name == "depth":
        return f"{seen.value(name):.0f} elements deep"
    if name == "tag":
        return f"<{own.tag}>" if own else "no tag"
    kind = name.removeprefix("in_")
    return f"in {kind} element" if seen.value(name) else f"in no {kind} element"


def _element(seen: Seen, name: str) -> str:
    """What an element around the block holds."""
    label = name.rpartition("_")[0]
    words, prose = seen.value(f"{label}_words"), seen.value(f"{label}_prose")
    holds = f"{_words(words)}, {prose:.0%} of them prose" if prose else f"{_words(words)}, no prose"
    return f"in {'an element' if label in _ABOVE else 'a branch of the page'} with {holds}"


def _main(seen: Seen, name: str) -> str:
    inside = seen.value(f"{name.split('_')[0]}_inside")
    return f"{'inside' if inside else 'outside'} the element that holds most of the prose"


def _kin(seen: Seen, name: str) -> str:
    if name in ("kin_prose", "kin_prose_rate"):
        share = seen.value("kin_prose")
        return f"what looks like it holds {f'{share:.0%} of the' if share else 'no'} prose"
    return f"one of {seen.value('kin_count'):.0f} that look alike"


def _part(seen: Seen, name: str) -> str:
    number, count = seen.value("part_number"), seen.value("part_count")
    if count < 1:
        return "in no one of several parts"
    if name == "part_title_lag":
        return "another part's heading is nearer to the page's title"
    return f"in part {number + 1:.0f} of {count:.0f} with a heading and prose each"


def _place(seen: Seen, _: str) -> str:
    since, until = seen.value("since_prose"), seen.value("until_prose")
    if not since:
        return f"{seen.value('position'):.0%} down the page"
    if seen.value("prose_page") <= 1:
        return "no paragraph on the page"
    if not seen.value("prose_before_words"):
        return f"{_lines(until)} before the first paragraph"
    if not seen.value("prose_after_words"):
        return f"{_lines(since)} after the last paragraph"
    return f"{_lines(min(since, until))} from the nearest paragraph"


def _page(seen: Seen, name: str) -> str:
    if name == "blocks":
        return f"on a page of {seen.value(name):.0f} lines"
    return f"of the page, {seen.value('prose_share'):.0%} is prose"


def _lexical(seen: Seen, _: str) -> str:
    """The words that speak most against the block, if some are known."""
    words = _WORD.findall(seen.text().lower())
    table = seen.lexicon.short if len(words) <= SHORT else seen.lexicon.long
    known = [(table[key], key) for key in (*line_keys(words), *words) if key in table]
    weight, key = min(known, default=(0.0, ""))
    if weight >= 0:
        return "no word that articles have"
    says = {"=": "says", "^": "begins with", "$": "ends with"}.get(key[0])
    return f"{says} {_quoted(key[1:])}" if says else f"the word {_quoted(key)}"


def _heading(seen: Seen, _: str) -> str:
    distance = int(seen.value("head_distance"))
    if not 0 < distance < min(_FAR_HEADING, seen.number + 1):
        return "no heading above it"
    return f"{_lines(distance)} below {_quoted(seen.text(seen.number - distance))}"


def _neighbour(seen: Seen, name: str) -> str:
    """What a line near the block is like."""
    found = _STEP.fullmatch(name)
    if not found:
        return _plain(seen, name)
    what, step, value = found[1], int(found[2]), seen.value(name)
    where = "above" if step < 0 else "below"
    line = f"the line {where} it" if abs(step) == 1 else f"line {abs(step)} {where} it"
    if not 0 <= seen.number + step < len(seen.document.blocks):
        return f"no {line.removeprefix('the ')}"
    if what == "words":
        return f"{_words(value)} in {line}"
    if what == "ends_stop":
        return f"{line} ends {'a' if value else 'no'} sentence"
    if what == "density":
        return f"{line} is {value:.0%} links"
    return f"what {line} says: {_quoted(seen.text(seen.number + step))}"


def _window(seen: Seen, name: str) -> str:
    """What the lines before or after the block hold."""
    found = _WINDOW.fullmatch(name)
    if not found:
        return _plain(seen, name)
    what, where, number = found.groups()
    lines, value = f"in the {number} lines {where} it", seen.value(name)
    if what == "lexicon":
        return f"the words {lines}"
    if what == "prose":
        return f"{_words(value)} of prose {lines}" if value else f"no prose {lines}"
    return f"{_words(value)} {lines}"


def _repeats(seen: Seen, name: str) -> str:
    if name == "again":
        return "stood above already" if seen.value(name) else "stands here first"
    times = seen.value(name)
    return f"stands {times:.0f} times on the page" if times > 1 else "stands once on the page"


def _stated(seen: Seen, name: str) -> str:
    value = seen.value(name)
    if name == "told":
        stated = "the article that the page states"
        return f"{value:.0%} of it in {stated}" if value >= 0 else "the page states no article"
    what = {"is_title": "title", "is_description": "description"}[name]
    return f"{value:.0%} the page's {what}"


def _topic(seen: Seen, name: str) -> str:
    """How much of what the block says the article says elsewhere."""
    value = seen.value(name)
    if name == "function":
        return f"{value:.0%} of its words are the page's commonest"
    if name in ("opening", "title_near"):
        return f"shares {value:.0%} with the first line"
    where = "above it" if "before" in name.split("_")[1:2] else "below it"
    where = "the article" if name == "topic" else f"what stands {where}"
    return (
        f"shares {value:.0%} of its words with {where}" if value else f"shares no word with {where}"
    )


def _items(seen: Seen, name: str) -> str:
    """How the block is like the items of a list."""
    value = seen.value(name)
    if name.startswith("like_"):
        line = "next line" if name == "like_next" else "line before"
        return f"shares {value:.0%} of its words with the {line}"
    ways = {"first": "begins", "last": "ends", "sig": "begins and ends"}
    way = ways[name.split("_")[0]]
    return f"{way} as {value:.0f} lines do"


def _rules(seen: Seen, name: str) -> str:
    """What rules took near the block."""
    found = _RULE.fullmatch(name)
    if not found:
        return _plain(seen, name)
    what, kind, value = found[1], _TAKEN[int(found[2] or 0)], seen.value(name)
    if what == "own":
        return "rules took some of it" if value else "rules took nothing of it"
    if what == "reached":
        return "it stands under a heading that rules know" if value else "under no known heading"
    if what in ("since", "until"):
        where = "after" if what == "since" else "before"
        near = f"{_lines(value, _FAR_RULE)} {where} {kind} that rules took"
        return near if value < _FAR_RULE else f"rules took no {kind} near"
    if what == "prose_since":
        return f"{_words(value)} of prose since {kind}" if value >= 0 else f"no {kind} above it"
    if what == "before":
        return f"{value:.0%} of {kind} above it"
    if what == "words":
        return f"rules took {value:.0%} of the text"
    return f"rules took {kind} {value:.0f} times"


def _echoes(seen: Seen, name: str) -> str:
    value = seen.value(name)
    if name == "echo_n":
        return f"the headline is said again {value:.0f} times"
    if value >= _FAR_ECHO:
        return "the headline is not said again near"
    where = "after" if name == "echo_since" else "before"
    return f"{_lines(value, _FAR_ECHO)} {where} the headline is said again"


def _first_look(seen: Seen, name: str) -> str:
    """What a first look gave the lines around the block."""
    value = seen.value(name)
    if name in ("since_likely", "until_likely", "since_sure", "until_sure"):
        where = "after" if name.startswith("since") else "before"
        return f"{_lines(value)} {where} a line that is likely body"
    if name in ("total", "page", "surest"):
        return f"{seen.value('page'):.0%} of the text is likely body"
    if name.startswith("stretch_"):
        share = seen.value("stretch_mass")
        apart = "apart from what is likely body"
        return apart if share < _APART else f"among {share:.0%} of what is likely body"
    if name in ("share_before", "share_after", "body_after", "sure_before"):
        return f"{seen.value('share_after'):.0%} of what is likely body stands below it"
    around = [seen.value(f"chance{step:+d}") for step in (-3, -2, -1, 1, 2, 3)]
    known = [chance for chance in around if chance >= 0]
    likely = sum(known) / max(len(known), 1)
    return f"the lines around it are {likely:.0%} likely to be body"


def _wording(seen: Seen, name: str) -> str:
    """What the block, or what stands near it, is worded like."""
    step = _STEP.fullmatch(name)
    if step:
        return _neighbour(seen, f"wording{step[2]}")
    where = {"line": " of its line", "segment": " of its sentence", "ngrams": " around it"}
    label = "" if name == "ngrams" else where[name.partition("_")[0]]
    like = "boilerplate" if seen.value(name) < 0 else "a story"
    return f"the wording{label} is that of {like}"


def _layout(seen: Seen, name: str) -> str:
    """How the block is set apart from what stands beside it."""
    if name in ("lines", "line_alone"):
        return f"in a text of {seen.value('lines'):.0f} lines"
    if name.startswith("size"):
        return _neighbour(seen, name.replace("size", "words"))
    pieces = seen.value("line_pieces")
    if pieces <= 1:
        return "a line of its own"
    return f"piece {seen.value('line_index') + 1:.0f} of {pieces:.0f} of its line"


# The kinds of evidence: the features of each, the first that fits counts, and their words.
_KINDS: tuple[tuple[str, Wording], ...] = (
    ("ngrams ngrams[+-]? ngrams_* *_ngrams", _wording),
    ("cut cut_after lines line_alone line_* segment_* size[+-]?", _layout),
    ("words chars newlines", _length),
    ("stops stop_rate commas comma_rate quotes ends_stop ends_comma ends_word", _sentence),
    ("word_length upper capitals digits wide signs starts_*", _characters),
    ("density density[+-]? linked_* kin_links *_links", _links),
    ("name_own name_worst name_best *_name", _class),
    ("tag depth in_*", _tag),
    ("chance* body_* share_* *_likely *_sure sure_* surest total page stretch_*", _first_look),
    ("*_chance *_body", _first_look),
    ("up?_* *_branch_*", _element),
    ("half_* most_*", _main),
    ("kin_prose kin_prose_rate kin_count kin_words", _kin),
    ("part_*", _part),
    ("position index left words_before prose_before prose_*_words *_prose *_prose_far", _place),
    ("blocks prose_page prose_share", _page),
    ("lexicon_mean lexicon_low lexicon_high lexicon_line", _lexical),
    ("head_mean head_low head_line head_distance", _heading),
    ("topic topic_* seen_* function opening title_near", _topic),
    ("rule_*", _rules),
    ("words[+-]? ends_stop[+-]? capitals[+-]? lexicon_*[+-]? tag[+-]? kin_prose[+-]?", _neighbour),
    ("prose_before* prose_after* words_before* words_after* lexicon_*", _window),
    ("repeats again", _repeats),
    ("is_title is_description told", _stated),
    ("first_again last_again sig_again like_*", _items),
    ("echo_*", _echoes),
)
