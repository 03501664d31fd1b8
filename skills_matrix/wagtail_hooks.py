"""What the skills matrix adds to the Wagtail admin and to the course check."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from courses.authoring.check.reading import PROMISES
from courses.authoring.course_tabs import REGISTER_TAB, CourseTab
from courses.models import Course
from lms.jobs.registry import EVERY_NIGHT, REGISTER_JOB
from lms.notices.kinds import NOTICE_KINDS
from lms.people.calendar import office_today
from lms.personnel.admin.views import LINKS as PERSONNEL_LINKS
from lms.personnel.models import PersonnelChange
from skills_matrix.admin import project_hooks  # noqa: F401 - registers itself
from skills_matrix.admin.process_views import ProcessViewSet
from skills_matrix.admin.views import AWARDS, CourseAwardsView
from skills_matrix.admin.viewsets import CampaignViewSet, SkillRulesGroup, ask_at_once
from skills_matrix.campaigns.admin import hooks as campaign_hooks  # noqa: F401 - registers itself
from skills_matrix.competencies.access import MANAGE_AWARDS, awards_visible_to
from skills_matrix.competencies.selectors import awards_not_over
from skills_matrix.competencies.services import AWARDS_SET
from skills_matrix.corrections.admin import hooks as correction_hooks  # noqa: F401 - registers itself
from skills_matrix.exchange.admin import hooks as exchange_hooks  # noqa: F401 - registers itself
from skills_matrix.mentoring.notices import ENDED, ENDED_KIND
from skills_matrix.nightly import (
    ask_nightly,
    refresh_nightly,
    remind_assessments_nightly,
    remind_of_measurements,
    tell_of_matches_nightly,
)
from skills_matrix.processes.access import MANAGE_PROCESSES
from skills_matrix.processes.services import PROCESS_SET
from skills_matrix.suggestions.matching import MATCH, MATCH_KIND
from skills_matrix.teams.jobs import COMPOSE_JOB

register_snippet(SkillRulesGroup)
register_snippet(CampaignViewSet)
hooks.register("after_create_snippet", ask_at_once)
hooks.register("after_edit_snippet", ask_at_once)
hooks.register(EVERY_NIGHT, ask_nightly)
hooks.register(EVERY_NIGHT, remind_assessments_nightly)
hooks.register(EVERY_NIGHT, refresh_nightly)
hooks.register(EVERY_NIGHT, remind_of_measurements)
hooks.register(EVERY_NIGHT, tell_of_matches_nightly)
hooks.register(NOTICE_KINDS, lambda: {MATCH: MATCH_KIND, ENDED: ENDED_KIND})
hooks.register(REGISTER_JOB, lambda: COMPOSE_JOB)


@hooks.register("register_admin_urls")
def award_urls() -> list[URLPattern]:
    return [path("courses/<int:course_id>/awards/", CourseAwardsView.as_view(), name=AWARDS)]


@hooks.register(REGISTER_TAB)
def awards_tab() -> CourseTab:
    return CourseTab(AWARDS, gettext_lazy("Awards"), "tag", awards_visible_to, order=30)


@hooks.register(PROMISES)
def promises(*, course: Course) -> Iterator[str]:
    """What the course check holds the course to."""
    for award in awards_not_over(course, office_today()):
        yield _("%(competency)s, level %(level)d") % {
            "competency": award.competency.title,
            "level": award.level,
        }


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """So that an administrator can give them to a group."""
    codenames = [name.split(".")[1] for name in (MANAGE_AWARDS, MANAGE_PROCESSES)]
    return Permission.objects.filter(content_type__app_label="lms_skills", codename__in=codenames)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(AWARDS_SET, gettext_lazy("Set the awards"), gettext_lazy("Awards set"))
    actions.register_action(
        PROCESS_SET,
        gettext_lazy("Set the business process"),
        gettext_lazy("Business process set"),
    )


@hooks.register(PERSONNEL_LINKS)
def what_if_link(change: PersonnelChange) -> list[tuple[str, str]]:
    """From the preview of a personnel file to what it would mean for skills."""
    return [(_("See what it would mean for skills"), f"/coverage/what-if?personnel={change.uuid}")]


@hooks.register("register_admin_viewset")
def register_processes() -> ProcessViewSet:
    return ProcessViewSet()
