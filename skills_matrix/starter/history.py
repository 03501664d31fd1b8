"""A past for the sample office, so that its matrix has something to show. All of it is made up.

Deterministic without any state: every choice is drawn from a hash of who and what, so that the
same office always has the same past, whatever is loaded before or after.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd
from django.db import transaction

from lms.people.models import Employee
from lms.people.selectors import postings_on
from skills_matrix.assessments.models import Assessment
from skills_matrix.competencies.models import Assurance, Competency
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.engine.cells import effective_targets
from skills_matrix.frames import office_day, people_frame, person_roles_frame, targets_frame
from skills_matrix.reports.values import rows_of

Say = Callable[[str], None]

NOTE = "架空の記録です（見本用）。"
YEARS = range(2023, 2027)
SUPERVISOR_DATES = [datetime(year, 2, 15, 3, tzinfo=UTC) for year in YEARS]
SELF_DATES = [datetime(year, 6, 10, 3, tzinfo=UTC) for year in YEARS]
NOW = SELF_DATES[-1]

# Share of the targeted skills that a supervisor ever judged, by tier. Chiefs are asked first.
JUDGED = {"G0": 0.14, "G1": 0.22, "G2": 0.26, "G3": 0.34, "G4": 0.34, "G5": 0.3, "G6": 0.22}
JUDGED_IN_OWN_FIELD = 0.5
# Share that people judged themselves: more often where somebody else did too.
SELF_JUDGED_BESIDE, SELF_JUDGED_ALONE = 0.4, 0.08

# What each role is chosen for, by the beginning of the key: judged more often, and higher.
FIELDS = {
    "DAT": ("DA-", "L-D"),
    "BPR": ("BX-P", "TE-S10", "DA-S3", "L-H2"),
    "ICT": ("TE-", "SC-", "DA-E", "L-T"),
    "EXT": ("BX-S", "DA-S", "PS-", "L-W"),
}
LEAD_IN_OWN_FIELD = 0.25
# Strength up to this -> judged level against the target; the strongest are a level beyond it.
STANDINGS = [(0.25, -2), (0.6, -1), (0.9, 0)]
BEYOND = 1

# The demo's learner starts with little, so that courses have something to change: key -> level.
LEARNER = "001001"
LEARNER_JUDGED = {"SC-M4": 2, "BX-P3": 1}
LEARNER_BELIEVES = {"L-D3": 1, "L-T1": 2, "DA-S1": 2}


@dataclass(frozen=True)
class _Person:
    """One row per person with targets. `present` holds the dates above that fell in service."""

    employee: Employee
    tier: str
    field: tuple[str, ...]
    present: frozenset[datetime]


@transaction.atomic
def load_history(*, say: Say) -> None:
    """Assessments of the sample office's people; nothing where any assessment exists already."""
    if Assessment.objects.exists():
        return
    people = _people()
    skills = {row.pk: row for row in competencies_held(office_day(NOW))}
    made = []
    for asked in rows_of(_targets()):
        person, skill = people[asked.employee_id], skills[asked.competency_id]
        if person.employee.staff_number != LEARNER:
            made += _past(person, skill, asked.target)
    learner = Employee.objects.filter(staff_number=LEARNER).first()
    if learner is not None:
        made += _of_learner(learner, {row.key: row for row in skills.values()})
    Assessment.objects.bulk_create(made, batch_size=2000)
    say(f"{Assessment._meta.verbose_name_plural}: {len(made)}")


def _people() -> dict[int, _Person]:
    present: dict[int, set[datetime]] = {}
    for moment in (*SUPERVISOR_DATES, *SELF_DATES):
        on_duty = postings_on(office_day(moment)).filter(is_main=True)
        for employee_id in on_duty.values_list("employee_id", flat=True):
            present.setdefault(employee_id, set()).add(moment)
    now = postings_on(office_day(NOW)).filter(is_main=True)
    return {
        posting.employee_id: _Person(
            posting.employee,
            posting.tier.key,
            tuple(key for role in posting.roles.all() for key in FIELDS.get(role.key, ())),
            frozenset(present[posting.employee_id]),
        )
        for posting in now.select_related("employee", "tier").prefetch_related("roles")
    }


def _targets() -> pd.DataFrame:
    everybody, today = Employee.objects.all(), office_day(NOW)
    return effective_targets(
        people_frame(everybody, today),
        person_roles_frame(everybody, today),
        targets_frame(competencies_held(today)),
        as_of=NOW,
    )


def _past(person: _Person, skill: Competency, target: int) -> list[Assessment]:
    """What supervisor and person wrote down about one skill; often nothing.

    Levels lie around the target: higher for people who are strong altogether, and in the field
    of their role.
    """
    in_field = skill.key.startswith(person.field)
    strength = (_draw(person, "strength") + _draw(person, skill.key, "strength")) / 2
    strength += LEAD_IN_OWN_FIELD if in_field else 0
    standing = next((level for top, level in STANDINGS if strength < top), BEYOND)
    reached = _on_scale(target + standing)
    share = JUDGED_IN_OWN_FIELD if in_field else JUDGED.get(person.tier, 0.0)
    is_judged = _draw(person, skill.key, "judged") < share
    past = _judged(person, skill, reached) if is_judged else []
    share = SELF_JUDGED_BESIDE if past else SELF_JUDGED_ALONE
    if _draw(person, skill.key, "self") < share:
        past.append(_believed(person, skill, reached))
    return past


def _judged(person: _Person, skill: Competency, reached: int) -> list[Assessment]:
    """One judgement a year from some year on, rising by a level every other year."""
    moments = [moment for moment in SUPERVISOR_DATES if moment in person.present]
    moments = moments[int(_draw(person, skill.key, "first") * len(moments)) :]
    return [
        _supervised(person.employee, skill, _on_scale(reached - later // 2), moment)
        for later, moment in enumerate(reversed(moments))
    ]


def _believed(person: _Person, skill: Competency, reached: int) -> Assessment:
    """The person's own view: a level lower, the same or a level higher."""
    moments = [moment for moment in SELF_DATES if moment in person.present]
    moment = moments[int(_draw(person, skill.key, "when") * len(moments))]
    believed = reached - 1 + int(_draw(person, skill.key, "believes") * 3)
    return _self(person.employee, skill, _on_scale(believed), moment)


def _on_scale(level: int) -> int:
    return min(max(level, 0), 4)


def _of_learner(learner: Employee, skills: dict[str, Competency]) -> list[Assessment]:
    return [
        _supervised(learner, skills[key], level, SUPERVISOR_DATES[-1])
        for key, level in LEARNER_JUDGED.items()
    ] + [_self(learner, skills[key], level, NOW) for key, level in LEARNER_BELIEVES.items()]


def _supervised(
    person: Employee, skill: Competency, level: int, assessed_at: datetime
) -> Assessment:
    return Assessment(
        employee=person,
        competency=skill,
        level=level,
        kind=Assessment.Kind.SUPERVISOR,
        assurance=Assurance.SUPERVISOR,
        assessed_at=assessed_at,
        note=NOTE,
    )


def _self(person: Employee, skill: Competency, level: int, assessed_at: datetime) -> Assessment:
    return Assessment(
        employee=person,
        competency=skill,
        level=level,
        kind=Assessment.Kind.SELF,
        assurance=Assurance.SELF_DECLARED,
        assessed_at=assessed_at,
        note=NOTE,
    )


def _draw(person: _Person, *what: str) -> float:
    """A number 0 to 1 that depends on these alone."""
    digest = hashlib.sha256("/".join((person.employee.staff_number, *what)).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48
