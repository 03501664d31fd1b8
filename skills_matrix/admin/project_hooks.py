"""What projects add to the Wagtail admin: the board, hourly rates, and words for the log."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from skills_matrix.admin.project_views import ProjectViewSet
from skills_matrix.projects.access import RUN_PROJECTS
from skills_matrix.projects.services import PROJECT_SET
from skills_matrix.projects.team_services import CONFIRMATION_WITHDRAWN, MEMBER_CONFIRMED


@hooks.register("register_permissions")
def project_permissions() -> QuerySet[Permission]:
    """So that an administrator can give them to a group."""
    codenames = [RUN_PROJECTS.split(".")[1]]
    return Permission.objects.filter(content_type__app_label="lms_skills", codename__in=codenames)


@hooks.register("register_log_actions")
def project_log_actions(actions: Any) -> None:
    actions.register_action(PROJECT_SET, _("Change the project"), _("Project changed"))
    actions.register_action(
        MEMBER_CONFIRMED, _("Confirm a member's work"), _("Member's work confirmed")
    )
    actions.register_action(
        CONFIRMATION_WITHDRAWN,
        _("Withdraw a confirmation of work"),
        _("Confirmation of work withdrawn"),
    )


@hooks.register("register_admin_viewset")
def register_projects() -> ProjectViewSet:
    return ProjectViewSet()
