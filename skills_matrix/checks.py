"""System checks of the package."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from skills_matrix.conf import conf
from skills_matrix.engine.levels import RULES


@register()
def check_level_rule(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An unknown rule would only show when somebody opens the matrix."""
    if conf.LEVEL_RULE in RULES:
        return []
    return [
        Error(
            f"LMS_SKILLS_LEVEL_RULE names no rule: {conf.LEVEL_RULE!r}.",
            hint=f"One of: {', '.join(sorted(RULES))}.",
            id="lms_skills.E001",
        )
    ]


@register()
def check_small_group(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An office that asked for larger groups under the former name must hear that it counts not."""
    if not hasattr(settings, "LMS_SKILLS_SMALL_GROUP"):
        return []
    return [
        Warning(
            "LMS_SKILLS_SMALL_GROUP is no longer read.",
            hint="LMS_SMALLEST_GROUP holds for every page that adds people up.",
            id="lms_skills.W001",
        )
    ]
