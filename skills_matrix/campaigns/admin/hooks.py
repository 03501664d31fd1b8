"""How far a campaign is: a page of its own in the Wagtail admin, found in the list of campaigns."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import ListingButton

from skills_matrix.access import may_manage_campaigns
from skills_matrix.campaigns.admin import views
from skills_matrix.campaigns.models import Campaign


class CampaignProgressViewSet(ViewSet):
    name = views.NAMESPACE
    url_prefix = "skills-campaign-progress"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("<int:pk>/", self.construct_view(views.CampaignProgress), name="progress")]


@hooks.register("register_admin_viewset")
def register_progress() -> CampaignProgressViewSet:
    return CampaignProgressViewSet()


@hooks.register("register_snippet_listing_buttons")
def progress_button(snippet: Any, user: Any, next_url: Any = None) -> Iterator[Any]:
    if isinstance(snippet, Campaign) and may_manage_campaigns(user):
        yield ListingButton(
            _("Progress"),
            reverse(f"{views.NAMESPACE}:progress", args=[snippet.pk]),
        )
