"""Courses and their content."""

from io import BytesIO
from typing import Any

PATH_ROLE = "PTH"


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


def course_id(course: str) -> int:
    from courses.models import Course

    return Course.objects.get(key=course).pk


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


def way_of_two_courses() -> dict[str, str]:
    """Somebody with an account, and a path of their own: a course, one that waits for it, and more.

    Gives the username, and the keys and titles that the tests look for. Twice gives the same.
    """
    from django.contrib.auth import get_user_model

    from courses.models import Course, LearningPath
    from courses.paths.services import NewStep, save_path, set_prerequisites
    from lms.enrolment.models import AudienceRule
    from lms.people.calendar import office_today
    from lms.people.models import Role
    from lms.people.selectors import postings_on
    from lms.people.services import link_account
    from lms.starter.accounts import PASSWORD
    from tests.factories import make_course

    titles = {
        "PTH1": "窓口の記録のとり方",
        "PTH2": "窓口の改善の進め方",
        "PTH3": "窓口の改善事例集",
        "PTH4": "改善の成果を広げる",
    }
    username = "path-walker"
    if not LearningPath.objects.filter(key="PTH").exists():
        role = Role.objects.create(key=PATH_ROLE, title_ja="窓口の改善担当")
        for key, title in titles.items():
            course = make_course(key, title=title, lessons=1, activities=0, minutes=20)
            Course.objects.filter(pk=course.pk).update(position=9_000)
            AudienceRule.objects.create(course=course, condition={"role": [PATH_ROLE]})
        set_prerequisites(course=Course.objects.get(key="PTH2"), requires=["PTH1"])
        set_prerequisites(course=Course.objects.get(key="PTH4"), requires=["PTH2"])
        save_path(
            path=LearningPath(
                key="PTH",
                title_ja="窓口の改善",
                summary_ja="記録をとり、改善を進め、成果を広げるまで。",
                position=0,
                live=True,
            ),
            steps=[NewStep(key, is_optional=key == "PTH3") for key in titles],
        )
        posting = (
            postings_on(office_today())
            .filter(is_main=True, ends_on=None, employee__user=None, tier__key="G2")
            .order_by("employee__staff_number")[0]
        )
        posting.roles.add(role)
        user = get_user_model().objects.create_user(username, password=PASSWORD)
        link_account(employee=posting.employee, user=user)
    return {"username": username} | titles
