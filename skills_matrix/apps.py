from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SkillsMatrixConfig(AppConfig):
    """What people can do: competencies, evidence, the matrix, DX projects and suggestions."""

    name = "skills_matrix"
    label = "lms_skills"
    verbose_name = _("Skills")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from skills_matrix import checks  # noqa: F401
