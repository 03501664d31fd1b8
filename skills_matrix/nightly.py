"""What the package does every night."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from lms.notices.services import tell_of_projects_due
from skills_matrix.campaigns.services import open_tasks
from skills_matrix.materialised.services import refresh_matrix
from skills_matrix.projects.selectors import leads_to_remind


def ask_nightly(on: date) -> str:
    """People whom an open campaign is for and who have not been asked yet."""
    return _("Skill assessments: %(count)d people newly asked.") % {"count": open_tasks(on=on)}


def refresh_nightly(on: date) -> str:
    """So that the first reader of the morning does not wait for what the night has changed."""
    count = refresh_matrix(now=timezone.now())
    return _("Skills matrix: %(count)d people's rows made anew.") % {"count": count}


def remind_of_measurements(on: date) -> str:
    """Leads of projects that are to be measured again after 3 and 12 months."""
    count = tell_of_projects_due(due=leads_to_remind(on))
    return _("Projects to be measured again: %(count)d people told.") % {"count": count}
