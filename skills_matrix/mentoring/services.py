"""The way of a pair: proposed, agreed or declined, sessions held and confirmed, ended."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.notices.models import Notice
from lms.notices.services import settle_topic, withdraw_topic
from lms.people.calendar import office_today
from lms.people.models import Employee
from skills_matrix.assessments.models import ASSURANCES, Assessment
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.engine.mentors import MentorPair as Suited
from skills_matrix.engine.mentors import MentorRules
from skills_matrix.exceptions import MentoringRefused, NotVisible
from skills_matrix.mentoring.models import (
    USUAL_HOURS,
    LearningWish,
    MentorOffer,
    MentorPair,
    MentorSession,
    PairSkill,
)
from skills_matrix.mentoring.notices import ENDED, settle_answered, tell_side
from skills_matrix.mentoring.selectors import pairs_that_suit
from skills_matrix.projects.access import require_run_projects

State = MentorPair.State
# Staff numbers of learner and mentor.
Sides = tuple[str, str]


@transaction.atomic
def set_mentoring(
    *,
    employee: Employee,
    learners: int,
    wishes: Mapping[str, int],
    on: date,
    hours_per_month: int = USUAL_HOURS,
    teaches: Collection[str] = (),
) -> None:
    """Say how many learners one would take (0 = none) and what one wants to learn.

    Args:
        wishes: level by key of the competency; what is left out is no longer wished for.
        teaches: keys of the skills one would teach; none = whatever one holds.

    Raises:
        MentoringRefused: `unknown_competency`.
    """
    keys = {*wishes, *teaches}
    known = {row.key: row for row in competencies_held(on).filter(key__in=keys)}
    if missing := sorted(keys - known.keys()):
        place = "wishes" if missing[0] in wishes else "teaches"
        raise MentoringRefused(
            "unknown_competency",
            _("There is no competency %(key)s.") % {"key": missing[0]},
            place=f"{place}.{missing[0]}",
        )
    if learners:
        said = {"learners": learners, "hours_per_month": hours_per_month}
        offer, _is_new = MentorOffer.objects.update_or_create(
            employee=employee,
            defaults=said,
            create_defaults=said | {"offered_at": timezone.now()},
        )
        offer.skills.set([known[key] for key in teaches])
    else:
        MentorOffer.objects.filter(employee=employee).delete()
    wished = [known[key] for key in wishes]
    LearningWish.objects.filter(employee=employee).exclude(competency__in=wished).delete()
    for key, level in wishes.items():
        LearningWish.objects.update_or_create(
            employee=employee, competency=known[key], defaults={"level": level}
        )


@transaction.atomic
def propose_pairs(
    *, by: Any, rules: MentorRules | None = None, only: Iterable[Sides] | None = None
) -> list[MentorPair]:
    """Make the best pairs there can be now, for both sides to agree to.

    Args:
        only: of these the ones named; None = all.

    Raises:
        PermissionDenied: the account may not run projects.
        MentoringRefused: `stale` somebody would not be paired like this any more.
    """
    require_run_projects(by)
    hold_offers()
    found = pairs_that_suit(as_of=timezone.now(), rules=rules)
    chosen = found.pairs if only is None else _only(found.pairs, set(only))
    return make_pairs(chosen, wanted=found.wanted, by=by)


def hold_offers() -> None:
    """So that a mentor's room is not given away twice at the same time."""
    list(MentorOffer.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def make_pairs(
    suited: Iterable[Suited], *, wanted: Mapping[tuple[int, int], int], by: Any
) -> list[MentorPair]:
    """Write them down, and ask both sides of each; in the caller's transaction.

    Args:
        wanted: level by (employee_id, competency_id) of the learner.
    """
    made = []
    for one in suited:
        pair = MentorPair.objects.create(
            learner_id=one.learner_id,
            mentor_id=one.mentor_id,
            points=one.points,
            proposed_by=by,
            proposed_at=timezone.now(),
        )
        PairSkill.objects.bulk_create(
            PairSkill(pair=pair, competency_id=what, level=wanted[one.learner_id, what])
            for what in one.competency_ids
        )
        made.append(pair)
    shown = sorted({pair.learner_id for pair in made} | {pair.mentor_id for pair in made})
    log_skills_views(viewer=by, subject_ids=shown, what="mentoring")
    for pair in made:
        for own, other in (
            (pair.learner_id, pair.mentor_id),
            (pair.mentor_id, pair.learner_id),
        ):
            tell_side(Notice.Kind.MENTOR_PAIR, pair, str(pair.uuid), to=own, about=other, by=by)
    return made


def _only(pairs: Iterable[Suited], only: set[Sides]) -> list[Suited]:
    found = list(pairs)
    ids = {one for pair in found for one in (pair.learner_id, pair.mentor_id)}
    numbers = dict(Employee.objects.filter(pk__in=ids).values_list("pk", "staff_number"))
    by_sides = {(numbers[one.learner_id], numbers[one.mentor_id]): one for one in found}
    if only - by_sides.keys():
        raise MentoringRefused(
            "stale", _("The proposals have changed since. Look at them again."), place="pairs"
        )
    return [pair for sides, pair in by_sides.items() if sides in only]


def _other(pair: MentorPair, employee: Employee) -> int:
    return pair.mentor_id if employee.pk == pair.learner_id else pair.learner_id


@transaction.atomic
def answer_pair(
    *, pair: MentorPair, employee: Employee, agrees: bool | None, reason: str = ""
) -> MentorPair:
    """Agree, decline, or take back what one said (None).

    Args:
        reason: why one declines; both sides and the DX office read it.

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
    if agrees is False:
        row.decline_reason = reason.strip()
    elif row.state != State.DECLINED:
        row.decline_reason = ""
    row.save(update_fields=["learner_agrees", "mentor_agrees", "decline_reason"])
    settle_answered(row)
    if agrees is not None:
        other = _other(row, employee)
        tell_side(Notice.Kind.MENTOR_ANSWER, row, str(row.uuid), to=other, about=employee.pk)
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
    session = MentorSession.objects.create(
        pair=row,
        skill=skill,
        held_on=held_on,
        minutes=minutes,
        text=text.strip(),
        level=level,
        logged_by=employee,
        logged_at=timezone.now(),
    )
    tell_side(
        Notice.Kind.MENTOR_SESSION,
        row,
        str(session.uuid),
        to=_other(row, employee),
        about=employee.pk,
    )
    return session


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
    settle_topic(kind=Notice.Kind.MENTOR_SESSION, topic=str(row.uuid), recipients=[employee.pk])
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
    row = MentorSession.objects.select_for_update().select_related("pair").get(pk=session.pk)
    if row.logged_by_id != employee.pk:
        raise NotVisible(_("No such mentoring session."))
    if row.confirmed_at is not None:
        raise MentoringRefused("confirmed", _("It has been confirmed already."))
    withdraw_topic(
        kind=Notice.Kind.MENTOR_SESSION,
        topic=str(row.uuid),
        recipients=[row.pair.learner_id, row.pair.mentor_id],
    )
    row.delete()


@transaction.atomic
def end_pair(*, pair: MentorPair, employee: Employee, reason: str = "") -> MentorPair:
    """Either side may end it, and the other is told; sessions that wait can still be confirmed.

    Raises:
        NotVisible: the person is not of the pair.
        MentoringRefused: `ended` already.
    """
    row = _held(pair, employee)
    row.ended_at, row.ended_by, row.end_reason = timezone.now(), employee, reason.strip()
    row.save(update_fields=["ended_at", "ended_by", "end_reason"])
    settle_answered(row)
    tell_side(ENDED, row, str(row.uuid), to=_other(row, employee), about=employee.pk)
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
