"""What finishing a course shows, and whose level that would change, before anything is saved."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from courses.authoring.course_views import CourseTabView
from courses.authoring.drafts import has_checked_activity
from courses.bilingual import in_language
from courses.catalogue.selectors import course_pages
from skills_matrix.access import may_see_matrix
from skills_matrix.admin.forms import BaseAwardFormSet, award_forms
from skills_matrix.competencies.access import awards_editable_by
from skills_matrix.competencies.models import LevelDescriptor
from skills_matrix.competencies.services import set_awards
from skills_matrix.exceptions import AwardsRefused
from skills_matrix.reports.award_change import AwardChange, award_changes

AWARDS = "lms_skills_awards"


def level_texts() -> dict[str, str]:
    """What a level means: by "competency id:level", and by ":level" for the whole scale."""
    return {
        f"{row.competency_id or ''}:{row.level}": in_language(row, "text")
        for row in LevelDescriptor.objects.all()
    }


class CourseAwardsView(CourseTabView):
    """Saves on POST; with `preview` it only shows what would change."""

    url_name = AWARDS
    page_title = gettext_lazy("Awards")
    header_icon = "tag"
    template_name = "lms_skills/awards/edit.html"
    preview_template = "lms_skills/awards/preview.html"

    @property
    def may_edit(self) -> bool:
        return awards_editable_by(self.request.user).filter(pk=self.course.pk).exists()

    def changes(self, forms: BaseAwardFormSet) -> list[AwardChange] | None:
        """None = there are faults, or the viewer may not know what people can do."""
        if not may_see_matrix(self.request.user) or (forms.is_bound and not forms.is_valid()):
            return None
        awards = forms.awards(self.course) if forms.is_bound else list(self.course.awards.all())
        return award_changes(
            course=self.course, awards=awards, as_of=timezone.now(), viewer=self.request.user
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forms = kwargs.pop("forms", None) or award_forms(course=self.course)
        pages = course_pages(self.course)
        return super().get_context_data(
            forms=forms,
            changes=self.changes(forms),
            has_faults=forms.is_bound and not forms.is_valid(),
            may_see_matrix=may_see_matrix(self.request.user),
            may_edit=self.may_edit,
            awards=self.course.awards.select_related("competency"),
            is_graded=any(has_checked_activity(page) for page in pages),
            level_texts=level_texts(),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.may_edit:
            raise PermissionDenied
        forms = award_forms(course=self.course, data=request.POST)
        if "preview" in request.POST:
            if request.POST["preview"] == "fragment":
                self.template_name = self.preview_template
            context = self.get_context_data(forms=forms)
            return self.render_to_response(context)  # type: ignore[no-any-return]
        if not forms.is_valid():
            messages.error(request, _("Nothing was saved. See the faults beside the rows."))
            context = self.get_context_data(forms=forms)
            return self.render_to_response(context)  # type: ignore[no-any-return]
        try:
            set_awards(course=self.course, awards=forms.awards(self.course), by=request.user)
        except AwardsRefused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _("The awards are saved."))
        return redirect(AWARDS, self.course.pk)
