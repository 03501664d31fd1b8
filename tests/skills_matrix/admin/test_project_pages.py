"""The DX office's board, one project in full, and beginning from a template."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.people.models import Employee
from skills_matrix.projects.ledger_models import BenefitFigure
from skills_matrix.projects.models import Project
from tests.factories import make_competency, make_employee, make_need, make_project, make_scale

pytestmark = pytest.mark.django_db
Status = Project.Status
BOARD = "lms_skills_projects:index"


def signed_in(person: Employee) -> Client:
    client = Client(headers={"accept-language": "ja"})
    client.force_login(person.user)
    return client


@pytest.fixture
def office() -> Client:
    make_scale()
    return signed_in(
        make_employee(permissions=["wagtailadmin.access_admin", "lms_skills.run_projects"])
    )


def detail(project: Project) -> str:
    return reverse("lms_skills_projects:detail", args=[project.pk])


def text_of(response: Any) -> str:
    assert response.status_code == 200, response
    body: str = response.content.decode()
    return body


def test_the_board_shows_each_status_with_its_count(office: Client) -> None:
    make_project("T", title="ひな形の例")
    make_project("A", title="窓口の見直し", status=Status.PROPOSED)
    make_project("B", title="帳票の自動化", status=Status.MEASURED, measure="M08")
    body = text_of(office.get(reverse(BOARD)))
    assert "ひな形の例" not in body
    assert "提案 (1)" in body
    assert "完了する: 帳票の自動化" in body
    assert "現在の業務の件数" in body
    assert "窓口の見直し" not in text_of(office.get(reverse(BOARD), {"measure": "M08"}))
    assert "窓口の見直し" in text_of(office.get(reverse(BOARD), {"q": "窓口"}))


def test_the_board_asks_as_often_however_many_projects(
    office: Client, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            office.get(reverse(BOARD))
        return len(found)

    make_project(status=Status.APPROVED, needs={make_competency(): 1})
    queries()
    few = queries()
    for _number in range(9):
        make_project(status=Status.APPROVED, needs={make_competency(): 1})
    assert queries() == few


def test_the_next_step_is_a_button(office: Client) -> None:
    project = make_project("B", status=Status.MEASURED)
    answer = office.post(detail(project), {"to": "closed", "from": "board"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse(BOARD)
    project.refresh_from_db()
    assert project.status == Status.CLOSED
    answer = office.post(detail(project), {"undo": "1"}, follow=True)
    project.refresh_from_db()
    assert project.status == Status.MEASURED


def test_a_refused_step_says_why(office: Client) -> None:
    project = make_project("B", status=Status.PROPOSED)
    answer = office.post(detail(project), {"to": "closed", "reason": ""}, follow=True)
    assert "理由" in text_of(answer)
    project.refresh_from_db()
    assert project.status == Status.PROPOSED


def test_a_figure_is_recorded_and_the_saving_shown(office: Client) -> None:
    project = make_project("B", status=Status.RUNNING)
    day = timezone.localdate().isoformat()
    for phase, minutes in (("before", "88260"), ("measured", "26460")):
        sent = {
            "figure": "1",
            "phase": phase,
            "cases_per_year": "1",
            "minutes_per_case": minutes,
            "measured_on": day,
            "how": "記録簿",
        }
        assert office.post(detail(project), sent).status_code == 302
    body = text_of(office.get(detail(project)))
    assert "1,030 (70.0 %)" in body
    assert "単価未設定" in body
    sent = {"figure": "1", "phase": "measured", "cases_per_year": "1", "minutes_per_case": "60"}
    assert "保存されていません" in text_of(office.post(detail(project), sent | {"how": "再集計"}))
    assert BenefitFigure.objects.count() == 2


def test_a_project_is_changed_with_its_needs(office: Client) -> None:
    project = make_project("B", status=Status.PROPOSED)
    skill = make_competency(title="業務を見直す")
    make_need(project, make_competency())
    address = reverse("lms_skills_projects:edit", args=[project.pk])
    sent = {
        "key": "B",
        "title_ja": "帳票の自動化",
        "measure": "M08",
        "effort": "M",
        "starts_on": "2026-04-01",
        "ends_on": "2026-09-30",
        "hours_per_week": "6",
        "places": "3",
        "needs-TOTAL_FORMS": "1",
        "needs-INITIAL_FORMS": "0",
        "needs-0-competency": str(skill.pk),
        "needs-0-level": "2",
        "needs-0-headcount": "2",
        "needs-0-is_must": "on",
    }
    assert "業務を見直す" in text_of(office.get(address))
    assert office.post(address, sent).status_code == 302
    project.refresh_from_db()
    assert (project.title_ja, project.places, project.status) == (
        "帳票の自動化",
        3,
        Status.PROPOSED,
    )
    (need,) = project.needs.all()
    assert (need.competency, need.level, need.headcount, need.is_must) == (skill, 2, 2, True)
    assert office.post(address, sent | {"ends_on": "2026-03-31"}).status_code == 200


def test_a_template_begins_a_project(office: Client) -> None:
    template = make_project("P11", title="RPAの拡大", needs={make_competency(): 3})
    BenefitFigure.objects.create(
        project=template,
        phase="before",
        cases_per_year=Decimal(1),
        minutes_per_case=Decimal(60),
        how="資料",
        recorded_at=timezone.now(),
    )
    address = reverse("lms_skills_projects:templates")
    assert "RPAの拡大" in text_of(office.get(address))
    answer = office.post(address, {"template": template.pk}, follow=True)
    assert "RPAの拡大" in text_of(answer)
    project = Project.objects.get(key="P11-1")
    assert (project.status, project.needs.count(), project.figures.count()) == (
        Status.PROPOSED,
        1,
        0,
    )
    assert "提案" in text_of(office.get(detail(template)).client.get(detail(project)))


def test_the_board_is_the_dx_offices(office: Client) -> None:
    other = signed_in(make_employee(permissions=["wagtailadmin.access_admin"]))
    project = make_project("B", status=Status.MEASURED)
    for address in (reverse(BOARD), detail(project), reverse("lms_skills_projects:templates")):
        assert other.get(address).status_code in (302, 403)
    other.post(detail(project), {"to": "closed"})
    project.refresh_from_db()
    assert project.status == Status.MEASURED
