from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from lms.notices.models import MailChoice, Notice
from lms.people.calendar import office_today
from lms.people.models import Employee
from tests.api.problems import problem_of
from tests.factories import make_course, make_employee, make_user

NOTICES = "/api/v1/me/notices/"
PREFERENCES = "/api/v1/me/notice-preferences/"
NOW = timezone.now()


def tell(person: Employee, number: int, kind: str = Notice.Kind.DUE_SOON, **fields: Any) -> Notice:
    """The higher the number, the later."""
    return Notice.objects.create(
        recipient=person,
        about=fields.pop("about", person),
        kind=kind,
        course=make_course(f"S{number}{person.pk}", title=f"講座{number}", title_en=f"C{number}"),
        occasion=office_today(),
        due_on=office_today(),
        created_at=NOW + timedelta(minutes=number),
        **fields,
    )


@pytest.fixture
def notices(employee: Employee) -> list[Notice]:
    """Four of mine, of which the first was read, and one of somebody else."""
    tell(make_employee(), 9)
    mine = [tell(employee, number) for number in range(4)]
    Notice.objects.filter(pk=mine[0].pk).update(read_at=NOW)
    return mine


def texts(client: Client, query: str = "") -> list[str]:
    return [row["text"].split("“")[1][:2] for row in client.get(NOTICES + query).json()["results"]]


@pytest.mark.usefixtures("notices")
def test_i_see_my_own_newest_first_and_how_many_are_unread(visitor: Client) -> None:
    assert texts(visitor) == ["C3", "C2", "C1", "C0"]
    assert texts(visitor, "?page=2&page_size=3") == ["C0"]
    assert texts(visitor, "?unread=true") == ["C3", "C2", "C1"]
    assert visitor.get(f"{NOTICES}?unread=true&page_size=1").json()["count"] == 3


def test_a_notice_says_what_and_where(employee: Employee, visitor: Client) -> None:
    late = make_employee(name="相田 花")
    escalation = tell(employee, 1, Notice.Kind.ESCALATION, about=late)
    (row,) = visitor.get(NOTICES).json()["results"]
    assert row["uuid"] == str(escalation.uuid)
    assert (row["kind"], row["title"]) == ("escalation", "overdue in my section")
    assert row["text"].startswith("相田 花 has not finished “C1”")
    assert (row["path"], row["read_at"]) == ("/team?state=overdue", None)
    in_japanese = visitor.get(NOTICES, headers={"accept-language": "ja"}).json()["results"][0]
    assert in_japanese["text"].startswith("相田 花さんが「講座1」")


def test_one_is_marked_read_and_again_changes_nothing(
    notices: list[Notice], visitor: Client
) -> None:
    address = f"{NOTICES}{notices[1].uuid}/read/"
    assert visitor.put(address).json() == {"count": 1}
    first = Notice.objects.get(pk=notices[1].pk).read_at
    assert visitor.put(address).json() == {"count": 0}
    assert Notice.objects.get(pk=notices[1].pk).read_at == first
    assert texts(visitor, "?unread=true") == ["C3", "C2"]


def test_all_are_marked_read_and_nobody_elses(notices: list[Notice], visitor: Client) -> None:
    assert visitor.put(f"{NOTICES}read/").json() == {"count": 3}
    assert visitor.get(f"{NOTICES}?unread=true").json()["count"] == 0
    assert Notice.objects.filter(read_at=None).count() == 1


def test_anothers_notice_is_not_there(notices: list[Notice], visitor: Client) -> None:
    other = Notice.objects.exclude(recipient=notices[0].recipient).get()
    for uuid in (other.uuid, uuid4()):
        problem_of(visitor.put(f"{NOTICES}{uuid}/read/"), 404, "not_found")
    assert Notice.objects.get(pk=other.pk).read_at is None


def test_an_account_without_an_employee_is_told_nothing(
    db: None, visitor_of: Callable[[Any], Client]
) -> None:
    author = visitor_of(make_user())
    for address in (NOTICES, PREFERENCES):
        problem_of(author.get(address), 403, "not_an_employee")


def test_a_token_reads_and_writes_within_its_scopes(
    employee: Employee, notices: list[Notice], machine_of: Callable[..., Client]
) -> None:
    reader = machine_of(employee, "notices:read")
    assert reader.get(NOTICES).json()["count"] == 4
    problem_of(reader.put(f"{NOTICES}read/"), 403, "insufficient_scope")
    assert machine_of(employee, "notices:write").put(f"{NOTICES}read/").status_code == 200


def test_the_queries_do_not_grow_with_the_notices(
    employee: Employee, visitor: Client, queries_of: Callable[[Client, str], int]
) -> None:
    tell(employee, 1)
    few = queries_of(visitor, NOTICES)
    for number in range(2, 8):
        tell(employee, number, about=make_employee())
    assert queries_of(visitor, NOTICES) == few


def test_i_choose_by_kind_when_i_am_sent_e_mail_and_in_which_language(
    employee: Employee, visitor: Client
) -> None:
    Employee.objects.filter(pk=employee.pk).update(email="hanako@sakura.example")
    found = visitor.get(PREFERENCES).json()
    assert (found["email"], found["language"]) == ("hanako@sakura.example", "ja")
    assert {row["kind"]: row["when"] for row in found["mail"]} == {
        "assigned": "daily",
        "due_soon": "daily",
        "nudge": "at_once",
        "escalation": "daily",
        "certificate": "daily",
        "moved_up": "at_once",
        "session_changed": "at_once",
        "session_off": "at_once",
        "session_soon": "at_once",
        "assessment_open": "daily",
        "assessment_due": "daily",
        "assessment_head": "daily",
        "correction_asked": "daily",
        "correction_done": "at_once",
        "project_due": "daily",
        "project_match": "daily",
        "team_adopted": "at_once",
        "mentor_pair": "at_once",
        "mentor_answer": "daily",
        "mentor_session": "daily",
        "mentor_ended": "daily",
    }
    chosen = {"language": "en", "mail": [{"kind": "due_soon", "when": "never"}]}
    answer = visitor.patch(PREFERENCES, chosen, content_type="application/json").json()
    assert answer["language"] == "en"
    assert {"kind": "due_soon", "title": "due soon", "when": "never"} in answer["mail"]
    later = {"mail": [{"kind": "due_soon", "when": "at_once"}]}
    answer = visitor.patch(PREFERENCES, later, content_type="application/json").json()
    assert answer["language"] == "en"
    assert MailChoice.objects.get().when == "at_once"
    assert visitor.get(PREFERENCES).json() == answer


@pytest.mark.parametrize(
    "said",
    [
        {"language": "fr"},
        {"mail": [{"kind": "weather", "when": "daily"}]},
        {"mail": [{"kind": "nudge", "when": "sometimes"}]},
    ],
)
def test_what_cannot_be_chosen_is_refused(
    employee: Employee, visitor: Client, said: dict[str, Any]
) -> None:
    answer = visitor.patch(PREFERENCES, said, content_type="application/json")
    problem_of(answer, 400, "invalid")
    assert not MailChoice.objects.exists()
