"""One cell, explained: the same engine on one person and one competency."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import Activity, Course
from lms.enrolment.selectors import courses_open_to
from lms.people.calendar import office_today
from lms.people.models import Employee
from lms.people.selectors import employee_of
from lms.progress.models import ActivityProgress
from skills_matrix.access import employees_with_skills_visible_to
from skills_matrix.assessments.models import Assessment
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.campaigns.selectors import hidden_targets_of
from skills_matrix.chain import rule_asked_for
from skills_matrix.competencies.models import Assurance, Award, Competency, Target
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.engine import explain
from skills_matrix.engine.columns import LEVEL_MAX
from skills_matrix.exceptions import NotVisible
from skills_matrix.frames import course_access_frame, courses_frame, office_day, read_frames
from skills_matrix.reports.values import rows_of

RULE_TEXTS = {
    "highest_valid": (
        gettext_lazy("Highest valid evidence"),
        gettext_lazy(
            "The level is the highest shown by evidence that is valid on the day and at least as"
            " sure as asked for. Self-assessments are shown beside it and never raise it."
        ),
    ),
}


@dataclass(frozen=True)
class ActivityScore:
    """How the person did in one graded activity of the course behind the evidence."""

    title: str
    best_score: float | None
    pass_mark: float | None
    done_at: datetime | None


@dataclass(frozen=True)
class EvidenceRow:
    """One piece of evidence, whether it counts, and a sentence that says why.

    `earlier`: the competency of an earlier framework that it was about, if it counts by a mapping.
    `assessor`: who judged, where somebody is known to have. `renewed_at`: the last project work
    that renewed it. `freshness`: 1 = new or ageless.
    """

    level: int
    kind: str
    kind_title: str
    title: str
    course: Course | None
    award: Award | None
    achieved_at: datetime
    expires_at: datetime | None
    assurance: Assurance
    assessor: str
    earlier: Competency | None
    renewed_at: datetime | None
    freshness: float
    is_valid: bool
    is_winning: bool
    why: str
    scores: list[ActivityScore]


@dataclass(frozen=True)
class TargetRow:
    """A target in force for the competency; `applies` = the one the person is held to."""

    target: Target
    applies: bool


@dataclass(frozen=True)
class RaisingCourse:
    course: Course
    level: int


@dataclass(frozen=True)
class CellReport:
    """Everything behind one cell. `level` None = never assessed.

    `assurance`, `freshness` and `renewed_at` are those of the winning evidence. `rule_since` None
    = by the settings. `raise_otherwise`: what would raise the level where no course does.
    """

    as_of: datetime
    employee: Employee
    competency: Competency
    level: int | None
    self_level: int | None
    target: int | None
    gap: int | None
    since: datetime | None
    expires_at: datetime | None
    assurance: Assurance | None
    freshness: float | None
    renewed_at: datetime | None
    rule: str
    rule_title: str
    rule_text: str
    rule_since: date | None
    minimum_assurance: Assurance
    targets: list[TargetRow]
    evidence: list[EvidenceRow]
    raise_by: list[RaisingCourse]
    raise_otherwise: str


def explain_cell(
    *,
    viewer: Any,
    staff_number: str,
    competency_key: str,
    as_of: datetime,
    minimum_assurance: int | None = None,
) -> CellReport:
    """Why a cell says what it says. A look at somebody else is logged.

    Raises:
        NotVisible: no such person or competency, or not for this viewer; it does not say which.
    """
    employee = employees_with_skills_visible_to(viewer).filter(staff_number=staff_number).first()
    competency = competencies_held(office_day(as_of)).filter(key=competency_key).first()
    if employee is None or competency is None:
        raise NotVisible(_("No such cell."))
    frames = read_frames(
        employees=Employee.objects.filter(pk=employee.pk),
        competencies=Competency.objects.filter(pk=competency.pk),
        as_of=as_of,
    )
    rule = rule_asked_for(as_of, minimum_assurance)
    open_courses = list(courses_open_to(employee, office_day(as_of)))
    found = explain.explain_cell(
        employee_id=employee.pk,
        competency_id=competency.pk,
        people=frames.people,
        person_roles=frames.person_roles,
        completions=frames.completions,
        awards=frames.awards,
        assessments=frames.assessments,
        mappings=frames.mappings,
        ageing=frames.ageing,
        targets=frames.targets,
        courses=courses_frame(open_courses),
        course_access=course_access_frame(employee, open_courses),
        as_of=as_of,
        minimum_assurance=rule.minimum_assurance,
        rule=rule.name,
        floor=rule.floor,
    )
    cell = next(rows_of(found.cell), None)
    is_hidden = employee == employee_of(viewer) and competency.pk in hidden_targets_of(
        employee, office_today()
    )
    if is_hidden and cell is not None:
        cell.target = cell.gap = None
    title, text = RULE_TEXTS[found.rule]
    log_skills_views(viewer=viewer, subject_ids=[employee.pk], what=f"cell:{competency.key}")
    by_id = {course.pk: course for course in open_courses}
    raise_by = [
        RaisingCourse(course=by_id[row.course_id], level=row.level)
        for row in _one_per_course(found.raising_courses)
    ]
    held = cell if cell is not None and cell.level is not None else None
    return CellReport(
        as_of=as_of,
        employee=employee,
        competency=competency,
        level=cell.level if cell else None,
        self_level=cell.self_level if cell else None,
        target=cell.target if cell else None,
        gap=cell.gap if cell else None,
        since=cell.since if cell else None,
        expires_at=cell.expires_at if cell else None,
        assurance=Assurance(held.assurance) if held else None,
        freshness=held.freshness if held else None,
        renewed_at=_renewed_at(held) if held else None,
        rule=found.rule,
        rule_title=str(title),
        rule_text=str(text),
        rule_since=rule.since,
        minimum_assurance=Assurance(found.minimum_assurance),
        targets=[] if is_hidden else _targets(found, cell),
        evidence=_evidence(employee, competency, found, cell),
        raise_by=raise_by,
        raise_otherwise=(
            ""
            if raise_by
            else raised_otherwise(cell.level if cell else None, found.minimum_assurance)
        ),
    )


def raised_otherwise(level: int | None, minimum_assurance: int) -> str:
    """Who or what could show a higher level, in one sentence; empty = there is none higher."""
    if level == LEVEL_MAX:
        return ""
    if minimum_assurance > Assurance.SUPERVISOR:
        return _("Project work that shows a higher level raises it.")
    return _("A supervisor who judges the level to be higher raises it.")


def _renewed_at(row: Any) -> datetime | None:
    """The last use, where it is later than the achievement."""
    moment: datetime | None = row.used_at
    return moment if moment is not None and moment > row.achieved_at else None


def _one_per_course(raising: Any) -> list[Any]:
    """A course that closes several levels is named once, with the highest it reaches."""
    best: dict[int, Any] = {}
    for row in rows_of(raising):
        if row.course_id not in best or best[row.course_id].level < row.level:
            best[row.course_id] = row
    return list(best.values())


def _targets(found: explain.CellExplanation, cell: Any) -> list[TargetRow]:
    applicable = [row.target_id for row in rows_of(found.targets)]
    rows = Target.objects.select_related("tier", "role").in_bulk(applicable)
    chosen = cell.target_id if cell else None
    return [TargetRow(target=rows[pk], applies=pk == chosen) for pk in applicable]


def _evidence(
    employee: Employee, competency: Competency, found: explain.CellExplanation, cell: Any
) -> list[EvidenceRow]:
    pieces = list(rows_of(found.evidence))
    rows: dict[tuple[str, int], Any] = {
        (source, row.pk): row
        for source, model, also in (
            ("course", Award, ("competency__framework",)),
            ("assessment", Assessment, ("competency__framework", "assessor__employee")),
        )
        for row in model._default_manager.filter(
            pk__in=[piece.source_id for piece in pieces if piece.source == source]
        ).select_related(*also)
    }
    courses = Course.objects.in_bulk([row.course_id for row in pieces if row.course_id])
    scores = _scores(employee, courses)
    return [
        EvidenceRow(
            level=row.level,
            kind=row.kind,
            kind_title=_("course") if row.source == "course" else _kind_title(row.kind),
            title=courses[row.course_id].title if row.course_id else _kind_title(row.kind),
            course=courses.get(row.course_id),
            award=rows[row.source, row.source_id] if row.source == "course" else None,
            achieved_at=row.achieved_at,
            expires_at=row.expires_at,
            assurance=Assurance(row.assurance),
            assessor=_assessor(rows[row.source, row.source_id]),
            earlier=_earlier(rows[row.source, row.source_id], competency),
            renewed_at=_renewed_at(row),
            freshness=row.freshness,
            is_valid=row.is_valid,
            is_winning=_is_winning(row, cell),
            why=_why(row, _is_winning(row, cell), found.minimum_assurance),
            scores=scores.get(row.course_id, []),
        )
        for row in pieces
    ]


def _earlier(row: Award | Assessment, competency: Competency) -> Competency | None:
    """What the evidence was about, when that is another competency than the cell's."""
    return None if row.competency_id == competency.pk else row.competency


def _assessor(row: Award | Assessment) -> str:
    """The name of whoever judged; empty = nobody did, or the account is gone."""
    user = getattr(row, "assessor", None)
    if user is None:
        return ""
    employee = getattr(user, "employee", None)
    return str(employee.name if employee else user.get_full_name() or user.get_username())


def _kind_title(kind: str) -> str:
    return str(Assessment.Kind(kind).label)


def _is_winning(row: Any, cell: Any) -> bool:
    return (
        cell is not None
        and cell.level is not None
        and bool(row.counts)
        and (row.source, row.source_id, row.achieved_at)
        == (cell.source, cell.source_id, cell.achieved_at)
    )


def _why(row: Any, is_winning: bool, minimum_assurance: int) -> str:
    """Why a piece of evidence counts or not, in one sentence."""
    if row.kind == "self":
        return _("A self-assessment is shown beside the level and never raises it.")
    if row.state == "expired":
        return _("It expired on %(day)s.") % {"day": _day(row.expires_at)}
    if row.state == "withdrawn":
        return _("The rule that gave this level for the course is no longer in force.")
    if row.state == "superseded":
        return _("A newer judgement of the same kind took its place.")
    if row.assurance < minimum_assurance:
        return _("It is less sure than the office asks for.")
    if is_winning:
        return _("It counts, and is the highest valid evidence: it makes the level.")
    return _("It is valid, but other evidence shows this level or a higher one.")


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "DATE_FORMAT")


def _scores(employee: Employee, courses: dict[int, Course]) -> dict[int, list[ActivityScore]]:
    """Graded activities of the courses with how the person did. Two queries."""
    progress = {
        row.activity_id: row
        for row in ActivityProgress.objects.filter(employee=employee, activity__course__in=courses)
    }
    scores: dict[int, list[ActivityScore]] = defaultdict(list)
    for activity in Activity.objects.filter(course__in=courses, pass_mark__isnull=False):
        row = progress.get(activity.pk)
        scores[activity.course_id].append(
            ActivityScore(
                title=activity.title,
                best_score=row.best_score if row else None,
                pass_mark=activity.pass_mark,
                done_at=row.done_at if row else None,
            )
        )
    return scores
