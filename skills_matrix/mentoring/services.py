"""The way of a pair: proposed, agreed or declined, sessions held and confirmed, ended."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.people.calendar import office_today
from lms.people.models import Employee
from skills_matrix.assessments.models import ASSURANCES, Assessment
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.engine.mentors import MentorRules
from skills_matrix.exceptions import MentoringRefused, NotVisible
from skills_matrix.mentoring.models import (
    LearningWish,
    MentorOffer,
    MentorPair,
    MentorSession,
    PairSkill,
)
from skills_matrix.mentoring.selectors import pairs_that_suit
from skills_matrix.projects.access import require_run_projects

State = MentorPair.State


@transaction.atomic
def set_mentoring(
    *, employee: Employee, learners: int, wishes: Mapping[str, int], on: date
) -> None:
    """Say how many learners one would take (0 = none) and what one wants to learn.

    Args:
        wishes: level by key of the competency; what is left out is no longer wished for.

    Raises:
        MentoringRefused: `unknown_competency`.
    """
    known = {row.key: row for row in competencies_held(on).filter(key__in=wishes)}
    if missing := sorted(wishes.keys() - known.keys()):
        raise MentoringRefused(
            "unknown_competency",
            _("There is no competency %(key)s.") % {"key": missing[0]},
            place=f"wishes.{missing[0]}",
        )
    if learners:
        MentorOffer.objects.update_or_create(
            employee=employee,
            defaults={"learners": learners},
            create_defaults={"learners": learners, "offered_at": timezone.now()},
        )
    else:
        MentorOffer.objects.filter(employee=employee).delete()
    LearningWish.objects.filter(employee=employee).exclude(competency__in=known.values()).delete()
    for key, level in wishes.items():
        LearningWish.objects.update_or_create(
            employee=employee, competency=known[key], defaults={"level": level}
        )


@transaction.atomic
def propose_pairs(*, by: Any, rules: MentorRules | None = None) -> list[MentorPair]:
    """Make the best pairs there can be now, for both sides to agree to.

    Raises:
        PermissionDenied: the account may not run projects.
    """
    require_run_projects(by)
    now = timezone.now()
    # Offers are held, so that a mentor's room is not given away twice at the same time.
    list(MentorOffer.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    found, wanted = pairs_that_suit(as_of=now, rules=rules)
    made = []
    for suited in found:
        pair = MentorPair.objects.create(
            learner_id=suited.learner_id,
            mentor_id=suited.mentor_id,
            points=suited.points,
            proposed_by=by,
            proposed_at=now,
        )
        PairSkill.objects.bulk_create(
            PairSkill(pair=pair, competency_id=one, level=wanted[suited.learner_id, one])
            for one in suited.competency_ids
        )
        made.append(pair)
    shown = sorted({pair.learner_id for pair in made} | {pair.mentor_id for pair in made})
    log_skills_views(viewer=by, subject_ids=shown, what="mentoring")
    return made


@transaction.atomic
def answer_pair(*, pair: MentorPair, employee: Employee, agrees: bool | None) -> MentorPair:
    """Agree, decline, or take back what one said (None).

    Raises:
        NotVisible: the person is not of the pair.
        MentoringRefused: `ended`; `begun` sessions were held: end it instead.
    """
    row = _held(pair, employee)
    if agrees is not True and row.sessions.exists():
        raise MentoringRefused("begun", _("Sessions were held already. End the mentoring instead."))
    if employee.pk == row.learner_id:
        row.learner_agrees = agrees
    else:
        row.mentor_agrees = agrees
    row.save(update_fields=["learner_agrees", "mentor_agrees"])
    return row


@transaction.atomic
def log_session(
    *,
    pair: MentorPair,
    employee: Employee,
    competency: str,
    held_on: date,
    minutes: int,
    text: str,
    level: int,
) -> MentorSession:
    """Write down a session; the other side confirms it.

    Args:
        competency: key of a skill that the pair is about.
        level: what the learner showed.

    Raises:
        NotVisible: the person is not of the pair.
        MentoringRefused: `ended`, `not_agreed`, `not_about` another skill, `level` above what the
            pair is about, `future`, `empty` nothing said.
    """
    row = _held(pair, employee)
    if row.state != State.AGREED:
        raise MentoringRefused("not_agreed", _("Both sides must have agreed first."))
    skill = row.skills.filter(competency__key=competency).first()
    if skill is None:
        raise MentoringRefused(
            "not_about", _("The mentoring is not about this skill."), place="competency"
        )
    if not 1 <= level <= skill.level:
        raise MentoringRefused(
            "level",
            _("The mentoring goes up to level %(level)d.") % {"level": skill.level},
            place="level",
        )
    if held_on > office_today():
        raise MentoringRefused("future", _("The day has not come yet."), place="held_on")
    if not text.strip():
        raise MentoringRefused("empty", _("Say what was done."), place="text")
    return MentorSession.objects.create(
        pair=row,
        skill=skill,
        held_on=held_on,
        minutes=minutes,
        text=text.strip(),
        level=level,
        logged_by=employee,
        logged_at=timezone.now(),
    )


@transaction.atomic
def confirm_session(*, session: MentorSession, employee: Employee) -> MentorSession:
    """The other side says that it was so: now it is evidence of both.

    The learner showed the level written down, the mentor that of the skill taught.

    Raises:
        NotVisible: the person is not of the pair.
        MentoringRefused: `own` whoever wrote it down; `confirmed` already.
    """
    row = (
        MentorSession.objects.select_for_update().select_related("pair", "skill").get(pk=session.pk)
    )
    _require_side(row.pair, employee)
    if row.logged_by_id == employee.pk:
        raise MentoringRefused("own", _("The other side confirms it."))
    if row.confirmed_at is not None:
        raise MentoringRefused("confirmed", _("It has been confirmed already."))
    row.confirmed_at = timezone.now()
    row.save(update_fields=["confirmed_at"])
    for employee_id, level in (
        (row.pair.learner_id, row.level),
        (row.pair.mentor_id, row.skill.level),
    ):
        Assessment.objects.create(
            employee_id=employee_id,
            competency_id=row.skill.competency_id,
            level=level,
            kind=Assessment.Kind.MENTORING,
            assurance=ASSURANCES[Assessment.Kind.MENTORING],
            assessor_id=employee.user_id,
            assessed_at=row.confirmed_at,
            note=str(row.uuid),
        )
    return row


@transaction.atomic
def withdraw_session(*, session: MentorSession, employee: Employee) -> None:
    """Take back what one wrote down, as long as nobody confirmed it.

    Raises:
        NotVisible: somebody else wrote it down.
        MentoringRefused: `confirmed` it is evidence.
    """
    row = MentorSession.objects.select_for_update().get(pk=session.pk)
    if row.logged_by_id != employee.pk:
        raise NotVisible(_("No such mentoring session."))
    if row.confirmed_at is not None:
        raise MentoringRefused("confirmed", _("It has been confirmed already."))
    row.delete()


@transaction.atomic
def end_pair(*, pair: MentorPair, employee: Employee, reason: str = "") -> MentorPair:
    """Either side may end it; sessions that wait for the other side can still be confirmed.

    Raises:
        NotVisible: the person is not of the pair.
        MentoringRefused: `ended` already.
    """
    row = _held(pair, employee)
    row.ended_at, row.ended_by, row.end_reason = timezone.now(), employee, reason.strip()
    row.save(update_fields=["ended_at", "ended_by", "end_reason"])
    return row


def _held(pair: MentorPair, employee: Employee) -> MentorPair:
    row = MentorPair.objects.select_for_update().get(pk=pair.pk)
    _require_side(row, employee)
    if row.ended_at is not None:
        raise MentoringRefused("ended", _("The mentoring has ended."))
    return row


def _require_side(pair: MentorPair, employee: Employee) -> None:
    if employee.pk not in (pair.learner_id, pair.mentor_id):
        raise NotVisible(_("No such pair."))
