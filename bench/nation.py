"""A made-up nation as Parquet: the facts that `national.py` derives, the same whoever writes them.

Three pieces of evidence for each person and competency: its course, a supervised test and a
supervisor's judgement. 50 people are a section, and a partition holds whole sections.
"""

import math
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from skills_matrix.engine.arrays import ABSENT, DAY, FOREVER, frame_of, microseconds
from skills_matrix.engine.schema import empty_frame
from skills_matrix.scale.parts import RULES, Asked, write_frame, write_manifest

AS_OF = datetime(2026, 4, 1, tzinfo=UTC)
COMPETENCIES, ROLES, TIERS = 60, 20, 5
PER_PART, PER_SECTION = 10_000, 50
SUPERVISOR, TEST = 1, 3


def write_nation(facts: Path, people: int, *, every_rule: bool = False) -> None:
    """Facts and rules of so many people.

    Args:
        every_rule: a third of the courses expire, a third of the competencies ages, three count
            for others. Without, nothing ends, so that a dozen lines of NumPy give the same levels.
    """
    write_rules(facts, every_rule)
    for number in range(math.ceil(people / PER_PART)):
        write_part(facts, number, min(PER_PART, people - number * PER_PART))
    write_manifest(facts, Asked(AS_OF))


def write_rules(facts: Path, every_rule: bool) -> None:
    random = np.random.default_rng(1)
    now = microseconds(AS_OF)
    ids = np.arange(1, COMPETENCIES + 1)
    always, never = np.full(COMPETENCIES, now - 3_000 * DAY), np.full(COMPETENCIES, FOREVER)
    asked = TIERS + ROLES
    rules = {
        "competencies": {"competency_id": ids, "parent_id": np.full(ids.size, ABSENT)},
        "awards": {
            "award_id": ids,
            "course_id": ids,
            "competency_id": ids,
            "level": random.integers(1, 4, ids.size),
            "valid_for_days": np.where((ids % 3 == 0) & every_rule, 700, ABSENT),
            "effective_from": always,
            "effective_until": never,
            "assurance": np.ones(ids.size),
        },
        "targets": {
            "target_id": np.arange(1, asked * COMPETENCIES + 1),
            "competency_id": np.tile(ids, asked),
            "tier_id": np.repeat([*range(1, TIERS + 1), *[ABSENT] * ROLES], COMPETENCIES),
            "role_id": np.repeat([*[ABSENT] * TIERS, *range(1, ROLES + 1)], COMPETENCIES),
            "level": random.integers(0, 5, asked * COMPETENCIES),
            "effective_from": np.tile(always, asked),
            "effective_until": np.tile(never, asked),
        },
    }
    if every_rule:
        rules["mappings"] = {
            "earlier_id": ids[:3],
            "competency_id": ids[3:6],
            "most": np.full(3, ABSENT),
            "effective_from": always[:3],
            "effective_until": never[:3],
        }
        rules["ageing"] = {
            "rule_id": ids[:20],
            "competency_id": ids[:20],
            "kind": ids[:20] % 2,
            "days": np.full(20, 500),
            "effective_from": always[:20],
            "effective_until": never[:20],
        }
    for name in RULES:
        frame = frame_of(name, rules[name]) if name in rules else empty_frame(name)
        write_frame(facts / "rules" / f"{name}.parquet", frame)


def write_part(facts: Path, number: int, people: int) -> None:
    """The people of one partition, drawn from its number alone."""
    random = np.random.default_rng([2, number])
    now = microseconds(AS_OF)
    ids = number * PER_PART + np.arange(1, people + 1)
    pairs = people * COMPETENCIES
    person = np.repeat(ids, COMPETENCIES)
    competency = np.tile(np.arange(1, COMPETENCIES + 1), people)

    def days_ago(count: int) -> np.ndarray:
        return now - random.integers(1, 1_000, count) * DAY

    known = {
        "people": {
            "employee_id": ids,
            "department_id": (ids - 1) // PER_SECTION,
            "tier_id": random.integers(1, TIERS + 1, people),
        },
        "person_roles": {"employee_id": ids, "role_id": random.integers(1, ROLES + 1, people)},
        "completions": {
            "employee_id": person,
            "course_id": competency,
            "completed_at": days_ago(pairs),
            "assurance": np.full(pairs, 5),
        },
        "assessments": {
            "assessment_id": 2 * number * PER_PART * COMPETENCIES + np.arange(2 * pairs),
            "employee_id": np.repeat(person, 2),
            "competency_id": np.repeat(competency, 2),
            "level": random.integers(0, 5, 2 * pairs),
            "kind": np.tile([TEST, SUPERVISOR], pairs),
            "assurance": np.tile([3, 4], pairs),
            "assessed_at": days_ago(2 * pairs),
            "valid_until": np.full(2 * pairs, FOREVER),
        },
    }
    for name, columns in known.items():
        write_frame(facts / f"part-{number:05}" / f"{name}.parquet", frame_of(name, columns))
