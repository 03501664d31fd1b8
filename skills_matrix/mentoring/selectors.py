"""Pairs and sessions, for the people concerned; and pairs that would suit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from lms.people.models import Employee
from skills_matrix.chain import derive_chain
from skills_matrix.competencies.models import Competency
from skills_matrix.engine.mentors import MentorPair as Suited
from skills_matrix.engine.mentors import MentorRules, Wish, mentor_pairs
from skills_matrix.mentoring.models import LearningWish, MentorOffer, MentorPair
from skills_matrix.projects.access import may_run_projects


def wishes_of(employee: Employee) -> QuerySet[LearningWish]:
    return LearningWish.objects.filter(employee=employee).select_related("competency")


def pairs_of(employee: Employee) -> QuerySet[MentorPair]:
    """Pairs the person is one side of, the open ones first."""
    return _pairs().filter(Q(learner=employee) | Q(mentor=employee)).order_by("ended_at", "pk")


def pairs_visible_to(viewer: Any) -> QuerySet[MentorPair]:
    """All for the DX office, which made them; else one's own."""
    if may_run_projects(viewer):
        return _pairs()
    own = getattr(viewer, "employee", None)
    return pairs_of(own) if own is not None else MentorPair.objects.none()


def _pairs() -> QuerySet[MentorPair]:
    return MentorPair.objects.select_related("learner", "mentor").prefetch_related(
        "skills__competency", "sessions__skill__competency", "sessions__logged_by"
    )


def pairs_that_suit(
    *, as_of: datetime, rules: MentorRules | None = None
) -> tuple[tuple[Suited, ...], Mapping[tuple[int, int], int]]:
    """The best pairs of those who want to learn and those who would teach, as they stand.

    Whoever has a mentor keeps that one; a mentor's learners of today take up room. Pairs that were
    declined or ended are not proposed again.

    Returns:
        The pairs, and the level wanted by (employee_id, competency_id).
    """
    wishes = [
        Wish(*row)
        for row in LearningWish.objects.values_list("employee_id", "competency_id", "level")
    ]
    room = dict(MentorOffer.objects.values_list("employee_id", "learners"))
    barred, learning = [], set()
    for pair in MentorPair.objects.all():
        barred.append((pair.learner_id, pair.mentor_id))
        if pair.state in (MentorPair.State.PROPOSED, MentorPair.State.AGREED):
            learning.add(pair.learner_id)
            if pair.mentor_id in room:
                room[pair.mentor_id] -= 1
    chain = derive_chain(
        employees=Employee.objects.filter(
            pk__in={wish.employee_id for wish in wishes} | room.keys()
        ),
        competencies=Competency.objects.filter(pk__in={wish.competency_id for wish in wishes}),
        as_of=as_of,
    )
    open_wishes = [wish for wish in wishes if wish.employee_id not in learning]
    found = mentor_pairs(
        people=chain.frames.people,
        levels=chain.levels,
        wishes=open_wishes,
        mentors={who: left for who, left in room.items() if left > 0},
        barred=barred,
        rules=rules,
    )
    return found, {(wish.employee_id, wish.competency_id): wish.level for wish in open_wishes}
