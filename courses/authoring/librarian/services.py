"""What the librarian does to courses' drafts, and removing what nothing uses."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses.authoring.librarian.selectors import (
    Removal,
    contents_in_use,
    drafted_contents,
    removal_of,
)
from courses.catalogue.models import Activity, Course
from courses.catalogue.selectors import course_pages
from courses.exceptions import LibraryInUse
from courses.h5p.library_services import remove_contents, remove_libraries
from courses.h5p.models import H5PContent, H5PLibrary

CONTENT_UPGRADED = "lms_courses.h5p_library.upgrade_content"


class Outcome(StrEnum):
    """What became of one activity."""

    DRAFTED = "drafted"
    LOCKED = "locked"
    IN_REVIEW = "in_review"
    CHANGED = "changed"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Adoption:
    """One row per activity. `reason` is empty unless the outcome is INVALID."""

    activity: Activity
    outcome: Outcome
    reason: str = ""


def adopt_upgrade(*, before: H5PContent, after: H5PContent, adopted_by: Any) -> list[Adoption]:
    """Makes upgraded content the draft of every activity whose draft has the older content.

    What learners have stays until the course is published. Each activity is a transaction of
    its own: one that is locked or under review does not hold back the others.
    """
    affected = [activity for activity, pk in drafted_contents().items() if pk == before.pk]
    return [_adopt(pk, before=before, after=after, adopted_by=adopted_by) for pk in affected]


def _adopt(pk: int, *, before: H5PContent, after: H5PContent, adopted_by: Any) -> Adoption:
    with transaction.atomic():
        row = Activity.objects.select_for_update(of=("self",)).get(pk=pk)
        draft = row.get_latest_revision_as_object()
        if draft.content_id != before.pk:
            return Adoption(row, Outcome.CHANGED)
        if row.locked:
            return Adoption(row, Outcome.LOCKED)
        if is_in_review(row.course):
            return Adoption(row, Outcome.IN_REVIEW)
        draft.content = after
        try:
            revision = draft.save_revision(user=adopted_by, log_action=True)
        except ValidationError as error:
            return Adoption(row, Outcome.INVALID, " ".join(error.messages))
        versions = {"from": str(before.main_library), "to": str(after.main_library)}
        log(row, CONTENT_UPGRADED, user=adopted_by, revision=revision, data=versions)
    return Adoption(row, Outcome.DRAFTED)


def is_in_review(course: Course) -> bool:
    """Whether somebody is being asked to approve a page of the course as it is now."""
    pages = [page for top in course_pages(course) for page in top.get_descendants(inclusive=True)]
    return any(page.workflow_in_progress for page in pages)


@transaction.atomic
def remove_unused(*, libraries: Collection[H5PLibrary], removed_by: Any) -> Removal:
    """Removes libraries, the parts only they need, and abandoned contents made with them.

    Returns:
        What was removed.

    Raises:
        LibraryInUse: content in use or another library needs one of them; nothing was removed.
    """
    removal = removal_of(libraries)
    if removal.blockers:
        library, user = removal.blockers[0]
        params = {"library": str(library), "users": user}
        text = _("%(library)s cannot be removed; it is needed by: %(users)s") % params
        raise LibraryInUse(text, params=params)
    remove_contents(contents=removal.contents)
    remove_libraries(libraries=removal.libraries, removed_by=removed_by)
    return removal


@transaction.atomic
def discard_content(*, content: H5PContent) -> bool:
    """Removes upgraded content that was not adopted; False = something has come to use it."""
    if contents_in_use().filter(pk=content.pk).exists():
        return False
    remove_contents(contents=[content])
    return True
