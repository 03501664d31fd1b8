"""What the ledger, the team and the steps of a project look like."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import LevelField, UtcDateTimeField
from api.v1.outputs import CourseLink, Titled
from skills_matrix.engine.columns import EVIDENCE_KINDS
from skills_matrix.projects.ledger_models import BenefitFigure
from skills_matrix.projects.models import Project, ProjectMember, ProjectStep
from skills_matrix.projects.steps import MISSING, TITLES, Available


class SavingOut(serializers.Serializer[Any]):
    """Hours a year. `rate` a fraction of the hours before; `yen` null = no rate is set."""

    phase = serializers.ChoiceField(BenefitFigure.Phase.choices)
    before = serializers.FloatField()
    after = serializers.FloatField()
    saved = serializers.FloatField()
    rate = serializers.FloatField(allow_null=True)
    yen = serializers.FloatField(allow_null=True)
    measured_on = serializers.DateField(allow_null=True)


class BenefitOut(serializers.Serializer[Any]):
    """What was expected and what was found, never mixed; null = not known."""

    forecast = SavingOut(allow_null=True)
    measured = SavingOut(allow_null=True)


class TotalOut(serializers.Serializer[Any]):
    """Sums of hours a year. `unpriced` projects are not in `yen`, which is null without any."""

    projects = serializers.IntegerField()
    before = serializers.FloatField()
    after = serializers.FloatField()
    saved = serializers.FloatField()
    rate = serializers.FloatField(allow_null=True)
    yen = serializers.FloatField(allow_null=True)
    unpriced = serializers.IntegerField()


class NextStepOut(serializers.Serializer[Any]):
    """A step I may take. `missing` says in words what must be there first; empty = ready."""

    to = serializers.ChoiceField(Project.Status.choices, source="step.target")
    step = serializers.CharField(source="step.key")
    title = serializers.CharField(source="step.title")
    needs_reason = serializers.BooleanField(source="step.needs_reason")
    missing = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_missing(self, row: Available) -> list[str]:
        return [str(MISSING[key]) for key in row.missing]


class StepOut(serializers.Serializer[Any]):
    """A step that was taken. `made_by` "" = by the system."""

    step = serializers.CharField()
    title = serializers.SerializerMethodField()
    from_status = serializers.ChoiceField(Project.Status.choices, source="source")
    to_status = serializers.ChoiceField(Project.Status.choices, source="target")
    reason = serializers.CharField(allow_blank=True)
    made_by = serializers.SerializerMethodField()
    made_at = UtcDateTimeField()
    is_undone = serializers.SerializerMethodField()

    def get_title(self, row: ProjectStep) -> str:
        return str(TITLES.get(row.step, row.step))

    def get_made_by(self, row: ProjectStep) -> str:
        return row.made_by.get_full_name() or row.made_by.get_username() if row.made_by else ""

    def get_is_undone(self, row: ProjectStep) -> bool:
        return hasattr(row, "undoing")


class FigureOut(serializers.Serializer[Any]):
    """A row of the ledger. `is_corrected`: a later row took its place.

    `measured_by` null = not said, or not for me.
    """

    phase = serializers.ChoiceField(BenefitFigure.Phase.choices)
    cases_per_year = serializers.FloatField()
    minutes_per_case = serializers.FloatField()
    hours_per_year = serializers.SerializerMethodField()
    people = serializers.IntegerField(allow_null=True)
    error_rate = serializers.FloatField(allow_null=True)
    tier = Titled(allow_null=True)
    measured_on = serializers.DateField(allow_null=True)
    measured_by = serializers.SerializerMethodField()
    how = serializers.CharField()
    recorded_at = UtcDateTimeField()
    is_corrected = serializers.SerializerMethodField()

    def get_hours_per_year(self, row: BenefitFigure) -> float:
        return float(row.work().hours)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_measured_by(self, row: BenefitFigure) -> str | None:
        is_told = self.context.get("names_people") and row.measured_by
        return row.measured_by.name if is_told and row.measured_by else None

    def get_is_corrected(self, row: BenefitFigure) -> bool:
        return hasattr(row, "correction")


class LedgerOut(serializers.Serializer[Any]):
    """The ledger as it was written, the oldest row first, and what follows from it.

    `may_record`: phases I may record.
    """

    benefit = BenefitOut()
    figures = FigureOut(many=True)
    may_record = serializers.ListField(child=serializers.ChoiceField(BenefitFigure.Phase.choices))


class ProjectMemberOut(serializers.Serializer[Any]):
    staff_number = serializers.CharField(source="employee.staff_number")
    name = serializers.CharField(source="employee.name")
    part = serializers.ChoiceField(ProjectMember.Part.choices)
    joined_on = serializers.DateField()
    left_on = serializers.DateField(allow_null=True)
    hours_per_week = serializers.IntegerField(allow_null=True)
    confirmed_at = UtcDateTimeField(allow_null=True)


class TeamOut(serializers.Serializer[Any]):
    """`members` null = not for me to know; `taken` of `places` do not count mentors."""

    places = serializers.IntegerField()
    taken = serializers.IntegerField()
    may_change = serializers.BooleanField()
    members = ProjectMemberOut(many=True, allow_null=True)


class LinkOut(serializers.Serializer[Any]):
    """A piece of evidence. `course` null = a judgement, whose `kind` says which."""

    competency = Titled()
    level = LevelField()
    kind = serializers.ChoiceField(EVIDENCE_KINDS)
    achieved_at = UtcDateTimeField()
    course = CourseLink(allow_null=True)
    holds = serializers.BooleanField()


class MemberLinksOut(serializers.Serializer[Any]):
    staff_number = serializers.CharField(source="member.employee.staff_number")
    name = serializers.CharField(source="member.employee.name")
    part = serializers.ChoiceField(ProjectMember.Part.choices, source="member.part")
    links = LinkOut(many=True)


class ChainOut(serializers.Serializer[Any]):
    """Courses → competencies → members → hours. `unnamed`: members whose skills I may not see."""

    project = Titled()
    members = MemberLinksOut(many=True)
    unnamed = serializers.IntegerField()
    courses = serializers.IntegerField()
    competencies = serializers.IntegerField()
    benefit = BenefitOut()


class ChainYearOut(serializers.Serializer[Any]):
    """The projects measured in a fiscal year; null = too few people to be told."""

    fiscal_year = serializers.IntegerField()
    people = serializers.IntegerField(allow_null=True)
    courses = serializers.IntegerField(allow_null=True)
    competencies = serializers.IntegerField(allow_null=True)
    total = TotalOut()


class ChainYearsOut(serializers.Serializer[Any]):
    years = ChainYearOut(many=True)


class MeasureTotal(serializers.Serializer[Any]):
    """Null = of no project. The two are never added up."""

    measure = serializers.CharField()
    measured = TotalOut(allow_null=True)
    forecast = TotalOut(allow_null=True)


class DepartmentTotal(serializers.Serializer[Any]):
    """`department` null = the projects of no one department."""

    department = Titled(allow_null=True)
    measured = TotalOut(allow_null=True)
    forecast = TotalOut(allow_null=True)


class YearTotal(serializers.Serializer[Any]):
    fiscal_year = serializers.IntegerField()
    total = TotalOut()


class DueOut(serializers.Serializer[Any]):
    project = Titled()
    phase = serializers.ChoiceField(BenefitFigure.Phase.choices)
    due_on = serializers.DateField()


class BenefitsOut(serializers.Serializer[Any]):
    """`by_year` shows what was measured in each year; years do not add up.

    `due`: what I am to see measured again.
    """

    measured = TotalOut(allow_null=True)
    forecast = TotalOut(allow_null=True)
    by_measure = MeasureTotal(many=True)
    by_department = DepartmentTotal(many=True)
    by_year = YearTotal(many=True)
    due = DueOut(many=True)


class EntryOut(serializers.Serializer[Any]):
    """A project's saving in a sum, with the two figures it follows from."""

    project = Titled()
    measure = serializers.CharField(source="project.measure")
    department = Titled(source="project.department", allow_null=True)
    saving = SavingOut()
    before = FigureOut()
    after = FigureOut()


class CountedCourseOut(serializers.Serializer[Any]):
    """`people` null = too few to be told."""

    course = CourseLink()
    people = serializers.IntegerField(allow_null=True)


class CountedCompetencyOut(serializers.Serializer[Any]):
    """`people` null = too few to be told."""

    competency = Titled()
    people = serializers.IntegerField(allow_null=True)


class CountedProjectOut(serializers.Serializer[Any]):
    project = Titled()
    people = serializers.IntegerField()
    saving = SavingOut()


class ChainListsOut(serializers.Serializer[Any]):
    """What the numbers of a fiscal year count. `is_told` false = too few people for lists."""

    fiscal_year = serializers.IntegerField()
    is_told = serializers.BooleanField()
    courses = CountedCourseOut(many=True)
    competencies = CountedCompetencyOut(many=True)
    projects = CountedProjectOut(many=True)
