"""Where person and head differ is talked over; what was settled on counts and stays on record."""

from typing import Any

import pytest
from django.utils import timezone

from skills_matrix.assessments.models import Assessment, SkillsView
from skills_matrix.campaigns.calibration import differences, levels_beside, settle_difference
from skills_matrix.campaigns.models import Settlement
from skills_matrix.campaigns.services import open_tasks
from skills_matrix.competencies.models import Competency
from skills_matrix.exceptions import AssessmentRefused
from skills_matrix.reports import my_skills
from tests.factories import make_target, make_user
from tests.skills_matrix.campaigns.test_campaign_services import TODAY, Section

pytestmark = pytest.mark.django_db
JUDGES = (
    "lms_skills.view_skills_matrix",
    "lms_core.view_all_employees",
    "lms_skills.add_assessment",
)


@pytest.fixture
def section(settings: Any) -> Section:
    found = Section(settings)
    open_tasks(on=TODAY)
    found.by_self(A=4, B=2)
    found.by_head(found.member, A=1, B=2)
    return found


def settle(section: Section, viewer: Any, **values: Any) -> Any:
    return settle_difference(
        **{
            "viewer": viewer,
            "campaign": section.campaign,
            "staff_number": section.member.staff_number,
            "competency_key": "A",
            "level": 2,
            "reason": "研修後の実績を確認した",
            "on": TODAY,
            **values,
        }
    )


def level_of(section: Section, key: str) -> int | None:
    rows = my_skills(employee=section.member, as_of=timezone.now()).rows
    return next(row.level for row in rows if row.competency.key == key)


def test_only_what_differs_enough_and_only_of_the_departments_asked_for(section: Section) -> None:
    viewer = section.head.user
    assert [row.by for row in differences(viewer, section.campaign, TODAY)] == [-3, 0]
    assert [
        row.competency.key for row in differences(viewer, section.campaign, TODAY, at_least=1)
    ] == ["A"]
    assert differences(viewer, section.campaign, TODAY, at_least=4) == []
    inside = {section.department.pk}
    assert len(differences(viewer, section.campaign, TODAY, department_ids=inside)) == 2
    assert differences(viewer, section.campaign, TODAY, department_ids=set()) == []


def test_agreeing_changes_no_level(section: Section) -> None:
    row = settle(section, section.head.user, level=1, reason="")
    assert (row.settlement.level, row.settlement.judgement) == (1, None)
    assert level_of(section, "A") == 1
    assert Assessment.objects.filter(kind="supervisor").count() == 2


def test_another_level_becomes_the_heads_with_its_reason(section: Section) -> None:
    settle(section, section.head.user)
    assert level_of(section, "A") == 2
    judged = Assessment.objects.latest("assessed_at")
    assert (judged.kind, judged.note) == ("supervisor", "研修後の実績を確認した")
    (row, _same) = differences(section.head.user, section.campaign, TODAY)
    assert (row.head_level, row.settlement and row.settlement.level) == (1, 2)
    assert SkillsView.objects.filter(subject=section.member, what="calibration").exists()


def test_settled_again_the_later_stands_and_nothing_is_lost(section: Section) -> None:
    for level in (2, 3, 1):
        settle(section, section.head.user, level=level)
        assert level_of(section, "A") == level
    assert Settlement.objects.count() == 3
    (row, _same) = differences(section.head.user, section.campaign, TODAY)
    assert (row.head_level, row.settlement and row.settlement.level) == (1, 1)


def test_what_the_head_hands_in_later_opens_it_again(section: Section) -> None:
    settle(section, section.head.user)
    section.by_head(section.member, A=0, B=2)
    (row, _same) = differences(section.head.user, section.campaign, TODAY)
    assert (row.head_level, row.settlement) == (0, None)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"reason": " "}, "empty"),
        ({"level": 5}, "level"),
        ({"competency_key": "X"}, "not_asked"),
        ({"staff_number": "0"}, "not_asked"),
    ],
)
def test_what_cannot_be_settled_is_refused(
    section: Section, values: dict[str, Any], code: str
) -> None:
    with pytest.raises(AssessmentRefused) as refused:
        settle(section, section.head.user, **values)
    assert refused.value.code == code
    assert not Settlement.objects.exists()


def test_hr_settles_for_everybody_and_who_only_reads_does_not(section: Section) -> None:
    reader = make_user(permissions=JUDGES[:2])
    assert [row.is_mine for row in differences(reader, section.campaign, TODAY)] == [False, False]
    for viewer in (reader, section.member.user, section.other.user):
        with pytest.raises(AssessmentRefused):
            settle(section, viewer)
    hr = make_user(permissions=JUDGES)
    assert [row.is_mine for row in differences(hr, section.campaign, TODAY)] == [True, True]
    settle(section, hr)
    assert level_of(section, "A") == 2


def test_nobody_settles_what_is_about_oneself(section: Section) -> None:
    user = make_user(permissions=JUDGES)
    section.member.user = user
    section.member.save(update_fields=["user"])
    assert [row.is_mine for row in differences(user, section.campaign, TODAY)] == [False, False]
    with pytest.raises(AssessmentRefused):
        settle(section, user)


def test_who_may_see_the_matrix_but_not_everybody_sees_no_differences(section: Section) -> None:
    viewer = make_user(permissions=JUDGES[:1])
    assert differences(viewer, section.campaign, TODAY) == []


def test_beside_stand_the_official_level_and_the_target(section: Section) -> None:
    make_target(section.skills[0], level=3)
    beside = levels_beside(section.member, Competency.objects.all(), timezone.now())
    found = {key: (row.level, row.target) for key, row in beside.items()}
    assert found == {section.skills[0].pk: (1, 3), section.skills[1].pk: (2, None)}
