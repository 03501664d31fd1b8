"""What the tests look at or arrange behind the running demo: `python -m … NAME [ARGUMENTS]`."""

import hashlib
import json
import sys
from io import BytesIO
from typing import Any

import django

LONGEST = 500

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
    """Every row of every table as `"label pk": its columns`, hashed where they are long.

    Left out are the records of what one learner does in the learner's own name, and sessions.
    """
    from django.apps import apps
    from django.core import serializers

    own = {
        "lms_core.Statement",
        "lms_core.ActivityState",
        "lms_core.ActivityProgress",
        "lms_core.CourseProgress",
    }
    # Signing in: of no interest here.
    passing = {"sessions.Session"}
    found = {}
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label
        if label in passing or not model._meta.managed or model._meta.proxy:
            continue
        table = model._base_manager.order_by("pk")
        if label in own:
            table = table.exclude(employee__staff_number=learner)
        for item in serializers.serialize("python", table.iterator()):
            columns = {name: v for name, v in item["fields"].items() if name != "last_login"}
            text = json.dumps(columns, default=str, sort_keys=True)
            is_long = len(text) > LONGEST
            found[f"{label} {item['pk']}"] = (
                hashlib.sha256(text.encode()).hexdigest() if is_long else text
            )
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


def office_for_personnel() -> dict[str, Any]:
    """HR's account, and a file in which somebody moves tomorrow and somebody joins."""
    from datetime import timedelta

    from django.contrib.auth import get_user_model

    from lms.people.calendar import office_today
    from lms.people.models import Department, Posting
    from lms.people.selectors import postings_on
    from lms.starter.accounts import HR

    tomorrow = office_today() + timedelta(days=1)
    # The last in the office, whom no other test knows.
    posting: Posting = (
        postings_on(tomorrow)
        .filter(is_main=True, ends_on=None, starts_on__lt=tomorrow, employee__user=None)
        .select_related("employee", "department", "tier")
        .order_by("-employee__staff_number")[0]
    )
    other = (
        Department.objects.filter(parent__isnull=False)
        .exclude(pk=posting.department_id)
        .order_by("key")[0]
    )
    person, tier = posting.employee, posting.tier.key
    header = "職員番号,氏名,フリガナ,職層コード,所属コード,発令日"
    mover = (person.staff_number, person.name, person.kana, tier, other.key, str(tomorrow))
    joiner = ("999901", "新人 一", "シンジン イチ", tier, other.key, str(tomorrow))
    return {
        "hr": get_user_model().objects.get(groups__name=HR).get_username(),
        "file": "\n".join([header, ",".join(mover), ",".join(joiner)]) + "\n",
        "mover": person.staff_number,
        "from": posting.department.key,
        "to": other.key,
    }


def department_tomorrow(staff_number: str) -> str:
    from datetime import timedelta

    from lms.people.calendar import office_today
    from lms.people.models import Employee
    from lms.people.selectors import main_posting_on

    employee = Employee.objects.get(staff_number=staff_number)
    posting = main_posting_on(employee, office_today() + timedelta(days=1))
    return posting.department.key if posting else ""


def holder_of_a_process() -> dict[str, str]:
    """Somebody whom a business process of the own section cannot do without on 1 April."""
    from django.contrib.auth import get_user_model

    from lms.starter.accounts import HR
    from skills_matrix.processes.models import BusinessProcess
    from skills_matrix.reports.coverage import unit_coverage

    viewer = get_user_model().objects.get(groups__name=HR)
    for process in BusinessProcess.objects.order_by("key").select_related("department"):
        found = unit_coverage(viewer=viewer, kind="process", key=process.key, days=180)
        for held in found.needs:
            for holder in held.holders:
                is_needed = held.need.secure <= held.need.needed and holder.state == "secure"
                if is_needed and holder.posting.department_id == process.department_id:
                    return {
                        "staff_number": holder.employee.staff_number,
                        "name": holder.employee.name,
                        "department": process.department.key,
                        "process": process.title,
                    }
    raise LookupError("every business process can do without anybody")


def process_that_runs_short() -> dict[str, str]:
    """A business process of its own, whose one holder's level ends in sixty days."""
    from datetime import timedelta

    from django.utils import timezone

    from lms.people.calendar import office_today
    from lms.people.models import Department
    from lms.people.selectors import postings_on
    from skills_matrix.assessments.models import Assessment
    from skills_matrix.competencies.models import Assurance, Competency
    from skills_matrix.processes.models import BusinessProcess, ProcessNeed

    department = Department.objects.get(key="0901")
    skill = Competency.objects.get(key="DA-E2")
    holder = postings_on(office_today()).filter(department=department, is_main=True)[0].employee
    process, is_new = BusinessProcess.objects.get_or_create(
        key="KANKYO",
        defaults={
            "title_ja": "環境測定データの管理",
            "department": department,
            "effective_from": office_today(),
        },
    )
    if is_new:
        ProcessNeed.objects.create(process=process, competency=skill, level=4, headcount=1)
        now = timezone.now()
        Assessment.objects.create(
            employee=holder,
            competency=skill,
            level=4,
            kind=Assessment.Kind.CERTIFICATE,
            assurance=Assurance.CERTIFICATE,
            assessed_at=now,
            valid_until=now + timedelta(days=60),
        )
    return {"title": process.title_ja, "holder": holder.name}


def postings_of(staff_number: str) -> list[list[str]]:
    from lms.people.models import Posting

    rows = Posting.objects.filter(employee__staff_number=staff_number).order_by("pk")
    columns = ("pk", "department__key", "tier__key", "starts_on", "ends_on")
    return [[str(value) for value in row] for row in rows.values_list(*columns)]


def head_with_an_account() -> str:
    """The demo's section head."""
    from lms.conf import conf
    from lms.people.models import Employee
    from lms.starter.generator import INSURANCE_AND_PENSION

    number: str = (
        Employee.objects.exclude(user=None)
        .filter(
            postings__department__key=INSURANCE_AND_PENSION,
            postings__tier__key__in=conf.HEAD_TIERS,
            postings__ends_on=None,
        )
        .values_list("staff_number", flat=True)
        .get()
    )
    return number


if __name__ == "__main__":
    answer = globals()[sys.argv[1]](*json.loads(sys.argv[2]))
    sys.stdout.write(json.dumps(answer))
