"""How many mentors could teach what somebody lacks: numbers, since names are theirs to tell."""

from collections.abc import Collection, Mapping
from datetime import datetime

from lms.people.models import Employee
from skills_matrix.chain import derive_chain
from skills_matrix.competencies.models import Competency
from skills_matrix.mentoring.models import MentorOffer, MentorPair

# Competency id and level.
Demand = tuple[int, int]


def mentors_with_room() -> set[int]:
    """Ids of those who would teach and have room for one more learner."""
    room = dict(MentorOffer.objects.values_list("employee_id", "learners"))
    for pair in MentorPair.objects.filter(mentor__in=room, ended_at=None):
        if pair.state in (MentorPair.State.PROPOSED, MentorPair.State.AGREED):
            room[pair.mentor_id] -= 1
    return {pk for pk, left in room.items() if left > 0}


def willing_mentors(
    demands: Collection[Demand], *, learner: Employee, as_of: datetime
) -> Mapping[Demand, int]:
    """How many mentors with room hold at least that level; nobody teaches themselves.

    The number of queries does not depend on the mentors; without any there is one.
    """
    mentors = mentors_with_room() - {learner.pk}
    if not mentors or not demands:
        return {}
    chain = derive_chain(
        employees=Employee.objects.filter(pk__in=mentors),
        competencies=Competency.objects.filter(pk__in={competency for competency, _ in demands}),
        as_of=as_of,
    )
    in_office = set(chain.frames.people["employee_id"].tolist())
    columns = (chain.levels[key].tolist() for key in ("employee_id", "competency_id", "level"))
    held = [
        (competency, level)
        for person, competency, level in zip(*columns, strict=True)
        if person in in_office
    ]
    return {
        demand: sum(competency == demand[0] and level >= demand[1] for competency, level in held)
        for demand in demands
    }
