"""The sample office's projects: the whole chain is there to see, once, and by the services."""

from datetime import date
from typing import Any

import pytest

from lms.notices.models import Notice
from lms.people.models import Employee
from lms.starter.accounts import create_demo_accounts
from lms.starter.office import load_office
from skills_matrix.assessments.models import Assessment
from skills_matrix.mentoring.models import MentorPair, MentorSession
from skills_matrix.projects.access import projects_visible_to
from skills_matrix.projects.ledger import benefits_of
from skills_matrix.projects.ledger_models import BenefitFigure, HourlyRate
from skills_matrix.projects.models import Project, ProjectMember, ProjectStep
from skills_matrix.projects.selectors import steps_available
from skills_matrix.starter.files import rows
from skills_matrix.starter.history import load_history
from skills_matrix.starter.load import load_skills
from skills_matrix.starter.works import load_works, works
from tests.factories import make_course

TODAY = date(2026, 11, 1)
COUNTED = (Project, ProjectStep, ProjectMember, BenefitFigure, HourlyRate, Assessment)


def quiet(_line: str) -> None:
    pass


@pytest.fixture
def office(db: Any) -> None:
    """The demo's people, accounts and skills, with its projects carried out."""
    for key in sorted({row["course"] for row in rows("awards")}):
        make_course(key)
    load_office(say=quiet)
    create_demo_accounts(say=quiet)
    load_skills(say=quiet)
    load_history(say=quiet)
    assert load_works(say=quiet) == len(works()["projects"])


def project(key: str) -> Project:
    return Project.objects.get(key=key)


@pytest.mark.usefixtures("office")
def test_the_whole_chain_can_be_seen() -> None:
    # The two cases that a ward has published.
    for key, before, after, rate in (("RPA-1", 1471, 441, 0.700), ("AI-1", 1450, 680, 0.531)):
        benefit = benefits_of([project(key)])[project(key).pk]
        saving = benefit.measured
        assert saving is not None
        assert saving.rate is not None
        assert benefit.forecast is not None
        assert (saving.before, saving.after) == (before, after)
        assert float(saving.rate) == pytest.approx(rate, abs=0.0005)
        # G1, the tier of those who do the work, at the example rate.
        assert saving.yen == (before - after) * 2400
        assert benefit.forecast.saved < saving.saved
    taken = ProjectStep.objects.filter(project=project("AI-1")).order_by("pk")
    assert [row.step for row in taken] == [
        *("propose", "assess", "approve", "start", "measure", "close")
    ]

    # One member's confirmed work is evidence, as sure as a project's outcome.
    member = ProjectMember.objects.exclude(confirmed_at=None).get()
    assert member.project == project("RPA-1")
    assert {row.competency.key: row.level for row in member.evidence.all()} == {
        "BX-P3": 3,
        "TE-S10": 2,
    }
    # One under way with open places.
    counter = project("COUNTER-1")
    assert counter.status == Project.Status.RUNNING
    assert counter.members.count() < counter.places

    # One waits for the head of the section, who has all that is needed for the next step.
    waiting = project("BPR-1")
    head = Employee.objects.get(staff_number="001073")
    assert waiting in projects_visible_to(head.user)
    (step,) = [one for one in steps_available(head.user, waiting) if one.step.key == "assess"]
    assert step.missing == ()

    pair = MentorPair.objects.get()
    assert pair.state == MentorPair.State.AGREED
    assert MentorSession.objects.get().confirmed_at is not None
    asking = Notice.objects.filter(kind__in=["mentor_pair", "mentor_session"], read_at=None)
    assert not asking.exists()
    assert Assessment.objects.filter(kind=Assessment.Kind.MENTORING).count() == 2


@pytest.mark.usefixtures("office")
def test_a_second_run_writes_nothing_and_examples_are_called_examples() -> None:
    before = [model._default_manager.count() for model in COUNTED]
    assert load_works(say=quiet) == 0
    assert [model._default_manager.count() for model in COUNTED] == before
    assert MentorPair.objects.count() == 1
    mine = BenefitFigure.objects.filter(
        project__key__in=[row["key"] for row in works()["projects"]]
    )
    assert mine.exists()
    assert all("時間単価は見本用の例です" in figure.how for figure in mine)


def test_without_an_office_nothing_is_loaded(db: Any) -> None:
    assert load_works(say=quiet) == 0
    assert not Project.objects.exists()


def test_what_the_file_names_is_in_the_starter_content() -> None:
    templates = {row["key"] for row in rows("projects")}
    needed = {(row["project"], row["competency"]) for row in rows("needs")}
    for row in works()["projects"]:
        assert row["template"] in templates
        for member in row.get("members", ()):
            for key in member.get("confirmed", ()):
                assert (row["template"], key) in needed
