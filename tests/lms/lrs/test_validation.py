from copy import deepcopy
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.exceptions import InvalidStatement
from lms.lrs.validation import check_statement
from lms.lrs.values import Version, moment_of
from tests.lms.lrs.said import (
    ACCOUNT,
    ACTIVITY,
    AGENT,
    CHOICES,
    CONTEXT_AGENT,
    CONTEXT_GROUP,
    EXTENSIONS,
    FILE,
    GROUP,
    OTHER,
    REF,
    SUB,
    TEAM,
    VERB,
    VOIDED,
    check,
    defined,
    said,
)

SHA1 = {"mbox_sha1sum": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9"}
LINKED = {"id": "http://example.com/p"}

VALID: dict[str, dict[str, Any]] = {
    "the least of it": said(),
    "an id": said(id=REF["id"]),
    "an agent without objectType": said(actor=OTHER),
    "an agent by SHA-1": said(actor=SHA1),
    "an agent by account": said(actor=ACCOUNT | {"name": "花子"}),
    "an anonymous group": said(actor=GROUP),
    "an identified group": said(actor=TEAM),
    "an identified group with members": said(actor=TEAM | {"member": [OTHER]}),
    "an agent as object": said(object=AGENT),
    "a group as object": said(object=GROUP),
    "a reference as object": said(object=REF),
    "a SubStatement": said(object=SUB),
    "a SubStatement about a reference": said(object=SUB | {"object": REF}),
    "voiding": said(verb=VOIDED, object=REF),
    "a verb without display": said(verb={"id": "urn:x:did"}),
    "every part of a result": said(
        result={
            "score": {"scaled": -0.5, "raw": 3, "min": 0, "max": 5.5},
            "success": True,
            "completion": False,
            "response": "",
            "duration": "P3Y1M29DT4H35M59.14S",
            "extensions": EXTENSIONS,
        }
    ),
    "every part of a context": said(
        context={
            "registration": REF["id"],
            "instructor": GROUP,
            "team": TEAM,
            "contextActivities": {
                "parent": LINKED,
                "grouping": [LINKED],
                "category": [],
                "other": [LINKED, ACTIVITY],
            },
            "revision": "2",
            "platform": "desk",
            "language": "de-CH-1996",
            "statement": REF,
            "extensions": EXTENSIONS,
        }
    ),
    "a definition": defined(
        name={"ja": "名"},
        description={"zh-cmn-Hans-CN": "x"},
        type="http://example.com/type",
        moreInfo="http://example.com/more",
        extensions=EXTENSIONS,
    ),
    "choices": defined(
        interactionType="choice", choices=CHOICES, correctResponsesPattern=["a[,]b"]
    ),
    "scale": defined(interactionType="likert", scale=CHOICES),
    "matching": defined(interactionType="matching", source=CHOICES, target=CHOICES),
    "steps": defined(interactionType="performance", steps=CHOICES),
    "an authority": said(authority=AGENT),
    "an authority of two": said(authority={"objectType": "Group", "member": [ACCOUNT, AGENT]}),
    "an attachment": said(attachments=[FILE]),
    "an attachment of a SubStatement": said(object=SUB | {"attachments": [FILE]}),
    "a time": said(timestamp="2026-04-01T09:00:00.123456789+09:00"),
    "a time with a space": said(timestamp="2008-09-15 15:53:00.601+00:00"),
    "version": said(version="1.0.9"),
}
INVALID: dict[str, dict[str, Any]] = {
    "no actor": {"verb": VERB, "object": ACTIVITY},
    "no verb": {"actor": AGENT, "object": ACTIVITY},
    "no object": {"actor": AGENT, "verb": VERB},
    "an unknown property": said(iD="x"),
    "an id that is none": said(id="8f87ccde-bb56-4c2e-ab83-44982ef22dfg"),
    "a short id": said(id=REF["id"][:-1]),
    "an empty actor": said(actor={}),
    "an actor by two identifiers": said(actor=AGENT | OTHER),
    "a property in other letters": said(actor={"Mbox": "mailto:a@example.com"}),
    "an unknown kind of actor": said(actor=AGENT | {"objectType": "agent"}),
    "a kind that is no text": said(actor=AGENT | {"objectType": ["Agent"]}),
    "an agent with members": said(actor=AGENT | {"member": []}),
    "a mailbox without mailto": said(actor={"mbox": "a@example.com"}),
    "a mailbox without address": said(actor={"mbox": "mailto:should fail"}),
    "a SHA-1 that is none": said(actor={"mbox_sha1sum": "xyz"}),
    "an openid that is none": said(actor={"openid": "ab=c://should.fail.com"}),
    "an account without name": said(actor={"account": {"homePage": "http://x.example"}}),
    "an account without home page": said(actor={"account": {"name": "x"}}),
    "an account on no page": said(actor={"account": {"homePage": "x", "name": "x"}}),
    "an account with more": said(actor={"account": ACCOUNT["account"] | {"id": "1"}}),
    "a name that is no text": said(actor=AGENT | {"name": 7}),
    "an anonymous group of nobody": said(actor={"objectType": "Group", "member": []}),
    "an anonymous group without members": said(actor={"objectType": "Group", "name": "x"}),
    "a group in a group": said(actor={"objectType": "Group", "member": [GROUP]}),
    "a group by two identifiers": said(actor=TEAM | OTHER),
    "members that are no list": said(actor=TEAM | {"member": AGENT}),
    "a verb without id": said(verb={"display": {"en": "x"}}),
    "a verb id that is no IRI": said(verb={"id": "did"}),
    "a language that is none": said(verb=VERB | {"display": {"a12345": "x"}}),
    "a language map of numbers": said(verb=VERB | {"display": {"en": 1}}),
    "a language map that is text": said(verb=VERB | {"display": "x"}),
    "an unknown kind of object": said(object=ACTIVITY | {"objectType": "activity"}),
    "an activity without id": said(object={"objectType": "Activity"}),
    "an activity id that is no IRI": said(object={"id": "ab=c://should.fail.com"}),
    "a definition that is text": said(object={"id": "http://x.example", "definition": "x"}),
    "a definition with more": defined(Name={"en": "x"}),
    "a type that is no IRI": defined(type="x"),
    "more info that is no IRL": defined(moreInfo="x"),
    "an unknown interaction": defined(interactionType="Choice"),
    "an interaction without type": defined(correctResponsesPattern=["a"]),
    "a pattern that is no list": defined(interactionType="other", correctResponsesPattern="a"),
    "choices twice": defined(interactionType="choice", choices=[{"id": "a"}, {"id": "a"}]),
    "a choice without id": defined(interactionType="choice", choices=[{"description": {}}]),
    "choices that are no list": defined(interactionType="choice", choices={"id": "a"}),
    "extensions that are no object": defined(extensions="x"),
    "an extension that is no IRI": defined(extensions={"x": 1}),
    "a reference without id": said(object={"objectType": "StatementRef"}),
    "a reference to no UUID": said(object=REF | {"id": "x"}),
    "a reference with more": said(object=REF | {"name": "x"}),
    "a SubStatement in a SubStatement": said(object=SUB | {"object": SUB}),
    "voiding an activity": said(verb=VOIDED),
    "voiding an activity, said in another": said(object=SUB | {"verb": VOIDED}),
    "a scale beyond one": said(result={"score": {"scaled": 1.0001}}),
    "a scale as text": said(result={"score": {"scaled": "0.5"}}),
    "a scale that is true": said(result={"score": {"scaled": True}}),
    "a score above its best": said(result={"score": {"raw": 6, "max": 5}}),
    "a score below its least": said(result={"score": {"raw": -1, "min": 0}}),
    "min above max": said(result={"score": {"min": 5, "max": 1}}),
    "a score with more": said(result={"score": {"best": 1}}),
    "a score that is a number": said(result={"score": 1}),
    "success as text": said(result={"success": "true"}),
    "completion as number": said(result={"completion": 1}),
    "a response that is no text": said(result={"response": {"a": 1}}),
    "revision of an agent": said(object=AGENT, context={"revision": "1"}),
    "platform of a reference": said(object=REF, context={"platform": "1"}),
    "platform of a group in a SubStatement": said(
        object=SUB | {"object": GROUP, "context": {"platform": "1"}}
    ),
    "a registration that is no UUID": said(context={"registration": "x"}),
    "an agent as team": said(context={"team": AGENT}),
    "no instructor": said(context={"instructor": {"name": "x"}}),
    "an unknown relation": said(context={"contextActivities": {"Parent": LINKED}}),
    "a relation to an agent": said(context={"contextActivities": {"parent": AGENT}}),
    "relations that are no object": said(context={"contextActivities": [LINKED]}),
    "a language that is no tag": said(context={"language": "a12345"}),
    "a context of a SubStatement": said(context={"statement": SUB}),
    "an authority of one": said(authority=GROUP),
    "an authority with a name": said(authority=TEAM | {"member": [AGENT, OTHER]}),
    "an authority of three": said(
        authority={"objectType": "Group", "member": [AGENT, OTHER, ACCOUNT]}
    ),
    "attachments that are no list": said(attachments=FILE),
    "a version of the future": said(version="1.1.0"),
    "a version of before": said(version="0.9.5"),
    "a zero character": said(result={"response": "a\x00"}),
    "half a character": said(result={"extensions": {"http://x.example": "\ud800"}}),
    "a number without end": said(result={"extensions": {"http://x.example": float("inf")}}),
}


@pytest.mark.parametrize("statement", VALID.values(), ids=VALID)
@pytest.mark.parametrize("version", Version)
def test_what_the_specification_allows_is_taken(
    statement: dict[str, Any], version: Version
) -> None:
    before = deepcopy(statement)
    check(statement, version)
    assert statement == before


@pytest.mark.parametrize("statement", INVALID.values(), ids=INVALID)
@pytest.mark.parametrize("version", Version)
def test_what_the_specification_forbids_is_refused(
    statement: dict[str, Any], version: Version
) -> None:
    with pytest.raises(InvalidStatement):
        check(statement, version)


@pytest.mark.parametrize("name", ["id", "stored", "version", "authority"])
def test_a_substatement_has_no_such_property(name: str) -> None:
    value = {"id": REF["id"], "stored": "2026-04-01T00:00:00Z", "version": "1.0.0"}
    with pytest.raises(InvalidStatement):
        check(said(object=SUB | {name: value.get(name, AGENT)}))


@pytest.mark.parametrize("name", ["usageType", "display", "contentType", "length", "sha2"])
def test_an_attachment_says_all_it_must(name: str) -> None:
    with pytest.raises(InvalidStatement) as refused:
        check(said(attachments=[{key: FILE[key] for key in FILE if key != name}]))
    assert refused.value.place == f"attachments.0.{name}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("usageType", "x"),
        ("display", 1),
        ("display", "x"),
        ("description", 1),
        ("contentType", 1),
        ("contentType", "text"),
        ("length", "27"),
        ("length", -1),
        ("length", 1.5),
        ("sha2", 1),
        ("sha2", "x"),
        ("fileUrl", "x"),
    ],
)
def test_an_attachment_says_it_as_it_must(name: str, value: Any) -> None:
    with pytest.raises(InvalidStatement):
        check(said(attachments=[FILE | {name: value}]))


@pytest.mark.parametrize(
    "duration", ["PT1H0M0.1S", "PT4H35M59.14S", "PT16559.14S", "P3Y", "P4W", "P1DT2H", "P0.5Y"]
)
def test_a_duration_is_taken(duration: str) -> None:
    check(said(result={"duration": duration}))


@pytest.mark.parametrize(
    "duration",
    ["PA1H0M0S", "P", "PT", "P1DT", "1H", "P4W1D", "PT1.5H3M", "P1.5DT3M", "P0001-01-01", 12345],
)
def test_a_duration_is_refused(duration: Any) -> None:
    with pytest.raises(InvalidStatement):
        check(said(result={"duration": duration}))


@pytest.mark.parametrize(
    "tag",
    [
        "ja",
        "en-US",
        "zh-cmn-Hans-CN",
        "sr-Latn-RS",
        "es-419",
        "de-CH-1996",
        "sl-IT-nedis",
        "de-DE-u-co-phonebk",
        "en-x-office",
        "x-office",
        "i-klingon",
        "zh-min-nan",
        "en-GB-oed",
        "JA-jp",
    ],
)
def test_a_language_is_taken(tag: str) -> None:
    check(said(context={"language": tag}, verb=VERB | {"display": {tag: "x"}}))


@pytest.mark.parametrize(
    "tag", ["", "a", "a12345", "de-419-DE", "en_US", "en-", "x", "en-US-x", "日本語"]
)
def test_a_language_is_refused(tag: str) -> None:
    for statement in (said(context={"language": tag}), said(verb=VERB | {"display": {tag: "x"}})):
        with pytest.raises(InvalidStatement):
            check(statement)


@pytest.mark.parametrize(
    "moment",
    [
        "should fail",
        "01/011/2015",
        "2008-09-15T15:53:00.601-00",
        "2008-09-15T15:53:00.601-0000",
        "2008-09-15T15:53:00.601-00:00",
        "2026-02-30T00:00:00Z",
        "2026-04-01",
        1_700_000_000,
    ],
)
@pytest.mark.parametrize("version", Version)
def test_a_moment_is_refused(moment: Any, version: Version) -> None:
    for statement in (said(timestamp=moment), said(object=SUB | {"timestamp": moment})):
        with pytest.raises(InvalidStatement):
            check(statement, version)


def test_only_the_older_version_takes_a_moment_without_offset() -> None:
    statement = said(timestamp="2026-04-01T00:00:00")
    check(statement)
    with pytest.raises(InvalidStatement):
        check(statement, Version.V2)


@pytest.mark.parametrize(
    "context",
    [
        {"contextAgents": [CONTEXT_AGENT]},
        {"contextGroups": [CONTEXT_GROUP, CONTEXT_GROUP | {"group": GROUP}]},
    ],
)
def test_only_the_newer_version_has_agents_and_groups_in_context(context: dict[str, Any]) -> None:
    for statement in (said(context=context), said(object=SUB | {"context": context})):
        check(statement, Version.V2)
        with pytest.raises(InvalidStatement):
            check(statement)


@pytest.mark.parametrize(
    "context",
    [
        {"contextAgents": CONTEXT_AGENT},
        {"contextAgents": [CONTEXT_AGENT | {"objectType": "Agent"}]},
        {"contextAgents": [{"objectType": "contextAgent"}]},
        {"contextAgents": [CONTEXT_AGENT | {"agent": {"key": "x"}}]},
        {"contextAgents": [CONTEXT_AGENT | {"agent": TEAM}]},
        {"contextAgents": [CONTEXT_AGENT | {"relevantTypes": []}]},
        {"contextAgents": [CONTEXT_AGENT | {"relevantTypes": ["abc"]}]},
        {"contextGroups": [CONTEXT_GROUP | {"objectType": "Group"}]},
        {"contextGroups": [CONTEXT_GROUP | {"group": AGENT}]},
        {"contextGroups": [CONTEXT_GROUP | {"member": [AGENT]}]},
        {"contextGroups": [CONTEXT_GROUP | {"relevantTypes": []}]},
    ],
)
def test_agents_and_groups_in_context_are_checked(context: dict[str, Any]) -> None:
    for statement in (said(context=context), said(object=SUB | {"context": context})):
        with pytest.raises(InvalidStatement):
            check(statement, Version.V2)


def test_a_statement_of_the_newer_version_is_not_taken_in_the_older() -> None:
    check(said(version="2.0.0"), Version.V2)
    with pytest.raises(InvalidStatement):
        check(said(version="2.0.0"))


def test_the_place_of_the_fault_is_named() -> None:
    with pytest.raises(InvalidStatement) as refused:
        check_statement(said(verb={"id": 1}), version=Version.V1, place="[3]")
    assert refused.value.place == "[3].verb.id"


def test_what_is_nested_without_end_is_refused() -> None:
    deep: Any = 0
    for _ in range(100):
        deep = [deep]
    with pytest.raises(InvalidStatement):
        check(said(result={"extensions": {"http://x.example": deep}}))


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a value, but for what stands in extensions."""
    found = [path] if path else []
    if isinstance(value, dict | list) and "extensions" not in path:
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            found += places(item, (*path, key))
    return found


def with_null(statement: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    changed: Any = deepcopy(statement)
    part = changed
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = None
    return changed  # type: ignore[no-any-return]


@given(statement=st.sampled_from(list(VALID.values())), data=st.data())
def test_no_null_stands_outside_extensions(statement: dict[str, Any], data: Any) -> None:
    path = data.draw(
        st.sampled_from([path for path in places(statement) if "extensions" not in path[:-1]])
    )
    with pytest.raises(InvalidStatement):
        check(with_null(statement, path))


@given(
    statement=st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["actor", "verb", "object", "id", "mbox", "objectType", "context"])
                | st.text(),
                inner,
            )
        ),
    )
)
def test_whatever_is_not_a_statement_is_refused_and_nothing_worse(statement: Any) -> None:
    with pytest.raises(InvalidStatement, match=r".+"):
        check({"actor": AGENT} | statement if isinstance(statement, dict) else statement)


OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(moment=st.datetimes(timezones=OFFSETS))
def test_a_moment_is_read_as_it_was_written(moment: datetime) -> None:
    assert moment_of(moment.isoformat(), needs_offset=True) == moment
