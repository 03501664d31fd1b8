"""Reading statements and states. A learner sees their own, nobody else's."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from courses.catalogue.translations import published_contents
from courses.models import Activity
from lms.exceptions import UnknownContent
from lms.people.models import Employee
from lms.records.models import ActivityState, Statement
from lms.records.statement import ParsedStatement

URN = "urn:uuid:"


def activities_by_iri(iris: Iterable[str]) -> dict[str, Activity]:
    """IRI -> activity with its course and content; an IRI that names none is missing."""
    uuids = []
    for iri in iris:
        try:
            uuids.append(UUID(iri.removeprefix(URN)) if iri.startswith(URN) else None)
        except ValueError:
            continue
    rows = Activity.objects.filter(uuid__in=[item for item in uuids if item])
    rows = rows.select_related("course", "content").defer("content__params", "content__metadata")
    return {activity.iri: activity for activity in rows}


def contents_of(
    parsed: Iterable[ParsedStatement], activities: Mapping[str, Activity]
) -> dict[UUID, int | None]:
    """Statement id -> id of the content it was made on. None = it is about a lesson.

    Asks the database only about contents that are not those of now.

    Args:
        activities: activity IRI -> activity with its content, for every IRI in `parsed`.

    Raises:
        UnknownContent: what a statement names was never published for its activity.
    """
    found: dict[UUID, int | None] = {}
    others: list[ParsedStatement] = []
    for item in parsed:
        content = activities[item.activity_iri].content
        if item.content is None or (content is not None and content.uuid == item.content):
            found[item.id] = content.pk if content is not None else None
        else:
            others.append(item)
    published = published_contents({item.content for item in others if item.content})
    for item in others:
        key = (activities[item.activity_iri].pk, item.content)
        if key not in published:
            raise UnknownContent(
                _(
                    "The content that this was done with was never published for the activity."
                    " Load the page again."
                ),
                place=str(item.id),
            )
        found[item.id] = published[key]
    return found


def statements_that_count() -> QuerySet[Statement]:
    """Neither voided nor voiding: what progress is the fold of."""
    return Statement.objects.filter(voids=None, voidings=None)


def statements_of(
    employee: Employee,
    *,
    activity: Activity | None = None,
    verb: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    ascending: bool = False,
) -> QuerySet[Statement]:
    """Statements of one person by `stored`: since exclusive, until inclusive (xAPI 3, 2.1.3).

    Without those that were voided.
    """
    rows = Statement.objects.filter(employee=employee, voidings=None)
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
