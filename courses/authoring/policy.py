"""Who may do what to a course: one place that answers every such question.

Courses have no permissions of their own. Whoever may change a course's pages may change the
course, its activities and what hangs on it, so Wagtail's groups and page permissions decide,
and a section of the tree (`CourseSectionPage`) is what a team of authors owns.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from courses.catalogue.models import Course
from courses.catalogue.selectors import course_page_models, course_pages, courses_with_records

# What must be allowed on a course's page for an action on the course: any one of these.
PAGE_ACTIONS: Mapping[str, frozenset[str]] = {
    "view": frozenset({"add", "change", "publish", "lock", "unlock", "bulk_delete"}),
    "edit": frozenset({"change"}),
    "publish": frozenset({"publish"}),
    # Letting somebody see the draft and comment on it, by a link.
    "invite": frozenset({"change", "publish"}),
    # What the course asks and gives: pass marks; audience and awards.
    "grade": frozenset({"change"}),
    "set terms": frozenset({"change"}),
    "see grading": frozenset({"add", "change", "publish", "lock", "unlock", "bulk_delete"}),
}
# The same once learners have the course: audience and awards count at once, without a review, so
# whoever answers for its publication sets them.
ONCE_PUBLISHED: Mapping[str, frozenset[str]] = {
    "grade": frozenset({"publish"}),
    "set terms": frozenset({"publish"}),
}
# Permissions that open an action on every course to those who know it from the learners' side.
EVERYWHERE: Mapping[str, str] = {
    "grade": "lms_courses.grade_courses",
    "see grading": "lms_courses.grade_courses",
}


def courses_for(user: Any, action: str) -> QuerySet[Course]:
    """Courses whose pages let the user do the action (a key of `PAGE_ACTIONS`)."""
    if not user.is_active:
        return Course.objects.none()
    if user.is_superuser or (action in EVERYWHERE and user.has_perm(EVERYWHERE[action])):
        return Course.objects.all()
    mine = _courses_with(user, PAGE_ACTIONS[action])
    if action in ONCE_PUBLISHED:
        had = Q(pk__in=courses_with_records().values("pk"))
        mine = (mine & ~had) | (_courses_with(user, ONCE_PUBLISHED[action]) & had)
    return Course.objects.filter(mine)


def _courses_with(user: Any, permissions: frozenset[str]) -> Q:
    """Courses on whose page the user has any of the permissions."""
    pages = PagePermissionPolicy().instances_user_has_any_permission_for(user, set(permissions))
    mine = Q(pk__in=[])
    for model in course_page_models():
        mine |= Q(pk__in=model.objects.filter(pk__in=pages.values("pk")).values("course_id"))
    return mine


def may(user: Any, action: str, course: Course) -> bool:
    """Whether the user may do the action (a key of `PAGE_ACTIONS`) to the course."""
    return courses_for(user, action).filter(pk=course.pk).exists()


def must_ask_others(user: Any, course: Course) -> bool:
    """Whether an author may no longer say what the course asks and gives, as it is published."""
    return may(user, "edit", course) and not may(user, "set terms", course)


def may_on_page(user: Any, action: str, page: Page) -> bool:
    """The same for one page, such as the lesson that an author is about to change."""
    tester = page.permissions_for_user(user)
    if user.is_active and user.is_superuser:
        return True
    if not user.is_active:
        return False
    if action == "edit":
        return bool(tester.can_edit())
    return bool(PAGE_ACTIONS[action] & tester.permissions)


def lock_on(course: Course, user: Any) -> bool:
    """Whether a page of the course is locked against the user: by hand, or while under review."""
    locks = [page.get_lock() for page in course_pages(course)]
    return any(lock is not None and lock.for_user(user) for lock in locks)
