"""What the board, the catalogue and the choices of a form look like."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import UtcDateTimeField
from api.v1.outputs import Titled
from api.v1.projects.life_outputs import BenefitOut, DueOut
from api.v1.projects.outputs import NeedOut, ProjectHead
from api.v1.skills.matrix_outputs import DepartmentChoice
from skills_matrix.projects.access import Who
from skills_matrix.projects.board import Card
from skills_matrix.projects.models import Project
from skills_matrix.projects.steps import MISSING


class WaitingOut(serializers.Serializer[Any]):
    """The step that a project waits for: whose it is, and what is missing for it, in words."""

    step = serializers.CharField(source="step.key")
    title = serializers.CharField(source="step.title")
    who = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField()

    @extend_schema_field(
        serializers.ListField(child=serializers.ChoiceField([who.value for who in Who]))
    )
    def get_who(self, row: Card) -> list[str]:
        return [who.value for who in Who if row.step and who in row.step.who]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_missing(self, row: Card) -> list[str]:
        return [str(MISSING[key]) for key in row.missing]


class CardOut(serializers.Serializer[Any]):
    """A project on the board. `waits_for` null = for nothing; `since` null = not in the log.

    `taken` of `places` do not count mentors.
    """

    key = serializers.CharField(source="project.key")
    title = serializers.CharField(source="project.title")
    measure = serializers.CharField(source="project.measure")
    department = Titled(source="project.department", allow_null=True)
    places = serializers.IntegerField(source="project.places")
    taken = serializers.IntegerField()
    since = UtcDateTimeField(allow_null=True)
    waits_for = serializers.SerializerMethodField()
    benefit = BenefitOut()
    due = DueOut(many=True)
    is_mine = serializers.BooleanField()
    is_my_turn = serializers.BooleanField()

    @extend_schema_field(WaitingOut(allow_null=True))
    def get_waits_for(self, row: Card) -> dict[str, Any] | None:
        return WaitingOut(row).data if row.step else None


class BoardColumn(serializers.Serializer[Any]):
    """`count` projects have the status; `cards` are the first of them."""

    status = serializers.ChoiceField(
        [choice for choice in Project.Status.choices if choice[0] != Project.Status.TEMPLATE]
    )
    count = serializers.IntegerField()
    cards = CardOut(many=True)


class BoardOut(serializers.Serializer[Any]):
    """`measures` and `departments` are those of the projects I may see."""

    measures = serializers.ListField(child=serializers.CharField())
    departments = Titled(many=True)
    may_run = serializers.BooleanField()
    columns = BoardColumn(many=True)


class TemplateOut(ProjectHead):
    """A project that any office could run, with what it saved where it was run."""

    hours_per_week = serializers.IntegerField()
    places = serializers.IntegerField()
    lead_role = Titled(allow_null=True)
    needs = NeedOut(many=True)
    benefit = serializers.SerializerMethodField()

    @extend_schema_field(BenefitOut)
    def get_benefit(self, project: Project) -> dict[str, Any]:
        return BenefitOut(self.context["benefits"][project.pk]).data


class TemplatesOut(serializers.Serializer[Any]):
    """`may_begin`: I am of the DX office."""

    may_begin = serializers.BooleanField()
    templates = TemplateOut(many=True)


class ProjectChoices(serializers.Serializer[Any]):
    """What the forms of a project choose from; departments as the tree they are."""

    measures = serializers.ListField(child=serializers.CharField())
    departments = DepartmentChoice(many=True)
    tiers = Titled(many=True)
    competencies = Titled(many=True)


class JoinablePerson(serializers.Serializer[Any]):
    """Somebody in office, with the main posting of today."""

    staff_number = serializers.CharField(source="employee.staff_number")
    name = serializers.CharField(source="employee.name")
    kana = serializers.CharField(source="employee.kana")
    department = Titled()
    tier = Titled()


class JoinablePeople(serializers.Serializer[Any]):
    """The first who match; `is_cut` = there are more."""

    people = JoinablePerson(many=True, source="postings")
    is_cut = serializers.BooleanField()
