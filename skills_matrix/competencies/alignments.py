"""What a course is good for, as Open Badges 3.0 says it: Alignment objects."""

from datetime import date
from typing import Any

from courses.models import Course
from skills_matrix.competencies.selectors import awards_not_over


def alignments_of(course: Course, on: date, *, origin: str) -> list[dict[str, Any]]:
    """One Alignment per competency that the course awards on that day, with its level.

    Args:
        origin: where the site is, without a slash at the end.
    """
    rows = awards_not_over(course, on).filter(effective_from__lte=on)
    return [
        {
            "type": ["Alignment"],
            "targetCode": award.competency.key,
            "targetName": award.competency.title,
            "targetFramework": award.competency.framework.title,
            "targetUrl": f"{origin}/skills/{award.competency.key}",
            "targetDescription": f"{award.level}",
        }
        for award in rows.select_related("competency__framework").order_by("competency__key")
    ]
