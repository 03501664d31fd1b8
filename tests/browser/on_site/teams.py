"""Teams and mentoring."""

from typing import Any

from tests.browser.on_site.people import give_account

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
