"""What progress says to those who show it."""

from datetime import datetime, timedelta

from django.utils import timezone

from courses.models import Activity
from lms.conf import conf
from lms.progress.models import ActivityProgress


def time_left(lesson: Activity, row: ActivityProgress | None) -> timedelta | None:
    """How long a lesson must still be read; None = it is done, or its rule asks for no time."""
    if lesson.completion != Activity.Completion.MINIMUM_TIME or lesson.minutes is None:
        return None
    if row is not None and row.done_at is not None:
        return None
    read = row.time_read if row is not None else timedelta(0)
    return timedelta(minutes=lesson.minutes) - read


def counts_again_at(row: ActivityProgress | None) -> datetime | None:
    """When the next try at a question of a test-out counts; None = now, or it was passed."""
    if row is None or row.counted_at is None or row.granted_at is not None:
        return None
    moment = row.counted_at + timedelta(days=conf.TEST_OUT_PAUSE_DAYS)
    return moment if moment > timezone.now() else None
