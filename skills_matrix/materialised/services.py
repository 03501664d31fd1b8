"""Bringing the copy up to date."""

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from lms.people.models import Employee, Posting
from skills_matrix.chain import Chain, derive_chain
from skills_matrix.competencies.models import Framework, LevelRule
from skills_matrix.competencies.selectors import competencies_held, level_rule_on
from skills_matrix.engine.arrays import ABSENT, FOREVER, arrays_of, moment_of
from skills_matrix.engine.changes import RULES, next_fact_changes, next_rule_change
from skills_matrix.engine.table import table_of_cells
from skills_matrix.frames import midnight, office_day
from skills_matrix.materialised.models import MatrixState, SkillVector, StaleSkill
from skills_matrix.materialised.packing import pack
from skills_matrix.materialised.selectors import described_rule

BATCH = 1_000


@transaction.atomic
def refresh_matrix(*, now: datetime) -> int:
    """Make anew what is out of date at that moment; gives how many people's rows were made.

    To be called by whoever reads the copy. Two at once: the second waits, then finds it done. A
    change that commits meanwhile has its note, so the next reader makes those rows again.
    """
    state = _locked_state()
    notes = list(StaleSkill.objects.values_list("pk", "employee_id"))
    competencies = competencies_held(office_day(now))
    wanted = list(competencies.values_list("pk", flat=True))
    rule = described_rule(level_rule_on(office_day(now)))
    is_over = state.valid_until is not None and state.valid_until <= now
    everybody = (
        not state.version
        or is_over
        or (state.competencies, state.rule) != (wanted, rule)
        or any(employee_id is None for _pk, employee_id in notes)
    )
    if everybody:
        people = Employee.objects.all()
    else:
        due = SkillVector.objects.filter(Q(valid_until__lte=now) | Q(made_at__gt=now))
        concerned = {employee_id for _pk, employee_id in notes if employee_id is not None}
        concerned.update(due.values_list("pk", flat=True))
        people = Employee.objects.filter(pk__in=concerned)
    chain = derive_chain(employees=people, competencies=competencies, as_of=now)
    made = _make(chain, now)
    gone = SkillVector.objects.filter(employee__in=people)
    gone.exclude(employee__in=chain.frames.people["employee_id"].tolist()).delete()
    StaleSkill.objects.filter(pk__in=[pk for pk, _employee_id in notes]).delete()
    if everybody:
        state.competencies, state.rule = wanted, rule
        state.valid_until = _rules_hold_until(chain, now)
    if everybody or notes or made:
        state.version += 1
        state.stamp = uuid.uuid4()
        state.save()
    return made


def rebuild_matrix(*, now: datetime) -> int:
    """Throw the copy away and make it anew; gives how many rows."""
    with transaction.atomic():
        _locked_state()
        StaleSkill.objects.create(employee_id=None)
        return refresh_matrix(now=now)


def _locked_state() -> MatrixState:
    MatrixState.objects.get_or_create(pk=1)
    return MatrixState.objects.select_for_update().get(pk=1)


def _make(chain: Chain, now: datetime) -> int:
    """Rows of everybody in the chain, who all have a main posting."""
    people = arrays_of("people", chain.frames.people)
    competencies = chain.frames.competencies["competency_id"].to_numpy()
    table = table_of_cells(chain.cells, people["employee_id"], competencies)
    department, tier = people["department_id"].tolist(), people["tier_id"].tolist()
    until = _until(chain, now)
    SkillVector.objects.bulk_create(
        (
            SkillVector(
                employee_id=employee_id,
                department_id=department[row],
                tier_id=None if tier[row] == ABSENT else tier[row],
                levels=levels,
                details=details,
                made_at=now,
                valid_until=until.get(employee_id),
            )
            for row, (employee_id, levels, details) in enumerate(pack(table))
        ),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["employee"],
        update_fields=[
            *("department_id", "tier_id", "levels", "details", "made_at", "valid_until")
        ],
    )
    return int(people["employee_id"].size)


def _until(chain: Chain, now: datetime) -> dict[int, datetime]:
    """Until when each person's row is right by itself; nobody named = for good."""
    people, moments = next_fact_changes(
        chain.evidence, chain.frames.completions, chain.frames.assessments, as_of=now
    )
    until = {
        person: moment_of(first)
        for person, first in zip(people.tolist(), moments.tolist(), strict=True)
    }
    today = office_day(now)
    for person, starts_on, ends_on in Posting.objects.filter(
        Q(starts_on__gt=today) | Q(ends_on__gt=today),
        employee__in=chain.frames.people["employee_id"].tolist(),
    ).values_list("employee_id", "starts_on", "ends_on"):
        for day in (starts_on, ends_on):
            if day is not None and day > today:
                moment = midnight(day)
                until[person] = min(until.get(person, moment), moment)
    return until


def _rules_hold_until(chain: Chain, now: datetime) -> datetime | None:
    """When the first rule begins or ends that would change anybody's row."""
    frames = {name: getattr(chain.frames, name) for name in RULES}
    first = next_rule_change(frames, as_of=now)
    moments = [] if first == FOREVER else [moment_of(first)]
    today = office_day(now)
    for model in (Framework, LevelRule):
        for days in model.objects.values_list("effective_from", "effective_until"):
            moments += [midnight(day) for day in days if day is not None and day > today]
    return min(moments, default=None)
