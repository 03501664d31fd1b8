"""What jobs add to the Wagtail admin."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from lms.jobs.admin.views import JOBS, JobsView
from lms.jobs.selectors import VIEW_JOBS, may_see_jobs


class JobsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_jobs(request.user)


@hooks.register("register_admin_urls")
def job_urls() -> list[URLPattern]:
    return [path("jobs/", JobsView.as_view(), name=JOBS)]


@hooks.register("register_reports_menu_item")
def jobs_menu_item() -> MenuItem:
    return JobsMenuItem(
        _("Background jobs"), reverse(JOBS), name="jobs", icon_name="cogs", order=2000
    )


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    app_label, codename = VIEW_JOBS.split(".")
    return Permission.objects.filter(content_type__app_label=app_label, codename=codename)
