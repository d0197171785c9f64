"""Harm: what a system takes from a text that is all body."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from boilerstrip.evaluation.measures import fold, units

_SENTENCE = re.compile(r"""(?m)[^\n]+?(?:[.!?…]+["'”’»)\]]*(?=\s)|[。！？]+[」』”]?|$)""")


@dataclass(frozen=True, slots=True)
class Loss:
    """Words in a clean text, how many of them were lost, and the sentences they stood in."""

    words: int
    lost: int
    sentences: tuple[str, ...] = ()


def measure_loss(kept: str, clean: str) -> Loss:
    """What of ``clean`` is missing from ``kept``.

    In scripts without spaces each character counts as a word.

    >>> measure_loss("It rained.", clean="It rained. Share this! It stopped.")
    Loss(words=6, lost=4, sentences=('Share this!', 'It stopped.'))
    """
    wanted = Counter(units(clean))
    lost = (wanted - Counter(units(kept))).total()
    return Loss(wanted.total(), lost, _missing_sentences(kept, clean) if lost else ())


def _missing_sentences(kept: str, clean: str) -> tuple[str, ...]:
    folded = f" {fold(kept)} "
    return tuple(sentence for sentence in sentences(clean) if f" {fold(sentence)} " not in folded)


def sentences(text: str) -> list[str]:
    r"""The sentences of the text, none across two lines; those without a word are left out.

    >>> sentences("It rained. “Really?” she asked.\nYes")
    ['It rained.', '“Really?”', 'she asked.', 'Yes']
    """
    cut = (sentence.strip() for sentence in _SENTENCE.findall(text))
    return [sentence for sentence in cut if fold(sentence)]
