"""What the server accepts as an xAPI statement, and what it says of the rest."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.exceptions import InvalidStatement
from lms.records.statement import ANSWERED, parse_statement, parse_statements, settle_timestamp

ID = "6f1e8a9c-3b1d-4c57-9d5e-0d6b6e1f0a01"
IRI = "urn:uuid:11111111-2222-4333-8444-555555555555"


def statement(**changes: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "id": ID,
        "verb": {"id": ANSWERED, "display": {"en-US": "answered"}},
        "object": {"objectType": "Activity", "id": IRI},
        "result": {"score": {"min": 0, "max": 2, "raw": 1, "scaled": 0.5}, "completion": True},
        "timestamp": "2026-05-01T09:00:00+09:00",
    }
    return {key: value for key, value in (base | changes).items() if value is not ...}


def test_an_h5p_statement_is_read() -> None:
    parsed = parse_statement(statement())
    assert str(parsed.id) == ID
    assert (parsed.verb, parsed.activity_iri, parsed.part) == (ANSWERED, IRI, "")
    assert parsed.score == 0.5
    assert parsed.is_root
    assert parsed.claimed_at == datetime(2026, 5, 1, tzinfo=UTC)


def test_a_part_is_told_from_the_whole() -> None:
    parsed = parse_statement(statement(object={"id": f"{IRI}#abc"}))
    assert (parsed.activity_iri, parsed.part, parsed.is_root) == (IRI, "abc", False)


@pytest.mark.parametrize(
    ("score", "fraction"),
    [
        ({"scaled": 1}, 1.0),
        ({"scaled": -0.5}, 0.0),
        ({"raw": 3, "max": 4}, 0.75),
        ({"raw": 3, "min": 2, "max": 4}, 0.5),
        ({"raw": 0, "max": 4}, 0.0),
        ({"raw": 3}, None),
        ({}, None),
    ],
)
def test_scores_become_fractions(score: dict[str, float], fraction: float | None) -> None:
    assert parse_statement(statement(result={"score": score})).score == fraction


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"id": ...}, "id"),
        ({"id": "not-a-uuid"}, "id"),
        ({"verb": ...}, "verb"),
        ({"verb": {"id": "answered"}}, "verb.id"),
        ({"verb": {"id": "http://x y"}}, "verb.id"),
        ({"verb": {"id": ANSWERED, "display": {"no tag": "x"}}}, "verb.display"),
        ({"object": {}}, "object.id"),
        ({"object": {"id": IRI, "objectType": "Agent"}}, "object.objectType"),
        ({"unknown": 1}, "unknown"),
        ({"result": {"score": {"scaled": 1.5}}}, "result.score.scaled"),
        ({"result": {"score": {"raw": 5, "max": 2}}}, "result.score.raw"),
        ({"result": {"score": {"min": 2, "max": 2}}}, "result.score"),
        ({"result": {"score": {"raw": float("nan")}}}, "result.score.raw"),
        ({"result": {"success": "yes"}}, "result.success"),
        ({"result": {"duration": "ten minutes"}}, "result.duration"),
        ({"result": {"duration": "P"}}, "result.duration"),
        ({"result": None}, "result"),
        ({"result": {"response": "a\x00b"}}, "result.response"),
        ({"result": {"response": "\ud800"}}, "result.response"),
        ({"timestamp": "yesterday"}, "timestamp"),
        ({"timestamp": "2026-05-01T09:00:00"}, "timestamp"),
        ({"timestamp": 1714521600}, "timestamp"),
        ({"version": "2.0"}, "version"),
        ({"context": {"registration": "x"}}, "context.registration"),
    ],
)
def test_a_faulty_statement_is_refused_with_its_place(changes: dict[str, Any], place: str) -> None:
    with pytest.raises(InvalidStatement) as caught:
        parse_statement(statement(**changes))
    assert caught.value.place == place


def test_the_place_in_a_list_is_named() -> None:
    with pytest.raises(InvalidStatement) as caught:
        parse_statements([statement(), statement(verb={"id": "x"})], limit=10)
    assert caught.value.place == "[1].verb.id"


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ([], ""),
        ("text", ""),
        (None, ""),
        ([1], "[0]"),
        ([{}] * 11, ""),
        ([statement(), statement()], "[1].id"),
    ],
)
def test_a_faulty_list_is_refused(values: Any, place: str) -> None:
    with pytest.raises(InvalidStatement) as caught:
        parse_statements(values, limit=10)
    assert caught.value.place == place


def test_deep_nesting_is_refused_not_crashed_on() -> None:
    deep: Any = "x"
    for _ in range(500):
        deep = [deep]
    for extensions in ({"http://e.x/1": deep}, {"http://e.x/1": {"extensions": deep}}):
        with pytest.raises(InvalidStatement):
            parse_statement(statement(context={"extensions": extensions}))


def test_null_is_allowed_inside_extensions_only() -> None:
    parsed = parse_statement(statement(context={"extensions": {"http://e.x/1": None}}))
    assert parsed.body["context"] == {"extensions": {"http://e.x/1": None}}


@pytest.mark.parametrize(
    ("said", "duration"),
    [
        ("PT90S", timedelta(seconds=90)),
        ("PT1H2M3.5S", timedelta(hours=1, minutes=2, seconds=3.5)),
        ("P1DT1S", timedelta(days=1)),
        ("PT" + "9" * 400 + "S", None),
        ("P" + "9" * 30 + "D", None),
        ("P1M", None),
        ("P1Y2DT3S", None),
        (..., None),
    ],
)
def test_a_duration_is_read_and_never_longer_than_a_day(
    said: Any, duration: timedelta | None
) -> None:
    result = {} if said is ... else {"duration": said}
    assert parse_statement(statement(result=result)).duration == duration


def test_the_actor_does_not_change_what_was_said() -> None:
    mine = parse_statement(statement(actor={"mbox": "mailto:a@example.jp"}))
    other = parse_statement(statement(actor={"mbox": "mailto:b@example.jp"}))
    assert mine.fingerprint == other.fingerprint
    assert "actor" not in mine.body
    assert parse_statement(statement(result={"completion": True})).fingerprint != mine.fingerprint


STORED = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("claimed", "settled"),
    [
        (None, STORED),
        (STORED + timedelta(hours=1), STORED),
        (STORED - timedelta(hours=1), STORED - timedelta(hours=1)),
        (STORED - timedelta(days=400), STORED - timedelta(days=30)),
    ],
)
def test_a_clock_is_believed_only_so_far(claimed: datetime | None, settled: datetime) -> None:
    assert settle_timestamp(claimed, stored=STORED, max_age=timedelta(days=30)) == settled


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(sorted(statement())), json_values))
def test_anything_is_either_parsed_or_refused(changes: dict[str, Any]) -> None:
    try:
        parsed = parse_statement(statement(**changes))
    except InvalidStatement:
        return
    assert json.dumps(parsed.body)
