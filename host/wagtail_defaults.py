"""What Wagtail's own migrations leave in a new database, in English, replaced by ours."""

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Page, Site, Workflow, WorkflowPage

DEFAULT_GROUPS = ("Moderators", "Editors")
DEFAULT_WORKFLOW = "Moderators approval"
DEFAULT_TITLE = "Welcome to your new Wagtail site!"


@transaction.atomic
def replace_wagtail_defaults(*, site_name: str) -> None:
    """Idempotent; groups and workflows that somebody uses already stay."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is not None:
        Site.objects.filter(pk=site.pk).update(site_name=site_name)
        home = Page.objects.filter(pk=site.root_page_id, title=DEFAULT_TITLE)
        home.update(title=site_name, draft_title=site_name)
    workflow = Workflow.objects.filter(name=DEFAULT_WORKFLOW, workflow_states=None).first()
    if workflow is not None:
        WorkflowPage.objects.filter(workflow=workflow).delete()
        workflow.deactivate()
    Group.objects.filter(name__in=DEFAULT_GROUPS, user=None).delete()
