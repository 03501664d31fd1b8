"""Reading frameworks and the scale."""

from dataclasses import dataclass

from django.db.models import QuerySet

from courses.bilingual import in_language
from skills_matrix.competencies.models import Competency, LevelDescriptor


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
