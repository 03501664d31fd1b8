"""What the tests look at or arrange behind the running demo: `python -m … NAME [ARGUMENTS]`."""

import hashlib
import json
import sys
from io import BytesIO
from typing import Any

import django

from tests.browser.on_site_projects import (
    chain_in_tables,
    evidence_of_work,
    figures_in_force,
    make_project,
    needs_of_template,
    staff_for_projects,
)

__all__ = [
    "chain_in_tables",
    "evidence_of_work",
    "figures_in_force",
    "make_project",
    "needs_of_template",
    "staff_for_projects",
]

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
    # Signing in is of no interest here, and how many of one's own statements an enrolment has seen.
    counted = {"lms_core.Enrolment": "version"}
    # The notes follow from progress, which is compared itself.
    passing = {"sessions.Session", "lms_skills.StaleSkill"}
    found = {}
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label
        if label in passing or not model._meta.managed or model._meta.proxy:
            continue
        table = model._base_manager.order_by("pk")
        if label in own:
            table = table.exclude(employee__staff_number=learner)
        for item in serializers.serialize("python", table.iterator()):
            columns = {
                name: v
                for name, v in item["fields"].items()
                if name not in ("last_login", counted.get(label))
            }
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
            "duration": row.statement.get("result", {}).get("duration", ""),
        }
        for row in Statement.objects.filter(employee__staff_number=learner)
        .select_related("activity", "employee")
        .order_by("stored", "pk")
    ]


def hr() -> str:
    """HR's account: somebody who learns in no other test."""
    from django.contrib.auth import get_user_model

    from lms.starter.accounts import HR

    return str(get_user_model().objects.get(groups__name=HR).get_username())


def read_lesson(learner: str, course: str, lesson: str, seconds: int) -> None:
    """As if somebody had had it in view for so long up to a minute ago, in portions of a minute."""
    from datetime import timedelta
    from uuid import uuid4

    from django.utils import timezone

    from courses.models import Activity
    from lms.enrolment.services import enrol
    from lms.flows import record_statements
    from lms.people.calendar import office_today
    from lms.people.models import Employee
    from lms.records.statement import PROGRESSED

    employee = Employee.objects.get(staff_number=learner)
    activity = Activity.objects.get(course__key=course, key=lesson)
    enrol(employee=employee, course=activity.course, on=office_today())
    portions = [60] * (seconds // 60) + [seconds % 60]
    now = timezone.now()
    record_statements(
        employee=employee,
        statements=[
            {
                "id": str(uuid4()),
                "verb": {"id": PROGRESSED},
                "object": {"id": activity.iri},
                "result": {"duration": f"PT{took}S"},
                "timestamp": (now - timedelta(minutes=number)).isoformat(),
            }
            for number, took in enumerate(portions, start=1)
        ],
    )


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


def desk_for_duties(course: str) -> dict[str, Any]:
    """HR's account, somebody late in the course, somebody who is not asked for it, and days."""
    from datetime import timedelta

    from django.contrib.auth import get_user_model

    from courses.models import Course
    from lms.enrolment.models import Assignment
    from lms.people.calendar import office_today
    from lms.people.models import Employee
    from lms.people.selectors import postings_on
    from lms.starter.accounts import HR

    today = office_today()
    row = Course.objects.get(key=course)
    asked = Assignment.objects.filter(course=row, ended_on=None, extended_to=None)
    late = asked.order_by("employee__staff_number").last()
    assert late is not None
    posted = postings_on(today).filter(is_main=True, department__key="0103").values("employee")
    other = Employee.objects.filter(pk__in=posted, user=None).order_by("staff_number")[0]
    return {
        "hr": get_user_model().objects.get(groups__name=HR).get_username(),
        "open": late.employee.staff_number,
        "other": other.staff_number,
        "title": str(row),
        # A course whose audience no other test touches.
        "free": Course.objects.get(key="C301").pk,
        "today": today.isoformat(),
        "later": (today + timedelta(days=30)).isoformat(),
    }


def make_late(head: str, course: str) -> str:
    """The course is overdue since yesterday for somebody without an account whom the head
    oversees; gives their name.
    """
    from datetime import timedelta

    from lms.enrolment.models import Enrolment
    from lms.oversight.heads import staff_overseen_by
    from lms.people.calendar import office_today
    from lms.people.models import Employee

    today = office_today()
    overseen = staff_overseen_by(Employee.objects.get(staff_number=head).user, today)
    row = Enrolment.objects.filter(
        employee__in=overseen, employee__user=None, course__key=course, source="assigned"
    ).first()
    assert row is not None
    Enrolment.objects.filter(pk=row.pk).update(due_on=today - timedelta(days=1))
    name: str = row.employee.name
    return name


def certify(staff_number: str, course: str) -> str:
    """The person has finished the course; gives the code of the certificate."""
    from django.utils import timezone

    from courses.models import Course
    from lms.certificates.models import Certificate
    from lms.certificates.services import issue_certificates
    from lms.people.models import Employee
    from lms.progress.models import CourseProgress

    pair: dict[str, Any] = {
        "employee": Employee.objects.get(staff_number=staff_number),
        "course": Course.objects.get(key=course),
    }
    now = timezone.now()
    done = {"started_at": now, "last_at": now, "completed_at": now}
    CourseProgress.objects.update_or_create(
        **pair, defaults=done | {"done_count": 4, "total_count": 4}
    )
    issue_certificates(employee=pair["employee"], course_ids=[pair["course"].pk])
    code: str = Certificate.objects.get(**pair).code
    return code


PATH_ROLE = "PTH"


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


def workshop_of_two() -> dict[str, Any]:
    """A course of one workshop with one seat, for two people whom no other test knows.

    One of them has the seat. Nobody else may take the course.
    """
    from django.contrib.auth import get_user_model

    from lms.people.models import Employee
    from lms.starter.accounts import HR, PASSWORD
    from lms.workshops.services import register
    from tests.factories import (
        make_course,
        make_enrolment,
        make_session,
        make_workshop,
        publish_course,
    )

    course = make_course(
        "C909", title="窓口応対を磨く集合研修", lessons=1, activities=0, is_published=False
    )
    workshop = make_workshop(course.activities.get(), title="窓口応対ロールプレイ")
    text = "<h2>窓口での応対</h2><p>当日は、二人一組で窓口の応対を練習します。</p>"
    publish_course(course, bodies={"L1": [("rich_text", text), ("workshop", workshop)]})
    session = make_session(
        workshop,
        capacity=1,
        is_online=True,
        online_url="https://meet.sakura.example/c909",
        instructor="接遇講師 森",
        note="名札をお持ちください。",
    )
    learner, other = Employee.objects.filter(user=None).order_by("staff_number")[60:62]
    for person in (learner, other):
        # Without an address nothing is mailed: the demo would print it among the answers.
        person.email = ""
        person.save(update_fields=["email"])
        make_enrolment(person, course)
    learner.user = get_user_model().objects.create_user(learner.staff_number, password=PASSWORD)
    learner.save(update_fields=["user"])
    register(employee=other, session=session)
    hr = get_user_model().objects.filter(groups__name=HR).first()
    return {
        "course": course.pk,
        "session": session.pk,
        "learner": learner.staff_number,
        "name": learner.name,
        "other": other.staff_number,
        "hr": hr.get_username() if hr else "",
    }


def give_up_seat(session: int, staff_number: str) -> None:
    from lms.people.models import Employee
    from lms.workshops.models import WorkshopSession
    from lms.workshops.services import cancel_registration

    cancel_registration(
        employee=Employee.objects.get(staff_number=staff_number),
        session=WorkshopSession.objects.get(pk=session),
    )


def hold_session(session: int) -> None:
    """Its time passes."""
    from lms.workshops.models import WorkshopSession
    from tests.factories import hold

    hold(WorkshopSession.objects.get(pk=session))


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


def give_account(staff_number: str) -> None:
    """For somebody of the sample office whom no other test knows."""
    from django.contrib.auth import get_user_model

    from lms.people.models import Employee
    from lms.starter.accounts import PASSWORD

    person = Employee.objects.get(staff_number=staff_number)
    if person.user is None:
        person.user = get_user_model().objects.create_user(staff_number, password=PASSWORD)
        person.save(update_fields=["user"])


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


def section_for_assessment() -> dict[str, Any]:
    """A section that no other test knows: its head and a member, with accounts, and two skills.

    Of both skills the member has a target. Twice gives the same.
    """
    from django.contrib.auth import get_user_model

    from lms.conf import conf
    from lms.people.calendar import office_today
    from lms.people.models import Department
    from lms.people.selectors import postings_on
    from lms.people.services import link_account
    from lms.starter.accounts import PASSWORD
    from skills_matrix.campaigns.models import Campaign
    from skills_matrix.competencies.models import Target

    department = Department.objects.get(key=ASSESSED_SECTION)
    posts = postings_on(office_today()).filter(is_main=True, department=department)
    in_turn = posts.select_related("employee").order_by("employee__staff_number")
    head = in_turn.filter(tier__key__in=conf.HEAD_TIERS)[0]
    member = in_turn.filter(tier__key="G2")[0]
    for person in (head.employee, member.employee):
        # Without an address nothing is mailed: the demo would print it among the answers.
        person.email = ""
        person.save(update_fields=["email"])
        if person.user is None:
            user = get_user_model().objects.create_user(person.staff_number, password=PASSWORD)
            link_account(employee=person, user=user)
            person.refresh_from_db()
    Campaign.objects.filter(department=department).delete()
    targets = Target.objects.filter(
        tier=member.tier, role=None, effective_until=None, level__gte=1, competency__is_group=False
    )
    skills = [row.competency for row in targets.order_by("pk").select_related("competency")[:2]]
    return {
        "head": head.employee.user.get_username(),
        "member": member.employee.user.get_username(),
        "name": member.employee.name,
        "number": member.employee.staff_number,
        "department": department.pk,
        "skills": [{"pk": row.pk, "key": row.key, "title": row.title} for row in skills],
    }


ASSESSED_SECTION = "0502"


def end_assessment() -> None:
    """As if nobody had been asked; what was judged stays, as it always does."""
    from lms.notices.models import Notice
    from skills_matrix.campaigns.models import Campaign

    Campaign.objects.filter(department__key=ASSESSED_SECTION).delete()
    Notice.objects.filter(course=None).delete()


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


def rename_heat(staff_number: str, name: str) -> None:
    """Give one of the people of `make_heat` another name."""
    from lms.people.models import Employee

    Employee.objects.filter(staff_number=staff_number).update(name=name)


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
            # The log of looks is append-only; these people are taken out of the world with it.
            "ALTER TABLE lms_skills_skillsview DISABLE TRIGGER USER",
            f"DELETE FROM lms_skills_skillsview WHERE subject_id IN {people}",
            "SET CONSTRAINTS ALL IMMEDIATE",
            "ALTER TABLE lms_skills_skillsview ENABLE TRIGGER USER",
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


TEAM_KEYS = ("P05", "P11", "P17")


def projects_to_staff() -> dict[str, dict[str, str]]:
    """Three projects are agreed on, each with two places; gives their titles by key.

    Nobody is in them, and nothing has been composed. Whatever else looked for people is set aside
    as a template: gives its state by key, for `end_projects`.
    """
    from lms.notices.models import Notice
    from skills_matrix.projects.models import Project, ProjectMember
    from skills_matrix.teams.models import TeamAdoption, TeamRequest
    from skills_matrix.teams.selectors import TO_STAFF

    TeamAdoption.objects.all().delete()
    TeamRequest.objects.all().delete()
    rows = Project.objects.filter(key__in=TEAM_KEYS)
    others = Project.objects.filter(status__in=TO_STAFF).exclude(key__in=TEAM_KEYS)
    aside = dict(others.values_list("key", "status"))
    others.update(status=Project.Status.TEMPLATE)
    ProjectMember.objects.filter(project__in=rows).delete()
    Notice.objects.filter(kind="team_adopted").delete()
    rows.update(status=Project.Status.APPROVED, places=2, hours_per_week=4)
    return {"titles": dict(rows.values_list("key", "title_ja")), "aside": aside}


def end_projects(aside: dict[str, str]) -> None:
    """They are templates again, of which no other test knows that they were more."""
    from skills_matrix.projects.models import Project

    projects_to_staff()
    Project.objects.filter(key__in=TEAM_KEYS).update(
        status=Project.Status.TEMPLATE, places=4, hours_per_week=4
    )
    for key, status in aside.items():
        Project.objects.filter(key=key).update(status=status)


def hold_back(composition: str) -> None:
    """As if the worker had only just found its first answer: the greedy one takes the place."""
    from django.utils import timezone

    from skills_matrix.engine.teams.compose import Answer, compose_teams
    from skills_matrix.teams.models import TeamRequest
    from skills_matrix.teams.records import record_of
    from skills_matrix.teams.selectors import problem_of, rules_of

    request = TeamRequest.objects.get(uuid=composition)
    told: list[Answer] = []
    problem = problem_of(request, as_of=timezone.now())
    compose_teams(problem, rules_of(request), seconds=5.0, on_answer=told.append)
    TeamRequest.objects.filter(pk=request.pk).update(
        status=told[0].status, answer=record_of(told[0]), is_final=False
    )


def let_go(composition: str) -> None:
    """The worker ends: the best answer takes the place of whatever there is."""
    from django.utils import timezone

    from skills_matrix.engine.teams.compose import compose_teams
    from skills_matrix.teams.models import TeamRequest
    from skills_matrix.teams.selectors import problem_of, rules_of
    from skills_matrix.teams.services import keep_answer

    request = TeamRequest.objects.get(uuid=composition)
    answer = compose_teams(
        problem_of(request, as_of=timezone.now()), rules_of(request), seconds=60.0
    )
    keep_answer(request=request, answer=answer, is_final=True)


def told_of_team(project: str) -> dict[str, Any]:
    """Who is in the team, who was told so, and one of these with an account."""
    from lms.notices.models import Notice
    from skills_matrix.projects.models import ProjectMember

    told = Notice.objects.filter(kind="team_adopted", topic=project).select_related("recipient")
    people = [notice.recipient for notice in told.order_by("pk")]
    if people:
        give_account(people[0].staff_number)
        people[0].refresh_from_db()
    members = ProjectMember.objects.filter(project__key=project)
    return {
        "names": [person.name for person in people],
        "members": list(members.values_list("employee__name", flat=True)),
        "reader": people[0].user.get_username() if people and people[0].user else "",
    }


def mentor_and_learner() -> dict[str, Any]:
    """Two people of one office with accounts whom no other test knows: one has a skill at level 4.

    The other was never assessed in it. Neither has offered or wished anything.
    """
    from django.utils import timezone

    from lms.people.calendar import office_today
    from lms.people.models import Employee
    from lms.people.selectors import postings_on
    from skills_matrix.assessments.models import ASSURANCES, Assessment
    from skills_matrix.competencies.models import Competency
    from skills_matrix.mentoring.models import (
        LearningWish,
        MentorOffer,
        MentorPair,
        MentorSession,
    )

    for model in (MentorSession, MentorPair, MentorOffer, LearningWish):
        model.objects.all().delete()
    posts = postings_on(office_today()).filter(is_main=True, tier__key="G2", employee__user=None)
    skill = Competency.objects.get(key="DA-E2")
    free = posts.exclude(employee__assessments__competency=skill).order_by(
        "-employee__staff_number"
    )
    mentor, learner = (row.employee for row in free[:2])
    for person in (mentor, learner):
        Employee.objects.filter(pk=person.pk).update(email="")
        give_account(person.staff_number)
    Assessment.objects.create(
        employee=mentor,
        competency=skill,
        level=4,
        kind=Assessment.Kind.SUPERVISOR,
        assurance=ASSURANCES[Assessment.Kind.SUPERVISOR],
        assessed_at=timezone.now(),
    )
    return {
        "mentor": mentor.staff_number,
        "mentor_name": mentor.name,
        "learner": learner.staff_number,
        "learner_name": learner.name,
        "skill": skill.key,
        "title": skill.title,
    }


if __name__ == "__main__":
    answer = globals()[sys.argv[1]](*json.loads(sys.argv[2]))
    sys.stdout.write(json.dumps(answer))
