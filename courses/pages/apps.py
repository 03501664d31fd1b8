from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursePagesConfig(AppConfig):
    """Ready-made pages on Wagtail's own Page model; leave it out when the host swaps Page."""

    name = "courses.pages"
    label = "lms_course_pages"
    verbose_name = _("Course pages")
    default_auto_field = "django.db.models.BigAutoField"
