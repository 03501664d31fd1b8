"""A pair that the DX office has in mind: by the rules of every pair, and for both to agree to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.people.calendar import office_today
from lms.people.models import Employee
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.competencies.models import Competency
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.engine.mentors import MentorRules, Wish
from skills_matrix.exceptions import MentoringRefused
from skills_matrix.mentoring.models import MentorPair
from skills_matrix.mentoring.selectors import Proposals, Standing, pairs_that_suit, standing_now
from skills_matrix.mentoring.services import hold_offers, make_pairs
from skills_matrix.projects.access import require_run_projects


@dataclass(frozen=True)
class Asked:
    """A pair asked for, and how things stand; `found` is what the engine makes of it."""

    wish: Wish
    mentor_id: int
    standing: Standing
    found: Proposals

    def level_of(self, employee_id: int) -> int:
        return self.found.held.get((employee_id, self.wish.competency_id), 0)


@dataclass(frozen=True)
class Rule:
    """What must hold of every pair; `place` is the field at fault where it does not."""

    holds: Callable[[Asked], bool]
    fault: str | Promise
    place: str


def _hours_left(asked: Asked, who: int) -> bool:
    return asked.standing.hours.get(who, asked.found.rules.hours) >= asked.found.rules.hours


def _teaches(asked: Asked) -> bool:
    taught = asked.standing.teaches.get(asked.mentor_id)
    return taught is None or asked.wish.competency_id in taught


# The first that does not hold is told. What the engine asks beside them is the last.
RULES: Final[Mapping[str, Rule]] = {
    "same_person": Rule(
        lambda asked: asked.wish.employee_id != asked.mentor_id,
        _("Nobody is their own mentor."),
        "learner",
    ),
    "no_offer": Rule(
        lambda asked: asked.mentor_id in asked.standing.room,
        _("This person has not offered to teach."),
        "mentor",
    ),
    "is_learning": Rule(
        lambda asked: asked.wish.employee_id not in asked.standing.learning,
        _("The learner has a mentor already, or was proposed one."),
        "learner",
    ),
    "barred": Rule(
        lambda asked: (asked.wish.employee_id, asked.mentor_id) not in asked.standing.barred,
        _("These two were a pair before, or one of them said no."),
        "learner",
    ),
    "no_room": Rule(
        lambda asked: asked.standing.room[asked.mentor_id] > 0,
        _("The mentor has as many learners as they would take."),
        "mentor",
    ),
    "no_hours": Rule(
        lambda asked: _hours_left(asked, asked.mentor_id),
        _("The mentor has no hours left for another learner."),
        "mentor",
    ),
    "learner_hours": Rule(
        lambda asked: _hours_left(asked, asked.wish.employee_id),
        _("The learner teaches others, and has no hours left."),
        "learner",
    ),
    "not_taught": Rule(
        _teaches, _("The mentor has not offered to teach this skill."), "competency"
    ),
    "mentor_level": Rule(
        lambda asked: asked.level_of(asked.mentor_id) >= asked.wish.level,
        _("The mentor does not have this level of the skill."),
        "level",
    ),
    "learner_level": Rule(
        lambda asked: asked.level_of(asked.wish.employee_id) < asked.wish.level,
        _("The learner has this level of the skill already."),
        "level",
    ),
    "no_posting": Rule(
        lambda asked: bool(asked.found.pairs), _("One of them has no posting today."), "learner"
    ),
}


def propose_by_hand(
    *, learner: str, mentor: str, competency: str, level: int, by: Any
) -> MentorPair:
    """A pair about one skill, which the learner need not have wished for; both are asked.

    Args:
        learner: staff number, and so is `mentor`.
        competency: its key.

    Raises:
        PermissionDenied: the account may not run projects.
        MentoringRefused: `unknown_person`, `unknown_competency`; the keys of `RULES`.
    """
    require_run_projects(by)
    people = {
        place: _person(number, place)
        for place, number in (("learner", learner), ("mentor", mentor))
    }
    skill = competencies_held(office_today()).filter(key=competency).first()
    if skill is None:
        raise MentoringRefused(
            "unknown_competency",
            str(_("There is no competency %(key)s.")) % {"key": competency},
            place="competency",
        )
    # Outside the transaction: a refusal tells of their levels, too.
    seen = sorted({one.pk for one in people.values()})
    log_skills_views(viewer=by, subject_ids=seen, what="mentoring")
    return _propose(people["learner"], people["mentor"], skill, level, by)


@transaction.atomic
def _propose(
    learner: Employee, mentor: Employee, skill: Competency, level: int, by: Any
) -> MentorPair:
    hold_offers()
    rules = MentorRules()
    now = standing_now(rules)
    wish = Wish(learner.pk, skill.pk, level)
    room = {who: left for who, left in now.room.items() if who == mentor.pk}
    only = replace(now, wishes=[wish], room=room)
    found = pairs_that_suit(as_of=timezone.now(), rules=rules, standing=only)
    asked = Asked(wish, mentor.pk, only, found)
    for code, rule in RULES.items():
        if not rule.holds(asked):
            raise MentoringRefused(code, str(rule.fault), place=rule.place)
    (pair,) = make_pairs(found.pairs, wanted=found.wanted, by=by)
    return pair


def _person(staff_number: str, place: str) -> Employee:
    person = Employee.objects.filter(staff_number=staff_number).first()
    if person is None:
        raise MentoringRefused(
            "unknown_person", str(_("There is nobody with this staff number.")), place=place
        )
    return person
