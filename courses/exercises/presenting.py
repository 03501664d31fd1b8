"""Rules and findings in the reader's language, from the keys that reports hold."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext

from courses.exercises.faults import FAULTS
from courses.exercises.spec import Spec
from courses.exercises.texts import RULES


@dataclass(frozen=True)
class RuleText:
    """A rule as the reader is told it; `is_critical`: one breach keeps the pass mark away."""

    code: str
    title: str
    why: str
    weight: float
    is_critical: bool


@dataclass(frozen=True)
class FaultText:
    """What is wrong and how to put it right."""

    what: str
    fix: str


def rule_texts(spec: Spec) -> list[RuleText]:
    """The picked rules in the author's order."""
    return [_text_of(pick.rule, pick.weight, pick.is_critical) for pick in spec.rules]


def offered_rules() -> list[RuleText]:
    """Every rule there is, as it is offered to authors."""
    return [_text_of(code, rule.weight, rule.is_critical) for code, rule in RULES.items()]


def _text_of(code: str, weight: float, is_critical: bool) -> RuleText:
    rule = RULES[code]
    return RuleText(code, gettext(rule.title), gettext(rule.why), weight, is_critical)


def fault_text(fault: str, *, hint: str, params: Mapping[str, Any]) -> FaultText:
    """The two sentences of a finding, from what a report keeps of it."""
    texts = FAULTS[fault]
    values = dict(params) | {"hint": hint}
    # Without a hint there is nothing to write; what is wrong is told all the same.
    fix = "" if "%(hint)" in texts.fix and not hint else gettext(texts.fix) % values
    return FaultText(gettext(texts.what) % values, fix)


def told_results(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rules of a report (`Report.as_json()`), each with its texts, counts and findings.

    Keys that this version of the program no longer knows are left out.
    """
    findings: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for item in report["findings"]:
        if item["fault"] in FAULTS:
            text = fault_text(item["fault"], hint=item["hint"], params=item["params"])
            findings[item["rule"]].append(dict(item) | asdict(text))
    return [
        asdict(_text_of(item["rule"], item["weight"], item["is_critical"]))
        | {
            "checked": item["checked"],
            "failed": item["failed"],
            "findings": findings[item["rule"]],
        }
        for item in report["rules"]
        if item["rule"] in RULES
    ]
