"""Writing what a course awards."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from courses.models import Course
from skills_matrix.competencies.models import Award
from skills_matrix.exceptions import AwardsRefused

AWARDS_SET = "lms_skills.awards_set"
FIELDS = ("level", "valid_for_days", "assurance", "effective_until")

Key = tuple[int, date]


def _key(award: Award) -> Key:
    return award.competency_id, award.effective_from


@transaction.atomic
def set_awards(*, course: Course, awards: Sequence[Award], by: Any) -> None:
    """Make these the course's awards. They count at once, for earlier completions too.

    An award for a competency from a day that has one keeps its row.

    Args:
        awards: not saved; their course is set here.
        by: the account that answers for it.

    Raises:
        AwardsRefused: `repeated` two awards of one competency from one day; `ends_too_early`;
            `group` the competency is a heading that nobody holds.
    """
    Course.objects.select_for_update().get(pk=course.pk)
    saved = {_key(award): award for award in course.awards.all()}
    wanted: dict[Key, Award] = {}
    for number, award in enumerate(awards, start=1):
        fault = _fault(award, wanted)
        if fault:
            raise AwardsRefused(fault, place=str(number))
        wanted[_key(award)] = award
    before = _described(saved.values())
    for key in saved.keys() - wanted.keys():
        saved[key].delete()
    for key, award in wanted.items():
        row = saved.get(key, award)
        row.course = course
        for field in FIELDS:
            setattr(row, field, getattr(award, field))
        row.save()
    after = _described(wanted.values())
    if before != after:
        log(instance=course, action=AWARDS_SET, user=by, data={"before": before, "after": after})


def _fault(award: Award, others: dict[Key, Award]) -> str:
    """A key of `AWARD_REASONS`; empty = none."""
    if _key(award) in others:
        return "repeated"
    if award.effective_until is not None and award.effective_until <= award.effective_from:
        return "ends_too_early"
    return "group" if award.competency.is_group else ""


def _described(awards: Iterable[Award]) -> list[dict[str, Any]]:
    """For the log, which outlives competencies: by key."""
    return sorted(
        (
            {
                "competency": award.competency.key,
                "from": award.effective_from.isoformat(),
                "until": award.effective_until.isoformat() if award.effective_until else "",
                "level": award.level,
                "valid_for_days": award.valid_for_days,
                "assurance": int(award.assurance),
            }
            for award in awards
        ),
        key=lambda row: (row["competency"], row["from"]),
    )
