"""Writing judgements and the log of who looked at whom."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from skills_matrix.assessments.models import SkillsView


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
