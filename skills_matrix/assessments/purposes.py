"""Why somebody's skills are looked at: one text for each thing that shows them."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PURPOSES: Final[Mapping[str, Promise]] = {
    "matrix": gettext_lazy("Overview of skills, for planning training and staffing"),
    "cell": gettext_lazy("Why a level is what it is"),
    "assessment": gettext_lazy("Assessment by the head of the section"),
    "calibration": gettext_lazy("Comparing self-assessment and assessment"),
    "correction": gettext_lazy("Answer to your request for a correction"),
    "coverage": gettext_lazy("Whether a section or a process has the skills it needs"),
    "what-if": gettext_lazy("What a personnel change would mean for skills"),
    "expiring": gettext_lazy("Skills that expire soon"),
    "team": gettext_lazy("Composing a team for a project"),
    "mentoring": gettext_lazy("Bringing mentors and learners together"),
    "export": gettext_lazy("Export to a file"),
}


def purpose_of(what: str) -> str:
    """In the reader's language. `what` = a key, and after a colon what exactly."""
    return str(PURPOSES.get(what.partition(":")[0], _("Work in personnel")))
