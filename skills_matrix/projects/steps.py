"""The life of a project as one table: from where, to where, by whom, and what must be there.

Pure: `facts` are gathered by `projects/selectors.py`, steps are taken by `projects/services.py`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from skills_matrix.projects.access import Who
from skills_matrix.projects.models import Project

Status = Project.Status

# What a step may ask for; the text says what is missing.
MISSING: Final[Mapping[str, Promise]] = {
    "department": _("Say which department's work it changes."),
    "needs": _("Name the skills it needs."),
    "dates": _("Set the first and the last day."),
    "lead": _("Name somebody who leads it."),
    "before": _("Record how the work is today: cases, minutes, and how that was measured."),
    "forecast": _("Record what is expected: cases and minutes."),
    "measured": _("Record what was measured after the change."),
}


@dataclass(frozen=True)
class Step:
    """One way on. `by_another` = not by whoever proposed it, whatever else they are.

    Attributes:
        requires: keys of `MISSING`.
        undoable: may be taken back on the same day.
    """

    key: str
    title: Promise | str
    source: Status
    target: Status
    who: frozenset[Who]
    requires: tuple[str, ...] = ()
    needs_reason: bool = False
    by_another: bool = False
    undoable: bool = True


_OFFICE = frozenset({Who.OFFICE})
_HEADS = frozenset({Who.OFFICE, Who.HEAD})
_LEADS = frozenset({Who.OFFICE, Who.LEAD})
_PROPOSER = frozenset({Who.PROPOSER})

# Of two steps between the same statuses the first that somebody may take is theirs.
STEPS: Final = (
    Step(
        "assess",
        pgettext_lazy("step of a project", "Mark as assessed"),
        Status.PROPOSED,
        Status.ASSESSED,
        _HEADS,
        requires=("department", "before", "forecast"),
    ),
    Step(
        "withdraw",
        pgettext_lazy("step of a project", "Withdraw"),
        Status.PROPOSED,
        Status.CLOSED,
        _PROPOSER,
    ),
    Step(
        "decline",
        pgettext_lazy("step of a project", "Decline"),
        Status.PROPOSED,
        Status.CLOSED,
        _HEADS,
        needs_reason=True,
    ),
    Step(
        "approve",
        pgettext_lazy("step of a project", "Approve"),
        Status.ASSESSED,
        Status.APPROVED,
        _OFFICE,
        requires=("needs", "dates"),
        by_another=True,
    ),
    Step(
        "send_back",
        pgettext_lazy("step of a project", "Send back to the proposer"),
        Status.ASSESSED,
        Status.PROPOSED,
        _HEADS,
        needs_reason=True,
    ),
    Step(
        "decline",
        pgettext_lazy("step of a project", "Decline"),
        Status.ASSESSED,
        Status.CLOSED,
        _OFFICE,
        needs_reason=True,
    ),
    Step(
        "start",
        pgettext_lazy("step of a project", "Start"),
        Status.APPROVED,
        Status.RUNNING,
        _LEADS,
        requires=("lead",),
    ),
    Step(
        "reassess",
        pgettext_lazy("step of a project", "Back to assessment"),
        Status.APPROVED,
        Status.ASSESSED,
        _OFFICE,
        needs_reason=True,
    ),
    Step(
        "stop",
        pgettext_lazy("step of a project", "Stop"),
        Status.APPROVED,
        Status.CLOSED,
        _OFFICE,
        needs_reason=True,
    ),
    Step(
        "measure",
        pgettext_lazy("step of a project", "Mark as measured"),
        Status.RUNNING,
        Status.MEASURED,
        _LEADS,
        requires=("before", "measured"),
    ),
    Step(
        "stop",
        pgettext_lazy("step of a project", "Stop"),
        Status.RUNNING,
        Status.CLOSED,
        _OFFICE,
        needs_reason=True,
    ),
    Step(
        "resume",
        pgettext_lazy("step of a project", "Resume the work"),
        Status.MEASURED,
        Status.RUNNING,
        _LEADS,
        needs_reason=True,
    ),
    Step(
        "close",
        pgettext_lazy("step of a project", "Close"),
        Status.MEASURED,
        Status.CLOSED,
        _OFFICE,
    ),
)
# What brings a project from a proposal to its end; all others lead back or out.
ONWARD: Final = frozenset({"assess", "approve", "start", "measure", "close"})
# Steps that are nobody's to choose: how a project came to be, and what was taken back.
BORN: Final = {
    "propose": pgettext_lazy("step of a project", "Proposed"),
    "from_template": pgettext_lazy("step of a project", "Begun from a template"),
    "undo": pgettext_lazy("step of a project", "Taken back"),
}
TITLES: Final[Mapping[str, Any]] = {step.key: step.title for step in STEPS} | BORN
UNDOABLE: Final = frozenset((step.key, step.source, step.target) for step in STEPS if step.undoable)


@dataclass(frozen=True)
class Available:
    """A step with what is still missing for it: keys of `MISSING`, in the table's order."""

    step: Step
    missing: tuple[str, ...]


def step_takes(step: Step, parts: Collection[Who]) -> bool:
    """Whether somebody who is this to a project may take the step."""
    return bool(step.who & set(parts)) and not (step.by_another and Who.PROPOSER in parts)


def step_onward(status: str) -> Step | None:
    """The step that a project of this status waits for; None = for none."""
    return next((one for one in STEPS if one.source == status and one.key in ONWARD), None)


def steps_open_to(status: str, parts: Collection[Who], facts: Collection[str]) -> list[Available]:
    """What somebody who is this to a project may do next, ready or not; one for each target.

    Args:
        facts: keys of `MISSING` that are there.
    """
    found: dict[Status, Available] = {}
    for step in STEPS:
        if step.source != status or not step_takes(step, parts):
            continue
        missing = tuple(key for key in step.requires if key not in facts)
        found.setdefault(step.target, Available(step, missing))
    return list(found.values())
