"""What the package does every night."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from skills_matrix.campaigns.services import open_tasks, remind_of_campaigns
from skills_matrix.materialised.services import refresh_matrix


def ask_nightly(on: date) -> str:
    """People whom an open campaign is for and who have not been asked yet."""
    return _("Skill assessments: %(count)d people newly asked.") % {"count": open_tasks(on=on)}


def remind_assessments_nightly(on: date) -> str:
    """Of campaigns whose last day comes near."""
    return _("Skill assessments: %(count)d people reminded.") % {
        "count": remind_of_campaigns(on=on)
    }


def refresh_nightly(on: date) -> str:
    """So that the first reader of the morning does not wait for what the night has changed."""
    count = refresh_matrix(now=timezone.now())
    return _("Skills matrix: %(count)d people's rows made anew.") % {"count": count}
