from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """How anyone asks: HTTP in, services and selectors called, JSON out. No models."""

    name = "api"
    label = "lms_api"
    verbose_name = _("API")
