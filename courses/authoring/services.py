"""Who may write and review courses: Wagtail groups, page permissions and collections.

Nothing of our own: what a group may do is what Wagtail's permissions say, and an administrator
can change it there.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

# Names of groups are data: an office reads and changes them in its own language.
AUTHORS = "研修コースの著者"
LIBRARIANS = "H5Pライブラリ管理者"
REVIEWERS = "研修コースの審査担当"

ADMIN = ("wagtailadmin", "access_admin")
# What an author does to pages below their section, and to files in its collection. Nobody
# publishes alone: that is what the review is for.
AUTHOR_PAGE_PERMISSIONS = ("add_page", "change_page")
AUTHOR_FILE_PERMISSIONS = (
    ("wagtailimages", "add_image"),
    ("wagtailimages", "choose_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "choose_document"),
)
AUTHOR_PERMISSIONS = (
    ADMIN,
    ("lms_courses", "view_course"),
    ("lms_courses", "view_activity"),
    ("lms_courses", "add_activity"),
    ("lms_courses", "change_activity"),
)
# A reviewer takes a course offline or unlocks it; editing is the authors', publishing the review's.
REVIEWER_PAGE_PERMISSIONS = ("publish_page", "lock_page", "unlock_page")
REVIEWER_PERMISSIONS = (
    ADMIN,
    ("lms_courses", "view_course"),
    ("lms_courses", "view_activity"),
)


def set_up_authors(*, section: Any) -> Group:
    """The group of those who write the courses below a page of the tree, and its files.

    Idempotent; permissions an administrator added by hand stay.
    """
    name = f"{AUTHORS}: {section.title}"[:150]
    group = _group(name, AUTHOR_PERMISSIONS)
    collection = Collection.objects.filter(name=name).first()
    if collection is None:
        collection = Collection.get_first_root_node().add_child(name=name)
    _allow_on_page(group, section, AUTHOR_PAGE_PERMISSIONS)
    for pair in AUTHOR_FILE_PERMISSIONS:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=_permission(*pair)
        )
    return group


def set_up_librarians() -> Group:
    """The group of those who install, upgrade and remove H5P libraries (ward IT). Idempotent."""
    return _group(LIBRARIANS, (ADMIN, ("lms_courses", "manage_h5p_libraries")))


def set_up_reviewers(*, root: Any) -> Group:
    """The group of ward employees who answer for the courses below a page. Idempotent."""
    group = _group(REVIEWERS, REVIEWER_PERMISSIONS)
    _allow_on_page(group, root, REVIEWER_PAGE_PERMISSIONS)
    return group


def _group(name: str, permissions: Iterable[tuple[str, str]]) -> Group:
    group, _is_new = Group.objects.get_or_create(name=name)
    group.permissions.add(*(_permission(*pair) for pair in permissions))
    return group


def _allow_on_page(group: Group, page: Any, codenames: Iterable[str]) -> None:
    for codename in codenames:
        GroupPagePermission.objects.get_or_create(
            group=group, page=page, permission=_permission("wagtailcore", codename)
        )


def _permission(app_label: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)
