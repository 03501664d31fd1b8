"""What a course asks of its learners, in one place: pass marks, lessons' rules, the test-out."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from courses.authoring.check.reading import activity_url
from courses.authoring.course_views import CourseTabView
from courses.authoring.drafts import LessonDraft, course_draft, is_test_out
from courses.authoring.grading.forms import GradingForm
from courses.authoring.grading.services import GRADING, set_grading
from courses.authoring.policy import lock_on, may
from courses.catalogue.models import Activity
from courses.catalogue.selectors import course_pages
from courses.exceptions import CourseLocked, GradingRefused


class CourseGradingView(CourseTabView):
    """Every lesson and activity of the course as drafted, with what is asked of it."""

    url_name = GRADING
    page_title = gettext_lazy("Grading")
    header_icon = "circle-check"
    template_name = "lms_courses/authoring/grading.html"

    @cached_property
    def drafts(self) -> list[LessonDraft]:
        """Of every language."""
        return [
            lesson for page in course_pages(self.course) for lesson in course_draft(page).lessons
        ]

    @cached_property
    def lessons(self) -> list[Activity]:
        """A lesson that stands in two languages is shown once, as in the first of them."""
        found: dict[int, Activity] = {}
        for draft in self.drafts:
            found.setdefault(draft.lesson.pk, draft.lesson)
        return list(found.values())

    @cached_property
    def activities(self) -> list[tuple[str, Activity]]:
        """The title of the lesson beside each activity."""
        found: dict[int, tuple[str, Activity]] = {}
        for draft in self.drafts:
            for activity in draft.activities:
                found.setdefault(activity.pk, (draft.page.title, activity))
        return list(found.values())

    @cached_property
    def testing(self) -> list[Activity]:
        """What is graded in the test-out."""
        tests = {row.pk for row in self.lessons if is_test_out(row)}
        found = {
            activity.pk: activity
            for draft in self.drafts
            for activity in draft.activities
            if draft.lesson.pk in tests and activity.pass_mark is not None
        }
        return list(found.values())

    @property
    def is_locked(self) -> bool:
        return lock_on(self.course, self.request.user)

    def form(self, data: Any = None) -> GradingForm:
        return GradingForm(
            data,
            lessons=self.lessons,
            activities=[activity for _lesson, activity in self.activities],
            testing=self.testing,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.setdefault("form", self.form())
        rows = [
            {
                "lesson": lesson,
                "activity": activity,
                "field": form.field_of("pass_mark", activity),
                "url": activity_url(activity),
            }
            for lesson, activity in self.activities
        ]
        titles = {lesson.pk: lesson.title for lesson in self.lessons}
        rules = [
            {
                "lesson": lesson,
                "completion": form.field_of("completion", lesson),
                "minutes": form.field_of("minutes", lesson),
            }
            for lesson in self.lessons
        ]
        coverage = [
            {
                "activity": activity,
                "covers": form.field_of("covers", activity),
                "granted": [titles[pk] for pk in activity.covers if pk in titles],
            }
            for activity in self.testing
        ]
        may_grade = may(self.request.user, "grade", self.course)
        return super().get_context_data(
            rows=rows,
            rules=rules,
            coverage=coverage,
            has_test_out=any(map(is_test_out, self.lessons)),
            may_grade=may_grade,
            may_edit=may_grade and not self.is_locked,
            may_edit_activities=may(self.request.user, "edit", self.course),
            is_locked=self.is_locked,
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not may(request.user, "grade", self.course):
            raise PermissionDenied
        form = self.form(request.POST)
        if not form.is_valid():
            messages.error(request, _("Nothing was saved. See the faults beside the fields."))
            context = self.get_context_data(form=form)
            return self.render_to_response(context)  # type: ignore[no-any-return]
        try:
            changed = set_grading(course=self.course, values=form.values(), by=request.user)
        except (CourseLocked, GradingRefused) as refused:
            messages.error(request, refused.message)
            return redirect(GRADING, self.course.pk)
        message = ngettext(
            "%(number)d change saved as a draft. Learners have it when the course is published.",
            "%(number)d changes saved as drafts. Learners have them when the course is published.",
            len(changed),
        )
        messages.success(request, message % {"number": len(changed)})
        return redirect(GRADING, self.course.pk)
