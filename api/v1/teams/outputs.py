from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Count
from rest_framework import serializers

from api.fields import FractionField, LevelField, UtcDateTimeField
from api.v1.outputs import Titled
from lms.jobs.models import JobRun
from lms.people.models import Posting
from skills_matrix.competencies.models import Competency
from skills_matrix.engine.arrays import ABSENT
from skills_matrix.engine.teams.appraise import Breach, TeamView
from skills_matrix.engine.teams.compare import TeamDifference
from skills_matrix.engine.teams.relax import Impossible, Relaxation
from skills_matrix.engine.teams.rules import RULES, TeamRules
from skills_matrix.projects.models import ProjectNeed
from skills_matrix.teams.models import TeamRequest
from skills_matrix.teams.selectors import (
    Found,
    Names,
    concessions_of,
    members_today,
    projects_to_staff,
)
from skills_matrix.teams.services import MOST_SECONDS
from skills_matrix.teams.wording import (
    RULE_TITLES,
    breach_text,
    impossible_text,
    relaxation_text,
    status_text,
)


class TeamPersonOut(serializers.Serializer[Any]):
    staff_number = serializers.CharField()
    name = serializers.CharField()
    section = serializers.CharField(allow_blank=True)


class TeamChoiceOut(serializers.Serializer[Any]):
    """Somebody whom the office put into a project's team, or kept out of it."""

    person = TeamPersonOut()
    project = Titled()


class TeamMemberOut(TeamPersonOut):
    """`mentor` and `learner` as the lessons say; hours a week in this project."""

    part = serializers.ChoiceField(["mentor", "learner", "member"])
    hours = serializers.IntegerField()


class TeamPeopleOut(serializers.Serializer[Any]):
    people = TeamPersonOut(many=True)
    is_cut = serializers.BooleanField(help_text="There are more.")


class ProjectToStaffOut(Titled):
    """A project that is agreed on and not over; `members` are in it already."""

    places = serializers.IntegerField()
    hours_per_week = serializers.IntegerField()
    members = serializers.IntegerField()
    needs = serializers.IntegerField()


class TeamNeedOut(serializers.Serializer[Any]):
    """A need of the project, and who in the team has the level."""

    competency = Titled()
    level = LevelField()
    is_must = serializers.BooleanField()
    asked = serializers.IntegerField()
    holders = serializers.ListField(
        child=serializers.CharField(), help_text="Staff numbers of members."
    )


class TeamLessonOut(serializers.Serializer[Any]):
    """Who of the team learns what of whom; staff numbers."""

    learner = serializers.CharField()
    mentor = serializers.CharField()
    competency = Titled()


class ComposedTeamOut(serializers.Serializer[Any]):
    project = Titled()
    score = serializers.IntegerField(help_text="Points.")
    hours = serializers.IntegerField(help_text="A week, of all members together.")
    members = TeamMemberOut(many=True)
    needs = TeamNeedOut(many=True)
    lessons = TeamLessonOut(many=True)


class BrokenRuleOut(serializers.Serializer[Any]):
    """A rule that is not kept, in words with numbers."""

    rule = serializers.ChoiceField(RULES)
    rule_title = serializers.CharField()
    asked = serializers.IntegerField()
    given = serializers.IntegerField()
    available = serializers.IntegerField(allow_null=True)
    text = serializers.CharField()


class RelaxationOut(serializers.Serializer[Any]):
    """A way out: these rules give way, by no more than said."""

    rules = serializers.ListField(child=serializers.ChoiceField(RULES))
    cost = serializers.IntegerField(help_text="In penalties: the lower, the easier to bear.")
    is_least = serializers.BooleanField(help_text="Proven: no less will do.")
    text = serializers.CharField()
    breaches = BrokenRuleOut(many=True)


class ImpossibleOut(serializers.Serializer[Any]):
    """Projects no team can be found for, and the ways out, the cheapest first."""

    projects = Titled(many=True)
    text = serializers.CharField()
    relaxations = RelaxationOut(many=True)


class TeamRulesOut(serializers.Serializer[Any]):
    hours_per_person = serializers.IntegerField()
    per_section = serializers.IntegerField(allow_null=True)
    per_tier = serializers.IntegerField(allow_null=True)
    learners = serializers.IntegerField()
    critical = Titled(many=True)
    critical_holders = serializers.IntegerField()
    heed_refusals = serializers.BooleanField()


class TeamChoicesOut(serializers.Serializer[Any]):
    """What a composition may be asked for; `critical`: skills that these projects need."""

    projects = ProjectToStaffOut(many=True)
    critical = Titled(many=True)
    rules = TeamRulesOut(help_text="As usual.")
    most_seconds = serializers.IntegerField()


class TeamRequestRow(serializers.Serializer[Any]):
    """A composition: what was asked, and how good the answer is so far."""

    uuid = serializers.UUIDField()
    projects = Titled(many=True)
    status = serializers.ChoiceField(TeamRequest.Status.choices)
    status_text = serializers.SerializerMethodField()
    is_final = serializers.BooleanField()
    has_failed = serializers.SerializerMethodField(
        help_text="The background job ended by a fault: nothing better will come."
    )
    asked_by = serializers.SerializerMethodField()
    asked_at = UtcDateTimeField()
    found_at = UtcDateTimeField(allow_null=True)
    adopted_at = serializers.SerializerMethodField(help_text="null = not, or taken back.")

    def get_status_text(self, row: TeamRequest) -> str:
        return status_text(row)

    def get_has_failed(self, row: TeamRequest) -> bool:
        return row.job is not None and row.job.state == JobRun.State.FAILED

    def get_asked_by(self, row: TeamRequest) -> str:
        employee = getattr(row.asked_by, "employee", None)
        if employee is not None:
            return str(employee.name)
        return str(row.asked_by.get_full_name()) if row.asked_by else ""

    def get_adopted_at(self, row: TeamRequest) -> str | None:
        found = [one for one in row.adoptions.all() if one.undone_at is None]
        return UtcDateTimeField().to_representation(found[0].adopted_at) if found else None


class TeamRequestOut(serializers.Serializer[Any]):
    """A composition with its teams; `gap` and `bound` null = not known yet."""

    request = TeamRequestRow()
    rules = TeamRulesOut()
    concessions = BrokenRuleOut(many=True, help_text="Where the rules give way this time.")
    earlier = serializers.UUIDField(allow_null=True, help_text="What it was made from.")
    time_limit = serializers.IntegerField(help_text="Seconds.")
    pins = TeamChoiceOut(many=True)
    forbids = TeamChoiceOut(many=True)
    score = serializers.IntegerField(allow_null=True)
    bound = serializers.IntegerField(allow_null=True)
    gap = FractionField(allow_null=True)
    looked_at = serializers.IntegerField(
        allow_null=True, help_text="Pairs of a person and a project."
    )
    seconds = serializers.FloatField(allow_null=True)
    teams = ComposedTeamOut(many=True)
    breaches = BrokenRuleOut(many=True)
    impossible = ImpossibleOut(many=True)


class TeamDifferenceOut(serializers.Serializer[Any]):
    """One project in both compositions: first this one's number, then the other's."""

    project = Titled()
    only_first = TeamPersonOut(many=True)
    only_second = TeamPersonOut(many=True)
    both = TeamPersonOut(many=True)
    score = serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2)
    covered = serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2)
    needs = serializers.IntegerField()
    lessons = serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2)
    hours = serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2)


class ComparedTeamsOut(serializers.Serializer[Any]):
    projects = TeamDifferenceOut(many=True)


def composition(found: Found) -> dict[str, Any]:
    """What TeamRequestOut shows."""
    request, names, record = found.request, found.names, found.request.answer or {}
    choices = list(request.choices.select_related("employee", "project"))
    critical = Competency.objects.filter(pk__in=request.rules["critical"])
    return {
        "request": request,
        "rules": {**request.rules, "critical": list(critical)},
        "concessions": [_breach(one, names) for one in concessions_of(request)],
        "earlier": request.earlier.uuid if request.earlier else None,
        "time_limit": request.seconds,
        **{
            name: [
                {"person": _person(one.employee, names), "project": one.project}
                for one in choices
                if one.is_in == is_in
            ]
            for name, is_in in (("pins", True), ("forbids", False))
        },
        **{name: record.get(name) for name in ("score", "bound", "gap", "looked_at", "seconds")},
        "teams": [
            _team(team, names) for team in (found.appraisal.teams if found.appraisal else ())
        ],
        "breaches": [
            _breach(one, names) for one in (found.appraisal.breaches if found.appraisal else ())
        ],
        "impossible": [_impossible(one, names) for one in found.impossible],
    }


def difference(row: TeamDifference, names: Names) -> dict[str, Any]:
    people = {
        name: [_person(names.people[one], names) for one in getattr(row, name)]
        for name in ("only_first", "only_second", "both")
    }
    return row._asdict() | people | {"project": names.projects[row.project_id]}


def choices(on: date) -> dict[str, Any]:
    """What TeamChoicesOut shows."""
    in_it = Counter(members_today(on).values_list("project_id", flat=True))
    projects = list(projects_to_staff().annotate(needed=Count("needs")))
    needed = ProjectNeed.objects.filter(project__in=projects).values("competency")
    return {
        "projects": [
            {
                **{
                    name: getattr(one, name)
                    for name in ("key", "title", "places", "hours_per_week")
                },
                "members": in_it[one.pk],
                "needs": one.needed,
            }
            for one in projects
        ],
        "critical": Competency.objects.filter(pk__in=needed).order_by("pk"),
        "rules": TeamRules(),
        "most_seconds": MOST_SECONDS,
    }


def person_at(posting: Posting) -> dict[str, str]:
    """What TeamPersonOut shows."""
    employee = posting.employee
    return {
        "staff_number": employee.staff_number,
        "name": employee.name,
        "section": posting.department.title,
    }


def _member(employee_id: int, team: TeamView, names: Names) -> dict[str, Any]:
    part = "member"
    if employee_id in {lesson.mentor_id for lesson in team.lessons}:
        part = "mentor"
    elif employee_id in {lesson.learner_id for lesson in team.lessons}:
        part = "learner"
    hours = team.hours // len(team.employee_ids)
    return {**_person(names.people[employee_id], names), "part": part, "hours": hours}


def _person(employee: Any, names: Names) -> dict[str, str]:
    section = names.section_of.get(employee.pk)
    return {
        "staff_number": employee.staff_number,
        "name": employee.name,
        "section": section.title if section else "",
    }


def _team(team: TeamView, names: Names) -> dict[str, Any]:
    numbers = {pk: one.staff_number for pk, one in names.people.items()}
    return {
        "project": names.projects[team.project_id],
        "score": team.score,
        "hours": team.hours,
        "members": [_member(one, team, names) for one in team.employee_ids],
        "needs": [
            {
                "competency": names.competencies[need.competency_id],
                "level": need.level,
                "is_must": need.must,
                "asked": need.asked,
                "holders": [numbers[one] for one in need.holder_ids],
            }
            for need in team.needs
        ],
        "lessons": [
            {
                "learner": numbers[lesson.learner_id],
                "mentor": numbers[lesson.mentor_id],
                "competency": names.competencies[lesson.competency_id],
            }
            for lesson in team.lessons
        ],
    }


def _breach(breach: Breach, names: Names) -> dict[str, Any]:
    return {
        "rule": breach.rule,
        "rule_title": str(RULE_TITLES[breach.rule]),
        "asked": breach.asked,
        "given": breach.given,
        "available": None if breach.available == ABSENT else breach.available,
        "text": breach_text(breach, names),
    }


def _relaxation(way: Relaxation, names: Names) -> dict[str, Any]:
    return way._asdict() | {
        "text": relaxation_text(way, names),
        "breaches": [_breach(one, names) for one in way.breaches],
    }


def _impossible(found: Impossible, names: Names) -> dict[str, Any]:
    return {
        "projects": [names.projects[one] for one in found.project_ids if one in names.projects],
        "text": impossible_text(found, names),
        "relaxations": [_relaxation(way, names) for way in found.relaxations],
    }
