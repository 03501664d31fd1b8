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


def make_heat(people: int, competencies: int) -> None:
    """A department of its own, HEAT, in ten sections, with a framework HEAT of its own.

    Everybody has a judgement in one of five competencies, another a year before, and a target by
    tier in every second.
    """
    from datetime import date

    from django.db import connection, transaction
    from django.utils import timezone

    from lms.people.models import Department, Employee, JobTier, Posting
    from skills_matrix.competencies.models import Competency, Framework, Target
    from skills_matrix.materialised.services import rebuild_matrix

    kana = "アイウエオカキクケコサシスセソタチツテトナニヌネノ"
    started = date(2020, 4, 1)
    with transaction.atomic():
        top = Department.objects.create(key="HEAT", title_ja="実験部")
        sections = [
            Department.objects.create(key=f"HEAT{n}", title_ja=f"実験第{n}課", parent=top)
            for n in range(10)
        ]
        tiers = list(JobTier.objects.all())
        rows = Employee.objects.bulk_create(
            [
                Employee(
                    staff_number=f"H{n:05}",
                    name=f"実験 {n:04}",
                    kana="".join(kana[(n // 25**k) % 25] for k in range(3)),
                )
                for n in range(people)
            ],
            batch_size=1_000,
        )
        Posting.objects.bulk_create(
            [
                Posting(
                    employee=row,
                    department=sections[n % 10],
                    tier=tiers[n % len(tiers)],
                    starts_on=started,
                )
                for n, row in enumerate(rows)
            ],
            batch_size=1_000,
        )
        framework = Framework.objects.create(key="HEAT", title_ja="実験の体系", version="1.0")
        groups = [
            Competency.objects.create(
                framework=framework, key=f"HG{n}", title_ja=f"分野{n}", is_group=True
            )
            for n in range(competencies // 10)
        ]
        held = Competency.objects.bulk_create(
            Competency(
                framework=framework,
                key=f"HK{n}",
                title_ja=f"実験スキル{n}",
                parent=groups[n // 10],
                position=n,
            )
            for n in range(competencies)
        )
        Target.objects.bulk_create(
            Target(competency=skill, tier=tier, level=1 + (n + m) % 3, effective_from=started)
            for n, skill in enumerate(held)
            for m, tier in enumerate(tiers)
            if n % 2 == 0
        )
        with connection.cursor() as cursor:
            # One note for everybody instead of one for each row.
            cursor.execute("ALTER TABLE lms_skills_assessment DISABLE TRIGGER USER")
            cursor.execute(
                """
                INSERT INTO lms_skills_assessment
                    (employee_id, competency_id, level, kind, assurance, assessed_at, note)
                SELECT e.id, c.id, (e.id / 5 + c.position + ago.days / 365) % 5, 'supervisor', 4,
                       now() - (ago.days + (e.id * 13 + c.position * 29) % 300)
                           * interval '1 day', ''
                FROM lms_core_employee e, lms_skills_competency c,
                     (VALUES (10), (375)) AS ago (days)
                WHERE c.key LIKE 'HK%' AND e.staff_number LIKE 'H0%'
                  AND (e.id + c.position) % 5 = 0
                """
            )
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE lms_skills_assessment ENABLE TRIGGER USER")
        rebuild_matrix(now=timezone.now())


def unmake_heat() -> None:
    """The office as it was before `make_heat`."""
    from django.db import connection, transaction

    people = "(SELECT id FROM lms_core_employee WHERE staff_number LIKE 'H0%')"
    skills = "(SELECT id FROM lms_skills_competency WHERE key LIKE 'H_%' AND framework_id IN "
    skills += "(SELECT id FROM lms_skills_framework WHERE key = 'HEAT'))"
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in (
            "ALTER TABLE lms_skills_assessment DISABLE TRIGGER USER",
            f"DELETE FROM lms_skills_assessment WHERE employee_id IN {people}",
            "SET CONSTRAINTS ALL IMMEDIATE",
            "ALTER TABLE lms_skills_assessment ENABLE TRIGGER USER",
            f"DELETE FROM lms_skills_skillsview WHERE subject_id IN {people}",
            f"DELETE FROM lms_skills_skillvector WHERE employee_id IN {people}",
            f"DELETE FROM lms_core_posting WHERE employee_id IN {people}",
            "DELETE FROM lms_core_employee WHERE staff_number LIKE 'H0%'",
            f"DELETE FROM lms_skills_target WHERE competency_id IN {skills}",
            f"DELETE FROM lms_skills_competency WHERE id IN {skills} AND parent_id IS NOT NULL",
            f"DELETE FROM lms_skills_competency WHERE id IN {skills}",
            "DELETE FROM lms_skills_framework WHERE key = 'HEAT'",
            "DELETE FROM lms_core_department WHERE key LIKE 'HEAT_'",
            "DELETE FROM lms_core_department WHERE key = 'HEAT'",
            "DELETE FROM lms_skills_savedview WHERE query LIKE '%department=HEAT%'",
        ):
            cursor.execute(statement)


if __name__ == "__main__":
    answer = globals()[sys.argv[1]](*json.loads(sys.argv[2]))
    sys.stdout.write(json.dumps(answer))
