"""What paths and prerequisites add to the Wagtail admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from courses.paths.services import PATH_DELETED, PATH_SAVED, PREREQUISITES_SET


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    for action, label, message in (
        (PREREQUISITES_SET, _("Set the prerequisites"), _("Prerequisites set")),
        (PATH_SAVED, _("Save the learning path"), _("Learning path saved")),
        (PATH_DELETED, _("Delete the learning path"), _("Learning path deleted")),
    ):
        actions.register_action(action, label, message)
