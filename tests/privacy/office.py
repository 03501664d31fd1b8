"""An office in which everything known about a person is recognisable: see `Office.marks`."""

import re
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser, Group
from django.test import Client
from django.utils import timezone

from courses.authoring.services import set_up_authors
from courses.pages.models import CourseIndexPage, CourseSectionPage
from lms.agenda.services import make_agenda_link
from lms.certificates.models import Certificate
from lms.enrolment.models import Assignment, Enrolment, Exemption
from lms.enrolment.rules.services import evaluate_rules
from lms.flows import record_statements
from lms.people.calendar import office_today
from lms.people.models import Employee
from lms.personnel.models import PersonnelChange
from lms.starter.accounts import HR_PERMISSIONS
from skills_matrix.assessments.models import ASSURANCES, Assessment
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.campaigns.models import Campaign, CampaignTask
from skills_matrix.competencies.models import Assurance
from skills_matrix.corrections.models import Correction
from skills_matrix.corrections.services import ask_correction
from skills_matrix.engine.teams.rules import TeamRules
from skills_matrix.mentoring.models import MentorPair
from skills_matrix.projects.models import Project, ProjectMember
from skills_matrix.suggestions.models import SuggestionAnswer
from skills_matrix.teams.models import TeamRequest
from tests.factories import (
    answer_statement,
    make_assessment,
    make_audience_rule,
    make_competency,
    make_course,
    make_department,
    make_employee,
    make_posting,
    make_project,
    make_scale,
    make_seat,
    make_session,
    make_target,
    make_tier,
    make_user,
    make_workshop,
    read_statement,
)

EPOCH = date(1970, 1, 1)
SUBJECTS = ("staff", "mate", "head", "carer", "seconded", "retiree")
KANA = "アイウエオカ"
NAMES = ("甲野 一葉", "乙川 二葉", "丙山 三葉", "丁田 四葉", "戊村 五葉", "己島 六葉")
HR = [".".join(pair) for pair in HR_PERMISSIONS]
MATRIX = "lms_skills.view_skills_matrix"


def _day(year: int, month: int, number: int) -> date:
    """Days far enough apart that the day before or after one is nobody else's."""
    return date(year, month, 3 + 4 * number)


def _expiry(number: int) -> date:
    return office_today() + timedelta(days=40 + 4 * number)


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


class Office:
    """`people` by name in the table; `of[what][subject]` fills addresses that stand for each."""

    def __init__(self) -> None:
        today = office_today()
        division = make_department("kumin", title="区民部")
        tax = make_department("zeimu", title="税務課", parent=division)
        care = make_department("kaigo", title="介護課", parent=division)
        clerk, chief = make_tier("staff", rank=10), make_tier("chief", rank=5000)
        self.competency = make_competency("K1", title="データを読む")
        make_scale()
        make_target(self.competency, 2)
        self.people: dict[str, Employee] = {
            name: make_employee(
                f"61000{number}",
                name=NAMES[number],
                kana=f"ヒト {KANA[number]}",
                department=care if name in ("carer", "seconded") else tax,
                tier=chief if name == "head" else clerk,
                ends_on=today - timedelta(days=30) if name == "retiree" else None,
            )
            for number, name in enumerate(SUBJECTS)
        }
        make_posting(self.people["seconded"], department=tax, tier=clerk, is_main=False)
        others = {
            "carehead": (care, chief, []),
            "director": (division, chief, []),
            "hr": (make_department("jinji", title="人事課"), clerk, HR),
            "desk": (make_department("jinji2"), clerk, [name for name in HR if name != MATRIX]),
            "planner": (make_department("kikaku"), clerk, [MATRIX]),
            "closed": (tax, clerk, HR),
        }
        for name, (department, tier, permissions) in others.items():
            self.people[name] = make_employee(
                name=f"閲覧 {name}", department=department, tier=tier, permissions=permissions
            )
        self.users: dict[str, Any] = {name: row.user for name, row in self.people.items()}
        self.users["closed"].is_active = False
        self.users["closed"].save()
        self.users["root"] = make_user("root", is_superuser=True, is_staff=True)
        self.users["stranger"] = make_user("stranger")
        self.users["anonymous"] = AnonymousUser()
        self._teach(today)
        self._judge(today)
        self._order(today)
        self._work(today)
        self.by_uuid = {
            "mentoring": self.pair,
            "teams": self.composition,
            "sessions": self.session,
            "": self.change,
        }

    def client(self, viewer: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        if viewer != "anonymous":
            client.force_login(self.users[viewer])
        return client

    # --- what is known ------------------------------------------------------------------------

    def _teach(self, today: date) -> None:
        course = make_course("C1", title="個人情報保護", pass_mark=0.5)
        section = CourseIndexPage.objects.get().add_child(
            instance=CourseSectionPage(title="業務改革", slug="reform")
        )
        self.users["author"] = make_user("author")
        group: Group = set_up_authors(section=section)
        self.users["author"].groups.add(group)
        lesson, quiz = course.activities.order_by("kind").reverse()
        duty = make_course("C2", title="文書管理", lessons=1, activities=0)
        make_audience_rule(duty, is_mandatory=True, due="days", due_days=30)
        evaluate_rules(on=today)
        course_with_workshop = make_course("C3", title="演習", activities=0)
        workshop = make_workshop(course_with_workshop.activities.first())
        self.session = make_session(workshop)
        self.course, self.workshop_course = course, course_with_workshop
        secrets = {}
        for number, name in enumerate(SUBJECTS):
            person = self.people[name]
            Assignment.objects.filter(employee=person).update(due_on=_day(2031, 5, number))
            Enrolment.objects.update_or_create(
                employee=person,
                course=duty,
                defaults={
                    "source": Enrolment.Source.ASSIGNED,
                    "due_on": _day(2031, 5, number),
                    "enrolled_at": timezone.now(),
                },
            )
            Enrolment.objects.create(
                employee=person,
                course=course,
                source=Enrolment.Source.CHOSEN,
                enrolled_at=_at(_day(2022, 6, number)),
            )
            record_statements(
                employee=person,
                statements=[
                    read_statement(lesson),
                    answer_statement(
                        quiz, score=_score(number), statement_id=str(_statement_id(number))
                    ),
                ],
            )
            make_seat(self.session, person)
            secrets[name] = make_agenda_link(employee=person)
            Exemption.objects.create(
                employee=person,
                kind="leave",
                starts_on=_day(2032, 7, number),
                ends_on=_day(2032, 8, number),
            )
        certificates = {row.employee_id: row for row in Certificate.objects.all()}
        mine = {name: certificates[self.people[name].pk] for name in SUBJECTS}
        self.of = {
            "staff_number": {name: self.people[name].staff_number for name in SUBJECTS},
            "calendar": secrets,
            "certificate": {name: str(row.uuid) for name, row in mine.items()},
            "code": {name: row.code for name, row in mine.items()},
        }

    def _judge(self, today: date) -> None:
        campaign = Campaign.objects.create(
            key="2026",
            title_ja="評価",
            fiscal_year=2026,
            opens_on=today - timedelta(days=9),
            due_on=today + timedelta(days=9),
        )
        campaign.competencies.add(self.competency)
        for number, name in enumerate(SUBJECTS):
            person = self.people[name]
            make_assessment(
                person,
                self.competency,
                2,
                kind=Assessment.Kind.TEST,
                assurance=Assurance.SUPERVISED_TEST,
                assessed_at=_at(_day(2023, 3, number)),
                valid_until=_at(_expiry(number)),
            )
            for kind in (Assessment.Kind.SELF, Assessment.Kind.SUPERVISOR):
                make_assessment(
                    person,
                    self.competency,
                    1,
                    kind=kind,
                    assurance=ASSURANCES[kind],
                )
            CampaignTask.objects.create(
                campaign=campaign,
                employee=person,
                self_done_at=_at(_day(2021, 1, number)),
                head_done_at=_at(_day(2021, 2, number)),
            )
            ask_correction(employee=person, competency_key="K1", text=f"訂正のお願い {name}")
            looker = make_employee(name=f"覗見 {name}", is_posted=False)
            log_skills_views(viewer=looker.user, subject_ids=[person.pk], what="cell:K1")

        rows = {row.employee_id: str(row.uuid) for row in Correction.objects.all()}
        self.of["correction"] = {name: rows[self.people[name].pk] for name in SUBJECTS}

    def _order(self, today: date) -> None:
        self.change = PersonnelChange.objects.create(
            file=self._file(today),
            file_name="order.csv",
            effective_on=today,
            state=PersonnelChange.State.PREVIEWED,
            uploaded_at=timezone.now(),
            effects=[
                {
                    "line": number,
                    "staff_number": self.people[name].staff_number,
                    "name": self.people[name].name,
                    "kinds": ["other"],
                    "before": None,
                    "after": None,
                    "changes": [],
                    **{key: [] for key in ("starts", "stops", "carries")},
                }
                for number, name in enumerate(SUBJECTS, start=2)
            ],
        )

    def _work(self, today: date) -> None:
        self.project = make_project("PJ", status=Project.Status.RUNNING)
        for name, part in (("staff", "lead"), ("mate", "member")):
            ProjectMember.objects.create(
                project=self.project, employee=self.people[name], part=part, joined_on=today
            )
        make_project("PT", needs={self.competency: 4})
        SuggestionAnswer.objects.create(
            employee=self.people["carer"],
            project=self.project,
            choice=SuggestionAnswer.Choice.INTERESTED,
            answered_at=timezone.now(),
        )
        self.pair = MentorPair.objects.create(
            learner=self.people["mate"],
            mentor=self.people["staff"],
            points=1,
            proposed_at=timezone.now(),
        )
        self.composition = TeamRequest.objects.create(
            asked_at=timezone.now(), rules=asdict(TeamRules()) | {"critical": []}
        )

    def _file(self, today: date) -> bytes:
        """Everybody moves to another section today."""
        head = "職員番号,氏名,フリガナ,職層コード,所属コード,発令日"
        rows = [
            f"{person.staff_number},{person.name},{person.kana},staff,jinji2,{today}"
            for person in (self.people[name] for name in SUBJECTS)
        ]
        return "\n".join([head, *rows, ""]).encode()

    # --- what gives it away -------------------------------------------------------------------

    @cached_property
    def marks(self) -> dict[tuple[str, str], re.Pattern[str]]:
        """(subject, field) -> what is found in an answer only if it shows that."""
        found: dict[tuple[str, str], str] = {}
        for number, name in enumerate(SUBJECTS):
            person = self.people[name]
            since = (_day(2023, 3, number) - EPOCH).days
            due = _day(2031, 5, number)
            found |= {
                (name, "who"): f"{person.staff_number}|{person.name}",
                (name, "level"): rf"{_day(2023, 3, number)}|\b{since}\b",
                (name, "expiry"): rf"{_expiry(number)}|\b{(_expiry(number) - EPOCH).days}\b",
                (name, "due"): f"{due}|{due:%Y%m%d}",
                (name, "record"): f"{_day(2022, 6, number)}",
                (name, "score"): rf'score": ?{_score(number)}\b',
                (name, "statement"): str(_statement_id(number)),
                (name, "certificate"): f"{self.of['code'][name]}|{self.of['certificate'][name]}",
                (name, "correction"): f"訂正のお願い {name}",
                (name, "look"): f"覗見 {name}",
                (name, "self"): f"{_day(2021, 1, number)}",
                (name, "head"): f"{_day(2021, 2, number)}",
                (name, "exemption"): f"{_day(2032, 7, number)}",
            }
        return {key: re.compile(pattern) for key, pattern in found.items()}


def _score(number: int) -> float:
    """Fractions that the content can be worth: twentieths."""
    return round(0.65 + number * 0.05, 2)


def _statement_id(number: int) -> UUID:
    return UUID(f"0195d1f0-0000-4000-8000-00000000000{number}")
