"""The rules teams are composed under, each with what it costs to break it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from skills_matrix.engine.arrays import ABSENT
from skills_matrix.engine.exceptions import InvalidTeamRules

# Everything that can make a composition impossible. Their order is that in which they are told.
MUST, CRITICAL, LEARNER, HOURS, SECTION, TIER, PLACES, PIN, REFUSAL, FORBID = RULES = (
    "must",
    "critical",
    "learner",
    "hours",
    "section",
    "tier",
    "places",
    "pin",
    "refusal",
    "forbid",
)

# What one unit (a holder, a learner, an hour a week, a person) beyond the rule counts: the lower,
# the sooner the rule is given up. A person's "no" is the last, after everything of the office.
PENALTIES: Final[Mapping[str, int]] = MappingProxyType(
    {
        TIER: 3,
        SECTION: 4,
        LEARNER: 5,
        HOURS: 2,
        PIN: 8,
        CRITICAL: 10,
        FORBID: 12,
        PLACES: 15,
        MUST: 40,
        REFUSAL: 100,
    }
)


# Where a rule gives way: rule, project_id, employee_id, subject_id, as in `appraise.Breach`.
Place = tuple[str, int, int, int]


@dataclass(frozen=True, slots=True)
class TeamRules:
    """What every team must keep. A number of None means that the rule is not set.

    Attributes:
        hours_per_person: hours a week anybody may give to projects, all together.
        per_section: most members of one team from one section.
        per_tier: most members of one team from one tier, so that tiers are balanced.
        learners: members of each team who are one level short of a must-need, which the holder of
            that need in the same team teaches them. Projects without must-needs have none.
        critical: ids of competencies that must not hang on one person.
        critical_holders: holders that a need of a critical competency takes at least.
        heed_refusals: leave out whoever said no to a project.
        concessions: what a rule asks at one place instead, by that place.

    Raises:
        InvalidTeamRules: a number is below what makes sense.
    """

    hours_per_person: int = 8
    per_section: int | None = 2
    per_tier: int | None = None
    learners: int = 1
    critical: frozenset[int] = field(default_factory=frozenset)
    critical_holders: int = 2
    heed_refusals: bool = True
    concessions: Mapping[Place, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lowest = {
            "hours_per_person": 1,
            "per_section": 1,
            "per_tier": 1,
            "learners": 0,
            "critical_holders": 1,
        }
        for name, low in lowest.items():
            value = getattr(self, name)
            if value is not None and value < low:
                raise InvalidTeamRules(f"{name} is {value}, below {low}")

    def limit(
        self,
        rule: str,
        asked: int,
        *,
        project_id: int = ABSENT,
        employee_id: int = ABSENT,
        subject_id: int = ABSENT,
    ) -> int:
        """What the rule asks at this place: ``asked``, unless it gives way there."""
        return self.concessions.get((rule, project_id, employee_id, subject_id), asked)
