"""The copy is the engine's matrix, after every kind of change and after time passes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from lms.people.models import Employee, Posting
from lms.progress.models import CourseProgress
from skills_matrix.assessments.models import Assessment
from skills_matrix.chain import derive_chain
from skills_matrix.competencies.models import (
    AgeingRule,
    Award,
    Competency,
    CompetencyMapping,
    Framework,
    LevelRule,
    Target,
)
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.engine.table import FIELDS, table_of_cells
from skills_matrix.frames import office_day
from skills_matrix.materialised.models import SkillVector, StaleSkill
from skills_matrix.materialised.selectors import current_table, is_current
from skills_matrix.materialised.services import rebuild_matrix, refresh_matrix
from skills_matrix.materialised.triggers import remove_triggers
from tests.examples import examples
from tests.factories import (
    make_assessment,
    make_competency,
    make_course,
    make_department,
    make_employee,
    make_framework,
    make_role,
    make_target,
    make_tier,
)

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 4, 1, tzinfo=UTC)
SETTINGS = settings(
    max_examples=examples(of=25),
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
few = st.integers(0, 2)
days = st.integers(-20, 20)
levels = st.integers(1, 4)
kinds = st.sampled_from(Assessment.Kind.values)


def assert_current(now: datetime) -> None:
    """`refresh_matrix` leaves exactly what the engine derives, for exactly the people on duty."""
    refresh_matrix(now=now)
    assert is_current(now=now)
    competencies = competencies_held(office_day(now))
    chain = derive_chain(employees=Employee.objects.all(), competencies=competencies, as_of=now)
    people = np.sort(chain.frames.people["employee_id"].to_numpy())
    columns = np.array(list(competencies.values_list("pk", flat=True)), dtype=np.int64)
    expected = table_of_cells(chain.cells, people, columns)
    found = current_table()
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name), name)
    for name in ("level", "target"):
        only = getattr(current_table(levels_only=True), name)
        np.testing.assert_array_equal(only, getattr(expected, name), name)


class OfficeChanges(RuleBasedStateMachine):
    """An office of three people, in which everything changes that the matrix depends on."""

    @initialize()
    def begin(self) -> None:
        self.change = transaction.atomic()
        self.change.__enter__()
        self.now = BEGIN
        self.tiers = [make_tier() for _ in range(2)]
        self.roles = [make_role() for _ in range(2)]
        self.departments = [make_department() for _ in range(2)]
        self.people = [make_employee(tier=self.tiers[0]) for _ in range(3)]
        self.frameworks = [make_framework() for _ in range(2)]
        self.skills = [make_competency(framework=self.frameworks[n % 2]) for n in range(3)]
        self.courses = [make_course() for _ in range(2)]
        rebuild_matrix(now=self.now)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.change.__exit__(None, None, None)

    def day(self, distance: int) -> date:
        return office_day(self.now) + timedelta(days=distance)

    @rule(person=few, skill=few, level=levels, kind=kinds, ago=days, life=st.none() | levels)
    def judge(
        self, person: int, skill: int, level: int, kind: str, ago: int, life: int | None
    ) -> None:
        at = self.now + timedelta(days=ago)
        Assessment.objects.create(
            employee=self.people[person],
            competency=self.skills[skill],
            level=level,
            kind=kind,
            assurance=level,
            assessed_at=at,
            valid_until=None if life is None else at + timedelta(days=life),
        )

    @rule()
    def take_judgements_back(self) -> None:
        Assessment.objects.filter(level__lte=2).delete()

    @rule(person=few, other=few)
    def judgements_of_one_become_anothers(self, person: int, other: int) -> None:
        Assessment.objects.filter(employee=self.people[person]).update(employee=self.people[other])

    @rule(person=few, course=st.integers(0, 1), ago=days, sure=st.booleans())
    def complete(self, person: int, course: int, ago: int, sure: bool) -> None:
        at = self.now + timedelta(days=ago)
        CourseProgress.objects.update_or_create(
            employee=self.people[person],
            course=self.courses[course],
            defaults={
                "started_at": at,
                "last_at": at,
                "completed_at": at,
                "assured_at": at if sure else None,
            },
        )

    @rule(course=st.integers(0, 1), skill=few, level=levels, start=days, life=st.none() | levels)
    def award(self, course: int, skill: int, level: int, start: int, life: int | None) -> None:
        Award.objects.update_or_create(
            course=self.courses[course],
            competency=self.skills[skill],
            effective_from=self.day(start),
            defaults={"level": level, "valid_for_days": life},
        )

    @rule(skill=few, level=levels, tier=st.integers(0, 1), start=days, length=levels)
    def target(self, skill: int, level: int, tier: int, start: int, length: int) -> None:
        Target.objects.update_or_create(
            competency=self.skills[skill],
            tier=self.tiers[tier],
            role=None,
            effective_from=self.day(start),
            defaults={
                "level": level,
                "effective_until": self.day(start + length) if length > 2 else None,
            },
        )

    @rule(skill=few)
    def drop_targets(self, skill: int) -> None:
        Target.objects.filter(competency=self.skills[skill]).delete()

    @rule(earlier=few, later=few, most=st.none() | levels, start=days)
    def map_one_to_another(self, earlier: int, later: int, most: int | None, start: int) -> None:
        if earlier != later:
            CompetencyMapping.objects.update_or_create(
                earlier=self.skills[earlier],
                later=self.skills[later],
                defaults={"most": most, "effective_from": self.day(start)},
            )

    @rule(skill=few, kind=st.sampled_from(AgeingRule.Kind.values), length=levels, start=days)
    def age(self, skill: int, kind: str, length: int, start: int) -> None:
        AgeingRule.objects.update_or_create(
            competency=self.skills[skill],
            effective_from=self.day(start),
            defaults={"kind": kind, "days": length * 5},
        )

    @rule(least=st.integers(0, 5), start=days)
    def rule_for_levels(self, least: int, start: int) -> None:
        LevelRule.objects.update_or_create(
            effective_from=self.day(start),
            defaults={"name": "highest_valid", "minimum_assurance": least},
        )

    @rule(framework=st.integers(0, 1), end=st.none() | days)
    def end_framework(self, framework: int, end: int | None) -> None:
        until = None if end is None else self.day(end)
        Framework.objects.filter(pk=self.frameworks[framework].pk).update(effective_until=until)

    @rule(person=few, department=st.integers(0, 1), tier=st.integers(0, 1))
    def move(self, person: int, department: int, tier: int) -> None:
        Posting.objects.filter(employee=self.people[person]).update(
            department=self.departments[department], tier=self.tiers[tier]
        )

    @rule(person=few, end=st.none() | days)
    def leave_or_come_back(self, person: int, end: int | None) -> None:
        until = None if end is None else self.day(end)
        Posting.objects.filter(employee=self.people[person]).update(ends_on=until)

    @rule(person=few, role=st.integers(0, 1), holds=st.booleans())
    def role(self, person: int, role: int, holds: bool) -> None:
        for posting in Posting.objects.filter(employee=self.people[person]):
            (posting.roles.add if holds else posting.roles.remove)(self.roles[role])

    @rule(skill=few, is_group=st.booleans())
    def become_a_heading(self, skill: int, is_group: bool) -> None:
        Competency.objects.filter(pk=self.skills[skill].pk).update(is_group=is_group)

    @rule(hours=st.integers(1, 24 * 10))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @invariant()
    def the_copy_is_what_the_engine_derives(self) -> None:
        assert_current(self.now)


def test_after_every_kind_of_change_the_copy_is_what_the_engine_derives() -> None:
    run_state_machine_as_test(OfficeChanges, settings=SETTINGS)


@pytest.fixture
def office() -> dict[str, Any]:
    skills = [make_competency() for _ in range(3)]
    people = [make_employee() for _ in range(4)]
    for person in people:
        make_assessment(person, skills[0], level=2, assessed_at=BEGIN - timedelta(days=30))
    make_target(skills[1], level=3)
    rebuild_matrix(now=BEGIN)
    return {"people": people, "skills": skills}


def test_one_judgement_makes_one_row_anew(office: dict[str, Any]) -> None:
    make_assessment(office["people"][2], office["skills"][1], level=4, assessed_at=BEGIN)
    assert list(StaleSkill.objects.values_list("employee_id", flat=True)) == [
        office["people"][2].pk
    ]
    assert not is_current(now=BEGIN)
    assert refresh_matrix(now=BEGIN) == 1
    assert_current(BEGIN)
    assert refresh_matrix(now=BEGIN) == 0


def test_a_rule_makes_every_row_anew(office: dict[str, Any]) -> None:
    Target.objects.update(level=1)
    assert refresh_matrix(now=BEGIN) == len(office["people"])


def test_what_is_rolled_back_leaves_no_note(office: dict[str, Any]) -> None:
    with transaction.atomic():
        make_assessment(office["people"][0], office["skills"][1], level=4, assessed_at=BEGIN)
        assert not is_current(now=BEGIN)
        transaction.set_rollback(True)
    assert is_current(now=BEGIN)


def test_a_person_who_left_has_no_row(office: dict[str, Any]) -> None:
    Posting.objects.filter(employee=office["people"][0]).update(ends_on=date(2026, 4, 1))
    refresh_matrix(now=BEGIN)
    assert SkillVector.objects.count() == len(office["people"]) - 1


def test_a_clock_set_back_makes_the_rows_anew(office: dict[str, Any]) -> None:
    earlier = BEGIN - timedelta(days=31)
    assert not is_current(now=earlier)
    assert_current(earlier)


def test_without_its_triggers_the_copy_would_be_wrong(office: dict[str, Any]) -> None:
    """So that the tests above cannot pass without them."""
    remove_triggers(connection)
    make_assessment(office["people"][2], office["skills"][1], level=4, assessed_at=BEGIN)
    assert is_current(now=BEGIN)
    with pytest.raises(AssertionError):
        assert_current(BEGIN)
