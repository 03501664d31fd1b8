"""HR reads what people say is wrong about their skills, and answers."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from skills_matrix.access import employees_with_skills_visible_to, may_see_matrix
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.corrections.models import Correction
from skills_matrix.corrections.services import answer_correction
from skills_matrix.exceptions import CorrectionRefused

NAMESPACE = "skills_corrections"
ICON = "comment"
PER_PAGE = 50


class AnswerForm(forms.Form):
    state = forms.ChoiceField(
        label="",
        choices=[
            (Correction.State.ACCEPTED, gettext_lazy("Accept: I have changed the evidence")),
            (Correction.State.DECLINED, gettext_lazy("Decline")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer to the person"), widget=forms.Textarea(attrs={"rows": 4})
    )


class HrOnly(WagtailAdminTemplateMixin, TemplateView):
    """For whoever may see everybody's skills."""

    page_title = gettext_lazy("Correction requests")
    header_icon = ICON

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see_matrix(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def rows(self) -> Any:
        people = employees_with_skills_visible_to(self.request.user)
        return Correction.objects.filter(employee__in=people).select_related(
            "employee", "competency", "answered_by"
        )

    def log(self, subject_ids: set[int]) -> None:
        """What somebody says is wrong tells what was thought right."""
        log_skills_views(viewer=self.request.user, subject_ids=subject_ids, what="correction")


class Corrections(HrOnly):
    template_name = "lms_skills/corrections/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = self.rows.filter(state=Correction.State.OPEN).order_by("created_at", "pk")
        answered = self.rows.exclude(state=Correction.State.OPEN).order_by("-answered_at", "-pk")
        page = Paginator(answered, PER_PAGE).get_page(self.request.GET.get("p"))
        self.log({row.employee_id for row in (*waiting, *page)})
        return super().get_context_data(waiting=waiting, page=page, **kwargs)


class CorrectionAnswer(HrOnly):
    template_name = "lms_skills/corrections/answer.html"

    @cached_property
    def correction(self) -> Correction:
        found: Correction = get_object_or_404(self.rows, uuid=self.kwargs["uuid"])
        return found

    def get_page_subtitle(self) -> str:
        return f"{self.correction.employee.name} / {self.correction.competency.title}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", AnswerForm())
        self.log({self.correction.employee_id})
        return super().get_context_data(correction=self.correction, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            answer_correction(correction=self.correction, by=request.user, **form.cleaned_data)
        except CorrectionRefused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _("The answer is sent."))
        return redirect(f"{NAMESPACE}:index")
