"""The life of a project: who may take which step, what must be there, and the log."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from time_machine import travel

from lms.people.models import Department, Employee
from skills_matrix.exceptions import PROJECT_REASONS, ProjectRefused
from skills_matrix.projects.access import Who, projects_visible_to
from skills_matrix.projects.ledger_models import BenefitFigure
from skills_matrix.projects.ledger_services import record_figure
from skills_matrix.projects.models import (
    RESERVED_KEYS,
    Project,
    ProjectMember,
    ProjectNeed,
    ProjectStep,
)
from skills_matrix.projects.selectors import history_of, steps_available
from skills_matrix.projects.services import (
    begin_from_template,
    move_project,
    propose_project,
    set_project,
    undo_step,
)
from skills_matrix.projects.steps import MISSING, STEPS, steps_open_to
from skills_matrix.projects.team_services import add_member
from tests.factories import (
    make_competency,
    make_department,
    make_employee,
    make_project,
    make_tier,
    make_user,
)

pytestmark = pytest.mark.django_db
Status = Project.Status
RUN = "lms_skills.run_projects"


@dataclass
class Cast:
    section: Department
    proposer: Employee
    head: Employee
    office: Employee
    lead: Employee


@pytest.fixture
def cast(settings: Any) -> Cast:
    settings.LMS_HEAD_TIERS = ["G5"]
    section = make_department()
    return Cast(
        section=section,
        proposer=make_employee(department=section),
        head=make_employee(department=section, tier=make_tier("G5")),
        office=make_employee(permissions=[RUN]),
        lead=make_employee(department=section),
    )


def proposed(cast: Cast, **fields: Any) -> Project:
    return propose_project(
        project=Project(
            **{
                "title_ja": "窓口の案内",
                "measure": "M11",
                "effort": "S",
                "department": cast.section,
            }
            | fields
        ),
        needs=[ProjectNeed(competency=make_competency(), level=2, is_must=True)],
        employee=cast.proposer,
        by=cast.proposer.user,
    )


def figure(project: Project, phase: str, minutes: int, by: Any, **fields: Any) -> BenefitFigure:
    values: dict[str, Any] = {
        "cases_per_year": Decimal(600),
        "minutes_per_case": Decimal(minutes),
        "measured_on": None if phase == "forecast" else timezone.localdate(),
        "how": "一週間の記録",
    }
    return record_figure(
        figure=BenefitFigure(project=project, phase=phase, **values | fields), by=by
    )


def code_of(caught: Any) -> str:
    return str(caught.value.code)


@pytest.mark.parametrize("key", [*sorted(RESERVED_KEYS), "New", "CATALOGUE"])
def test_a_key_that_is_a_page_of_the_site_is_refused(cast: Cast, key: str) -> None:
    project = proposed(cast)
    template = make_project("P11", status=Status.TEMPLATE)
    project.key = key
    for write in (
        lambda: set_project(project=project, by=cast.office.user),
        lambda: begin_from_template(template=template, key=key, by=cast.office.user),
        lambda: propose_project(project=Project(key=key), employee=cast.proposer, by=None),
    ):
        with pytest.raises(ProjectRefused) as caught:
            write()
        assert (code_of(caught), caught.value.place) == ("key_reserved", "key")
    with pytest.raises(ValidationError) as invalid:
        project.full_clean()
    assert set(invalid.value.message_dict) == {"key"}
    assert not Project.objects.filter(key=key).exists()
    project.key = f"{key}-1"
    project.full_clean()


def test_a_project_goes_from_proposal_to_closing(cast: Cast) -> None:
    project = proposed(cast)
    figure(project, "before", 10, cast.proposer.user)
    figure(project, "forecast", 4, cast.proposer.user)
    move_project(project=project, to=Status.ASSESSED, by=cast.head.user)
    project.starts_on, project.ends_on = date(2026, 4, 1), date(2026, 9, 30)
    set_project(project=project, by=cast.office.user)
    move_project(project=project, to=Status.APPROVED, by=cast.office.user)
    add_member(
        project=project,
        employee=cast.lead,
        part=ProjectMember.Part.LEAD,
        joined_on=date(2026, 4, 1),
        by=cast.office.user,
    )
    move_project(project=project, to=Status.RUNNING, by=cast.lead.user)
    figure(project, "measured", 5, cast.lead.user)
    move_project(project=project, to=Status.MEASURED, by=cast.lead.user)
    move_project(project=project, to=Status.CLOSED, by=cast.office.user)
    assert [(row.step, row.made_by_id) for row in history_of(project)] == [
        ("propose", cast.proposer.user_id),
        ("assess", cast.head.user_id),
        ("approve", cast.office.user_id),
        ("start", cast.lead.user_id),
        ("measure", cast.lead.user_id),
        ("close", cast.office.user_id),
    ]
    project.refresh_from_db()
    assert project.status == Status.CLOSED


def test_a_project_begun_from_a_template_has_no_proposer_and_is_seen_once_it_is_agreed_on(
    cast: Cast,
) -> None:
    template = make_project("T1", needs={make_competency(): 2})
    others = make_employee().user
    declined, wanted = (
        begin_from_template(template=template, key=key, by=cast.office.user) for key in "AB"
    )
    move_project(project=declined, to=Status.CLOSED, by=cast.office.user, reason="重複")
    assert declined.proposed_by is None
    assert declined not in projects_visible_to(others)
    # The office that began it may approve it: nobody proposed it.
    wanted.department = cast.section
    wanted.starts_on, wanted.ends_on = date(2026, 4, 1), date(2026, 9, 30)
    set_project(project=wanted, by=cast.office.user)
    for phase in ("before", "forecast"):
        figure(wanted, phase, 10, cast.office.user)
    for status in (Status.ASSESSED, Status.APPROVED):
        assert wanted not in projects_visible_to(others)
        move_project(project=wanted, to=status, by=cast.office.user)
    assert wanted in projects_visible_to(others)
    move_project(project=wanted, to=Status.CLOSED, by=cast.office.user, reason="予算")
    assert wanted in projects_visible_to(others)


def test_what_is_missing_is_said_in_words_and_nothing_moves(cast: Cast) -> None:
    project = proposed(cast)
    with pytest.raises(ProjectRefused) as caught:
        move_project(project=project, to=Status.ASSESSED, by=cast.head.user)
    assert code_of(caught) == "incomplete"
    assert caught.value.missing == [str(MISSING["before"]), str(MISSING["forecast"])]
    project.refresh_from_db()
    assert project.status == Status.PROPOSED


@pytest.mark.parametrize("who", ["proposer", "lead"])
def test_neither_proposer_nor_colleague_assesses(cast: Cast, who: str) -> None:
    project = proposed(cast)
    with pytest.raises(ProjectRefused) as caught:
        move_project(project=project, to=Status.ASSESSED, by=getattr(cast, who).user)
    assert code_of(caught) == "no_such_step"


def test_the_head_of_another_section_has_no_step(cast: Cast) -> None:
    project = proposed(cast)
    other = make_employee(department=make_department(), tier=cast.head.postings.get().tier)
    assert steps_available(other.user, project) == []


def test_a_proposal_is_declined_or_sent_back_only_with_a_reason(cast: Cast) -> None:
    project = proposed(cast)
    with pytest.raises(ProjectRefused) as caught:
        move_project(project=project, to=Status.CLOSED, by=cast.head.user, reason="  ")
    assert code_of(caught) == "no_reason"
    step = move_project(
        project=project, to=Status.CLOSED, by=cast.head.user, reason="同じ取組があります。"
    )
    assert (step.step, step.reason) == ("decline", "同じ取組があります。")


def test_the_proposer_withdraws_without_a_reason(cast: Cast) -> None:
    project = proposed(cast)
    assert move_project(project=project, to=Status.CLOSED, by=cast.proposer.user).step == "withdraw"


def test_nobody_approves_their_own_proposal() -> None:
    facts = set(MISSING)
    office = [one.step.key for one in steps_open_to(Status.ASSESSED, {Who.OFFICE}, facts)]
    own = {Who.OFFICE, Who.PROPOSER}
    both = [one.step.key for one in steps_open_to(Status.ASSESSED, own, facts)]
    assert "approve" in office
    assert "approve" not in both


def test_every_step_names_what_is_known_and_every_status_but_the_last_leads_on() -> None:
    assert {key for step in STEPS for key in step.requires} <= MISSING.keys()
    reached = {Status.PROPOSED}
    for _round, step in product(range(len(Status)), STEPS):
        if step.source in reached:
            reached.add(step.target)
    assert reached == set(Status) - {Status.TEMPLATE}
    assert {step.source for step in STEPS} == reached - {Status.CLOSED}


def test_a_step_is_taken_back_on_its_day_and_the_log_keeps_both(cast: Cast) -> None:
    project = proposed(cast)
    move_project(project=project, to=Status.CLOSED, by=cast.head.user, reason="重複")
    undo_step(project=project, by=cast.head.user)
    project.refresh_from_db()
    assert project.status == Status.PROPOSED
    assert [row.step for row in history_of(project)] == ["propose", "decline", "undo"]
    with pytest.raises(ProjectRefused) as caught:
        undo_step(project=project, by=cast.head.user)
    assert code_of(caught) == "nothing_to_undo"


def test_a_step_of_yesterday_stays(cast: Cast) -> None:
    project = proposed(cast)
    move_project(project=project, to=Status.CLOSED, by=cast.head.user, reason="重複")
    with travel(timezone.now() + timedelta(days=1)), pytest.raises(ProjectRefused) as caught:
        undo_step(project=project, by=cast.head.user)
    assert code_of(caught) == "too_late"


def test_somebody_elses_step_is_not_theirs_to_take_back(cast: Cast) -> None:
    project = proposed(cast)
    move_project(project=project, to=Status.CLOSED, by=cast.head.user, reason="重複")
    with pytest.raises(ProjectRefused) as caught:
        undo_step(project=project, by=cast.proposer.user)
    assert code_of(caught) == "not_allowed"
    undo_step(project=project, by=cast.office.user)


@pytest.mark.parametrize("model", [ProjectStep, BenefitFigure])
def test_the_database_keeps_steps_and_figures_as_they_were_written(cast: Cast, model: Any) -> None:
    project = proposed(cast)
    figure(project, "before", 10, cast.proposer.user)
    rows = model.objects.filter(project=project)
    for change in (rows.delete, lambda: rows.update(project=make_project())):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_a_project_begins_from_a_template_with_its_needs_and_without_its_figures(
    cast: Cast,
) -> None:
    template = make_project("P11", before=1471, after=441, needs={make_competency("BX"): 3})
    project = begin_from_template(template=template, key="", by=cast.office.user)
    assert (project.key, project.status, project.title_ja) == (
        "P11-1",
        Status.PROPOSED,
        template.title_ja,
    )
    assert [(need.competency.key, need.level) for need in project.needs.all()] == [("BX", 3)]
    assert project.baseline_before is None
    assert begin_from_template(template=template, key="", by=cast.office.user).key == "P11-2"
    with pytest.raises(ProjectRefused) as caught:
        begin_from_template(template=project, key="", by=cast.office.user)
    assert code_of(caught) == "not_template"


def test_the_proposer_changes_a_proposal_until_it_is_assessed(cast: Cast) -> None:
    project = proposed(cast)
    project.title_ja = "窓口の案内の見直し"
    set_project(project=project, by=cast.proposer.user)
    Project.objects.filter(pk=project.pk).update(status=Status.ASSESSED)
    with pytest.raises(ProjectRefused) as caught:
        set_project(project=project, by=cast.proposer.user)
    assert code_of(caught) == "not_allowed"


def test_saving_never_changes_the_status(cast: Cast) -> None:
    project = proposed(cast)
    project.status = Status.CLOSED
    set_project(project=project, by=cast.office.user)
    project.refresh_from_db()
    assert project.status == Status.PROPOSED


def test_a_proposal_is_seen_by_its_people_only_until_it_is_approved(cast: Cast) -> None:
    project = proposed(cast)
    stranger = make_employee()
    people = {"stranger": stranger, **{name: getattr(cast, name) for name in Who if name != "lead"}}

    def seeing() -> set[str]:
        return {
            name
            for name, person in people.items()
            if projects_visible_to(person.user).filter(pk=project.pk).exists()
        }

    assert seeing() == {"office", "head", "proposer"}
    move_project(project=project, to=Status.CLOSED, by=cast.head.user, reason="重複")
    assert "stranger" not in seeing()
    undo_step(project=project, by=cast.head.user)
    Project.objects.filter(pk=project.pk).update(status=Status.APPROVED)
    assert "stranger" in seeing()


def test_every_reason_of_a_refusal_has_words() -> None:
    assert all(str(text) for text in PROJECT_REASONS.values())
    assert make_user().has_perm(RUN) is False
