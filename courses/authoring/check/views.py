"""The course check as a page of the Wagtail admin."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from courses.authoring.check.course import CHECK, check_course
from courses.authoring.course_views import CourseTabView
from courses.authoring.drafts import course_draft
from courses.authoring.policy import may_on_page
from courses.catalogue.selectors import course_pages


class CourseCheckView(CourseTabView):
    """Checks the course in the language of `?page=`, an id of one of its pages."""

    url_name = CHECK
    page_title = _("Course check")
    header_icon = "glasses"
    template_name = "lms_courses/authoring/check.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        pages = [page for page in course_pages(self.course) if may_on_page(user, "view", page)]
        wanted = self.request.GET.get("page")
        chosen = [page for page in pages if wanted in (None, str(page.pk))]
        if not chosen:
            raise Http404(_("The course has no such page."))
        return super().get_context_data(
            findings=check_course(course_draft(chosen[0])),
            checked=chosen[0],
            languages=pages,
            **kwargs,
        )
