"""What an evaluation of the rules changed. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Outcome:
    """How many rows one evaluation changed; all 0 = the assignments followed the rules already.

    Attributes:
        opened: assignments that are new: somebody entered, or a period began.
        resumed: that hold again: somebody came back, or an exemption ended.
        ended: that no longer hold: left, exempt, the rule gone, or a new period began.
        moved: with another due date, because the rule's was changed.
        completed: that learning has met, earlier learning that counts among it.
        enrolled: enrolments that are new, or assigned where they had been chosen.
    """

    opened: int = 0
    resumed: int = 0
    ended: int = 0
    moved: int = 0
    completed: int = 0
    enrolled: int = 0


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """What several evaluations changed, one after another."""
    rows = list(outcomes)
    return Outcome(
        **{field.name: sum(getattr(row, field.name) for row in rows) for field in fields(Outcome)}
    )


def in_words(outcome: Outcome) -> str:
    """One line for a log or a terminal."""
    return _(
        "assignments: %(opened)d new, %(resumed)d resumed, %(ended)d ended, %(moved)d with another"
        " due date, %(completed)d completed; %(enrolled)d enrolments"
    ) % vars(outcome)
