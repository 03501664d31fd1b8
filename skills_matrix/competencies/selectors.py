"""Reading frameworks and the scale."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from courses.bilingual import in_language
from courses.models import Course
from skills_matrix.competencies.models import (
    Award,
    Competency,
    CompetencyMapping,
    LevelDescriptor,
    LevelRule,
)
from skills_matrix.conf import conf


@dataclass(frozen=True)
class ScaleStep:
    """One level of the common scale in the reader's language."""

    level: int
    title: str
    text: str


def competencies_held(on: date) -> QuerySet[Competency]:
    """What people can hold on a day: of the frameworks in force, all but the group headings.

    In the order of the frameworks.
    """
    return (
        Competency.objects.filter(is_group=False)
        .filter(
            Q(framework__effective_from=None) | Q(framework__effective_from__lte=on),
            Q(framework__effective_until=None) | Q(framework__effective_until__gt=on),
        )
        .select_related("framework", "parent")
        .order_by("framework__key", "position", "key")
    )


@dataclass(frozen=True)
class RuleInForce:
    """How evidence becomes levels. `since` None = by the settings."""

    name: str
    minimum_assurance: int
    floor: float
    since: date | None


def level_rule_on(on: date) -> RuleInForce:
    """The rule in force on that day: the one that began last, else that of the settings."""
    row = (
        LevelRule.objects.filter(effective_from__lte=on)
        .filter(Q(effective_until=None) | Q(effective_until__gt=on))
        .order_by("effective_from")
        .last()
    )
    if row is None:
        return RuleInForce(conf.LEVEL_RULE, conf.MINIMUM_ASSURANCE, conf.FRESHNESS_FLOOR, None)
    return RuleInForce(row.name, row.minimum_assurance, row.freshness_floor, row.effective_from)


def earlier_competencies(competencies: QuerySet[Competency]) -> QuerySet[Competency]:
    """These, and all of which evidence may count for them by a mapping of any day."""
    wanted = set(competencies.order_by().values_list("pk", flat=True))
    pairs = list(CompetencyMapping.objects.values_list("earlier_id", "later_id"))
    while further := {earlier for earlier, later in pairs if later in wanted} - wanted:
        wanted |= further
    return Competency.objects.filter(pk__in=wanted)


def scale() -> list[ScaleStep]:
    """The common scale, 0 to 4."""
    return [
        ScaleStep(row.level, in_language(row, "title"), in_language(row, "text"))
        for row in LevelDescriptor.objects.filter(competency=None).order_by("level")
    ]


def awards_not_over(course: Course, on: date) -> QuerySet[Award]:
    """What the course awards on that day, or will."""
    return course.awards.filter(Q(effective_until=None) | Q(effective_until__gt=on)).select_related(
        "competency"
    )
