"""What a personnel file that is not applied would mean for skills."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lms.people.calendar import office_today
from lms.people.models import Employee, Posting
from lms.personnel.models import PersonnelChange
from skills_matrix.assessments.models import SkillsView
from skills_matrix.competencies.models import Competency
from tests.api.problems import problem_of
from tests.factories import grant, make_process

HEADER = "職員番号,氏名,フリガナ,職層コード,所属コード,発令日\n"


@pytest.fixture
def hr_desk(hr: Employee, visitor_of: Callable[[Any], Client]) -> Client:
    grant(hr.user, "lms_core.add_personnelchange")
    return visitor_of(hr)


def change_of(*rows: str, state: str = PersonnelChange.State.PREVIEWED) -> PersonnelChange:
    return PersonnelChange.objects.create(
        file=(HEADER + "\n".join(rows) + "\n").encode(),
        file_name="order.csv",
        effective_on=office_today(),
        state=state,
        uploaded_at=timezone.now(),
    )


def address_of(change: PersonnelChange) -> str:
    return f"/api/v1/skills/what-if/personnel/{change.uuid}/"


@pytest.fixture
def change(office: dict[str, Employee], competency: Competency) -> PersonnelChange:
    """The only one at level 3 goes from the tax section to the care section; somebody joins."""
    make_process(
        "KAZEI", department=office["a"].postings.get().department, needs={competency: (3, 1)}
    )
    on = office_today()
    return change_of(f"200001,甲,コウ,chief,kaigo,{on}", f"200009,新人,シンジン,staff,zeimu,{on}")


def test_hr_sees_what_falls_under_its_need_and_nothing_is_written(
    change: PersonnelChange, office: dict[str, Employee], hr: Employee, hr_desk: Client
) -> None:
    before = list(Posting.objects.order_by("pk").values())
    body = hr_desk.get(address_of(change)).json()
    (falls,) = [row for row in body["changes"] if row["unit"]["key"] == "KAZEI"]
    assert (falls["change"], falls["holders_before"], falls["holders"]) == ("falls", 1, 0)
    sizes = {row["unit"]["key"]: (row["before"], row["after"]) for row in body["sizes"]}
    assert sizes == {"kaigo": (1, 2)}  # the tax section loses one and gains one
    moves = {row["person"]["staff_number"]: row["to_department"]["key"] for row in body["moves"]}
    assert moves == {"200001": "kaigo", "200009": "zeimu"}
    assert list(Posting.objects.order_by("pk").values()) == before
    assert not Employee.objects.filter(staff_number="200009").exists()
    look = SkillsView.objects.get(viewer=hr.user)
    assert (look.subject, look.what) == (office["a"], "what-if")


def test_it_says_the_same_as_the_move_by_hand(change: PersonnelChange, hr_desk: Client) -> None:
    alone = change_of(f"200001,甲,コウ,chief,kaigo,{office_today()}")
    by_hand = hr_desk.post(
        "/api/v1/skills/what-if/",
        {
            "on": office_today().isoformat(),
            "moves": [{"staff_number": "200001", "department": "kaigo"}],
        },
        content_type="application/json",
    ).json()
    by_file = hr_desk.get(address_of(alone)).json()
    assert by_file["changes"] == by_hand["changes"]
    assert by_file["sizes"] == by_hand["sizes"]


def test_an_order_of_a_later_day_counts_on_that_day(
    office: dict[str, Employee], hr_desk: Client
) -> None:
    later = office_today() + timedelta(days=30)
    change = change_of(f"200002,乙,オツ,staff,kaigo,{later}")
    assert hr_desk.get(address_of(change)).json()["moves"] == []
    (move,) = hr_desk.get(address_of(change), {"on": later.isoformat()}).json()["moves"]
    assert move["to_department"]["key"] == "kaigo"


def test_an_applied_file_is_no_what_if(office: dict[str, Employee], hr_desk: Client) -> None:
    change = change_of(state=PersonnelChange.State.APPLIED)
    problem_of(hr_desk.get(address_of(change)), 409, "not_previewed")


def test_both_permissions_are_needed(
    change: PersonnelChange, desk: Client, hr: Employee, visitor_of: Callable[[Any], Client]
) -> None:
    problem_of(desk.get(address_of(change)), 404, "not_found")
    grant(hr.user, "lms_core.add_personnelchange")
    hr.user.user_permissions.remove(hr.user.user_permissions.get(codename="view_skills_matrix"))
    problem_of(visitor_of(hr).get(address_of(change)), 403, "permission_denied")
