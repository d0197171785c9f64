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
    at most ``balance`` times.
    """

    first: Mapping[str, Any]
    second: Mapping[str, Any] | None
    balance: float


@dataclass(frozen=True, slots=True)
class Plan:
    """How all of the weights are trained; ``limit`` is the most pages of a corpus that are read."""

    html: Settings
    text: Settings
    trust: Mapping[str, Any]
    category: Mapping[str, Any]
    limit: int | None = None


# With the tree known, a second forest gained nothing on pages not trained on. Text has four times
# the rows, and learns faster.
FULL = Plan(
    html=Settings({"iterations": 600, "learning_rate": 0.07, "rsm": 0.2}, None, 3.0),
    text=Settings(
        {"iterations": 250, "learning_rate": 0.12, "rsm": 0.3},
        {"iterations": 100, "learning_rate": 0.1, "rsm": 0.5},
        3.0,
    ),
    trust={"iterations": 60, "learning_rate": 0.15, "depth": 4},
    category={"penalty": 0.03, "steps": 100},
)
# For trying things out, and never for shipping: a tenth of the pages, a fifth of the trees.
QUICK = Plan(
    html=Settings({"iterations": 120, "learning_rate": 0.2, "rsm": 0.2}, None, 3.0),
    text=Settings(
        {"iterations": 60, "learning_rate": 0.3, "rsm": 0.3},
        {"iterations": 30, "learning_rate": 0.2, "rsm": 0.5},
        3.0,
    ),
    trust={"iterations": 30, "learning_rate": 0.2, "depth": 4},
    category={"penalty": 0.03, "steps": 10},
    limit=80,
)
