"""Going back to an earlier version: its pages and activities as new drafts."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courses.authoring.drafts import as_drafted, course_draft, is_translation
from courses.authoring.publishing import VERSIONED
from courses.authoring.translation.models import TranslatedText
from courses.authoring.versions.state import (
    ActivityState,
    CourseState,
    PageState,
    draft_state,
    version_state,
)
from courses.catalogue.models import Activity, Course, CourseVersion
from courses.catalogue.translations import ActivityTranslation
from courses.exceptions import CourseLocked


@dataclass
class Restoration:
    """What going back to a version does.

    Attributes:
        pages: titles of pages that get a new draft.
        activities: titles of activities that get one.
        gone: pages of the version that are deleted, or whose revision is not kept.
        added: pages that the version did not have; they stay as they are.
    """

    pages: list[str] = field(default_factory=list)
    activities: list[str] = field(default_factory=list)
    gone: list[PageState] = field(default_factory=list)
    added: list[PageState] = field(default_factory=list)


def restoration(*, page: Any, version: CourseVersion) -> Restoration:
    """What `restore_version` would do now; nothing is written."""
    return _restored(page, version_state(version), write=False, by=None)


@transaction.atomic
def restore_version(*, page: Any, version: CourseVersion, by: Any = None) -> Restoration:
    """Make a version of a course its draft again. What learners have does not change.

    Every page and activity of the version gets a new draft that says what it said then. Pages
    that are deleted stay deleted, pages that are new stay, and their order is that of now.

    Args:
        page: the course page, of the version's language.

    Raises:
        CourseLocked: the course is under review, or a page or activity is locked for `by`.
    """
    Course.objects.select_for_update().get(pk=version.course_id)
    page = type(page).objects.get(pk=page.pk)
    _check_free(page, by)
    return _restored(page, version_state(version), write=True, by=by)


def _check_free(page: Any, by: Any) -> None:
    draft = course_draft(page)
    activities = [] if is_translation(page) else list(draft.activities)
    for part in (*draft.pages, *activities):
        lock = part.get_lock()
        is_locked = lock is not None and (by is None or lock.for_user(by))
        if is_locked or (part.pk == page.pk and getattr(part, "workflow_in_progress", False)):
            raise CourseLocked(
                _(
                    "“%(title)s” is under review or locked. Nothing was changed; withdraw the"
                    " submission or remove the lock first."
                )
                % {"title": part.title}
            )


def _restored(page: Any, state: CourseState, *, write: bool, by: Any) -> Restoration:
    found = Restoration()
    now = draft_state(page)
    drafts = {item.pk: item for item in now.pages}
    for then in state.pages:
        if then.page is None:
            found.gone.append(then)
        elif then.pk not in drafts or _says(then.page) != _says(drafts[then.pk].page):
            found.pages.append(then.title)
            if write:
                then.page.save_revision(
                    user=by, log_action=True, previous_revision=then.revision, clean=False
                )
    wanted = {item.pk for item in state.pages}
    found.added = [item for item in now.pages if item.pk not in wanted]
    for activity in state.activities:
        restore = _restore_translation if is_translation(page) else _restore_activity
        if restore(activity, page.locale.language_code, write=write, by=by):
            found.activities.append(activity.title)
    if write and is_translation(page):
        # What these texts were made from is not known any more; what differs counts as done.
        TranslatedText.objects.filter(
            course=page.course, language=page.locale.language_code
        ).delete()
    return found


def _says(page: Any) -> dict[str, Any]:
    """The fields of the page's own model, and its title: what a revision can bring back."""
    own = {f.name for f in page._meta.local_fields if not f.primary_key} | {"title", "slug"}
    return {name: value for name, value in page.serializable_data().items() if name in own}


def _restore_activity(then: ActivityState, language: str, *, write: bool, by: Any) -> bool:
    """Whether its draft differs from the version."""
    draft: Activity = as_drafted(Activity.objects.get(pk=then.activity.pk))
    if all(getattr(draft, name) == getattr(then.version, name) for name in VERSIONED):
        return False
    if write:
        for name in VERSIONED:
            setattr(draft, name, getattr(then.version, name))
        draft.save_revision(user=by, log_action=True, clean=False)
    return True


def _restore_translation(then: ActivityState, language: str, *, write: bool, by: Any) -> bool:
    """The same for the translation of an activity."""
    if then.translation is None or then.version is None:
        return False
    before = ActivityTranslation.objects.filter(activity=then.activity, language=language).first()
    says = {
        name: getattr(then.translation, name) for name in ("title", "content_id", "instructions")
    }
    if before is not None and all(getattr(before, name) == says[name] for name in says):
        return False
    if write:
        ActivityTranslation.objects.update_or_create(
            activity=then.activity,
            language=language,
            defaults={
                **says,
                "made_from_id": then.version.content_id if says["content_id"] else None,
                "made_from_exercise_id": then.version.exercise_id if says["instructions"] else None,
            },
        )
    return True
