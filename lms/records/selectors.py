"""Reading statements and states. A learner sees their own, nobody else's."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from courses.models import Activity
from lms.people.models import Employee
from lms.records.models import ActivityState, Statement

URN = "urn:uuid:"


def activities_by_iri(iris: Iterable[str]) -> dict[str, Activity]:
    """IRI -> activity with its course; an IRI that names none is missing."""
    uuids = []
    for iri in iris:
        try:
            uuids.append(UUID(iri.removeprefix(URN)) if iri.startswith(URN) else None)
        except ValueError:
            continue
    rows = Activity.objects.filter(uuid__in=[item for item in uuids if item])
    return {activity.iri: activity for activity in rows.select_related("course")}


def statements_of(
    employee: Employee,
    *,
    activity: Activity | None = None,
    verb: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    ascending: bool = False,
) -> QuerySet[Statement]:
    """Statements of one person by `stored`: since exclusive, until inclusive (xAPI 3, 2.1.3)."""
    rows = Statement.objects.filter(employee=employee)
    if activity is not None:
        rows = rows.filter(activity=activity)
    if verb:
        rows = rows.filter(verb=verb)
    if since is not None:
        rows = rows.filter(stored__gt=since)
    if until is not None:
        rows = rows.filter(stored__lte=until)
    return rows.order_by(*(("stored", "id") if ascending else ("-stored", "-id")))


def activity_state(employee: Employee, activity: Activity, state_id: str) -> ActivityState | None:
    """The document, unless it was made on another version of the content."""
    return ActivityState.objects.filter(
        employee=employee,
        activity=activity,
        state_id=state_id,
        content_id=activity.content_id,
    ).first()


def activity_state_ids(employee: Employee, activity: Activity) -> list[str]:
    return list(
        ActivityState.objects.filter(
            employee=employee, activity=activity, content_id=activity.content_id
        )
        .order_by("state_id")
        .values_list("state_id", flat=True)
    )
