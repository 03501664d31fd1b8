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
from lms.records.subjects import Subject, uuids_in


def activities_by_iri(iris: Iterable[str]) -> dict[str, Activity]:
    """IRI -> activity with its course and content; an IRI that names none is missing."""
    rows = Activity.objects.filter(uuid__in=uuids_in(iris))
    rows = rows.select_related("course", "content").defer("content__params", "content__metadata")
    return {activity.iri: activity for activity in rows}


def contents_of(
    parsed: Iterable[ParsedStatement], subjects: Mapping[str, Subject]
) -> dict[UUID, int | None]:
    """Statement id -> id of the content it was made on. None = it is about a lesson.

    Asks the database only about contents that are not those of now.

    Args:
        subjects: IRI -> activity, for every IRI in `parsed`.

    Raises:
        UnknownContent: what a statement names was never published for its activity.
    """
    found: dict[UUID, int | None] = {}
    others: list[ParsedStatement] = []
    for item in parsed:
        subject = subjects[item.activity_iri]
        if item.content is None or subject.content == item.content:
            found[item.id] = subject.content_id
        else:
            others.append(item)
    if not others:
        return found
    published = published_contents({item.content for item in others if item.content})
    for item in others:
        key = (subjects[item.activity_iri].id, item.content)
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
