"""The stable rows that pages, records and rules point to.

A Wagtail page breaks as an anchor (one per locale, deleted and re-made, swapped by the host);
these rows do not.
"""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin

from courses.bilingual import KEY_VALIDATOR, BilingualTitle, Keyed, in_language


def activity_iri(row_uuid: uuid.UUID) -> str:
    """The xAPI activity id: a URN, so that it outlives any host name of the office."""
    return f"urn:uuid:{row_uuid}"


class Course(Keyed, BilingualTitle):
    """One row per course, whatever pages or languages show it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    summary_ja = models.TextField(_("summary (Japanese)"), blank=True)
    summary_en = models.TextField(_("summary (English)"), blank=True)
    duration = models.DurationField(_("planned learning time"))
    position = models.PositiveIntegerField(_("order in lists"), default=0)
    measures = models.JSONField(
        _("measures"),
        default=list,
        blank=True,
        help_text=_('Keys of the office\'s DX measures that the course serves, e.g. ["M08"].'),
    )

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["position", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(duration__gt=timedelta(0)), name="lms_courses_course_duration_positive"
            ),
        ]
        permissions = [("grade_courses", _("Can set the pass marks of every course"))]

    @property
    def summary(self) -> str:
        return in_language(self, "summary")

    @property
    def iri(self) -> str:
        return activity_iri(self.uuid)


class Activity(PreviewableMixin, DraftStateMixin, LockableMixin, RevisionMixin, BilingualTitle):
    """One row per thing in a course that a learner's statement can be about.

    A lesson is an activity (read it); an H5P item or a data exercise inside a lesson is one too
    (answer it), and so is a workshop (attend it; its sessions are not the catalogue's).
    `pass_mark` absent = not graded: unless it is a lesson or a workshop, it never decides whether
    the course is done. `completion` and `minutes` are of lessons, `covers` of what stands in the
    test-out.

    The columns are what learners have now. What an author is working on is the latest revision;
    publishing the course makes it the row and a new `ActivityVersion`. `live` false = not (or
    no longer) part of the published course: required of nobody, though its records stay.
    """

    class Kind(models.TextChoices):
        LESSON = "lesson", _("lesson")
        H5P = "h5p", _("H5P activity")
        EXERCISE = "exercise", _("data exercise")
        WORKSHOP = "workshop", _("workshop")

    class Completion(models.TextChoices):
        """When a lesson is done. A test-out is required of nobody, and grants other lessons."""

        VIEWED = "viewed", _("read to its end")
        GRADED_PASSED = "graded_passed", _("every graded activity in it passed")
        MINIMUM_TIME = "minimum_time", _("read for a minimum time")
        TEST_OUT = "test_out", _("it is the test-out of the course")

    # Rules that say how many minutes.
    TIMED = (Completion.MINIMUM_TIME, Completion.TEST_OUT)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="activities", verbose_name=_("course")
    )
    key = models.CharField(_("key"), max_length=64, validators=[KEY_VALIDATOR])
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    lesson = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        limit_choices_to={"kind": Kind.LESSON},
        verbose_name=_("lesson"),
        help_text=_("The lesson an H5P activity stands in."),
    )
    content = models.ForeignKey(
        "lms_courses.H5PContent",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("H5P content"),
    )
    exercise = models.ForeignKey(
        "lms_courses.ExerciseContent",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("data exercise"),
    )
    pass_mark = models.FloatField(
        _("pass mark"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_("Share of the full score, 0 to 1. Empty: not graded."),
    )
    completion = models.CharField(
        _("done when"), max_length=16, choices=Completion.choices, default=Completion.VIEWED
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        null=True,
        blank=True,
        help_text=_(
            "How long the lesson must be read at least, or about how long the test-out takes."
        ),
    )
    covers = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text=_("Ids of the lessons that a graded activity of the test-out is about."),
    )
    position = models.PositiveIntegerField(_("order in the course"), default=0)
    earlier_count = models.BooleanField(
        _("earlier completions still count"),
        default=True,
        help_text=_(
            "No: whoever passed an earlier version must pass the one published next once more."
        ),
    )

    refused_contents = models.JSONField(
        default=list,
        editable=False,
        help_text=_("Ids of earlier contents whose completions no longer count."),
    )

    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="activity",
        for_concrete_model=False,
    )

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["course", "position", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "key"], name="lms_courses_activity_key_in_course"
            ),
            models.CheckConstraint(
                condition=Q(pass_mark__isnull=True) | Q(pass_mark__range=(0, 1)),
                name="lms_courses_activity_pass_mark_fraction",
            ),
            models.UniqueConstraint(
                fields=["course"],
                condition=Q(completion="test_out", live=True),
                name="lms_courses_activity_one_test_out",
            ),
            models.CheckConstraint(
                condition=Q(kind="lesson") | Q(completion="viewed"),
                name="lms_courses_activity_completion_of_lessons",
            ),
            models.CheckConstraint(
                condition=Q(completion__in=["minimum_time", "test_out"], minutes__gt=0)
                | Q(completion__in=["viewed", "graded_passed"], minutes__isnull=True),
                name="lms_courses_activity_minutes_of_their_rule",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="lesson", content__isnull=True, exercise__isnull=True, lesson__isnull=True
                )
                | Q(
                    kind="workshop",
                    content__isnull=True,
                    exercise__isnull=True,
                    pass_mark__isnull=True,
                )
                | Q(kind="exercise", content__isnull=True, exercise__isnull=False)
                | Q(kind="exercise", content__isnull=True, live=False)
                | Q(kind="h5p", content__isnull=False, exercise__isnull=True)
                | Q(kind="h5p", exercise__isnull=True, live=False),
                name="lms_courses_activity_made_of_its_kind",
            ),
        ]

    @property
    def iri(self) -> str:
        return activity_iri(self.uuid)

    @property
    def material_id(self) -> int | None:
        """Id of what it is made of, in the table of its kind; None = of nothing, or nothing yet."""
        return self.content_id or self.exercise_id

    @property
    def is_ready(self) -> bool:
        """Whether there is something for learners to do."""
        return self.kind in MADE_OF_NOTHING or self.material_id is not None

    @property
    def is_checked(self) -> bool:
        """Whether more than the learner's word makes it done.

        It has a pass mark, or somebody notes who was there.
        """
        return self.pass_mark is not None or self.kind == self.Kind.WORKSHOP

    @property
    def revisions(self) -> Any:
        return self._revisions.all()

    def get_lock(self) -> Any:
        # Here, because the locks read the pages, which stand on this module.
        from courses.catalogue.locks import review_lock_of_activity

        return super().get_lock() or review_lock_of_activity(self)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "lms_courses/activities/preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """What is unfinished is not played: its gaps are named in place of a broken player."""
        from courses.h5p.content_types import missing_places, place_text

        places = [] if self.content is None else missing_places(self.content)
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return context | {"missing": [place_text(place) for place in places]}


# Kinds that need no material: what there is to do is the page around it, or happens in a room.
MADE_OF_NOTHING = frozenset({Activity.Kind.LESSON, Activity.Kind.WORKSHOP})


class ActivityVersion(models.Model):
    """One row per published state of what stands in a lesson. Never changed.

    A lesson has versions from when its author first says when it is done.
    Statements keep the content they were made on, so an attempt stays with its version.
    `counts_earlier` false = completions of lower versions no longer count.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    content = models.ForeignKey(
        "lms_courses.H5PContent",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("H5P content"),
    )
    exercise = models.ForeignKey(
        "lms_courses.ExerciseContent",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("data exercise"),
    )
    pass_mark = models.FloatField(_("pass mark"), null=True)
    completion = models.CharField(
        _("done when"),
        max_length=16,
        choices=Activity.Completion.choices,
        default=Activity.Completion.VIEWED,
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True)
    covers = models.JSONField(default=list)
    title_ja = models.CharField(_("title (Japanese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    counts_earlier = models.BooleanField(_("earlier completions still count"), default=True)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("activity version")
        verbose_name_plural = _("activity versions")
        ordering = ["activity", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "number"], name="lms_courses_activity_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} v{self.number}"

    @property
    def material_id(self) -> int | None:
        """As of the activity: H5P content or data exercise."""
        return self.content_id or self.exercise_id


class CourseVersion(models.Model):
    """One row per publication of a course in one language: what exactly was published.

    `contents` = `{"pages": [{"page": id, "revision": id, "title": str, "parent": id}, …],
    "activities": {activity key: version number}}`; pages in course order, the course page first,
    whose parent is null. A translated course has also `"translations": {activity key: number of
    the translated version}`.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="versions")
    language = models.CharField(_("language"), max_length=16)
    number = models.PositiveIntegerField(_("version"))
    contents = models.JSONField()
    note = models.TextField(_("what changed"), blank=True)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("course version")
        verbose_name_plural = _("course versions")
        ordering = ["course", "language", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "language", "number"], name="lms_courses_course_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} v{self.number}"
