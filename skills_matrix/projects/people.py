"""Looking somebody up, to name them in a project."""

from typing import Any, Final, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from lms.people.calendar import office_today
from lms.people.models import Employee, Posting
from lms.people.selectors import postings_on
from skills_matrix.projects.ledger import phases_recorded_by
from skills_matrix.projects.models import Project

MOST_FOUND: Final = 20


class Found(NamedTuple):
    """The first who match; `is_cut` = there are more."""

    postings: list[Posting]
    is_cut: bool


def may_name_people(viewer: Any, project: Project) -> bool:
    """Whoever says who is in the team, or who measured. Templates have neither."""
    return bool(phases_recorded_by(viewer, project))


def people_for(*, viewer: Any, project: Project, search: str) -> Found:
    """Main postings of today by part of a name or kana, or by staff number. No skills are told.

    Raises:
        PermissionDenied: the viewer may name nobody in it, neither a member nor who measured.
    """
    if not may_name_people(viewer, project):
        raise PermissionDenied
    words = Q()
    for word in search.split():
        words &= Q(name__icontains=word) | Q(kana__icontains=word) | Q(staff_number=word)
    mains = postings_on(office_today()).filter(
        is_main=True, employee__in=Employee.objects.filter(words)
    )
    rows = list(
        mains.select_related("employee", "department", "tier").order_by(
            "employee__kana", "employee__staff_number"
        )[: MOST_FOUND + 1]
    )
    return Found(rows[:MOST_FOUND], len(rows) > MOST_FOUND)
