from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LmsConfig(AppConfig):
    """Who learned what: people, enrolment, xAPI records and progress."""

    name = "lms"
    label = "lms_core"
    verbose_name = _("Learning")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lms import checks, timestamps  # noqa: F401
