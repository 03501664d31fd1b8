"""A past for the sample office, so that its matrix has something to show. All of it is made up.

Deterministic without any state: every choice is drawn from a hash of who and what, so that the
same office always has the same past, whatever is loaded before or after.
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

import pandas as pd
from django.db import transaction

from lms.people.models import Employee
from skills_matrix.assessments.models import Assessment
from skills_matrix.competencies.models import Assurance, Competency
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.engine.cells import effective_targets
from skills_matrix.frames import office_day, people_frame, person_roles_frame, targets_frame
from skills_matrix.reports.values import rows_of

Say = Callable[[str], None]

NOTE = "架空の記録です（見本用）。"
SUPERVISOR_DATES = [datetime(year, 2, 15, 3, tzinfo=UTC) for year in (2024, 2025, 2026)]
SELF_DATE = datetime(2026, 6, 10, 3, tzinfo=UTC)
# Share of the targeted skills that a supervisor ever judged, and that people judged themselves.
JUDGED, SELF_JUDGED = 0.34, 0.25

# The demo's learner starts with little, so that courses have something to change: key -> level.
LEARNER = "001001"
LEARNER_JUDGED = {"BX-D1": 2, "PS-H2": 2, "BX-P3": 1, "DA-S1": 1}
LEARNER_BELIEVES = {"L-D3": 1, "L-T1": 2, "DA-S1": 2}


@transaction.atomic
def load_history(*, say: Say) -> None:
    """Assessments of the sample office's people; nothing where any assessment exists already."""
    if Assessment.objects.exists():
        return
    people = {row.pk: row for row in Employee.objects.all()}
    competencies = {row.pk: row for row in competencies_held()}
    made = []
    for asked in rows_of(_targets()):
        person, skill = people[asked.employee_id], competencies[asked.competency_id]
        if person.staff_number == LEARNER:
            continue
        made += _judged(person, skill, asked.target)
        made += _believed(person, skill, asked.target)
    learner = next((row for row in people.values() if row.staff_number == LEARNER), None)
    if learner is not None:
        by_key = {row.key: row for row in competencies.values()}
        made += [
            _supervised(learner, by_key[key], level, SUPERVISOR_DATES[-1])
            for key, level in LEARNER_JUDGED.items()
        ]
        made += [_self(learner, by_key[key], level) for key, level in LEARNER_BELIEVES.items()]
    Assessment.objects.bulk_create(made, batch_size=2000)
    say(f"{Assessment._meta.verbose_name_plural}: {len(made)}")


def _targets() -> pd.DataFrame:
    everybody, now = Employee.objects.all(), SELF_DATE
    return effective_targets(
        people_frame(everybody, office_day(now)),
        person_roles_frame(everybody, office_day(now)),
        targets_frame(competencies_held()),
        as_of=now,
    )


def _judged(person: Employee, skill: Competency, target: int) -> list[Assessment]:
    """None to three judgements over the years, rising towards the target, sometimes beyond."""
    if _draw(person, skill, "judged") >= JUDGED:
        return []
    first = int(_draw(person, skill, "first") * len(SUPERVISOR_DATES))
    reached = target - 1 + int(_draw(person, skill, "reached") * 2.6) - 1
    final = min(max(reached, 0), 4)
    years = SUPERVISOR_DATES[first:]
    return [
        _supervised(person, skill, max(final - (len(years) - 1 - n), 0), date)
        for n, date in enumerate(years)
    ]


def _believed(person: Employee, skill: Competency, target: int) -> list[Assessment]:
    if _draw(person, skill, "self") >= SELF_JUDGED:
        return []
    return [_self(person, skill, min(int(_draw(person, skill, "believes") * (target + 2)), 4))]


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


def _self(person: Employee, skill: Competency, level: int) -> Assessment:
    return Assessment(
        employee=person,
        competency=skill,
        level=level,
        kind=Assessment.Kind.SELF,
        assurance=Assurance.SELF_DECLARED,
        assessed_at=SELF_DATE,
        note=NOTE,
    )


def _draw(person: Employee, skill: Competency, what: str) -> float:
    """A number 0 to 1 that depends on these three alone."""
    digest = hashlib.sha256(f"{person.staff_number}/{skill.key}/{what}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48
