"""Asking for teams, keeping what was found, adopting it and taking that back."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.jobs.services import start_job
from lms.notices.models import Notice
from lms.notices.services import Topic, tell_of_topic, withdraw_topic
from lms.people.calendar import office_today
from lms.people.models import Employee
from skills_matrix.competencies.models import Competency
from skills_matrix.engine.exceptions import InvalidTeamRules
from skills_matrix.engine.teams.compose import Answer
from skills_matrix.engine.teams.rules import PIN, TeamRules
from skills_matrix.exceptions import ProjectRefused, TeamsRefused
from skills_matrix.projects.access import require_run_projects
from skills_matrix.projects.models import Project, ProjectMember
from skills_matrix.projects.team_services import add_member
from skills_matrix.teams.models import TeamAdoption, TeamChoice, TeamRequest
from skills_matrix.teams.records import appraisal_of, impossible_of, record_of
from skills_matrix.teams.selectors import (
    TO_STAFF,
    concessions_of,
    members_today,
    place_of,
    projects_to_staff,
)

COMPOSE = "compose_teams"
MOST_SECONDS = 300

# Staff number and key of a project.
Choice = tuple[str, str]
# Which of what is impossible, and which way out of it; both from 0.
Way = tuple[int, int]
Part = ProjectMember.Part


@transaction.atomic
def ask_teams(
    *,
    by: Any,
    projects: Iterable[str] = (),
    rules: Mapping[str, Any] | None = None,
    pins: Iterable[Choice] = (),
    forbids: Iterable[Choice] = (),
    seconds: int = 60,
    earlier: TeamRequest | None = None,
    ways: Iterable[Way] = (),
) -> TeamRequest:
    """Have teams composed in the background.

    Args:
        projects: keys; none = every project that is agreed on and not over.
        rules: fields of the engine's TeamRules; `critical` by keys of competencies.
        seconds: how long to look for the best, at most `MOST_SECONDS`.
        earlier: the composition it is made from; where its rules gave way, these do too.
        ways: of what made the earlier one impossible, the ways out to be taken.

    Raises:
        PermissionDenied: the account may not run projects.
        TeamsRefused: `no_projects`, `unknown_project`, `unknown_person`, `unknown_competency`,
            `contradiction` somebody is put in and kept out, `rules` a number makes no sense,
            `unknown_way` there is no such way out, `member` it would leave out who is in already.
    """
    require_run_projects(by)
    keys = set(projects)
    rows = {row.key: row for row in projects_to_staff() if not keys or row.key in keys}
    if missing := sorted(keys - rows.keys()):
        raise TeamsRefused(
            "unknown_project",
            _("No project to staff has the key %(key)s.") % {"key": missing[0]},
            place="projects",
        )
    if not rows:
        raise TeamsRefused("no_projects", _("There is no project to staff."), place="projects")
    request = TeamRequest.objects.create(
        rules=_rules(rules or {}) | {"concessions": _concessions(earlier, ways)},
        earlier=earlier,
        seconds=min(max(seconds, 1), MOST_SECONDS),
        asked_by=by,
        asked_at=timezone.now(),
    )
    request.projects.set(rows.values())
    _choose(request, rows, {True: list(pins), False: list(forbids)})
    job = start_job(
        kind=COMPOSE,
        arguments={"request": str(request.uuid)},
        by=by,
        key=f"{COMPOSE} {request.uuid}",
        link=f"/teams/{request.uuid}",
    )
    TeamRequest.objects.filter(pk=request.pk).update(job=job)
    request.refresh_from_db()
    return request


def _rules(given: Mapping[str, Any]) -> dict[str, Any]:
    keys = set(given.get("critical", ()))
    known = dict(Competency.objects.filter(key__in=keys).values_list("key", "pk"))
    if missing := sorted(keys - known.keys()):
        raise TeamsRefused(
            "unknown_competency",
            _("There is no competency %(key)s.") % {"key": missing[0]},
            place="rules.critical",
        )
    try:
        rules = TeamRules(**{**given, "critical": frozenset(known.values())})
    except InvalidTeamRules as fault:
        raise TeamsRefused(
            "rules", _("A number of the rules is too low."), place="rules"
        ) from fault
    return asdict(rules) | {"critical": sorted(rules.critical), "concessions": []}


def _concessions(earlier: TeamRequest | None, ways: Iterable[Way]) -> list[dict[str, Any]]:
    """What gave way before, and the ways out taken now; at one place the later holds."""
    if earlier is None:
        return []
    given = {place_of(one): one for one in concessions_of(earlier)}
    impossible = impossible_of(earlier.answer) if earlier.answer else ()
    for number, place in ways:
        try:
            way = impossible[number].relaxations[place]
        except IndexError as fault:
            raise TeamsRefused(
                "unknown_way", _("There is no such way out."), place="ways"
            ) from fault
        given |= {place_of(one): one for one in way.breaches}
    let_out = [(one.employee_id, one.project_id) for one in given.values() if one.rule == PIN]
    present = set(members_today(office_today()).values_list("employee_id", "project_id"))
    if present & set(let_out):
        raise TeamsRefused(
            "member",
            _("Somebody who is in the team already would be left out. Change it in the project."),
            place="ways",
        )
    return [one._asdict() for one in given.values()]


def _choose(
    request: TeamRequest, projects: Mapping[str, Project], choices: Mapping[bool, list[Choice]]
) -> None:
    numbers = {number for those in choices.values() for number, _key in those}
    people = {row.staff_number: row for row in Employee.objects.filter(staff_number__in=numbers)}
    made: dict[Choice, TeamChoice] = {}
    for is_in, those in choices.items():
        place = "pins" if is_in else "forbids"
        for number, key in those:
            if number not in people:
                raise TeamsRefused(
                    "unknown_person",
                    _("There is no employee %(number)s.") % {"number": number},
                    place=place,
                )
            if key not in projects:
                raise TeamsRefused(
                    "unknown_project",
                    _("No project to staff has the key %(key)s.") % {"key": key},
                    place=place,
                )
            if (number, key) in made and made[number, key].is_in != is_in:
                raise TeamsRefused(
                    "contradiction",
                    _("%(name)s is put into a team and kept out of it.")
                    % {"name": people[number].name},
                    place=place,
                )
            made[number, key] = TeamChoice(
                request=request, project=projects[key], employee=people[number], is_in=is_in
            )
    TeamChoice.objects.bulk_create(made.values())


def keep_answer(*, request: TeamRequest, answer: Answer, is_final: bool) -> None:
    """Put a better answer in the place of the one there is; a final one stays.

    A worker that was overtaken by another would otherwise bring an older one back.
    """
    TeamRequest.objects.filter(pk=request.pk, is_final=False).update(
        status=TeamRequest.Status(answer.status),
        answer=record_of(answer),
        is_final=is_final,
        found_at=timezone.now(),
    )


@transaction.atomic
def adopt_teams(*, request: TeamRequest, by: Any) -> TeamAdoption:
    """Make the teams found the projects' teams: all of them, or none.

    Who is in a team already stays as they are. Newcomers join today, or when the project starts.

    Raises:
        PermissionDenied: the account may not run projects.
        TeamsRefused: `not_ready` the answer is still being looked for; `no_teams`; `adopted`;
            `stale` a project has ended, or its team or its places changed since.
    """
    require_run_projects(by)
    row = TeamRequest.objects.select_for_update().get(pk=request.pk)
    if not row.is_final or row.answer is None:
        raise TeamsRefused("not_ready", _("The teams are still being composed."))
    if row.adoptions.filter(undone_at=None).exists():
        raise TeamsRefused("adopted", _("These teams have been adopted already."))
    teams = appraisal_of(row.answer).teams
    if not teams:
        raise TeamsRefused("no_teams", _("There is no team to adopt."))
    today = office_today()
    projects = {
        one.pk: one
        for one in Project.objects.select_for_update()
        .filter(pk__in=[team.project_id for team in teams], status__in=TO_STAFF)
        .order_by("pk")
    }
    adoption = TeamAdoption.objects.create(request=row, adopted_by=by, adopted_at=timezone.now())
    people = Employee.objects.in_bulk([one for team in teams for one in team.employee_ids])
    made = []
    for team in teams:
        project = projects.get(team.project_id)
        present = set(_present(team.project_id, today))
        if project is None or not present <= set(team.employee_ids):
            raise _stale()
        mentors = {lesson.mentor_id for lesson in team.lessons}
        learners = {lesson.learner_id for lesson in team.lessons}
        try:
            made += [
                add_member(
                    project=project,
                    employee=people[one],
                    part=_part(one, mentors, learners),
                    joined_on=max(today, project.starts_on or today),
                    by=by,
                )
                for one in team.employee_ids
                if one not in present
            ]
        except ProjectRefused as refused:
            raise _stale() from refused
    adoption.members.set(made)
    for project in projects.values():
        tell_of_topic(
            kind=Notice.Kind.TEAM_ADOPTED,
            topic=Topic(
                project.key, project.title_ja, project.title_en, f"/projects/{project.key}"
            ),
            recipients=[one.employee_id for one in made if one.project == project],
            occasion=today,
            sent_by=by,
        )
    return adoption


@transaction.atomic
def undo_adoption(*, request: TeamRequest, by: Any) -> TeamAdoption:
    """Take back what `adopt_teams` wrote.

    Raises:
        PermissionDenied: the account may not run projects.
        TeamsRefused: `not_adopted`; `changed` a member has left or was confirmed since.
    """
    require_run_projects(by)
    adoption = (
        TeamAdoption.objects.select_for_update().filter(request=request, undone_at=None).first()
    )
    if adoption is None:
        raise TeamsRefused("not_adopted", _("These teams have not been adopted."))
    members = adoption.members.select_related("project")
    if members.filter(Q(confirmed_at__isnull=False) | Q(left_on__isnull=False)).exists():
        raise TeamsRefused(
            "changed",
            _("A member has left or was confirmed since. Change the teams in the projects."),
        )
    for member in members:
        withdraw_topic(
            kind=Notice.Kind.TEAM_ADOPTED,
            topic=member.project.key,
            recipients=[member.employee_id],
        )
    adoption.members.all().delete()
    adoption.undone_by, adoption.undone_at = by, timezone.now()
    adoption.save(update_fields=["undone_by", "undone_at"])
    return adoption


def _present(project_id: int, on: date) -> Iterable[int]:
    return ProjectMember.objects.filter(
        Q(left_on=None) | Q(left_on__gt=on), project=project_id
    ).values_list("employee_id", flat=True)


def _part(employee_id: int, mentors: set[int], learners: set[int]) -> str:
    if employee_id in mentors:
        return Part.MENTOR
    return Part.LEARNER if employee_id in learners else Part.MEMBER


def _stale() -> TeamsRefused:
    return TeamsRefused(
        "stale", _("A project or its team has changed since. Compose the teams again.")
    )


def request_of(uuid: UUID) -> TeamRequest:
    return TeamRequest.objects.get(uuid=uuid)
