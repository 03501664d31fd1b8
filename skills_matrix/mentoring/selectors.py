"""Pairs and sessions, for the people concerned; and pairs that would suit."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from lms.people.models import Department, Employee
from lms.people.selectors import postings_on
from skills_matrix.chain import derive_chain
from skills_matrix.competencies.models import Competency
from skills_matrix.engine.mentors import MentorPair as Suited
from skills_matrix.engine.mentors import MentorRules, Wish, mentor_pairs
from skills_matrix.frames import office_day
from skills_matrix.mentoring.models import LearningWish, MentorOffer, MentorPair
from skills_matrix.projects.access import may_run_projects


class Distance(StrEnum):
    """How far apart two people sit in the office."""

    SAME_SECTION = "same_section"
    SAME_DIVISION = "same_division"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Proposals:
    """Pairs that would suit; `wanted` and `held` are levels by (employee_id, competency_id)."""

    pairs: tuple[Suited, ...]
    wanted: dict[tuple[int, int], int]
    held: dict[tuple[int, int], int]
    rules: MentorRules


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


@dataclass(frozen=True)
class Standing:
    """What people want and offer, and what their pairs of today leave of it, by employee_id.

    `barred`: (learner, mentor) who are a pair, or were one, or said no. `learning`: who has a
    mentor, or was proposed one. Who is not in `teaches` offers whatever they hold.
    """

    wishes: list[Wish]
    room: dict[int, int]
    hours: dict[int, int]
    teaches: dict[int, set[int]]
    barred: list[tuple[int, int]]
    learning: set[int]


def standing_now(rules: MentorRules) -> Standing:
    offers = list(MentorOffer.objects.prefetch_related("skills"))
    wishes = LearningWish.objects.values_list("employee_id", "competency_id", "level")
    found = Standing(
        wishes=[Wish(*row) for row in wishes],
        room={offer.employee_id: offer.learners for offer in offers},
        hours={offer.employee_id: offer.hours_per_month for offer in offers},
        teaches={
            offer.employee_id: {skill.pk for skill in offer.skills.all()}
            for offer in offers
            if offer.skills.all()
        },
        barred=[],
        learning=set(),
    )
    for pair in MentorPair.objects.all():
        found.barred.append((pair.learner_id, pair.mentor_id))
        if pair.state in (MentorPair.State.PROPOSED, MentorPair.State.AGREED):
            found.learning.add(pair.learner_id)
            if pair.mentor_id in found.room:
                found.room[pair.mentor_id] -= 1
                found.hours[pair.mentor_id] -= rules.hours
    return found


def pairs_that_suit(
    *, as_of: datetime, rules: MentorRules | None = None, standing: Standing | None = None
) -> Proposals:
    """The best pairs of those who want to learn and those who would teach, as they stand.

    Whoever has a mentor keeps that one; a mentor's learners of today take up room and hours. Pairs
    that were declined or ended are not proposed again.

    Args:
        standing: None = as it is now.
    """
    rules = rules or MentorRules()
    now = standing or standing_now(rules)
    chain = derive_chain(
        employees=Employee.objects.filter(
            pk__in={wish.employee_id for wish in now.wishes} | now.room.keys()
        ),
        competencies=Competency.objects.filter(pk__in={wish.competency_id for wish in now.wishes}),
        as_of=as_of,
    )
    open_wishes = [wish for wish in now.wishes if wish.employee_id not in now.learning]
    found = mentor_pairs(
        people=chain.frames.people,
        levels=chain.levels,
        wishes=open_wishes,
        mentors={who: left for who, left in now.room.items() if left > 0},
        barred=now.barred,
        free_hours={who: max(left, 0) for who, left in now.hours.items()},
        teaches=now.teaches,
        rules=rules,
    )
    levels = chain.levels
    return Proposals(
        pairs=found,
        wanted={(wish.employee_id, wish.competency_id): wish.level for wish in open_wishes},
        held={
            (int(who), int(what)): int(level)
            for who, what, level in zip(
                levels["employee_id"], levels["competency_id"], levels["level"], strict=True
            )
        },
        rules=rules,
    )


def sections_of(employee_ids: set[int], as_of: datetime) -> dict[int, Department]:
    """Where these people have their main posting, by employee_id."""
    rows = postings_on(office_day(as_of)).filter(is_main=True, employee__in=employee_ids)
    return {row.employee_id: row.department for row in rows.select_related("department")}


def distance(first: Department | None, second: Department | None) -> Distance:
    """Of two sections; somebody without one is elsewhere."""
    if first is None or second is None:
        return Distance.ELSEWHERE
    if first.pk == second.pk:
        return Distance.SAME_SECTION
    if first.parent_id is not None and first.parent_id == second.parent_id:
        return Distance.SAME_DIVISION
    return Distance.ELSEWHERE
