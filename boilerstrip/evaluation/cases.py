"""Cases: small inputs with what their body must and must not hold, passed or failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from boilerstrip.evaluation.fields import compare_fields
from boilerstrip.evaluation.labelled import fold_space
from boilerstrip.evaluation.run import Source, attempt

if TYPE_CHECKING:
    from boilerstrip.evaluation.gold import GoldPage
    from boilerstrip.evaluation.systems import System


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a system did on a case: it passed if nothing is ``wrong``."""

    case: GoldPage
    wrong: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether all is as expected."""
        return not self.wrong


def check_case(system: System, case: GoldPage) -> Verdict:
    """What is wrong with the system's answer to the case, in words, one by one.

    White space aside, a string that the body must hold stands in it as it is.

    >>> from boilerstrip.evaluation import GoldPage, function_system
    >>> case = GoldPage("1", None, text="Rain. Home", with_=("Rain.",), without=("Home",))
    >>> check_case(function_system(str.lower, takes={"text"}), case).wrong
    ("missing: 'Rain.'",)
    """
    raw = case.read() if case.has_html else case.text or ""
    done = attempt(system, Source(case, raw))
    found = done.extraction
    body = fold_space(found.body)
    told, given = compare_fields(found, case)
    fields = [name for name, right in {**given, **told}.items() if not right]
    wrong = [
        *([f"failed: {done.failure}"] if done.failure else []),
        *(f"missing: {one!r}" for one in case.with_ if fold_space(one) not in body),
        *(f"left: {one!r}" for one in case.without if fold_space(one) in body),
        *(
            f"{name}: {getattr(found, name)!r}, expected {getattr(case, name)!r}"
            for name in (fields if system.gives_metadata else [])
        ),
    ]
    return Verdict(case, tuple(wrong))
