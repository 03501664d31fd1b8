"""Who may write courses: Wagtail groups, page permissions and collections, nothing of our own."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

AUTHORS = "Course authors"
LIBRARIANS = "H5P librarians"

# What an author does to pages below the course list, and to files in the courses' collection.
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")
FILE_PERMISSIONS = (
    ("wagtailimages", "add_image"),
    ("wagtailimages", "choose_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "choose_document"),
)
SNIPPET_PERMISSIONS = (
    ("lms_courses", "view_course"),
    ("lms_courses", "view_activity"),
    ("lms_courses", "change_activity"),
)


def set_up_authors(*, section: Page) -> Group:
    """The group of outside authors: course pages below `section`, and nothing about people.

    Idempotent; permissions an administrator added by hand stay.
    """
    group, _ = Group.objects.get_or_create(name=AUTHORS)
    collection = Collection.objects.filter(name=AUTHORS).first()
    if collection is None:
        collection = Collection.get_first_root_node().add_child(name=AUTHORS)
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"),
        *(_permission(*pair) for pair in SNIPPET_PERMISSIONS),
    )
    for codename in PAGE_PERMISSIONS:
        GroupPagePermission.objects.get_or_create(
            group=group, page=section, permission=_permission("wagtailcore", codename)
        )
    for pair in FILE_PERMISSIONS:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=_permission(*pair)
        )
    return group


def set_up_librarians() -> Group:
    """The group of those who install, upgrade and remove H5P libraries (ward IT). Idempotent."""
    group, _ = Group.objects.get_or_create(name=LIBRARIANS)
    group.permissions.add(
        _permission("wagtailadmin", "access_admin"),
        _permission("lms_courses", "manage_h5p_libraries"),
    )
    return group


def _permission(app_label: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)
