from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from api.parameters import PageParameters, QueryParameters
from courses.bilingual import KEY_VALIDATOR
from lms.people.models import Department, Employee, JobTier
from skills_matrix.competencies.models import Competency
from skills_matrix.exceptions import ProjectRefused, UnknownFilterValue
from skills_matrix.projects.ledger_models import BenefitFigure
from skills_matrix.projects.models import (
    MOST_HOURS,
    MOST_PEOPLE,
    Project,
    ProjectMember,
    ProjectNeed,
)
from skills_matrix.projects.people import may_name_people

MOST_NEEDS = 100
# It goes in the address, where a letter of Japanese takes nine.
MOST_COMPARED = 300


class ProjectParameters(PageParameters):
    measure = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=16,
        help_text=gettext_lazy("Key of a measure that a project serves."),
    )
    status = serializers.ChoiceField(
        Project.Status.choices, required=False, help_text=gettext_lazy("How far it is.")
    )


def projects_asked(projects: QuerySet[Project], asked: Mapping[str, Any]) -> QuerySet[Project]:
    """The projects that the filters leave.

    Raises:
        UnknownFilterValue: no project at all serves the measure.
    """
    if asked["measure"]:
        projects = projects.filter(measure=asked["measure"])
        if not projects.exists():
            raise UnknownFilterValue(_("No project serves this measure."), place="measure")
    if "status" in asked:
        projects = projects.filter(status=asked["status"])
    return projects


class BoardParameters(QueryParameters):
    measure = serializers.CharField(default="", allow_blank=True, max_length=16)
    department = serializers.CharField(
        default="", allow_blank=True, max_length=64, help_text=gettext_lazy("Its key.")
    )
    whose = serializers.ChoiceField(
        ["all", "mine", "my_turn"],
        default="all",
        help_text=gettext_lazy("mine: proposed by me or with me; my_turn: waiting for me."),
    )


class EntryParameters(PageParameters):
    kind = serializers.ChoiceField(["measured", "forecast"], default="measured")
    measure = serializers.CharField(default="", allow_blank=True, max_length=16)
    department = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=64,
        help_text=gettext_lazy("Its key; “-” = of no one department."),
    )
    fiscal_year = serializers.IntegerField(
        required=False,
        min_value=1900,
        max_value=9999,
        help_text=gettext_lazy("Of the measurement."),
    )


class JoinableParameters(QueryParameters):
    search = serializers.CharField(
        min_length=1,
        max_length=64,
        help_text=gettext_lazy("Part of a name or kana, or a staff number."),
    )


class NeedIn(serializers.Serializer[Any]):
    competency = serializers.CharField(max_length=64, help_text=gettext_lazy("Its key."))
    level = serializers.IntegerField(min_value=1, max_value=4)
    headcount = serializers.IntegerField(default=1, min_value=1, max_value=MOST_PEOPLE)
    is_must = serializers.BooleanField(default=False)


class ProjectIn(serializers.Serializer[Any]):
    """What a proposal or a changed project says; what is left out stays as it is."""

    title_ja = serializers.CharField(max_length=200)
    title_en = serializers.CharField(max_length=200, required=False, allow_blank=True)
    summary_ja = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    summary_en = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    measure = serializers.CharField(max_length=16)
    effort = serializers.ChoiceField(Project.Effort.choices)
    department = serializers.CharField(
        max_length=64,
        required=False,
        allow_null=True,
        help_text=gettext_lazy("Key of the department whose work it changes."),
    )
    starts_on = serializers.DateField(required=False, allow_null=True)
    ends_on = serializers.DateField(required=False, allow_null=True)
    hours_per_week = serializers.IntegerField(required=False, min_value=1, max_value=MOST_HOURS)
    places = serializers.IntegerField(required=False, min_value=1, max_value=MOST_PEOPLE)
    needs = NeedIn(many=True, required=False)

    def applied_to(self, project: Project) -> Project:
        """The project with these values; not saved.

        Raises:
            ProjectRefused: `unknown` department.
        """
        for name, value in self.validated_data.items():
            if name == "department":
                project.department = _found(Department, value, "department") if value else None
            elif name != "needs":
                setattr(project, name, value)
        return project

    def needs_given(self) -> list[ProjectNeed] | None:
        """Not saved; None = left as they are.

        Raises:
            ProjectRefused: `unknown` competency; `place` is the number of the need, from 1.
        """
        rows = self.validated_data.get("needs")
        if rows is None:
            return None
        keys = [row["competency"] for row in rows]
        known = {row.key: row for row in Competency.objects.filter(key__in=keys)}
        for number, key in enumerate(keys, start=1):
            if key not in known:
                raise ProjectRefused("unknown", place=str(number))
        return [ProjectNeed(**row | {"competency": known[row["competency"]]}) for row in rows]


class ProposedWorkIn(serializers.Serializer[Any]):
    """The work as the proposer reckons it; `minutes_expected` a case, once the project is done."""

    cases_per_year = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=0)
    minutes_per_case = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=0)
    minutes_expected = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=0)
    people = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=1_000_000
    )


class ProposalIn(ProjectIn):
    """With `work` its figures of today and of what is expected are recorded too."""

    work = ProposedWorkIn(required=False)


class SimilarParameters(QueryParameters):
    text = serializers.CharField(
        max_length=MOST_COMPARED, help_text=gettext_lazy("Title or description of an idea.")
    )


class ProjectMoveIn(serializers.Serializer[Any]):
    to = serializers.ChoiceField(Project.Status.choices)
    reason = serializers.CharField(default="", allow_blank=True, max_length=2000)


class CopyIn(serializers.Serializer[Any]):
    key = serializers.CharField(
        required=False,
        max_length=64,
        validators=[KEY_VALIDATOR],
        help_text=gettext_lazy("Left out: the template's, with a number."),
    )


class FigureIn(serializers.Serializer[Any]):
    """A figure of the ledger. Where the phase has one, this becomes its correction."""

    phase = serializers.ChoiceField(BenefitFigure.Phase.choices)
    cases_per_year = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=0)
    minutes_per_case = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=0)
    people = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=1_000_000
    )
    error_rate = serializers.DecimalField(
        required=False, allow_null=True, max_digits=5, decimal_places=4, min_value=0, max_value=1
    )
    tier = serializers.CharField(
        max_length=64,
        required=False,
        allow_null=True,
        help_text=gettext_lazy("Key of the job tier of those who do the work."),
    )
    measured_on = serializers.DateField(required=False, allow_null=True)
    measured_by = serializers.CharField(
        max_length=32, required=False, allow_null=True, help_text=gettext_lazy("Staff number.")
    )
    how = serializers.CharField(max_length=2000)

    def figure(self, project: Project, by: Any) -> BenefitFigure:
        """Not saved.

        Raises:
            ProjectRefused: `unknown` tier or person.
        """
        values = dict(self.validated_data)
        tier, person = values.pop("tier", None), values.pop("measured_by", None)
        return BenefitFigure(
            project=project,
            tier=_found(JobTier, tier, "tier") if tier else None,
            measured_by=person_named(project, by, person, "measured_by") if person else None,
            **values,
        )


class ProjectMemberIn(serializers.Serializer[Any]):
    staff_number = serializers.CharField(max_length=32)
    part = serializers.ChoiceField(ProjectMember.Part.choices)
    joined_on = serializers.DateField()
    hours_per_week = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=MOST_HOURS
    )


class MemberEndIn(serializers.Serializer[Any]):
    left_on = serializers.DateField()


class ConfirmationIn(serializers.Serializer[Any]):
    part = serializers.ChoiceField(ProjectMember.Part.choices)
    levels = serializers.DictField(
        child=serializers.IntegerField(min_value=1, max_value=4),
        help_text=gettext_lazy("Key of a competency the project needs: level the work showed."),
    )
    note = serializers.CharField(default="", allow_blank=True, max_length=500)


class WithdrawalIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=2000)


def person_named(project: Project, by: Any, staff_number: str, place: str) -> Employee:
    """Somebody in the office's service; asked only by whoever may change the team or the figures.

    Raises:
        ProjectRefused: `not_allowed`, so that nobody tries out staff numbers; `unknown`.
    """
    if not may_name_people(by, project):
        raise ProjectRefused("not_allowed")
    person = Employee.objects.filter(staff_number=staff_number).first()
    if person is None:
        raise ProjectRefused("unknown", place=place)
    return person


def _found(model: Any, key: str, place: str) -> Any:
    row = model.objects.filter(key=key).first()
    if row is None:
        raise ProjectRefused("unknown", place=place)
    return row
