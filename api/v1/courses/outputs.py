from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from api.fields import FractionField, LevelField, MinutesField, UtcDateTimeField
from api.v1.courses.detail import ActivityRow, LessonRow
from api.v1.outputs import Progress, Titled
from api.v1.paths.outputs import PathPlace
from courses.models import Activity
from lms.enrolment.models import Enrolment


class CourseRow(Titled):
    """A course I may take."""

    summary = serializers.CharField(allow_blank=True)
    minutes = MinutesField(source="duration")
    measures = serializers.ListField(child=serializers.CharField())


class EnrolmentOut(serializers.Serializer[Any]):
    source = serializers.ChoiceField(Enrolment.Source.choices)  # type: ignore[assignment]
    enrolled_at = UtcDateTimeField()
    due_on = serializers.DateField(allow_null=True)


class Block(serializers.Serializer[Any]):
    """`id` is unique within the lesson."""

    id = serializers.CharField()


class RichTextBlock(Block):
    """HTML of this site's own authors; links are relative to the site."""

    type = serializers.ChoiceField(["rich_text"])
    html = serializers.CharField()


class ImageBlock(Block):
    """`alt` empty = decoration only."""

    type = serializers.ChoiceField(["image"])
    url = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    alt = serializers.CharField(allow_blank=True)


class VideoBlock(Block):
    """A file of this site; `captions_url` is WebVTT."""

    type = serializers.ChoiceField(["video"])
    url = serializers.CharField()
    content_type = serializers.CharField()
    captions_url = serializers.CharField(allow_null=True)
    title = serializers.CharField()
    transcript = serializers.CharField(allow_blank=True)


class DocumentBlock(Block):
    """A file to read or keep; `size_bytes` null = not known."""

    type = serializers.ChoiceField(["document"])
    url = serializers.CharField()
    title = serializers.CharField()
    size_bytes = serializers.IntegerField(allow_null=True)
    extension = serializers.CharField(allow_blank=True)


class CalloutBlock(Block):
    """A short passage set apart."""

    type = serializers.ChoiceField(["callout"])
    tone = serializers.ChoiceField(["tip", "example", "warning"])
    title = serializers.CharField()
    html = serializers.CharField()


class H5PBlock(Block):
    """The place of an activity of the lesson; `launch` says how to show it."""

    type = serializers.ChoiceField(["h5p"])
    activity_key = serializers.CharField()


class ExerciseBlock(Block):
    """The place of a data exercise of the lesson; `exercises/` of the course says what it asks."""

    type = serializers.ChoiceField(["exercise"])
    activity_key = serializers.CharField()


class WorkshopBlock(Block):
    """The place of a workshop of the lesson; `workshops/` of the course has its sessions."""

    type = serializers.ChoiceField(["workshop"])
    activity_key = serializers.CharField()


ANY_BLOCK = PolymorphicProxySerializer(
    component_name="LessonBlock",
    serializers={
        "rich_text": RichTextBlock,
        "image": ImageBlock,
        "video": VideoBlock,
        "document": DocumentBlock,
        "callout": CalloutBlock,
        "h5p": H5PBlock,
        "exercise": ExerciseBlock,
        "workshop": WorkshopBlock,
    },
    resource_type_field_name="type",
    many=True,
)


class ActivityOut(serializers.Serializer[Any]):
    """An H5P activity, a data exercise or a workshop.

    `best_score` absent = never answered; `pass_mark` absent = not graded.
    """

    key = serializers.CharField(source="activity.key")
    title = serializers.CharField(source="activity.title")
    iri = serializers.CharField(source="activity.iri")
    is_graded = serializers.SerializerMethodField()
    pass_mark = FractionField(source="activity.pass_mark", allow_null=True)
    best_score = serializers.SerializerMethodField()
    attempts = serializers.SerializerMethodField()
    done = serializers.BooleanField(source="is_done")
    granted = serializers.BooleanField(
        source="is_granted", help_text=_("Done because the test-out of the course granted it.")
    )
    counts_again_at = UtcDateTimeField(
        allow_null=True,
        help_text=_(
            "Of a question of the test-out that was not passed: from when on a try counts again."
        ),
    )

    def get_is_graded(self, row: ActivityRow) -> bool:
        return row.activity.pass_mark is not None

    @extend_schema_field(FractionField(allow_null=True))
    def get_best_score(self, row: ActivityRow) -> float | None:
        return row.progress.best_score if row.progress else None

    def get_attempts(self, row: ActivityRow) -> int:
        return row.progress.attempts if row.progress else 0


class LessonOut(serializers.Serializer[Any]):
    """`iri` is the xAPI id that "read it" statements are about."""

    key = serializers.CharField(source="activity.key")
    title = serializers.CharField(source="activity.title")
    iri = serializers.CharField(source="activity.iri")
    module = serializers.CharField(
        allow_blank=True,
        help_text=_("Title of the part of the course it stands in; empty = in none."),
    )
    completion = serializers.ChoiceField(
        Activity.Completion.choices,
        source="activity.completion",
        help_text=_("When the lesson is done. A test-out is required of nobody."),
    )
    minutes = serializers.IntegerField(
        source="activity.minutes",
        allow_null=True,
        help_text=_(
            "How long the lesson must be read at least, or about how long the test-out takes."
        ),
    )
    seconds_left = serializers.IntegerField(
        allow_null=True,
        help_text=_("How long it must still be read; absent: it is done, or no time is asked for."),
    )
    done = serializers.BooleanField(source="is_done")
    granted = serializers.BooleanField(
        source="is_granted", help_text=_("Done because the test-out of the course granted it.")
    )
    blocks = serializers.SerializerMethodField()
    activities = ActivityOut(many=True)

    @extend_schema_field(ANY_BLOCK)
    def get_blocks(self, row: LessonRow) -> list[dict[str, Any]]:
        return row.blocks


class GrantOut(serializers.Serializer[Any]):
    """A lesson that the test-out may grant."""

    key = serializers.CharField(source="activity.key")
    title = serializers.CharField(source="activity.title")
    granted = serializers.BooleanField(source="is_granted")


class TestOutOut(serializers.Serializer[Any]):
    """A test that grants lessons to those who know them already; nobody must take it."""

    lesson_key = serializers.CharField(source="test.activity.key")
    minutes = serializers.IntegerField(source="test.activity.minutes", allow_null=True)
    lessons = GrantOut(many=True)
    questions = serializers.IntegerField(help_text=_("How many of its questions grant something."))
    tried = serializers.IntegerField(help_text=_("How many of these were answered."))


class AwardOut(serializers.Serializer[Any]):
    competency = Titled()
    level = LevelField()


class CourseOut(serializers.Serializer[Any]):
    """A course with everything in it."""

    key = serializers.CharField(source="item.course.key")
    title = serializers.CharField(source="item.course.title")
    summary = serializers.CharField(source="item.course.summary", allow_blank=True)
    minutes = MinutesField(source="item.course.duration")
    iri = serializers.CharField(source="item.course.iri")
    measures = serializers.ListField(source="item.course.measures", child=serializers.CharField())
    awards = AwardOut(many=True, help_text=_("Skill levels that finishing the course shows."))
    enrolment = EnrolmentOut(source="item.enrolment", allow_null=True)
    is_mandatory = serializers.BooleanField(source="item.is_mandatory")
    due_on = serializers.DateField(source="item.due_on", allow_null=True)
    progress = Progress(source="item")
    completed_at = UtcDateTimeField(source="item.completed_at", allow_null=True)
    locked_by = Titled(
        source="item.locked_by",
        many=True,
        help_text=_("Courses to finish first, before this one can be begun."),
    )
    paths = PathPlace(many=True, help_text=_("Learning paths of mine that it is part of."))
    test_out = TestOutOut(allow_null=True)
    lessons = LessonOut(many=True)


class PlayerPlace(serializers.Serializer[Any]):
    """What is needed to show an activity in a sandboxed frame, without recording anything."""

    player_url = serializers.CharField(
        help_text=_("Absolute, on the content origin, for a short time only.")
    )
    content_origin = serializers.CharField()
    iri = serializers.CharField()
    content = serializers.UUIDField(
        help_text=_(
            "What is played: send it with each statement, as the context extension"
            " urn:x-lms:content."
        )
    )
    title = serializers.CharField()
    language = serializers.CharField()


class Launch(PlayerPlace):
    """What is needed to show an activity in a sandboxed frame."""

    state_url = serializers.CharField(help_text=_("Where the player's state is kept."))
