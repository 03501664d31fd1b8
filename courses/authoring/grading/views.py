"""Which activities of a course are graded, in one place."""

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
from courses.authoring.drafts import LessonDraft, course_draft
from courses.authoring.grading.forms import PassMarkForm
from courses.authoring.grading.services import set_pass_marks
from courses.authoring.policy import lock_on, may
from courses.catalogue.models import Activity
from courses.catalogue.selectors import course_pages
from courses.exceptions import CourseLocked

GRADING = "lms_courses_grading"


class CourseGradingView(CourseTabView):
    """Every activity of the course as drafted, with its pass mark in percent."""

    url_name = GRADING
    page_title = gettext_lazy("Grading")
    header_icon = "circle-check"
    template_name = "lms_courses/authoring/grading.html"

    @cached_property
    def lessons(self) -> list[LessonDraft]:
        """Of every language; an activity that stands in two of them is shown once."""
        return [
            lesson for page in course_pages(self.course) for lesson in course_draft(page).lessons
        ]

    @cached_property
    def activities(self) -> list[tuple[str, Activity]]:
        """The title of the lesson beside each activity."""
        found: dict[int, tuple[str, Activity]] = {}
        for lesson in self.lessons:
            for activity in lesson.activities:
                found.setdefault(activity.pk, (lesson.page.title, activity))
        return list(found.values())

    @property
    def is_locked(self) -> bool:
        return lock_on(self.course, self.request.user)

    def form(self, data: Any = None) -> PassMarkForm:
        return PassMarkForm(data, activities=[activity for _lesson, activity in self.activities])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.setdefault("form", self.form())
        rows = [
            {
                "lesson": lesson,
                "activity": activity,
                "field": form.field_of(activity),
                "url": activity_url(activity),
            }
            for lesson, activity in self.activities
        ]
        may_grade = may(self.request.user, "grade", self.course)
        return super().get_context_data(
            rows=rows,
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
            changed = set_pass_marks(course=self.course, marks=form.marks(), by=request.user)
        except CourseLocked as locked:
            messages.error(request, locked.message)
            return redirect(GRADING, self.course.pk)
        message = ngettext(
            "%(number)d pass mark saved as a draft. Learners have it when the course is published.",
            "%(number)d pass marks saved as drafts. Learners have them when the course is "
            "published.",
            len(changed),
        )
        messages.success(request, message % {"number": len(changed)})
        return redirect(GRADING, self.course.pk)
