"""Frameworks, competencies, targets, awards, judgements, projects and their needs."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from courses.models import Course
from lms.people.models import Department, Employee, JobTier, Role
from skills_matrix.assessments.models import Assessment
from skills_matrix.competencies.models import (
    AgeingRule,
    Assurance,
    Award,
    Competency,
    Framework,
    LevelDescriptor,
    Target,
)
from skills_matrix.processes.models import BusinessProcess, ProcessNeed
from skills_matrix.projects.models import Project, ProjectNeed

LONG_AGO = date(2020, 4, 1)

_numbers = count(1)


def make_framework(key: str = "", *, title: str = "", version: str = "1.0") -> Framework:
    key = key or f"F{next(_numbers)}"
    return Framework.objects.create(key=key, title_ja=title or f"体系{key}", version=version)


def make_competency(
    key: str = "",
    *,
    title: str = "",
    framework: Framework | None = None,
    parent: Competency | None = None,
    is_group: bool = False,
) -> Competency:
    number = next(_numbers)
    key = key or f"K{number}"
    if framework is None:
        framework = parent.framework if parent else make_framework()
    return Competency.objects.create(
        key=key,
        title_ja=title or f"スキル{key}",
        framework=framework,
        parent=parent,
        is_group=is_group,
        position=number,
    )


def make_scale() -> list[LevelDescriptor]:
    """The common scale, 0 to 4."""
    return [
        LevelDescriptor.objects.create(level=level, title_ja=title, text_ja=f"{title}の段階")
        for level, title in enumerate(
            ["未習得", "知っている", "支援があればできる", "できる", "教えられる"]
        )
    ]


def make_target(
    competency: Competency,
    level: int,
    *,
    tier: JobTier | None = None,
    role: Role | None = None,
    effective_from: date = LONG_AGO,
    effective_until: date | None = None,
) -> Target:
    """A level asked for since 2020; neither tier nor role = asked of everybody."""
    return Target.objects.create(
        competency=competency,
        tier=tier,
        role=role,
        level=level,
        effective_from=effective_from,
        effective_until=effective_until,
    )


def make_award(
    course: Course,
    competency: Competency,
    level: int = 1,
    *,
    valid_for_days: int | None = None,
    effective_from: date = LONG_AGO,
    effective_until: date | None = None,
    assurance: int = Assurance.BROWSER_QUIZ,
) -> Award:
    return Award.objects.create(
        course=course,
        competency=competency,
        level=level,
        valid_for_days=valid_for_days,
        effective_from=effective_from,
        effective_until=effective_until,
        assurance=assurance,
    )


def make_assessment(
    employee: Employee,
    competency: Competency,
    level: int,
    *,
    kind: str = Assessment.Kind.SUPERVISOR,
    assurance: int = Assurance.SUPERVISOR,
    assessed_at: datetime | None = None,
    valid_until: datetime | None = None,
    assessor: Any = None,
) -> Assessment:
    return Assessment.objects.create(
        employee=employee,
        competency=competency,
        level=level,
        kind=kind,
        assurance=assurance,
        assessed_at=assessed_at or timezone.now(),
        valid_until=valid_until,
        assessor=assessor,
    )


def make_process(
    key: str = "",
    *,
    department: Department,
    title: str = "",
    needs: Mapping[Competency, tuple[int, int]] | None = None,
    effective_from: date = LONG_AGO,
    effective_until: date | None = None,
) -> BusinessProcess:
    """A business process; `needs` competency -> level and headcount."""
    key = key or f"B{next(_numbers)}"
    process = BusinessProcess.objects.create(
        key=key,
        title_ja=title or f"業務{key}",
        department=department,
        effective_from=effective_from,
        effective_until=effective_until,
    )
    for competency, (level, headcount) in (needs or {}).items():
        ProcessNeed.objects.create(
            process=process, competency=competency, level=level, headcount=headcount
        )
    return process


def make_ageing_rule(
    competency: Competency,
    days: int,
    *,
    kind: str = AgeingRule.Kind.VALIDITY,
    effective_from: date = LONG_AGO,
) -> AgeingRule:
    return AgeingRule.objects.create(
        competency=competency, kind=kind, days=days, effective_from=effective_from
    )


def make_project(
    key: str = "",
    *,
    title: str = "",
    measure: str = "M01",
    status: str = Project.Status.TEMPLATE,
    effort: str = Project.Effort.SMALL,
    lead_role: Role | None = None,
    before: Decimal | int | None = None,
    after: Decimal | int | None = None,
    total: Decimal | int | None = None,
    needs: Mapping[Competency, int] | None = None,
) -> Project:
    """A project; `needs` competency -> level, each a must. Hours saved are its baseline."""
    key = key or f"P{next(_numbers)}"
    project = Project.objects.create(
        key=key,
        title_ja=title or f"事業{key}",
        measure=measure,
        status=status,
        effort=effort,
        lead_role=lead_role,
        summary_ja=f"{key}の概要",
        metric_ja="年間作業時間",
        unit_ja="時間",
        baseline_before=before,
        baseline_after=after,
        baseline_total=total,
    )
    for competency, level in (needs or {}).items():
        make_need(project, competency, level)
    return project


def make_need(
    project: Project, competency: Competency, level: int = 1, *, is_must: bool = True
) -> ProjectNeed:
    return ProjectNeed.objects.create(
        project=project, competency=competency, level=level, is_must=is_must
    )
