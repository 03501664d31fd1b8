"""What a statement can be found by, each as one number. Pure.

Source: xAPI 1.0.3 part 3, 2.1.3: `agent` looks at actor and object, members of groups included;
`activity` at the object; with related_agents and related_activities everything else that is named.
"""

import hashlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from lms.lrs.validation import IDENTIFIERS

RELATED = "related "


def number_of(*parts: str) -> UUID:
    """128 bits of the SHA-256 of the parts: equal only for equal parts."""
    text = "\x00".join(part.replace("\x00", "\x00\x00") for part in parts)
    return UUID(bytes=hashlib.sha256(text.encode()).digest()[:16])


def agent_key(agent: dict[str, Any]) -> str:
    """The one identifier of an agent or an identified group; empty = an anonymous group."""
    for name in IDENTIFIERS:
        if name in agent:
            value = agent[name]
            if name == "account":
                value = f"{value['homePage']}\n{value['name']}"
            return f"{name}\n{value}"
    return ""


def terms_of(statement: dict[str, Any]) -> set[UUID]:
    """Everything a statement can be found by but its id and its time."""
    return {number_of(kind, value) for kind, value in _words(statement)}


def _words(statement: dict[str, Any]) -> Iterator[tuple[str, str]]:
    thing = statement["object"]
    yield "verb", statement["verb"]["id"]
    for key in (*_keys(statement["actor"]), *_keys(thing)):
        yield "agent", key
    if is_activity(thing):
        yield "activity", thing["id"]
    if registration := statement.get("context", {}).get("registration"):
        yield "registration", registration.lower()
    for agent in agents_in(statement):
        for key in _keys(agent):
            yield RELATED + "agent", key
    for activity in activities_in(statement):
        yield RELATED + "activity", activity["id"]


def is_activity(thing: dict[str, Any]) -> bool:
    return bool(thing.get("objectType", "Activity") == "Activity")


def is_actor(thing: dict[str, Any]) -> bool:
    return thing.get("objectType") in {"Agent", "Group"}


def agents_in(statement: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every agent and group that a statement and its SubStatement name."""
    context = statement.get("context", {})
    thing = statement["object"]
    named = [statement["actor"], statement.get("authority"), thing if is_actor(thing) else None]
    named += [context.get("instructor"), context.get("team")]
    named += [item["agent"] for item in context.get("contextAgents", [])]
    named += [item["group"] for item in context.get("contextGroups", [])]
    yield from filter(None, named)
    if thing.get("objectType") == "SubStatement":
        yield from agents_in(thing)


def activities_in(statement: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every activity that a statement and its SubStatement name."""
    thing = statement["object"]
    if is_activity(thing):
        yield thing
    for related in statement.get("context", {}).get("contextActivities", {}).values():
        yield from related if isinstance(related, list) else [related]
    if thing.get("objectType") == "SubStatement":
        yield from activities_in(thing)


def _keys(actor: dict[str, Any]) -> Iterator[str]:
    """The identifiers of an agent or a group and of its members; none of an activity."""
    if key := agent_key(actor):
        yield key
    for member in actor.get("member", []):
        yield agent_key(member)
