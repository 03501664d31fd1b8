"""The pages of a course in another language: below translated parents, in the original's order."""

from typing import Any

from wagtail.models import GroupPagePermission, Locale, WorkflowPage

from courses.authoring.drafts import course_draft
from courses.catalogue.pages import CourseIndexPageMixin, CourseSectionPageMixin


def translated_pages(original: Any, locale: Locale) -> dict[int, Any]:
    """Original page's id -> its translation, for every page of the course; made where missing.

    New ones are drafts. They stand where the originals stand.
    """
    _translated_parent(original, locale)
    found: dict[int, Any] = {}
    for page in course_draft(original).pages:
        translation = page.get_translation_or_none(locale)
        if translation is None:
            row = type(page).objects.get(pk=page.pk)
            translation = row.copy_for_translation(locale)
        found[page.pk] = translation
    _put_below_parent(original, locale)
    _put_in_order(original, locale)
    return {pk: type(page).objects.get(pk=page.pk) for pk, page in found.items()}


def _translated_parent(page: Any, locale: Locale) -> None:
    """Make the parents of a page in the language, down from the root.

    Course lists and sections are pages of their own there, with the rights and the workflow of
    the original: who writes and reviews a course does so in every language. What is above them
    is the site's; Wagtail's aliases stand in for it.
    """
    parent: Any = page.get_parent().specific
    if parent.is_root() or parent.get_translation_or_none(locale) is not None:
        return
    if not issubclass(type(parent), CourseIndexPageMixin | CourseSectionPageMixin):
        parent.copy_for_translation(locale, copy_parents=True, alias=True)
        return
    _translated_parent(parent, locale)
    translation = parent.copy_for_translation(locale)
    if parent.live:
        translation.save_revision().publish(skip_permission_checks=True)
    for permission in GroupPagePermission.objects.filter(page_id=parent.pk):
        GroupPagePermission.objects.get_or_create(
            group=permission.group, page_id=translation.pk, permission=permission.permission
        )
    for assigned in WorkflowPage.objects.filter(page_id=parent.pk):
        WorkflowPage.objects.get_or_create(
            page_id=translation.pk, defaults={"workflow": assigned.workflow}
        )


def _put_below_parent(original: Any, locale: Locale) -> None:
    """The course may have moved to another section since."""
    parent = original.get_parent().specific.get_translation_or_none(locale)
    page = original.get_translation(locale)
    if parent is not None and page.get_parent().pk != parent.pk:
        _moved(page, parent)


def _put_in_order(original: Any, locale: Locale) -> None:
    """Move translated pages to where the originals stand, if they do not stand there."""
    parent = original.get_translation(locale)
    wanted = [page.get_translation(locale) for page in original.get_children().specific()]
    keys = {page.pk for page in wanted}
    now = [page.pk for page in parent.get_children() if page.pk in keys]
    if now != [page.pk for page in wanted]:
        for page in wanted:
            _moved(page, parent)
    for page in original.get_children().specific():
        _put_in_order(page, locale)


def _moved(page: Any, parent: Any) -> None:
    type(page).objects.get(pk=page.pk).move(
        type(parent).objects.get(pk=parent.pk), pos="last-child"
    )
