from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from lms.conf import conf
from lms.lrs.models import LrsReading, LrsStatement
from lms.people.models import Employee
from lms.records.models import Statement
from lms.records.services import actor_of
from tests.api.problems import places_of, problem_of
from tests.api.xapi.conftest import System
from tests.factories import answer_statement, make_course, make_enrolment
from tests.lms.lrs.said import ACTIVITY, AGENT, GROUP, OTHER, REF, SUB, TEAM, VERB, VOIDED, said

NOBODYS = "00000000-0000-4000-8000-000000000000"


def reference(target: str, **parts: Any) -> dict[str, Any]:
    return said(object={"objectType": "StatementRef", "id": target}, **parts)


def voiding(target: str) -> dict[str, Any]:
    return reference(target, verb=VOIDED)


def test_a_statement_is_taken_and_given_back_as_it_was(system: System) -> None:
    sent = said(
        object=SUB,
        result={"score": {"scaled": 0.5}, "extensions": {"http://x.example/e": None}},
        timestamp="2026-04-01T09:00:00.12+09:00",
    )
    key = system.say(sent)
    response = system.get("statements", statementId=key)
    shown = response.json()
    assert {name: shown[name] for name in sent} == sent
    assert shown["id"] == key
    assert shown["authority"]["account"]["name"] == system.key
    assert shown["version"] == {"1.0.3": "1.0.0", "2.0.0": "2.0.0"}[system.version]
    assert response["X-Experience-API-Version"] == system.version
    stored = datetime.fromisoformat(shown["stored"])
    assert response["Last-Modified"] == stored.strftime("%a, %d %b %Y %H:%M:%S GMT")


def test_what_a_statement_leaves_out_is_filled_in(system: System) -> None:
    shown = system.get("statements", statementId=system.say(said())).json()
    assert shown["timestamp"] == shown["stored"]
    assert datetime.now(UTC) - datetime.fromisoformat(shown["stored"]) < timedelta(minutes=1)


def test_what_the_system_says_the_store_would_say_is_replaced(system: System) -> None:
    claimed = said(authority=OTHER, stored="2013-05-18T05:32:34.804Z", version="1.0.5")
    shown = system.get("statements", statementId=system.say(claimed)).json()
    assert shown["authority"]["account"]["name"] == system.key
    assert shown["stored"] > "2026"
    assert shown["version"] == "1.0.5"


def test_one_statement_is_put_under_its_id(system: System) -> None:
    key = str(uuid4())
    for _ in range(2):
        response = system.send("PUT", "statements", said(), statementId=key)
        assert (response.status_code, response.content) == (204, b"")
    assert system.said() == [key]
    assert (
        system.send("PUT", "statements", said(id=key.upper()), statementId=key).status_code == 204
    )


def test_a_put_without_id_or_with_another_one_is_refused(system: System) -> None:
    assert system.send("PUT", "statements", said(id=REF["id"])).status_code == 400
    assert (
        system.send("PUT", "statements", said(id=REF["id"]), statementId=NOBODYS).status_code == 400
    )
    assert system.send("PUT", "statements", [said()], statementId=NOBODYS).status_code == 400
    assert system.send("PUT", "statements", said(), StatementId=NOBODYS).status_code == 400
    assert not LrsStatement.objects.exists()


def test_a_list_is_taken_in_order_or_not_at_all(system: System) -> None:
    ids = [str(uuid4()) for _ in range(3)]
    response = system.send("POST", "statements", [said(id=key) for key in ids])
    assert response.json() == ids
    assert sorted(system.said()) == sorted(ids)
    batch = [said(), said(verb={"id": "should fail"})]
    problem = problem_of(system.send("POST", "statements", batch), 400, "invalid_statement")
    assert places_of(problem) == ["[1].verb.id"]
    assert LrsStatement.objects.count() == 3


def test_an_empty_list_is_nothing_to_take(system: System) -> None:
    assert system.send("POST", "statements", []).json() == []


def test_a_list_with_an_id_twice_is_refused(system: System) -> None:
    batch = [said(id=REF["id"]), said(id=REF["id"].upper())]
    problem_of(system.send("POST", "statements", batch), 400, "invalid_statement")


def test_a_statement_is_never_changed(system: System) -> None:
    key = system.say(said(id=REF["id"]))
    changed = said(id=key, verb={"id": "http://example.com/other"})
    problem_of(system.send("POST", "statements", changed), 409, "statement_conflict")
    problem_of(
        system.send("PUT", "statements", changed, statementId=key), 409, "statement_conflict"
    )
    assert system.get("statements", statementId=key).json()["verb"] == VERB


@pytest.mark.parametrize("command", ["UPDATE {0} SET fingerprint = ''", "DELETE FROM {0}"])
def test_the_database_keeps_statements_as_they_are(system1: System, command: str) -> None:
    system1.say(said())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(command.format(LrsStatement._meta.db_table))


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[1]", b'"x"', b"\xff", b'{"a": NaN}', b'{"a":1,"a":1}']
)
def test_what_is_no_statement_is_refused(system: System, body: bytes) -> None:
    assert system.send("POST", "statements", body).status_code == 400


def test_a_parameter_that_there_is_not_is_refused(system: System) -> None:
    for name in ("foo", "Agent", "Verb", "Limit", "StatementId", "method"):
        assert system.send("GET", f"statements?{name}=x").status_code == 400
    assert system.send("POST", "statements", said(), foo="bar").status_code == 400


def test_nothing_is_found_by_an_id_that_nobody_used(system: System) -> None:
    problem_of(system.get("statements", statementId=NOBODYS), 404, "not_found")
    problem_of(system.get("statements", voidedStatementId=NOBODYS), 404, "not_found")


@pytest.mark.parametrize(
    "asked",
    [
        {"agent": AGENT},
        {"verb": "http://example.com/did"},
        {"activity": "http://example.com/a"},
        {"registration": NOBODYS},
        {"related_activities": "true"},
        {"related_agents": "true"},
        {"since": "2026-04-01T00:00:00Z"},
        {"until": "2026-04-01T00:00:00Z"},
        {"limit": "1"},
        {"ascending": "true"},
        {"voidedStatementId": NOBODYS},
    ],
)
def test_only_how_it_is_shown_goes_with_an_id(system: System, asked: dict[str, Any]) -> None:
    key = system.say(said())
    assert system.get("statements", statementId=key, **asked).status_code == 400
    if "voidedStatementId" not in asked:
        assert system.get("statements", voidedStatementId=key, **asked).status_code == 400
    assert system.get("statements", statementId=key, format="ids").status_code == 200
    assert system.get("statements", statementId=key, attachments="false").status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        {"statementId": "x"},
        {"agent": "not JSON"},
        {"agent": True},
        {"agent": {"mbox": "x"}},
        {"verb": "x"},
        {"activity": "x"},
        {"registration": "x"},
        {"verb": "urn:x:\x00"},
        {"activity": "urn:x:\x00"},
        {"agent": {"mbox": "mailto:\x00@example.com"}},
        {"related_activities": "x"},
        {"since": "x"},
        {"until": "x"},
        {"limit": "-1"},
        {"format": "x"},
        {"attachments": "x"},
        {"ascending": "x"},
    ],
)
def test_a_value_that_makes_no_sense_is_refused(system: System, asked: dict[str, Any]) -> None:
    assert system.get("statements", **asked).status_code == 400


RELATED: dict[str, Any] = {
    "instructor": {"mbox": "mailto:teacher@example.com"},
    "team": TEAM,
    "registration": "EC531277-B57B-4C15-8D91-D292C5B2B8F7",
    "contextActivities": {"category": {"id": "http://example.com/category"}},
}
INNER = SUB | {"actor": OTHER, "context": RELATED, "object": {"id": "http://example.com/inner"}}
FOUND = [
    (said(), {"agent": AGENT}, True),
    (said(), {"agent": OTHER}, False),
    (said(actor=GROUP), {"agent": AGENT}, True),
    (said(actor=TEAM | {"member": [OTHER]}), {"agent": OTHER}, True),
    (said(actor=TEAM), {"agent": TEAM}, True),
    (said(actor=OTHER, object=AGENT), {"agent": AGENT}, True),
    (said(context=RELATED), {"agent": RELATED["instructor"]}, False),
    (said(context=RELATED), {"agent": RELATED["instructor"], "related_agents": True}, True),
    (said(context=RELATED), {"agent": TEAM, "related_agents": True}, True),
    (said(), {"agent": AGENT, "related_agents": True}, True),
    (said(object=INNER), {"agent": OTHER}, False),
    (said(object=INNER), {"agent": OTHER, "related_agents": True}, True),
    (said(object=INNER), {"agent": RELATED["instructor"], "related_agents": True}, True),
    (said(), {"verb": VERB["id"]}, True),
    (said(), {"verb": VERB["id"].upper()}, False),
    (said(), {"activity": ACTIVITY["id"]}, True),
    (said(), {"activity": "http://example.com/A"}, False),
    (said(context=RELATED), {"activity": "http://example.com/category"}, False),
    (
        said(context=RELATED),
        {"activity": "http://example.com/category", "related_activities": True},
        True,
    ),
    (said(object=INNER), {"activity": "http://example.com/inner"}, False),
    (
        said(object=INNER),
        {"activity": "http://example.com/inner", "related_activities": True},
        True,
    ),
    (said(context=RELATED), {"registration": RELATED["registration"]}, True),
    (said(), {"registration": RELATED["registration"]}, False),
    (said(), {"agent": AGENT, "verb": VERB["id"], "activity": ACTIVITY["id"]}, True),
    (said(), {"agent": OTHER, "verb": VERB["id"]}, False),
]


@pytest.mark.parametrize(("statement", "asked", "is_found"), FOUND)
def test_a_statement_is_found_by_what_it_names(
    system1: System, statement: dict[str, Any], asked: dict[str, Any], is_found: bool
) -> None:
    key = system1.say(statement)
    asked = {name: "true" if value is True else value for name, value in asked.items()}
    assert system1.said(**asked) == ([key] if is_found else [])


def test_the_authority_is_a_related_agent(system: System) -> None:
    key = system.say(said())
    authority = system.get("statements", statementId=key).json()["authority"]
    assert system.said(agent=authority) == []
    assert system.said(agent=authority, related_agents="true") == [key]


def test_agents_and_groups_in_context_are_related(system2: System) -> None:
    context = {
        "contextAgents": [{"objectType": "contextAgent", "agent": OTHER}],
        "contextGroups": [{"objectType": "contextGroup", "group": TEAM}],
    }
    key = system2.say(said(context=context))
    for agent in (OTHER, TEAM):
        assert system2.said(agent=agent) == []
        assert system2.said(agent=agent, related_agents="true") == [key]


def test_a_reference_is_found_by_what_its_target_says(system: System) -> None:
    """Also through another reference, also when the target comes last."""
    target = str(uuid4())
    first = system.say(reference(target, verb={"id": "http://example.com/approved"}))
    second = system.say(reference(first, verb={"id": "http://example.com/noted"}))
    system.say(said(id=target, verb={"id": "http://example.com/won"}))
    assert set(system.said(verb="http://example.com/won")) == {target, first, second}
    assert set(system.said(verb="http://example.com/approved")) == {first, second}
    # All that is asked for is found in one of them.
    assert set(system.said(verb="http://example.com/won", activity=ACTIVITY["id"])) == {
        target,
        first,
        second,
    }
    assert system.said(verb="http://example.com/approved", activity=ACTIVITY["id"]) == []


def test_a_chain_of_references_may_come_in_any_order(system: System) -> None:
    a, b, c = (str(uuid4()) for _ in range(3))
    system.say([reference(b, id=a), said(id=c, verb={"id": "http://example.com/won"})])
    system.say(reference(c, id=b))
    assert set(system.said(verb="http://example.com/won")) == {a, b, c}


def test_references_in_a_circle_do_no_harm(system: System) -> None:
    a, b = str(uuid4()), str(uuid4())
    system.say([reference(b, id=a), reference(a, id=b)])
    assert set(system.said(verb=VERB["id"])) == {a, b}


def test_a_voided_statement_is_shown_only_by_its_own_name(system: System) -> None:
    verb = {"id": "http://example.com/wrongly"}
    key = system.say(said(verb=verb))
    problem_of(system.get("statements", voidedStatementId=key), 404, "not_found")
    voids = system.say(voiding(key))
    problem_of(system.get("statements", statementId=key), 404, "not_found")
    assert system.get("statements", voidedStatementId=key).json()["id"] == key
    assert system.said() == [voids]
    # What refers to it is still found by it.
    refers = system.say(reference(key))
    assert system.said(verb=verb["id"]) == [refers, voids]


def test_a_voiding_statement_is_not_voided(system: System) -> None:
    key = system.say(said())
    voids = system.say(voiding(key))
    again = system.say(voiding(voids))
    assert system.get("statements", statementId=voids).status_code == 200
    assert system.get("statements", voidedStatementId=key).status_code == 200
    assert set(system.said()) == {voids, again}


def test_a_statement_may_be_voided_before_it_comes(system: System) -> None:
    key = str(uuid4())
    system.say(voiding(key))
    system.say(said(id=key))
    problem_of(system.get("statements", statementId=key), 404, "not_found")


def test_nobody_voids_what_another_said(
    system1: System, system_with: Callable[..., System], employee: Employee
) -> None:
    key = system1.say(said())
    late = str(uuid4())
    other = system_with("all")
    problem_of(other.send("POST", "statements", voiding(key)), 403, "may_not_void")
    other.say(voiding(late))
    system1.say(said(id=late))
    assert {key, late} <= set(system1.said())
    theirs = learner_statement(employee)
    problem_of(other.send("POST", "statements", voiding(theirs)), 403, "may_not_void")


def learner_statement(employee: Employee) -> str:
    from lms.flows import record_statements

    course = make_course()
    make_enrolment(employee, course)
    statement = answer_statement(course.activities.get(key="L1-1"))
    return str(record_statements(employee=employee, statements=statement)[0])


def test_since_and_until_are_of_the_time_stored(system: System) -> None:
    first, second = (system.say(said(timestamp="2020-01-01T00:00:00Z")) for _ in range(2))
    moment = system.get("statements", statementId=first).json()["stored"]
    assert system.said(since=moment) == [second]
    assert system.said(until=moment) == [first]
    assert system.said(since="2012-06-01T19:09:13.245Z", ascending="true") == [first, second]
    assert system.said(until="2012-06-01T19:09:13.245Z") == []


def test_a_long_list_comes_in_parts(system: System) -> None:
    ids = [system.say(said()) for _ in range(5)]
    assert system.said() == ids[::-1]
    for ascending, expected in (("false", ids[::-1]), ("true", ids)):
        seen = []
        response = system.get("statements", limit="2", ascending=ascending, verb=VERB["id"])
        while True:
            body = response.json()
            seen += [item["id"] for item in body["statements"]]
            assert len(body["statements"]) <= 2
            if not body["more"]:
                break
            response = system.send("GET", body["more"].removeprefix("/api/v1/xapi/"))
        assert seen == expected


def test_every_list_says_until_when_it_is_complete(system: System) -> None:
    system.say(said())
    response = system.get("statements")
    through = datetime.fromisoformat(response["X-Experience-API-Consistent-Through"])
    assert timedelta(0) <= datetime.now(UTC) - through < timedelta(minutes=1)


def test_a_head_request_has_the_headers_alone(system: System) -> None:
    key = system.say(said())
    response = system.send("HEAD", "statements", statementId=key)
    assert (response.status_code, response.content) == (200, b"")
    assert response["X-Experience-API-Version"] == system.version


def test_ids_alone_are_shown(system: System) -> None:
    statement = said(
        actor=GROUP,
        object=SUB | {"actor": TEAM | {"name": "Team"}},
        context={"contextActivities": {"parent": ACTIVITY}, "instructor": OTHER | {"name": "B"}},
    )
    shown = system.get("statements", statementId=system.say(statement), format="ids").json()
    assert shown["actor"] == {"objectType": "Group", "member": [AGENT]}
    assert shown["verb"] == {"id": VERB["id"]}
    assert shown["object"]["actor"] == TEAM
    assert shown["object"]["object"] == {"id": ACTIVITY["id"]}
    assert shown["context"] == {
        "contextActivities": {"parent": [{"id": ACTIVITY["id"]}]},
        "instructor": OTHER,
    }


def test_one_language_is_shown_of_what_everybody_said_of_an_activity(system: System) -> None:
    texts = {"en-US": "color", "ja": "色"}
    here = {"id": "http://example.com/c", "definition": {"name": texts, "type": "http://t.example"}}
    there = {"id": "http://example.com/c", "definition": {"name": {"en-GB": "colour"}}}
    verb = VERB | {"display": {"en-US": "did", "ja": "した"}}
    key = system.say(said(verb=verb, object=here))
    system.say(said(object=there))

    def shown(language: str) -> Any:
        headers = {"accept-language": language}
        return system.send(
            "GET", "statements", statementId=key, format="canonical", headers=headers
        ).json()

    assert shown("en-GB, ja;q=0.5")["object"]["definition"]["name"] == {"en-GB": "colour"}
    assert shown("ja")["object"]["definition"] == {"name": {"ja": "色"}, "type": "http://t.example"}
    assert shown("ja")["verb"]["display"] == {"ja": "した"}
    assert shown("fr")["verb"]["display"] == {"en-US": "did"}
    assert system.get("statements", statementId=key).json()["object"] == here


def test_context_activities_are_shown_as_lists(system: System) -> None:
    one = {"contextActivities": {"parent": {"id": "http://example.com/p"}}}
    key = system.say(said(object=SUB | {"context": one}, context=one))
    shown = system.get("statements", statementId=key).json()
    many = {"contextActivities": {"parent": [{"id": "http://example.com/p"}]}}
    assert shown["context"] == shown["object"]["context"] == many


def test_what_learners_did_is_in_the_same_list(system: System, employee: Employee) -> None:
    mine = learner_statement(employee)
    theirs = system.say(said())
    statement = Statement.objects.get().statement
    assert system.said() == [theirs, mine]
    assert system.said(ascending="true", limit="1") == [mine]
    assert system.said(agent=actor_of(employee)) == [mine]
    assert system.said(activity=statement["object"]["id"]) == [mine]
    assert system.said(activity=statement["object"]["id"], verb=VERB["id"]) == []
    assert system.said(verb=statement["verb"]["id"]) == [mine]
    assert system.said(registration=NOBODYS) == []
    account = {"account": {"homePage": conf.ACTOR_HOME_PAGE, "name": "nobody"}}
    assert system.said(agent=account) == []
    assert system.get("statements", statementId=mine).json() == statement
    assert system.get("statements", statementId=mine, format="ids").json()["verb"] == {
        "id": statement["verb"]["id"]
    }
    conflict = system.send("POST", "statements", said(id=mine))
    problem_of(conflict, 409, "statement_conflict")


def test_a_system_that_may_not_read_others_sees_its_own(
    system1: System, system_with: Callable[..., System], employee: Employee
) -> None:
    theirs, mine = system1.say(said()), learner_statement(employee)
    narrow = system_with("statements/write", "statements/read/mine")
    own = narrow.say(said())
    assert narrow.said() == [own]
    for key in (theirs, mine):
        problem_of(narrow.get("statements", statementId=key), 404, "not_found")
    assert not LrsReading.objects.filter(client=narrow.row).exists()


def test_whoever_reads_others_is_put_down(system1: System) -> None:
    system1.say(said())
    system1.said(agent=AGENT)
    noted = LrsReading.objects.get()
    assert (noted.client, noted.shown) == (system1.row, 1)
    assert "a@example.com" in noted.asked["agent"]


@pytest.mark.parametrize("scope", ["all/read", "statements/read", "state", "profile"])
def test_writing_needs_its_scope(system_with: Callable[..., System], scope: str) -> None:
    system = system_with(scope)
    problem_of(system.send("POST", "statements", said()), 403, "insufficient_scope")
    problem_of(
        system.send("PUT", "statements", said(), statementId=NOBODYS), 403, "insufficient_scope"
    )


@pytest.mark.parametrize("scope", ["statements/write", "state", "profile"])
def test_reading_needs_its_scope(system_with: Callable[..., System], scope: str) -> None:
    problem_of(system_with(scope).get("statements"), 403, "insufficient_scope")


def test_a_list_takes_as_many_queries_however_long_it_is(system1: System) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            system1.get("statements", agent=AGENT, format="canonical", attachments="true")
        return len(found)

    def batch() -> list[dict[str, Any]]:
        return [said(id=str(uuid4())) for _ in range(20)]

    def queries_to_store() -> int:
        with CaptureQueriesContext(connection) as found:
            system1.say(batch())
        return len(found)

    system1.say(said())
    few = queries()
    many_to_store = queries_to_store()
    assert queries() == few
    with CaptureQueriesContext(connection) as found:
        system1.say([said(id=str(uuid4()))])
    assert many_to_store == len(found)
