"""Background jobs as HR and the information systems section see them, while they go on."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from lms.jobs.models import JobRun
from lms.jobs.registry import jobs
from lms.jobs.selectors import may_see_jobs, runs_visible_to, seems_without_worker
from lms.jobs.services import retry_run

JOBS = "lms_core_jobs"
PER_PAGE = 50


def described(run: JobRun) -> JobRun:
    """The run with its title."""
    job = jobs().get(run.kind)
    run.title = job.title if job else run.kind  # type: ignore[attr-defined]
    return run


class JobsView(WagtailAdminTemplateMixin, TemplateView):
    """The latest runs. With `?fragment` only the table, which the page asks for while jobs run."""

    page_title = gettext_lazy("Background jobs")
    header_icon = "cogs"
    template_name = "lms_core/jobs/index.html"
    fragment_name = "lms_core/jobs/table.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see_jobs(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        return [self.fragment_name if "fragment" in self.request.GET else self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(runs_visible_to(self.request.user), PER_PAGE).get_page(
            self.request.GET.get("p")
        )
        return super().get_context_data(
            page=page,
            runs=[described(run) for run in page],
            is_open=any(run.is_open for run in page),
            is_without_worker=seems_without_worker(),
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        run = get_object_or_404(runs_visible_to(request.user), uuid=request.POST.get("again"))
        if retry_run(run=run):
            messages.success(request, _("The job is begun anew, from the step it failed in."))
        return redirect(JOBS)
