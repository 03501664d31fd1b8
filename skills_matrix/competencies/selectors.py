"""Reading frameworks and the scale."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from courses.bilingual import in_language
from courses.models import Course
from skills_matrix.competencies.models import Award, Competency, LevelDescriptor


@dataclass(frozen=True)
class ScaleStep:
    """One level of the common scale in the reader's language."""

    level: int
    title: str
    text: str


def competencies_held() -> QuerySet[Competency]:
    """Competencies people can hold: everything but the group headings, in framework order."""
    return (
        Competency.objects.filter(is_group=False)
        .select_related("framework", "parent")
        .order_by("framework__key", "position", "key")
    )


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
