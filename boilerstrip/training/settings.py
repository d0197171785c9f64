"""How the models are trained; a file of weights says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Settings:
    """How one of the two models is trained.

    A page of a corpus that is ``n`` times smaller than the largest weighs ``n`` times as much, but
    at most ``balance`` times, and a labelled text ``labelled`` times.
    The weights of wording are bettered ``wording`` times.
    """

    first: Mapping[str, Any]
    second: Mapping[str, Any] | None
    balance: float
    labelled: float = 1.0
    wording: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """How all of the weights are trained; ``limit`` is the most pages of a corpus that are read."""

    html: Settings
    text: Settings
    category: Mapping[str, Any]
    limit: int | None = None


# With the tree known, a second forest gained nothing on pages not trained on. Text has four times
# the rows, and learns faster.
FULL = Plan(
    html=Settings({"iterations": 350, "learning_rate": 0.11, "rsm": 0.2}, None, 3.0),
    text=Settings(
        {"iterations": 170, "learning_rate": 0.13, "rsm": 0.3},
        {"iterations": 80, "learning_rate": 0.13, "rsm": 0.4},
        3.0,
        3.0,
        40,
    ),
    category={"penalty": 0.03, "steps": 100},
)
# For trying things out, and never for shipping: a tenth of the pages, a fifth of the trees.
QUICK = Plan(
    html=Settings({"iterations": 40, "learning_rate": 0.3, "rsm": 0.2}, None, 3.0),
    text=Settings(
        {"iterations": 20, "learning_rate": 0.3, "rsm": 0.3},
        {"iterations": 10, "learning_rate": 0.3, "rsm": 0.5},
        3.0,
        3.0,
        5,
    ),
    category={"penalty": 0.03, "steps": 10},
    limit=80,
)
