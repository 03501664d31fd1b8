"""Settings of the package, read when used. Every one is listed in docs/settings.md."""

from django.conf import settings

from skills_matrix.engine.ageing import DEFAULT_FLOOR
from skills_matrix.engine.weights import Weights


class SkillsSettings:
    """Prefix `LMS_SKILLS_`."""

    @property
    def MINIMUM_ASSURANCE(self) -> int:
        """The weakest assurance that makes a level (competencies.models.Assurance)."""
        return getattr(settings, "LMS_SKILLS_MINIMUM_ASSURANCE", 1)

    @property
    def LEVEL_RULE(self) -> str:
        """Name of the rule in engine/levels.py that turns evidence into a level."""
        return getattr(settings, "LMS_SKILLS_LEVEL_RULE", "highest_valid")

    @property
    def FRESHNESS_FLOOR(self) -> float:
        """Freshness, 0 to 1, at which evidence with a half-life stops counting."""
        return getattr(settings, "LMS_SKILLS_FRESHNESS_FLOOR", DEFAULT_FLOOR)

    @property
    def SUGGESTION_WEIGHTS(self) -> Weights:
        """How a suggestion's score is put together: fields of engine/weights.py `Weights`."""
        return Weights(**getattr(settings, "LMS_SKILLS_SUGGESTION_WEIGHTS", {}))

    @property
    def STRONG_MATCH(self) -> float:
        """Score, 0 to 1, from which a person is told of a project that suits them."""
        return getattr(settings, "LMS_SKILLS_STRONG_MATCH", 0.8)

    @property
    def MATCH_NOTICES(self) -> int:
        """New matches that a person is told of in a month, unless they chose otherwise; 0: none."""
        return getattr(settings, "LMS_SKILLS_MATCH_NOTICES", 2)


conf = SkillsSettings()
