"""Projects of the sample office from proposal to measured hours, and a mentor with a learner.

Everything goes through the services, so that steps, figures and evidence are what they would be;
the days of steps and confirmations are therefore the day of loading. A second run writes nothing.
"""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.people.calendar import office_today
from lms.people.models import Department, Employee, JobTier
from skills_matrix.chain import derive_chain
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.exchange.standard_rows import IN_FORCE_FROM, rows_by_key
from skills_matrix.frames import office_day
from skills_matrix.mentoring.models import MentorPair
from skills_matrix.mentoring.services import (
    answer_pair,
    confirm_session,
    log_session,
    propose_pairs,
    set_mentoring,
)
from skills_matrix.projects.access import may_run_projects
from skills_matrix.projects.ledger_models import BenefitFigure, HourlyRate
from skills_matrix.projects.ledger_services import record_figure
from skills_matrix.projects.models import Project, ProjectNeed
from skills_matrix.projects.services import move_project, propose_project
from skills_matrix.projects.team_services import add_member, confirm_member
from skills_matrix.reports.values import rows_of
from skills_matrix.starter.files import HERE, rows

Say = Callable[[str], None]
Row = Mapping[str, Any]
Status = Project.Status
Phase = BenefitFigure.Phase

# The steps on the way to each status; what is measured comes after the work.
_WAY = (Status.ASSESSED, Status.APPROVED, Status.RUNNING, Status.MEASURED, Status.CLOSED)
_FROM_TEMPLATE = (
    *("measure", "effort", "lead_role", "summary_ja", "summary_en"),
    *("metric_ja", "metric_en", "unit_ja", "unit_en"),
)


def works() -> dict[str, Any]:
    """What `works.toml` says."""
    with (HERE / "works.toml").open("rb") as file:
        return tomllib.load(file)


@transaction.atomic
def load_works(*, say: Say, on: date | None = None) -> int:
    """Gives how many projects were added. Without people, templates or a DX office: none.

    Args:
        say: told one line of progress at a time.
        on: the day to count from; None = today.
    """
    today, said = on or office_today(), works()
    office = next(
        (user for user in get_user_model().objects.order_by("pk") if _is_office(user)), None
    )
    if office is None:
        return 0
    people = {row.staff_number: row for row in Employee.objects.select_related("user")}
    rates = _load_rates()
    known = set(Project.objects.values_list("key", flat=True))
    added = 0
    for row in said["projects"]:
        if row["key"] not in known and row["template"] in known and row["proposer"] in people:
            _Work(row, people, office, today, said["priced"]).carry_out()
            added += 1
    say(_("Projects of the sample office: %(number)d") % {"number": added})
    if rates:
        say(_("Hourly rates, example values: %(number)d") % {"number": rates})
    _load_mentoring(said["mentoring"], people, office, timezone.now(), today)
    return added


def _is_office(user: Any) -> bool:
    """Somebody of the office, not an administrator without a person."""
    return hasattr(user, "employee") and may_run_projects(user)


def _load_rates() -> int:
    """Example values, from the starter content's first day on; a tier with rates keeps them."""
    tiers = rows_by_key(JobTier)
    priced = set(HourlyRate.objects.values_list("tier__key", flat=True))
    new = [row for row in rows("rates") if row["tier"] in tiers and row["tier"] not in priced]
    HourlyRate.objects.bulk_create(
        HourlyRate(tier=tiers[row["tier"]], yen=int(row["yen"]), effective_from=IN_FORCE_FROM)
        for row in new
    )
    return len(new)


class _Work:
    """One project, carried as far as its row says."""

    def __init__(
        self, row: Row, people: Mapping[str, Employee], office: Any, today: date, priced: str
    ) -> None:
        self.row, self.people, self.office = row, people, office
        self.today, self.priced = today, priced

    def carry_out(self) -> None:
        template = Project.objects.get(key=self.row["template"])
        proposer = self.people[self.row["proposer"]]
        self.project = propose_project(
            project=Project(
                key=self.row["key"],
                title_ja=self.row["title_ja"],
                title_en=self.row["title_en"],
                department=Department.objects.filter(key=self.row["department"]).first(),
                starts_on=self._day("starts"),
                ends_on=self._day("ends"),
                hours_per_week=self.row["hours_per_week"],
                places=self.row["places"],
                **{name: getattr(template, name) for name in _FROM_TEMPLATE},
            ),
            needs=[
                ProjectNeed(
                    competency=need.competency,
                    level=need.level,
                    headcount=need.headcount,
                    is_must=need.is_must,
                )
                for need in template.needs.select_related("competency")
            ],
            employee=proposer,
            by=proposer.user,
        )
        self._record(Phase.BEFORE)
        self._record(Phase.FORECAST)
        for status in _WAY if self.row["status"] in _WAY else ():
            if status == Status.RUNNING:
                self._join()
            if status == Status.MEASURED:
                self._record(Phase.MEASURED)
            move_project(project=self.project, to=status, by=self.office)
            if status == self.row["status"]:
                break
        self._confirm()

    def _day(self, name: str, row: Row | None = None) -> date | None:
        days = (self.row if row is None else row).get(name)
        return None if days is None else self.today + timedelta(days=days)

    def _record(self, phase: str) -> None:
        row = self.row["figures"][phase]
        record_figure(
            figure=BenefitFigure(
                project=self.project,
                phase=phase,
                cases_per_year=row.get("cases", 1),
                minutes_per_case=row["minutes"],
                tier=JobTier.objects.filter(key=row["tier"]).first(),
                measured_on=self._day("day", row),
                measured_by=self.people.get(row.get("by", "")),
                how=row["how"] + self.priced,
            ),
            by=self.office,
        )

    def _join(self) -> None:
        for row in self.row.get("members", ()):
            if row["staff_number"] in self.people:
                add_member(
                    project=self.project,
                    employee=self.people[row["staff_number"]],
                    part=row["part"],
                    joined_on=self.today + timedelta(days=row["joined"]),
                    by=self.office,
                )

    def _confirm(self) -> None:
        for row in self.row.get("members", ()):
            member = self.project.members.filter(employee__staff_number=row["staff_number"]).first()
            if "confirmed" in row and member is not None:
                confirm_member(
                    member=member,
                    part=row["part"],
                    levels=row["confirmed"],
                    note=row["note"],
                    by=self.office,
                )


def _load_mentoring(
    row: Row, people: Mapping[str, Employee], office: Any, now: datetime, today: date
) -> None:
    """A pair about the skill in which the mentor is furthest ahead, with one session confirmed."""
    mentor, learner = people.get(row["mentor"]), people.get(row["learner"])
    if mentor is None or learner is None or MentorPair.objects.exists():
        return
    taught = _taught(mentor, learner, now)
    if taught is None:
        return
    key, level = taught
    set_mentoring(employee=mentor, learners=1, wishes={}, on=today)
    set_mentoring(employee=learner, learners=0, wishes={key: level}, on=today)
    for pair in propose_pairs(by=office):
        answer_pair(pair=pair, employee=learner, agrees=True)
        answer_pair(pair=pair, employee=mentor, agrees=True)
        session = log_session(
            pair=pair,
            employee=mentor,
            competency=key,
            held_on=today + timedelta(days=row["held"]),
            minutes=row["minutes"],
            text=row["text"],
            level=level,
        )
        confirm_session(session=session, employee=learner)


def _taught(mentor: Employee, learner: Employee, now: datetime) -> tuple[str, int] | None:
    """Key of a competency and the level that the mentor has and the learner has not; None = none.

    Level 2 at the most: what a learner shows in one session.
    """
    competencies = competencies_held(office_day(now))
    chain = derive_chain(
        employees=Employee.objects.filter(pk__in=[mentor.pk, learner.pk]),
        competencies=competencies,
        as_of=now,
    )
    held: dict[int, dict[int, int]] = {mentor.pk: {}, learner.pk: {}}
    for row in rows_of(chain.levels):
        held[row.employee_id][row.competency_id] = row.level
    ahead = [
        (held[mentor.pk].get(one.pk, 0) - held[learner.pk].get(one.pk, 0), one)
        for one in competencies
        if held[mentor.pk].get(one.pk, 0) >= 2 > held[learner.pk].get(one.pk, 0)
    ]
    if not ahead:
        return None
    return max(ahead, key=lambda row: (row[0], row[1].key))[1].key, 2
