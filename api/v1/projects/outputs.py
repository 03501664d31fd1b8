from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import FractionField, LevelField
from api.v1.outputs import Titled
from api.v1.projects.life_outputs import BenefitOut, DueOut, NextStepOut, StepOut, TeamOut
from skills_matrix.projects.access import Who
from skills_matrix.projects.board import Way
from skills_matrix.projects.models import Project
from skills_matrix.projects.selectors import Baseline, baseline_of
from skills_matrix.projects.steps import ONWARD


class BaselineOut(serializers.Serializer[Any]):
    """The office's own figures; null = not known. `saving` = before less after."""

    metric = serializers.CharField(allow_blank=True)
    unit = serializers.CharField(allow_blank=True)
    before = serializers.FloatField(allow_null=True)
    after = serializers.FloatField(allow_null=True)
    total = serializers.FloatField(allow_null=True)
    saving = serializers.FloatField(allow_null=True)
    saving_rate = serializers.FloatField(allow_null=True)
    note = serializers.CharField(allow_blank=True)


class ProjectHead(Titled):
    """What a project is about."""

    summary = serializers.CharField(allow_blank=True)
    measure = serializers.CharField()
    effort = serializers.ChoiceField(Project.Effort.choices)
    baseline = serializers.SerializerMethodField()

    @extend_schema_field(BaselineOut(allow_null=True))
    def get_baseline(self, project: Project) -> dict[str, Any] | None:
        baseline: Baseline | None = baseline_of(project)
        return None if baseline is None else BaselineOut(baseline).data


class ProjectRow(ProjectHead):
    """A project of the office; a template is one that any office could run.

    `hours_per_week` is what each member gives; `places` how many members it takes.
    """

    status = serializers.ChoiceField(Project.Status.choices)
    lead_role = Titled(allow_null=True)
    department = Titled(allow_null=True)
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    hours_per_week = serializers.IntegerField(min_value=1)
    places = serializers.IntegerField(min_value=1)


class NeedOut(serializers.Serializer[Any]):
    """A skill the project needs; a must is one it cannot do without."""

    competency = Titled()
    level = LevelField()
    headcount = serializers.IntegerField(min_value=1)
    is_must = serializers.BooleanField()


class PartNames(serializers.Serializer[Any]):
    """`names`: who that is, where I may know; the DX office is an office and has none."""

    part = serializers.ChoiceField([who.value for who in Who])
    names = serializers.ListField(child=serializers.CharField())


class WayOut(NextStepOut):
    """A step that leads on by the rule. `by_another`: not by whoever proposed it."""

    by_another = serializers.BooleanField(source="step.by_another")
    is_onward = serializers.SerializerMethodField()
    who = serializers.SerializerMethodField()

    def get_is_onward(self, row: Way) -> bool:
        return row.step.key in ONWARD

    @extend_schema_field(PartNames(many=True))
    def get_who(self, row: Way) -> list[dict[str, Any]]:
        return [
            {"part": who.value, "names": [one.name for one in people]}
            for who, people in row.people.items()
        ]


class ProjectWords(serializers.Serializer[Any]):
    """Title and summary in both languages, to be changed; "" = not written in that language."""

    title_ja = serializers.CharField()
    title_en = serializers.CharField(allow_blank=True)
    summary_ja = serializers.CharField(allow_blank=True)
    summary_en = serializers.CharField(allow_blank=True)


class ProjectOut(ProjectRow):
    """A project with the skills it needs, its benefit, and what I may do with it.

    `history` and `proposed_by` are for whoever has a part in it; else empty and null. `ways`
    are all steps from here, `next_steps` mine; `due` what is to be measured again. `words` null =
    not mine to change.
    """

    needs = NeedOut(many=True)
    benefit = BenefitOut()
    proposed_by = serializers.CharField(allow_null=True)
    history = StepOut(many=True)
    next_steps = NextStepOut(many=True)
    ways = WayOut(many=True)
    may_undo = serializers.BooleanField()
    may_edit = serializers.BooleanField()
    may_lead = serializers.BooleanField()
    words = ProjectWords(allow_null=True)
    due = DueOut(many=True)
    team = TeamOut()

    def to_representation(self, instance: Mapping[str, Any]) -> dict[str, Any]:
        """`instance` is what `shown.shown` gives."""
        head = ProjectRow(instance["head"]).data
        proposer = instance["proposed_by"]
        return {
            **head,
            "needs": NeedOut(instance["needs"], many=True).data,
            "benefit": BenefitOut(instance["benefit"]).data,
            "proposed_by": proposer.name if proposer else None,
            "history": StepOut(instance["history"], many=True).data,
            "next_steps": NextStepOut(instance["next_steps"], many=True).data,
            "ways": WayOut(instance["ways"], many=True).data,
            **{name: instance[name] for name in ("may_undo", "may_edit", "may_lead")},
            "words": ProjectWords(instance["head"]).data if instance["may_edit"] else None,
            "due": DueOut(instance["due"], many=True).data,
            "team": TeamOut(instance["team"]).data,
        }


class SimilarProjectOut(serializers.Serializer[Any]):
    """A project like an idea. `is_same`: it may be the very thing described."""

    project = ProjectRow()
    likeness = FractionField()
    is_same = serializers.BooleanField()
    benefit = BenefitOut()
