"""Why a project suits a person, need by need: the facts and the words, for every reader the same.

Pure: what is named is looked up by whoever asks. The words are made here and nowhere else, so the
person, the head of the section and HR read the very same ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Course
from skills_matrix.assessments.models import Assessment
from skills_matrix.competencies.models import Assurance, Competency
from skills_matrix.reports.cell import raised_otherwise


@dataclass(frozen=True)
class Shown:
    """The evidence that makes the level. `course` None = it is a judgement."""

    title: str
    course: Course | None
    achieved_at: datetime
    assurance: Assurance


@dataclass(frozen=True)
class Reason:
    """One need of the project against the person. `status` is met, one_short or lacking.

    Of a need that is not met: `closing_course` meets it; `mentors` = how many could teach it;
    `ways` says these, or else what would raise the level, in words; `score_if_met` is the score
    if this need alone were met. `evidence` None = never assessed.
    """

    competency: Competency
    needed: int
    level: int | None
    is_must: bool
    status: str
    evidence: Shown | None
    closing_course: Course | None
    mentors: int
    score_if_met: float | None
    text: str
    evidence_text: str
    ways: list[str]
    change_text: str


@dataclass(frozen=True)
class Named:
    """What reasons speak of, by id; `cells` the person's by competency, `gains` by need."""

    competencies: Mapping[int, Competency]
    courses: Mapping[int, Course]
    cells: Mapping[int, Any]
    mentors: Mapping[tuple[int, int], int]
    gains: Mapping[int, float]
    minimum_assurance: int


def reason_of(row: Any, *, score: float, named: Named) -> Reason:
    """One row of the frame `reasons`, told; `score` is its project's as it is now."""
    competency = named.competencies[row.competency_id]
    course = named.courses.get(row.closing_course_id)
    evidence = _shown(named.cells.get(row.competency_id), named.courses)
    is_met = row.status == "met"
    mentors = 0 if is_met else named.mentors.get((row.competency_id, row.needed), 0)
    gained = named.gains.get(row.need_id)
    return Reason(
        competency=competency,
        needed=row.needed,
        level=row.level,
        is_must=row.must,
        status=row.status,
        evidence=evidence,
        closing_course=course,
        mentors=mentors,
        score_if_met=gained,
        text=_standing(row, competency),
        evidence_text=_evidence(evidence),
        ways=[] if is_met else _ways(row, course, mentors, named.minimum_assurance),
        change_text="" if gained is None else _change(score, gained),
    )


def _shown(cell: Any, courses: Mapping[int, Course]) -> Shown | None:
    if cell is None or cell.level is None:
        return None
    course = None if cell.course_id is None else courses[cell.course_id]
    return Shown(
        title=course.title if course else str(Assessment.Kind(cell.kind).label),
        course=course,
        achieved_at=cell.achieved_at,
        assurance=Assurance(cell.assurance),
    )


def _standing(row: Any, competency: Competency) -> str:
    words = {"skill": competency.title, "needed": row.needed, "level": row.level}
    if row.status == "one_short":
        return _("%(skill)s: level %(needed)s is needed, one level is missing.") % words
    if row.level is None:
        return _("%(skill)s: level %(needed)s is needed, not assessed yet.") % words
    return _("%(skill)s: level %(needed)s is needed, the present level is %(level)s.") % words


def _evidence(evidence: Shown | None) -> str:
    if evidence is None:
        return ""
    words = {
        "title": evidence.title,
        "day": date_format(localtime(evidence.achieved_at), "DATE_FORMAT"),
    }
    if evidence.course is not None:
        return _("Shown by finishing the course “%(title)s” on %(day)s.") % words
    return _("Shown by: %(title)s, %(day)s.") % words


def _ways(row: Any, course: Course | None, mentors: int, minimum_assurance: int) -> list[str]:
    """What closes the gap: the course with its length, a mentor, or else the task that shows it."""
    ways = []
    if course is not None:
        ways.append(
            _("The course “%(course)s” (about %(length)s) closes the gap.")
            % {"course": course.title, "length": length_of(course)}
        )
    if mentors:
        ways.append(
            ngettext(
                "%(count)d mentor who holds this level has room for a learner.",
                "%(count)d mentors who hold this level have room for a learner.",
                mentors,
            )
            % {"count": mentors}
        )
    if course is None and (otherwise := raised_otherwise(row.level, minimum_assurance)):
        ways.append(otherwise)
    return ways


def length_of(course: Course) -> str:
    """In hours and minutes."""
    hours, minutes = divmod(int(course.duration.total_seconds() // 60), 60)
    words = {"hours": hours, "minutes": minutes}
    if hours and minutes:
        return _("%(hours)d h %(minutes)d min") % words
    return (_("%(hours)d h") if hours else _("%(minutes)d min")) % words


def _change(score: float, gained: float) -> str:
    before, after = percent(score), percent(gained)
    if before == after:
        return _("With it the score would still be about %(after)d %%.") % {"after": after}
    return _("With it the score would rise from %(before)d %% to %(after)d %%.") % {
        "before": before,
        "after": after,
    }


def percent(fraction: float) -> int:
    """As the client rounds it: half up."""
    return int(fraction * 100 + 0.5)
