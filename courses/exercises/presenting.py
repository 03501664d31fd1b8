"""Rules and findings in the reader's language, from the keys that reports hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from courses.exercises.spec import Pick, Spec
from courses.exercises.texts import FAULTS, RULES


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


def rule_text(pick: Pick) -> RuleText:
    rule = RULES[pick.rule]
    return RuleText(
        pick.rule, gettext(rule.title), gettext(rule.why), pick.weight, pick.is_critical
    )


def rule_texts(spec: Spec) -> list[RuleText]:
    """The picked rules in the author's order."""
    return [rule_text(pick) for pick in spec.rules]


def fault_text(fault: str, *, hint: str, params: Mapping[str, Any]) -> FaultText:
    """The two sentences of a finding, from what a report keeps of it."""
    texts = FAULTS[fault]
    values = dict(params) | {"hint": hint}
    # Without a hint there is nothing to write; what is wrong is told all the same.
    fix = "" if "%(hint)" in texts.fix and not hint else gettext(texts.fix) % values
    return FaultText(gettext(texts.what) % values, fix)
