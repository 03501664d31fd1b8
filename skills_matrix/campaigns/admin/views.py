"""HR sees how far each section is with a campaign, and reminds."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from lms.people.calendar import office_today
from lms.people.models import Department
from skills_matrix.access import may_manage_campaigns
from skills_matrix.campaigns.models import Campaign
from skills_matrix.campaigns.selectors import progress_by_department, progress_of
from skills_matrix.campaigns.services import remind_of_campaign

NAMESPACE = "skills_campaigns"


class CampaignProgress(WagtailAdminTemplateMixin, TemplateView):
    """In numbers, by section; a reminder of one section or of all on POST."""

    page_title = gettext_lazy("Progress of the skill assessment")
    header_icon = "form"
    template_name = "lms_skills/campaigns/progress.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_manage_campaigns(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def campaign(self) -> Campaign:
        found: Campaign = get_object_or_404(Campaign, pk=self.kwargs["pk"])
        return found

    def get_page_subtitle(self) -> str:
        return self.campaign.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = office_today()
        return super().get_context_data(
            campaign=self.campaign,
            is_open=self.campaign.opens_on <= today <= self.campaign.due_on,
            total=progress_of(self.campaign.tasks.all()),
            rows=progress_by_department(self.campaign, today),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        key = request.POST.get("department", "")
        today = office_today()
        count = remind_of_campaign(
            campaign=self.campaign,
            department=get_object_or_404(Department, key=key) if key else None,
            on=today,
            occasion=today,
            by=request.user,
        )
        if count:
            text = ngettext("%(number)d person reminded.", "%(number)d people reminded.", count)
            messages.success(request, text % {"number": count})
        else:
            messages.info(request, _("Everybody who is late has been reminded today already."))
        return redirect(f"{NAMESPACE}:progress", self.campaign.pk)
