"""A statement as a reader asks for it: exact, ids only, or in one language. Pure.

Source: xAPI 1.0.3 part 3, 2.1.3, parameter `format`.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from lms.lrs.terms import agent_key
from lms.lrs.validation import IDENTIFIERS

Part = dict[str, Any]


def ids_only(statement: Part) -> Part:
    """Identifiers of agents, activities, verbs and groups, and the members of nameless groups."""
    return _rebuilt(
        statement,
        agent=_agent_ids,
        activity=lambda activity: {"id": activity["id"]},
        verb=lambda verb: {"id": verb["id"]},
    )


def canonical(statement: Part, *, definitions: Mapping[str, Part], languages: list[str]) -> Part:
    """Activities as everything said of them defines them, texts in one language.

    Args:
        definitions: activity IRI -> definition.
        languages: tags the reader understands, the best first.
    """

    def activity(said: Part) -> Part:
        definition = definitions.get(said["id"], said.get("definition"))
        return said if definition is None else said | {"definition": _in_one(definition, languages)}

    return _rebuilt(
        statement,
        agent=lambda agent: agent,
        activity=activity,
        verb=lambda verb: _in_one(verb, languages),
    )


def one_language(texts: Mapping[str, str], languages: Iterable[str]) -> dict[str, str]:
    """The text the reader understands best; where there is none such, the first by tag."""
    for wanted in languages:
        for tag, text in texts.items():
            if tag.lower() == wanted.lower():
                return {tag: text}
        for tag, text in texts.items():
            if tag.lower().split("-")[0] == wanted.lower().split("-")[0]:
                return {tag: text}
    return dict(sorted(texts.items())[:1])


def _in_one(part: Part, languages: list[str]) -> Part:
    """Language maps of a verb or a definition and of its choices, each cut down to one text."""
    shown = dict(part)
    for name, value in part.items():
        if name in {"display", "name", "description"} and isinstance(value, dict):
            shown[name] = one_language(value, languages)
        elif name in {"choices", "scale", "source", "target", "steps"}:
            shown[name] = [_in_one(item, languages) for item in value]
    return shown


def _agent_ids(agent: Part) -> Part:
    kept: Part = {name: agent[name] for name in ("objectType", *IDENTIFIERS) if name in agent}
    if not agent_key(agent):
        kept["member"] = [_agent_ids(member) for member in agent["member"]]
    return kept


Change = Callable[[Part], Part]


def _rebuilt(statement: Part, *, agent: Change, activity: Change, verb: Change) -> Part:
    """The statement with every agent, activity and verb in it changed so."""

    def thing(said: Part) -> Part:
        kind = said.get("objectType", "Activity")
        changes: Mapping[str, Change] = {
            "Activity": activity,
            "Agent": agent,
            "Group": agent,
            "SubStatement": whole,
        }
        return changes[kind](said) if kind in changes else said

    def context(said: Part) -> Part:
        shown = dict(said)
        for name in ("instructor", "team"):
            if name in said:
                shown[name] = agent(said[name])
        for name, inner in (("contextAgents", "agent"), ("contextGroups", "group")):
            if name in said:
                shown[name] = [item | {inner: agent(item[inner])} for item in said[name]]
        if "contextActivities" in said:
            shown["contextActivities"] = {
                name: [activity(item) for item in (items if isinstance(items, list) else [items])]
                for name, items in said["contextActivities"].items()
            }
        return shown

    def whole(said: Part) -> Part:
        changes: Mapping[str, Change] = {
            "actor": agent,
            "authority": agent,
            "verb": verb,
            "object": thing,
            "context": context,
        }
        return {
            name: changes[name](value) if name in changes else value for name, value in said.items()
        }

    return whole(statement)
