"""Why somebody's skills are looked at, and what is seen: texts for each thing that shows them."""

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
    "value-chain": gettext_lazy("What courses, skills and projects together have saved"),
    "suggestions": gettext_lazy("Which projects suit you"),
    "interested": gettext_lazy("Whom a project that you are interested in could take"),
    "plan": gettext_lazy("Planning somebody's learning"),
    "mentoring": gettext_lazy("Bringing mentors and learners together"),
    "export": gettext_lazy("Export to a file"),
}


def purpose_of(what: str) -> str:
    """In the reader's language. `what` = a key, and after a colon what exactly."""
    return str(PURPOSES.get(what.partition(":")[0], _("Work in personnel")))


# What the reader saw; `%(title)s` is what the look was about.
DATA: Final[Mapping[str, Promise]] = {
    "matrix": gettext_lazy("Levels and targets of all your skills"),
    "cell": gettext_lazy("“%(title)s”: level, target and all evidence"),
    "assessment": gettext_lazy("Levels of the skills that are assessed"),
    "calibration": gettext_lazy("Your self-assessment and the head's assessment"),
    "correction": gettext_lazy("Your request, and the skill it is about"),
    "coverage": gettext_lazy("Levels of the skills that “%(title)s” needs"),
    "what-if": gettext_lazy("Levels of the skills that the sections concerned need"),
    "expiring": gettext_lazy("Levels that expire soon"),
    "team": gettext_lazy("Levels of the skills that the project needs"),
    "suggestions": gettext_lazy("Levels of the skills that projects need, and what shows them"),
    "interested": gettext_lazy("Levels of the skills that “%(title)s” needs"),
    "plan": gettext_lazy("Levels of the skills that the project or role asks for"),
    "export": gettext_lazy("Levels and targets in the file"),
}


def data_of(what: str, title: str) -> str:
    """In the reader's language. `title`: of what `what` names; empty = it is gone."""
    key = what.partition(":")[0]
    return str(DATA.get(key, _("Your skills"))) % {"title": title or what.rpartition(":")[2]}
