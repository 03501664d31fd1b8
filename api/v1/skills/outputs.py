from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.fields import FractionField, LevelField, MinutesField, UtcDateTimeField
from api.v1.outputs import CourseLink, Titled
from lms.people.calendar import office_today
from skills_matrix.assessments.models import Assessment
from skills_matrix.competencies.models import Assurance


class DayField(serializers.DateField):
    """The office's day of an instant."""

    def to_representation(self, value: Any) -> str:
        return office_today(value).isoformat()


class AssuranceOut(serializers.Serializer[Any]):
    """How much evidence can be trusted; higher is stronger."""

    value = serializers.ChoiceField(Assurance.choices)
    title = serializers.CharField(source="label")


class ScaleStepOut(serializers.Serializer[Any]):
    level = LevelField()
    title = serializers.CharField()
    text = serializers.CharField(allow_blank=True)


class Standing(serializers.Serializer[Any]):
    """`level` null = never assessed; `target` null = not asked for; `gap` = levels short of it."""

    level = LevelField(allow_null=True)
    target = LevelField(allow_null=True)
    gap = LevelField(allow_null=True)
    since = UtcDateTimeField(allow_null=True)
    expires_at = UtcDateTimeField(allow_null=True)


class OwnStanding(Standing):
    """`self_level`: what the person believes; shown beside the level, never raises it."""

    self_level = LevelField(allow_null=True)


# --- my skills --------------------------------------------------------------------------------


class CompetencyOut(Titled):
    """`group`: the heading it stands under, if any."""

    group = Titled(source="parent", allow_null=True)
    framework = Titled()


class SourceOut(serializers.Serializer[Any]):
    """Where a level came from. `title`: the course, or the kind of assessment."""

    kind = serializers.ChoiceField(["course", "assessment"])
    title = serializers.CharField()
    date = DayField(source="achieved_at")
    assurance = AssuranceOut()


class SkillRowOut(OwnStanding):
    """One competency of mine, and where it is short of the target the next step.

    `closing_course` reaches the target, `is_taking` it already; work in `closing_project` would
    show it; `raise_otherwise` says what would where there is no course.
    """

    competency = CompetencyOut()
    source = SourceOut(allow_null=True)  # type: ignore[assignment]
    closing_course = CourseLink(allow_null=True)
    is_taking = serializers.BooleanField()
    closing_project = Titled(allow_null=True)
    raise_otherwise = serializers.CharField(allow_blank=True)


class CategoryStandingOut(serializers.Serializer[Any]):
    """My skills with a target below one heading. `mean_level`: of the assessed; null = none is."""

    category = Titled()
    framework = Titled()
    with_target = serializers.IntegerField(source="targeted")
    assessed = serializers.IntegerField()
    at_target = serializers.IntegerField()
    mean_level = serializers.FloatField(allow_null=True)
    mean_target = serializers.FloatField()


class ExpiringSkillOut(serializers.Serializer[Any]):
    """A level of mine that ends soon, after `last_day`; `falls_to` null = none is left.

    `course` shows it again; `by_project`: project work renews it; `misses_target`: a target that
    is reached today will not be.
    """

    competency = CompetencyOut()
    level = LevelField()
    last_day = serializers.DateField()
    falls_to = LevelField(allow_null=True)
    course = CourseLink(allow_null=True)
    by_project = serializers.BooleanField()
    misses_target = serializers.BooleanField()


class SkillsSummary(serializers.Serializer[Any]):
    """Of the competencies with a target: how many are met, one level short, or lacking."""

    targets = serializers.IntegerField()
    met = serializers.IntegerField()
    one_short = serializers.IntegerField()
    lacking = serializers.IntegerField()


class MySkillsOut(serializers.Serializer[Any]):
    """`framework_note`: the sources of the frameworks and what is not official in them."""

    as_of = DayField()
    framework_note = serializers.CharField(allow_blank=True)
    scale = ScaleStepOut(many=True)
    competencies = SkillRowOut(source="rows", many=True)
    categories = CategoryStandingOut(many=True)
    expiring = ExpiringSkillOut(many=True)
    expiring_until = serializers.DateField(help_text=_("The last day looked at."))
    are_targets_hidden = serializers.BooleanField(
        help_text=_("Some are, until my self-assessment is handed in.")
    )
    summary = SkillsSummary()


# --- one cell ---------------------------------------------------------------------------------


class CellEmployee(serializers.Serializer[Any]):
    staff_number = serializers.CharField()
    name = serializers.CharField()


class FrameworkVersion(Titled):
    """A version of a set of competencies."""

    version = serializers.CharField()


class CellCompetency(Titled):
    """The column of the cell."""

    framework = FrameworkVersion()


class LevelRule(serializers.Serializer[Any]):
    """How evidence becomes a level, in words."""

    key = serializers.CharField(source="rule")
    title = serializers.CharField(source="rule_title")
    text = serializers.CharField(source="rule_text")
    effective_from = serializers.DateField(
        source="rule_since", allow_null=True, help_text=_("null = by the settings.")
    )


class TargetOut(serializers.Serializer[Any]):
    """`applies`: the one the person is held to. Neither tier nor role = asked of everybody."""

    level = LevelField(source="target.level")
    tier = Titled(source="target.tier", allow_null=True)
    role = Titled(source="target.role", allow_null=True)
    effective_from = serializers.DateField(source="target.effective_from")
    effective_until = serializers.DateField(source="target.effective_until", allow_null=True)
    applies = serializers.BooleanField()


class AwardRule(serializers.Serializer[Any]):
    """The rule under which a course shows a level; `valid_for_days` null = does not expire."""

    level = LevelField()
    valid_for_days = serializers.IntegerField(allow_null=True)
    effective_from = serializers.DateField()


class ActivityScoreOut(serializers.Serializer[Any]):
    """A graded activity of the course behind the evidence; `best_score` null = never answered."""

    activity_title = serializers.CharField(source="title")
    best_score = FractionField(allow_null=True)
    pass_mark = FractionField(allow_null=True)
    done_at = UtcDateTimeField(allow_null=True)


class EvidenceOut(serializers.Serializer[Any]):
    """One piece of evidence; `why` says in a sentence why it counts or does not.

    `earlier`: the competency it was about, when it counts by a mapping from there. `renewed_at`:
    the last project work that renewed it. `freshness`: 1 = new, or does not age.
    """

    level = LevelField()
    kind = serializers.ChoiceField([("course", "course"), *Assessment.Kind.choices])
    kind_title = serializers.CharField()
    title = serializers.CharField()
    course_key = serializers.SerializerMethodField()
    achieved_at = UtcDateTimeField()
    expires_at = UtcDateTimeField(allow_null=True)
    assurance = AssuranceOut()
    assessor = serializers.CharField(allow_blank=True)
    earlier = CellCompetency(allow_null=True)
    renewed_at = UtcDateTimeField(allow_null=True)
    freshness = FractionField()
    is_valid = serializers.BooleanField()  # type: ignore[assignment]
    is_winning = serializers.BooleanField()
    why = serializers.CharField()
    award = AwardRule(allow_null=True)
    scores = ActivityScoreOut(many=True)

    def get_course_key(self, row: Any) -> str | None:
        return row.course.key if row.course else None


class RaisingCourseOut(serializers.Serializer[Any]):
    """A course that would raise the level, and to which."""

    key = serializers.CharField(source="course.key")
    title = serializers.CharField(source="course.title")
    minutes = MinutesField(source="course.duration")
    level = LevelField()


class CellOut(OwnStanding):
    """One cell of the matrix and everything behind it.

    `assurance`, `freshness` and `renewed_at` are those of the evidence that makes the level.
    `raise_otherwise`: what would raise it where no course does, in a sentence.
    """

    as_of = DayField()
    employee = CellEmployee()
    competency = CellCompetency()
    rule = LevelRule(source="*")
    assurance = AssuranceOut(allow_null=True)
    freshness = FractionField(allow_null=True)
    renewed_at = UtcDateTimeField(allow_null=True)
    minimum_assurance = AssuranceOut()
    targets = TargetOut(many=True)
    evidence = EvidenceOut(many=True)
    raise_by = RaisingCourseOut(many=True)
    raise_otherwise = serializers.CharField(allow_blank=True)
