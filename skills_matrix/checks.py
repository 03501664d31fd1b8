"""System checks of the package."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

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
