"""Writing judgements and the log of who looked at whom."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from skills_matrix.assessments.models import ASSURANCES, Assessment, SkillsView

_ONE_LOOK = timedelta(minutes=1)


def log_skills_views(*, viewer: Any, subject_ids: Iterable[int], what: str) -> None:
    """One row per other person whose skills the viewer is about to see. One statement."""
    own = getattr(getattr(viewer, "employee", None), "pk", None)
    now = timezone.now()
    SkillsView.objects.bulk_create(
        [
            SkillsView(viewer=viewer, subject_id=subject_id, what=what, seen_at=now)
            for subject_id in subject_ids
            if subject_id != own
        ],
        batch_size=1000,
    )


def just_seen(*, viewer: Any, what: str) -> set[int]:
    """Ids of those whose skills the viewer has seen there within the last minute."""
    since = timezone.now() - _ONE_LOOK
    rows = SkillsView.objects.filter(viewer=viewer, what=what, seen_at__gt=since)
    return set(rows.order_by().values_list("subject_id", flat=True))


def record_judgements(
    *,
    employee_id: int,
    levels: Mapping[int, int],
    kind: Assessment.Kind,
    assessor: Any,
    at: datetime,
    note: str = "",
) -> list[Assessment]:
    """Judgements of one person, as sure as their kind is; the matrix follows by itself.

    Args:
        levels: competency id -> level.
    """
    return Assessment.objects.bulk_create(
        Assessment(
            employee_id=employee_id,
            competency_id=competency_id,
            level=level,
            kind=kind,
            assurance=ASSURANCES[kind],
            assessor=assessor,
            assessed_at=at,
            note=note,
        )
        for competency_id, level in levels.items()
    )
