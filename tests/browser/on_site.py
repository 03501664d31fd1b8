"""What the tests look at or arrange behind the running demo: `python -m … NAME [ARGUMENTS]`."""

import hashlib
import json
import sys
from io import BytesIO
from typing import Any

import django

if __name__ == "__main__":
    django.setup()


def put_content_into_activity(package: str, course: str, activity: str) -> None:
    """Imports a package as an author would and gives it to a published activity.

    Args:
        package: hexadecimal.
    """
    from courses.h5p.services import install_package
    from courses.models import Activity

    content = install_package(file=BytesIO(bytes.fromhex(package)))
    row = Activity.objects.get(course__key=course, key=activity)
    draft = row.get_latest_revision_as_object()
    draft.content = content
    draft.save_revision().publish()


def activity_iri(course: str, activity: str) -> str:
    from courses.models import Activity

    return Activity.objects.get(course__key=course, key=activity).iri


def content_of(course: str, activity: str) -> dict[str, Any]:
    """The content learners have, and the one of the draft, by their type."""
    from courses.models import Activity

    row = Activity.objects.get(course__key=course, key=activity)
    draft = row.get_latest_revision_as_object()
    return {
        "live": str(row.content.main_library),
        "draft": str(draft.content.main_library),
        "params": draft.content.params,
    }


def course_page_of(course: str) -> int:
    """Id of its page in Japanese."""
    from courses.catalogue.selectors import course_pages
    from courses.models import Course

    pk: int = course_pages(Course.objects.get(key=course))[0].pk
    return pk


def author_of(course: str) -> str:
    """A demo account that writes the course."""
    from django.contrib.auth import get_user_model

    from courses.authoring.policy import may
    from courses.models import Course

    row = Course.objects.get(key=course)
    authors = get_user_model().objects.filter(username__startswith="author").order_by("username")
    return next(user.get_username() for user in authors if may(user, "edit", row))


def draft_lesson_title(course: str, lesson: str, title: str) -> None:
    from courses.pages.models import LessonPage

    page = LessonPage.objects.get(
        lesson__course__key=course, lesson__key=lesson, locale__language_code="ja"
    ).get_latest_revision_as_object()
    page.title = title
    page.save_revision()


def publish(course: str) -> None:
    """The Japanese course as drafted, as if it had been approved."""
    from courses.authoring.publishing import publish_course
    from courses.pages.models import CoursePage

    publish_course(page=CoursePage.objects.get(pk=course_page_of(course)))


def rows(learner: str) -> dict[str, str]:
    """A digest of every table. What one learner does in the learner's own name is left out."""
    from django.apps import apps

    own = {
        "lms_core.Statement",
        "lms_core.ActivityState",
        "lms_core.ActivityProgress",
        "lms_core.CourseProgress",
    }
    # Signing in and out; Wagtail's own search index of what was looked at.
    passing = {"sessions.Session"}
    found = {}
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label
        if label in passing or not model._meta.managed or model._meta.proxy:
            continue
        table = model._base_manager.order_by("pk")
        if label in own:
            table = table.exclude(employee__staff_number=learner)
        fields = [field.attname for field in model._meta.concrete_fields]
        fields = [name for name in fields if name != "last_login"]
        digest = hashlib.sha256()
        for row in table.values_list(*fields).iterator():
            digest.update(repr(row).encode())
        found[label] = digest.hexdigest()
    return found


def statements_of(learner: str) -> list[dict[str, Any]]:
    """In the order they were stored."""
    from lms.records.models import Statement

    return [
        {
            "activity": row.activity.key,
            "object": row.statement["object"]["id"],
            "is_own": row.statement["actor"]["account"]["name"] == str(row.employee.uuid),
            "verb": row.statement["verb"]["id"],
        }
        for row in Statement.objects.filter(employee__staff_number=learner)
        .select_related("activity", "employee")
        .order_by("stored", "pk")
    ]


if __name__ == "__main__":
    answer = globals()[sys.argv[1]](*json.loads(sys.argv[2]))
    sys.stdout.write(json.dumps(answer))
