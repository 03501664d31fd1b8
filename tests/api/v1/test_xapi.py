import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import Activity, Course
from lms.conf import conf
from lms.people.models import Employee
from lms.progress.models import ActivityProgress
from lms.records.models import ActivityState, Statement
from tests.api.problems import places_of, problem_of
from tests.factories import (
    answer_statement,
    make_audience_rule,
    make_course,
    make_employee,
    make_enrolment,
    make_tier,
    read_statement,
)

# An id that no statement and no activity has; fixed, so that every worker collects the same tests.
NOBODYS = "00000000-0000-4000-8000-000000000000"
STATEMENTS = "/api/v1/xapi/statements"
STATE = "/api/v1/xapi/activities/state"


@pytest.fixture
def course(employee: Employee) -> Course:
    course = make_course("C1", lessons=1, activities=2)
    make_enrolment(employee, course)
    return course


@pytest.fixture
def question(course: Course) -> Activity:
    return course.activities.get(key="L1-1")


def post(client: Client, body: Any) -> Any:
    return client.post(STATEMENTS, body, content_type="application/json")


def test_a_statement_is_recorded_and_moves_progress(
    visitor: Client, employee: Employee, question: Activity
) -> None:
    statement = answer_statement(question, score=0.9)
    response = post(visitor, statement)
    assert response.status_code == 200
    assert response.json() == [statement["id"]]
    assert response["X-Experience-API-Version"] == "1.0.3"
    progress = ActivityProgress.objects.get(employee=employee, activity=question)
    assert (progress.best_score, progress.attempts) == (0.9, 1)


@pytest.mark.parametrize("number", [1, 20])
def test_a_machine_is_heard_with_five_commands_however_much_it_says(
    machine_of: Callable[..., Client], employee: Employee, question: Activity, number: int
) -> None:
    machine = machine_of(employee, "xapi:write")
    assert post(machine, answer_statement(question)).status_code == 200
    said = [answer_statement(question) for _ in range(number)]
    with CaptureQueriesContext(connection) as asked:
        assert post(machine, said).status_code == 200
    commands = [row["sql"] for row in asked if "SAVEPOINT" not in row["sql"]]
    # SQLite writes to one table at a time.
    assert len(commands) <= (5 if connection.vendor == "postgresql" else 6), commands


def test_sending_a_statement_again_changes_nothing(visitor: Client, question: Activity) -> None:
    statement = answer_statement(question)
    assert post(visitor, statement).json() == post(visitor, statement).json()
    assert Statement.objects.count() == 1
    assert ActivityProgress.objects.get().attempts == 1


def test_a_batch_is_taken_in_the_order_sent(
    visitor: Client, course: Course, question: Activity
) -> None:
    batch = [answer_statement(question), read_statement(course.activities.get(key="L1"))]
    assert post(visitor, batch).json() == [item["id"] for item in batch]


def test_a_batch_with_a_fault_leaves_nothing_behind(visitor: Client, question: Activity) -> None:
    batch = [answer_statement(question) for _ in range(3)]
    del batch[2]["verb"]["id"]
    problem = problem_of(post(visitor, batch), 400, "invalid_statement")
    assert places_of(problem) == ["[2].verb.id"]
    assert not Statement.objects.exists()
    assert not ActivityProgress.objects.exists()


def test_a_batch_is_refused_above_its_limit(visitor: Client, question: Activity) -> None:
    batch = [answer_statement(question) for _ in range(conf.STATEMENT_BATCH_LIMIT + 1)]
    problem_of(post(visitor, batch), 400, "invalid_statement")


@pytest.mark.parametrize("body", [[], "text", 7, None, {}, {"id": "x"}, [[]], {"id": None}, [1, 2]])
def test_what_is_no_statement_is_refused(visitor: Client, body: Any) -> None:
    problem_of(post(visitor, json.dumps(body)), 400, "invalid_statement")


def test_another_statement_under_the_same_id_is_a_conflict(
    visitor: Client, question: Activity
) -> None:
    statement = answer_statement(question, score=0.2)
    post(visitor, statement)
    statement["result"]["score"]["scaled"] = 1.0
    problem_of(post(visitor, statement), 409, "statement_conflict")
    assert ActivityProgress.objects.get().best_score == 0.2


def test_somebody_elses_statement_id_is_a_conflict(
    visitor: Client, question: Activity, visitor_of: Callable[[Any], Client]
) -> None:
    statement = answer_statement(question)
    post(visitor, statement)
    colleague = make_employee()
    make_enrolment(colleague, question.course)
    problem_of(post(visitor_of(colleague), statement), 409, "statement_conflict")
    assert Statement.objects.count() == 1


def test_the_actor_is_whoever_is_signed_in(
    visitor: Client, employee: Employee, question: Activity
) -> None:
    colleague = make_employee()
    claimed = answer_statement(question) | {
        "actor": {"account": {"homePage": "https://x.example", "name": str(colleague.uuid)}},
        "authority": {"mbox": "mailto:boss@example.jp"},
    }
    post(visitor, claimed)
    stored = Statement.objects.get()
    assert stored.employee == employee
    assert stored.statement["actor"]["account"]["name"] == str(employee.uuid)
    assert "boss" not in str(stored.statement)


def test_only_the_enrolled_are_heard(visitor: Client) -> None:
    mine, theirs = make_course(), make_course()
    make_audience_rule(mine)
    make_audience_rule(theirs, tier=make_tier())
    for course in (mine, theirs):
        statement = answer_statement(course.activities.get(key="L1-1"))
        problem_of(post(visitor, statement), 403, "not_enrolled")
    assert not Statement.objects.exists()


def test_statements_about_something_else_are_refused(visitor: Client, question: Activity) -> None:
    statement = answer_statement(question)
    statement["object"]["id"] = f"urn:uuid:{uuid4()}"
    problem_of(post(visitor, statement), 400, "unknown_activity")


def test_putting_a_statement_names_it_in_the_address(visitor: Client, question: Activity) -> None:
    statement = answer_statement(question)
    address = f"{STATEMENTS}?statementId={statement['id']}"
    without_id = {key: value for key, value in statement.items() if key != "id"}
    for body in (statement, without_id, statement):
        response = visitor.put(address, body, content_type="application/json")
        assert response.status_code == 204, response.content
    assert Statement.objects.count() == 1


def test_putting_under_another_id_is_refused(visitor: Client, question: Activity) -> None:
    address = f"{STATEMENTS}?statementId={uuid4()}"
    statement = answer_statement(question)
    problem = problem_of(
        visitor.put(address, statement, content_type="application/json"), 400, "invalid_statement"
    )
    assert places_of(problem) == ["id"]
    problem_of(
        visitor.put(address, [statement], content_type="application/json"),
        400,
        "invalid_statement",
    )
    problem_of(
        visitor.put(STATEMENTS, statement, content_type="application/json"),
        400,
        "invalid_parameter",
    )


def test_another_version_of_xapi_is_refused(visitor: Client, question: Activity) -> None:
    statement = answer_statement(question)
    for version, status in (("1.0.0", 200), ("1.0", 200), ("2.0.0", 400), ("", 400)):
        response = visitor.post(
            STATEMENTS,
            statement,
            content_type="application/json",
            headers={"x-experience-api-version": version},
        )
        assert response.status_code == status
        assert response["X-Experience-API-Version"] == "1.0.3"


def test_the_time_a_clock_claims_is_no_later_than_now(visitor: Client, question: Activity) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    post(visitor, answer_statement(question, timestamp=tomorrow))
    assert Statement.objects.get().timestamp <= timezone.now()


@pytest.fixture
def five(visitor: Client, employee: Employee, question: Activity) -> list[str]:
    """Five statements of mine, a minute apart, and one of somebody else."""
    ids = [str(uuid4()) for _ in range(5)]
    for statement_id in ids:
        post(visitor, answer_statement(question, statement_id=statement_id))
    colleague = make_employee()
    for row in Statement.objects.all():
        row.pk, row.employee = uuid4(), colleague
        row.save(force_insert=True)
        break
    return ids


def test_i_read_my_own_statements_only(visitor: Client, five: list[str]) -> None:
    body = visitor.get(STATEMENTS).json()
    assert [item["id"] for item in body["statements"]] == five[::-1]
    assert body["more"] == ""
    theirs = Statement.objects.exclude(pk__in=five).get()
    problem_of(visitor.get(f"{STATEMENTS}?statementId={theirs.pk}"), 404, "not_found")


def test_more_leads_through_every_statement_once(visitor: Client, five: list[str]) -> None:
    for ascending, expected in (("true", five), ("false", five[::-1])):
        found, address = [], f"{STATEMENTS}?limit=2&ascending={ascending}"
        while address:
            body = visitor.get(address).json()
            assert len(body["statements"]) <= 2
            found += [item["id"] for item in body["statements"]]
            address = body["more"]
        assert found == expected


def test_statements_are_found_by_activity_verb_and_time(
    visitor: Client, course: Course, five: list[str]
) -> None:
    lesson = course.activities.get(key="L1")
    before = timezone.now()
    read = read_statement(lesson)
    post(visitor, read)

    def ids(**filters: str) -> list[str]:
        found = visitor.get(f"{STATEMENTS}?{urlencode(filters)}").json()["statements"]
        return [item["id"] for item in found]

    assert ids(activity=lesson.iri) == [read["id"]]
    assert ids(verb=read["verb"]["id"]) == [read["id"]]
    assert ids(since=before.isoformat()) == [read["id"]]
    assert ids(until=before.isoformat()) == five[::-1]
    assert ids(activity=lesson.iri, verb="http://adlnet.gov/expapi/verbs/answered") == []


def test_a_single_statement_is_read_by_its_id(visitor: Client, five: list[str]) -> None:
    response = visitor.get(f"{STATEMENTS}?statementId={five[0]}")
    assert response.json()["id"] == five[0]
    assert response.json()["version"] == "1.0.3"


def test_reading_says_how_far_it_is_consistent(visitor: Client) -> None:
    text = visitor.get(STATEMENTS)["X-Experience-API-Consistent-Through"]
    behind = datetime.now(UTC) - datetime.fromisoformat(text)
    assert timedelta(0) < behind < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("query", "place", "code"),
    [
        ("limit=101", "limit", "invalid_parameter"),
        ("ascending=yes", "ascending", "invalid_parameter"),
        ("statementId=1", "statementId", "invalid_parameter"),
        (f"statementId={NOBODYS}&limit=1", "statementId", "invalid_parameter"),
        ("since=yesterday", "since", "invalid_parameter"),
        ("cursor=abc", "cursor", "invalid_parameter"),
        ("cursor=%E3%81%82", "cursor", "invalid_parameter"),
        (f"activity=urn:uuid:{NOBODYS}", "activity", "invalid_parameter"),
        ("activity=%00", "activity", "invalid_parameter"),
        ("agent={}", "agent", "unknown_parameter"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    visitor: Client, query: str, place: str, code: str
) -> None:
    problem = problem_of(visitor.get(f"{STATEMENTS}?{query}"), 400, code)
    assert places_of(problem) == [place]


def test_the_number_of_queries_does_not_depend_on_the_number_of_statements(
    visitor: Client, question: Activity, queries_of: Callable[[Client, str], int]
) -> None:
    post(visitor, [answer_statement(question) for _ in range(3)])
    few = queries_of(visitor, STATEMENTS)
    post(visitor, [answer_statement(question) for _ in range(27)])
    assert len(visitor.get(STATEMENTS).json()["statements"]) == 30
    assert queries_of(visitor, STATEMENTS) == few


# --- states -----------------------------------------------------------------------------------


@pytest.fixture
def state(question: Activity) -> str:
    return f"{STATE}?activityId={quote(question.iri)}&stateId=resume"


def test_a_state_is_kept_read_replaced_and_forgotten(visitor: Client, state: str) -> None:
    problem_of(visitor.get(state), 404, "not_found")
    for body in (b'{"answers":[0]}', b'{"answers":[1]}'):
        assert visitor.put(state, body, "application/json").status_code == 204
        found = visitor.get(state)
        assert found.content == body
        assert found["Content-Type"] == "application/json"
    assert visitor.delete(state).status_code == 204
    problem_of(visitor.get(state), 404, "not_found")
    assert visitor.delete(state).status_code == 204


def test_the_tag_of_a_state_changes_with_it(visitor: Client, state: str) -> None:
    visitor.put(state, b"1", "application/json")
    first = visitor.get(state)["ETag"]
    visitor.put(state, b"2", "application/json")
    assert visitor.get(state)["ETag"] not in ("", first)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [("application/octet-stream", bytes(range(256))), ("text/plain", b""), ("", b"x")],
)
def test_a_state_is_of_any_type(
    visitor: Client, state: str, content_type: str, body: bytes
) -> None:
    assert visitor.put(state, body, content_type).status_code == 204
    found = visitor.get(state)
    assert found.content == body
    assert found["Content-Disposition"] == "attachment"
    assert found["X-Content-Type-Options"] == "nosniff"


def test_the_names_of_states_are_listed(visitor: Client, state: str, question: Activity) -> None:
    names = f"{STATE}?activityId={quote(question.iri)}"
    assert visitor.get(names).json() == []
    visitor.put(state, b"1", "application/json")
    visitor.put(f"{names}&stateId=a", b"1", "application/json")
    assert visitor.get(names).json() == ["a", "resume"]


def test_posting_merges_json_objects(visitor: Client, state: str) -> None:
    assert visitor.post(state, {"a": 1, "b": 1}, "application/json").status_code == 204
    assert visitor.post(state, {"b": 2}, "application/json").status_code == 204
    assert visitor.get(state).json() == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("before", "after", "content_type"),
    [
        (b"[1]", b"{}", "application/json"),
        (b"{}", b"[1]", "application/json"),
        (b"{}", b"{", "application/json"),
        (b"{}", b"text", "text/plain"),
    ],
)
def test_posting_what_cannot_be_merged_changes_nothing(
    visitor: Client, state: str, before: bytes, after: bytes, content_type: str
) -> None:
    visitor.put(state, before, "application/json")
    problem_of(visitor.post(state, after, content_type), 400, "invalid_state")
    assert visitor.get(state).content == before


def test_a_state_larger_than_allowed_is_refused(visitor: Client, state: str) -> None:
    largest = b"x" * conf.STATE_MAX_BYTES
    assert visitor.put(state, largest, "text/plain").status_code == 204
    problem_of(visitor.put(state, largest + b"x", "text/plain"), 413, "body_too_large")
    assert visitor.get(state).content == largest


@pytest.mark.parametrize("method", ["put", "post"])
@pytest.mark.parametrize(
    "content_type", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]
)
def test_a_form_is_no_state(visitor: Client, state: str, method: str, content_type: str) -> None:
    response = visitor.generic(method.upper(), state, b"a=1", content_type)
    problem_of(response, 415, "unsupported_media_type")


def test_what_says_it_is_json_and_is_not_is_no_state(visitor: Client, state: str) -> None:
    problem_of(visitor.put(state, b"{", "application/json"), 400, "invalid_state")
    assert not ActivityState.objects.exists()


def test_states_are_everybodys_own(
    visitor: Client, state: str, question: Activity, visitor_of: Callable[[Any], Client]
) -> None:
    visitor.put(state, b"1", "application/json")
    colleague = make_employee()
    make_enrolment(colleague, question.course)
    theirs = visitor_of(colleague)
    agent = urlencode({"agent": '{"account":{"name":"100001"}}'})
    problem_of(theirs.get(f"{state}&{agent}"), 404, "not_found")
    theirs.delete(state)
    assert visitor.get(state).content == b"1"


def test_only_the_enrolled_keep_a_state(visitor: Client) -> None:
    course = make_course()
    make_audience_rule(course)
    iri = quote(course.activities.get(key="L1-1").iri)
    address = f"{STATE}?activityId={iri}&stateId=resume"
    problem_of(visitor.put(address, b"1", "application/json"), 403, "not_enrolled")
    problem_of(visitor.get(address), 404, "not_found")
    assert not ActivityState.objects.exists()


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("stateId=a", "activityId"),
        ("activityId=urn:uuid:1&stateId=a", "activityId"),
        (f"activityId=urn:uuid:{NOBODYS}&stateId=a", "activityId"),
    ],
)
def test_a_state_needs_an_activity(visitor: Client, query: str, place: str) -> None:
    problem = problem_of(visitor.get(f"{STATE}?{query}"), 400, "invalid_parameter")
    assert places_of(problem) == [place]


def test_a_state_needs_a_name(visitor: Client, question: Activity) -> None:
    base = f"{STATE}?activityId={quote(question.iri)}"
    for query in ("", "&stateId=", f"&stateId={'a' * 65}", "&stateId=%00"):
        problem = problem_of(
            visitor.put(base + query, b"1", "application/json"), 400, "invalid_parameter"
        )
        assert set(places_of(problem)) == {"stateId"}
