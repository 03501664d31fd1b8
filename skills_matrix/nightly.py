"""What the package does every night."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from lms.notices.models import Notice
from lms.notices.services import Topic, tell_of_topic
from skills_matrix.campaigns.services import open_tasks, remind_of_campaigns
from skills_matrix.materialised.services import refresh_matrix
from skills_matrix.projects.selectors import leads_to_remind
from skills_matrix.suggestions.matching import tell_of_matches


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


def tell_of_matches_nightly(on: date) -> str:
    """Of projects that look for people, whoever they suit well and who was not told yet."""
    return _("Projects that suit people: %(count)d new notices.") % {
        "count": tell_of_matches(on=on, as_of=timezone.now())
    }


def remind_of_measurements(on: date) -> str:
    """Leads of projects that are to be measured again after 3 and 12 months."""
    count = sum(
        tell_of_topic(
            kind=Notice.Kind.PROJECT_DUE,
            topic=Topic(
                project.key, project.title_ja, project.title_en, f"/projects/{project.key}"
            ),
            recipients=[recipient],
            occasion=due_on,
            due_on=due_on,
        )
        for recipient, project, due_on in leads_to_remind(on)
    )
    return _("Projects to be measured again: %(count)d people told.") % {"count": count}
