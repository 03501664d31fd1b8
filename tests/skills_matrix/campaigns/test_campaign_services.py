"""Both parts of a campaign: who is asked, what is kept, what becomes a judgement."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from lms.people.models import Employee
from skills_matrix.assessments.models import Assessment, SkillsView
from skills_matrix.campaigns.calibration import differences
from skills_matrix.campaigns.models import Campaign
from skills_matrix.campaigns.selectors import (
    hidden_targets_of,
    progress_of,
    questions_of,
)
from skills_matrix.campaigns.services import (
    open_tasks,
    save_head_assessment,
    save_self_assessment,
)
from skills_matrix.competencies.models import Assurance
from skills_matrix.exceptions import AssessmentRefused
from skills_matrix.reports import my_skills
from tests.factories import (
    make_competency,
    make_department,
    make_employee,
    make_framework,
    make_scale,
    make_target,
    make_tier,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


class Section:
    """A section with a head and two members, and a campaign of two skills."""

    def __init__(self, settings: Any) -> None:
        head_tier = make_tier("G5", rank=30_000)
        settings.LMS_HEAD_TIERS = ["G5"]
        make_scale()
        self.department = make_department()
        self.head = make_employee(tier=head_tier, department=self.department, kana="カチョウ")
        self.member = make_employee(department=self.department, kana="ア")
        self.other = make_employee(kana="イ")
        # One framework, so that the skills stand in the order in which they are made.
        self.framework = make_framework()
        self.skills = [make_competency(key, framework=self.framework) for key in "AB"]
        self.campaign = Campaign.objects.create(
            key="FY",
            title_ja="スキル評価",
            fiscal_year=2026,
            opens_on=TODAY - timedelta(days=3),
            due_on=TODAY + timedelta(days=3),
        )
        self.campaign.competencies.set(self.skills)

    def by_self(self, *, is_final: bool = True, **levels: int) -> Any:
        return save_self_assessment(
            employee=self.member,
            campaign=self.campaign,
            levels=levels,
            is_final=is_final,
            on=TODAY,
        )

    def by_head(self, person: Employee, *, is_final: bool = True, **levels: int) -> Any:
        return save_head_assessment(
            viewer=self.head.user,
            staff_number=person.staff_number,
            campaign=self.campaign,
            levels=levels,
            is_final=is_final,
            on=TODAY,
        )


@pytest.fixture
def section(settings: Any) -> Section:
    found = Section(settings)
    open_tasks(on=TODAY)
    return found


def test_everybody_in_the_departments_is_asked_once(section: Section) -> None:
    assert section.campaign.tasks.count() == 3
    assert open_tasks(on=TODAY) == 0
    newcomer = make_employee(department=section.department)
    assert open_tasks(on=TODAY) == 1
    assert section.campaign.tasks.filter(employee=newcomer).exists()


def test_a_campaign_of_one_department_asks_nobody_else(section: Section) -> None:
    Campaign.objects.update(department=section.department)
    section.campaign.tasks.all().delete()
    open_tasks(on=TODAY)
    asked = set(section.campaign.tasks.values_list("employee", flat=True))
    assert asked == {section.head.pk, section.member.pk}


@pytest.mark.parametrize("days", [-4, 4])
def test_outside_its_days_a_campaign_asks_nobody(section: Section, days: int) -> None:
    section.campaign.tasks.all().delete()
    assert open_tasks(on=TODAY + timedelta(days=days)) == 0


def test_a_draft_is_kept_and_is_no_judgement(section: Section) -> None:
    task = section.by_self(is_final=False, A=2)
    assert (task.draft, task.self_done_at) == ({"A": 2}, None)
    assert not Assessment.objects.exists()


def test_handed_in_it_becomes_self_belief_beside_the_level(section: Section) -> None:
    section.by_self(A=3, B=0)
    assert set(Assessment.objects.values_list("competency__key", "level", "kind", "assurance")) == {
        ("A", 3, "self", Assurance.SELF_DECLARED),
        ("B", 0, "self", Assurance.SELF_DECLARED),
    }
    rows = my_skills(employee=section.member, as_of=timezone.now()).rows
    assert [(row.level, row.self_level) for row in rows] == [(None, 3), (None, 0)]


def test_handed_in_again_the_later_counts(section: Section) -> None:
    section.by_self(A=3, B=0)
    section.by_self(A=1, B=0)
    rows = my_skills(employee=section.member, as_of=timezone.now()).rows
    assert [row.self_level for row in rows] == [1, 0]


def test_targets_are_hidden_until_the_own_part_is_handed_in(section: Section) -> None:
    for skill in section.skills:
        make_target(skill, level=3)
    make_target(make_competency("C", framework=section.framework), level=2)
    assert hidden_targets_of(section.member, TODAY) == {skill.pk for skill in section.skills}
    before = my_skills(employee=section.member, as_of=timezone.now())
    assert ([row.target for row in before.rows], before.are_targets_hidden) == (
        [None, None, 2],
        True,
    )
    section.by_self(A=1, B=1)
    after = my_skills(employee=section.member, as_of=timezone.now())
    assert ([row.target for row in after.rows], after.are_targets_hidden) == ([3, 3, 2], False)


def test_only_skills_with_a_target_are_asked_where_there_is_one(section: Section) -> None:
    make_target(section.skills[1], level=2)
    (question,) = questions_of(section.campaign, section.member, TODAY)
    assert question.competency == section.skills[1]
    assert [step.level for step in question.steps] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("levels", "code", "place"),
    [
        ({"A": 1}, "incomplete", "B"),
        ({"A": 1, "B": 5}, "level", "B"),
        ({"A": 1, "B": 1, "X": 1}, "not_asked", "X"),
    ],
)
def test_what_is_not_asked_or_missing_is_refused_and_nothing_is_written(
    section: Section, levels: dict[str, int], code: str, place: str
) -> None:
    with pytest.raises(AssessmentRefused) as refused:
        section.by_self(**levels)
    assert (refused.value.code, refused.value.place) == (code, place)
    assert not Assessment.objects.exists()
    assert section.campaign.tasks.get(employee=section.member).draft == {}


def test_after_the_last_day_nothing_is_taken(section: Section) -> None:
    Campaign.objects.update(opens_on=date(2020, 4, 1), due_on=TODAY - timedelta(days=1))
    section.campaign.refresh_from_db()
    with pytest.raises(AssessmentRefused):
        section.by_self(A=1, B=1)


def test_the_head_judges_the_section_and_it_makes_the_level(section: Section) -> None:
    section.by_head(section.member, A=2, B=1)
    rows = my_skills(employee=section.member, as_of=timezone.now()).rows
    assert [row.level for row in rows] == [2, 1]
    assert {row.assessor for row in Assessment.objects.all()} == {section.head.user}
    assert SkillsView.objects.get().what == "assessment"


def test_the_head_judges_neither_oneself_nor_anybody_else(section: Section) -> None:
    for person in (section.head, section.other):
        with pytest.raises(AssessmentRefused):
            section.by_head(person, A=2, B=1)
    Campaign.objects.update(asks_head=False)
    with pytest.raises(AssessmentRefused):
        section.by_head(section.member, A=2, B=1)
    assert not Assessment.objects.exists()


def test_a_member_judges_nobody(section: Section) -> None:
    with pytest.raises(AssessmentRefused):
        save_head_assessment(
            viewer=section.member.user,
            staff_number=section.head.staff_number,
            campaign=section.campaign,
            levels={"A": 1, "B": 1},
            is_final=True,
            on=TODAY,
        )


def test_differences_name_both_levels_and_the_largest_first(section: Section) -> None:
    section.by_self(A=4, B=2)
    assert differences(section.head.user, section.campaign, TODAY) == []
    section.by_head(section.member, A=1, B=3)
    rows = differences(section.head.user, section.campaign, TODAY)
    assert [(row.competency.key, row.self_level, row.head_level, row.by) for row in rows] == [
        ("A", 4, 1, -3),
        ("B", 2, 3, 1),
    ]
    assert differences(section.other.user, section.campaign, TODAY) == []
    hr = make_user(permissions=("lms_skills.view_skills_matrix", "lms_core.view_all_employees"))
    assert len(differences(hr, section.campaign, TODAY)) == 2


def test_progress_counts_both_parts(section: Section) -> None:
    section.by_self(A=4, B=2)
    section.by_head(section.member, A=1, B=3)
    found = progress_of(section.campaign.tasks.all())
    assert (found.people, found.self_done, found.head_done) == (3, 1, 1)
