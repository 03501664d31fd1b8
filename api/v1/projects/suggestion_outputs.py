from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import FractionField, LevelField, UtcDateTimeField
from api.v1.outputs import CourseLink, Titled
from api.v1.projects.outputs import ProjectHead
from skills_matrix.reports.suggestions import Suggestion
from skills_matrix.suggestions.models import MOST_NOTICES, SuggestionAnswer

Choice = SuggestionAnswer.Choice
GIVEN = [pair for pair in Choice.choices if pair[0] != Choice.WITHDRAWN]


class ShownByOut(serializers.Serializer[Any]):
    """The evidence that makes a level; `course_key` null = somebody judged."""

    title = serializers.CharField()
    course_key = serializers.CharField(source="course.key", allow_null=True, default=None)
    achieved_at = UtcDateTimeField()


class ReasonOut(serializers.Serializer[Any]):
    """One need of the project against the person. Its texts are the same for every reader.

    `ways` are what closes a gap; `score_if_met` is the score if this need alone were met, null
    where it is.
    """

    competency = Titled()
    needed = LevelField()
    level = LevelField(allow_null=True)
    is_must = serializers.BooleanField()
    status = serializers.ChoiceField(["met", "one_short", "lacking"])
    text = serializers.CharField()
    evidence = ShownByOut(allow_null=True)
    evidence_text = serializers.CharField(allow_blank=True)
    closing_course = CourseLink(allow_null=True)
    mentors = serializers.IntegerField(min_value=0)
    ways = serializers.ListField(child=serializers.CharField())
    score_if_met = FractionField(allow_null=True)
    change_text = serializers.CharField(allow_blank=True)


class NeedCounts(serializers.Serializer[Any]):
    met = serializers.IntegerField()
    one_short = serializers.IntegerField()
    lacking = serializers.IntegerField()


class SuggestionOut(serializers.Serializer[Any]):
    """A project that suits the person. `is_relevant`: their department or role has to do with it.

    What the person answered is not in it: that is theirs.
    """

    project = ProjectHead()
    score = FractionField()
    rank = serializers.IntegerField(min_value=1)
    is_relevant = serializers.BooleanField()
    reasons = ReasonOut(many=True)
    counts = serializers.SerializerMethodField()

    @extend_schema_field(NeedCounts)
    def get_counts(self, row: Suggestion) -> dict[str, int]:
        return {status: row.count(status) for status in ("met", "one_short", "lacking")}


class SuggestedPerson(serializers.Serializer[Any]):
    staff_number = serializers.CharField()
    name = serializers.CharField()


class SuggestionsOut(serializers.Serializer[Any]):
    """A page of a person's suggestions, best first; to every reader the same."""

    person = SuggestedPerson()
    count = serializers.IntegerField(min_value=0)
    page = serializers.IntegerField(min_value=1)
    page_size = serializers.IntegerField(min_value=1)
    pages = serializers.IntegerField(min_value=1)
    results = SuggestionOut(many=True)


class SuggestionAnswerOut(serializers.Serializer[Any]):
    """What I said to a project. `reason` and `note` are read by nobody else."""

    project = Titled()
    choice = serializers.ChoiceField(GIVEN)
    reason = serializers.ChoiceField(SuggestionAnswer.Reason.choices, allow_blank=True)
    reason_text = serializers.CharField(source="get_reason_display", allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    answered_at = UtcDateTimeField()


class AnswerReasonOut(serializers.Serializer[Any]):
    key = serializers.ChoiceField(SuggestionAnswer.Reason.choices)
    title = serializers.CharField()


class SuggestionAnswersOut(serializers.Serializer[Any]):
    """My answers, the latest first, and the reasons there are to choose from for a no."""

    answers = SuggestionAnswerOut(many=True)
    reasons = AnswerReasonOut(many=True)


class InterestedRow(serializers.Serializer[Any]):
    """Somebody who would like to be in the project."""

    staff_number = serializers.CharField(source="employee.staff_number")
    name = serializers.CharField(source="employee.name")
    answered_at = UtcDateTimeField()


class InterestedOut(serializers.Serializer[Any]):
    people = InterestedRow(many=True)


class MatchNoticesOut(serializers.Serializer[Any]):
    """How many new matches I am told of in a month, at most; 0 = of none."""

    most_a_month = serializers.IntegerField(min_value=0, max_value=MOST_NOTICES)
