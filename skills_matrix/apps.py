from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SkillsMatrixConfig(AppConfig):
    """What people can do: competencies, evidence, the matrix, DX projects and suggestions."""

    name = "skills_matrix"
    label = "lms_skills"
    verbose_name = _("Skills")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from skills_matrix import checks  # noqa: F401

        # After every migration, because SQLite drops the triggers of a table that it remakes.
        post_migrate.connect(_install_triggers, sender=self)


def _install_triggers(using: str, **kwargs: Any) -> None:
    from skills_matrix.append_only import install_append_only
    from skills_matrix.materialised.models import StaleSkill
    from skills_matrix.materialised.triggers import install_triggers

    connection = connections[using]
    if StaleSkill._meta.db_table in connection.introspection.table_names():
        install_triggers(connection)
        install_append_only(connection)
