"""HR's screens for what the matrix goes by, and for campaigns: Wagtail's own, row by row."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from lms.people.calendar import office_today
from skills_matrix.campaigns.models import Campaign
from skills_matrix.campaigns.services import open_tasks
from skills_matrix.competencies.models import AgeingRule, CompetencyMapping, LevelRule, Target
from skills_matrix.projects.ledger_models import HourlyRate

_DATES = [FieldPanel("effective_from"), FieldPanel("effective_until")]


class TargetViewSet(SnippetViewSet):
    model = Target
    icon = "pick"
    list_display = ["competency", "tier", "role", "level", "effective_from", "effective_until"]
    list_filter = ["competency__framework", "tier", "role"]
    panels = [
        *(FieldPanel(name) for name in ("competency", "tier", "role", "level")),
        *_DATES,
    ]


class AgeingRuleViewSet(SnippetViewSet):
    model = AgeingRule
    icon = "time"
    list_display = ["competency", "kind", "days", "effective_from", "effective_until"]
    list_filter = ["competency__framework", "kind"]
    panels = [*(FieldPanel(name) for name in ("competency", "kind", "days")), *_DATES]


class MappingViewSet(SnippetViewSet):
    model = CompetencyMapping
    icon = "link"
    list_display = ["earlier", "later", "most", "effective_from", "effective_until"]
    panels = [*(FieldPanel(name) for name in ("earlier", "later", "most")), *_DATES]


class LevelRuleViewSet(SnippetViewSet):
    model = LevelRule
    icon = "cog"
    list_display = ["name", "minimum_assurance", "freshness_floor", "effective_from"]
    panels = [
        *(FieldPanel(name) for name in ("name", "minimum_assurance", "freshness_floor")),
        *_DATES,
    ]


class HourlyRateViewSet(SnippetViewSet):
    model = HourlyRate
    icon = "calendar-check"
    list_display = ["tier", "yen", "effective_from", "effective_until"]
    list_filter = ["tier"]
    panels = [*(FieldPanel(name) for name in ("tier", "yen")), *_DATES]


class SkillRulesGroup(SnippetViewSetGroup):
    """Whatever changes here counts at once, for the past as far as its dates reach."""

    items = (
        *(TargetViewSet, AgeingRuleViewSet, MappingViewSet, LevelRuleViewSet),
        HourlyRateViewSet,
    )
    menu_label = _("Rules for skills")
    menu_name = "skill-rules"
    menu_icon = "cogs"
    menu_order = 522
    add_to_admin_menu = True


class CampaignViewSet(SnippetViewSet):
    model = Campaign
    icon = "form"
    menu_label = _("Skill assessments")
    menu_name = "skill-campaigns"
    menu_order = 523
    add_to_admin_menu = True
    list_display = ["key", "title_ja", "fiscal_year", "opens_on", "due_on"]
    panels = [
        FieldPanel(name)
        for name in (
            *("key", "title_ja", "title_en", "fiscal_year", "opens_on", "due_on"),
            *("department", "asks_head", "competencies"),
        )
    ]


def ask_at_once(request: HttpRequest, instance: Any) -> None:
    """Whom a campaign that is open already is for, without waiting for the night."""
    if isinstance(instance, Campaign):
        open_tasks(on=office_today())
