"""Whom a course is meant for: rules, and who would receive it today, before anything is saved."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from courses.authoring.course_views import CourseTabView
from lms.conf import conf
from lms.enrolment.access import audience_editable_by, may_order, may_see_people
from lms.enrolment.admin.forms import BaseRuleFormSet, rule_forms, saved_rules
from lms.enrolment.audience import Audience, audience_of
from lms.enrolment.preview import Effect, apply_audience, preview_audience, unchanged
from lms.enrolment.rules.compiling import office_keys
from lms.enrolment.rules.condition import in_words, parse_condition
from lms.enrolment.rules.drafts import NewRule
from lms.exceptions import AudienceRefused, InvalidCondition
from lms.people.calendar import office_today
from lms.people.headcounts import headcount

AUDIENCE = "lms_core_audience"


FIGURES = {
    "assigned": gettext_lazy("Have it as an order"),
    "assigned_new": gettext_lazy("Newly ordered"),
    "assigned_leaving": gettext_lazy("No longer ordered"),
    "assigned_done": gettext_lazy("Done already"),
    "in_conflict": gettext_lazy("People to be looked at"),
}
KINDS = {
    "entering": gettext_lazy("newly ordered"),
    "leaving": gettext_lazy("no longer ordered"),
    "done": gettext_lazy("done already"),
    "exempt": gettext_lazy("exempt"),
    "contradicted": gettext_lazy("two due dates, the earlier holds"),
    "late": gettext_lazy("the due date has passed"),
}


@dataclass(frozen=True)
class Shown:
    """An audience in words, as exact as its reader may know it."""

    audience: Audience
    is_exact: bool
    effect: Effect | None = None

    @property
    def figures(self) -> list[dict[str, str]]:
        """What happens to people by order; only for who may see people."""
        effect = self.effect
        if effect is None:
            return []
        return [
            {"name": name, "label": str(FIGURES[name]), "people": self._people(len(people))}
            for name, people in (
                ("assigned", effect.after.assigned),
                ("assigned_new", effect.entering),
                ("assigned_leaving", effect.leaving),
                ("assigned_done", effect.after.done),
                ("in_conflict", effect.in_conflict),
            )
        ]

    @property
    def conflicts(self) -> list[tuple[str, str]]:
        if self.effect is None:
            return []
        after = self.effect.after
        parts = (
            ("exempt", after.exempt),
            ("contradicted", after.contradicted),
            ("late", after.late),
        )
        return [(str(KINDS[name]), self._people(len(people))) for name, people in parts if people]

    @property
    def examples(self) -> list[dict[str, Any]]:
        if self.effect is None:
            return []
        return [{"kind": KINDS[row.kind], "row": row} for row in self.effect.examples]

    def _people(self, number: int) -> str:
        return headcount(number, exact=self.is_exact, group=conf.SMALLEST_GROUP)

    @property
    def total(self) -> str:
        return self._people(self.audience.total)

    @property
    def entering(self) -> str:
        return self._people(self.audience.entering)

    @property
    def leaving(self) -> str:
        return self._people(self.audience.leaving)

    @property
    def staying_enrolled(self) -> str:
        return self._people(self.audience.staying_enrolled)

    @property
    def finished(self) -> str:
        return "" if self.audience.finished is None else self._people(self.audience.finished)

    @property
    def reaches(self) -> list[dict[str, Any]]:
        return [
            {"people": self._people(row.people), "is_idle": row.only == 0 and self.is_exact}
            for row in self.audience.reaches
        ]

    @property
    def sections(self) -> list[dict[str, Any]]:
        return [
            {
                "path": " / ".join(row.title for row in section.path),
                "by_tier": [self._people(n) if n else "" for n in section.by_tier],
                "total": self._people(section.total),
            }
            for section in self.audience.sections
        ]


class CourseAudienceView(CourseTabView):
    """Saves on POST; with `preview` it only shows who would receive the course."""

    url_name = AUDIENCE
    page_title = gettext_lazy("Audience")
    header_icon = "group"
    template_name = "lms_core/audience/edit.html"
    preview_template = "lms_core/audience/preview.html"

    def shown(self, forms: BaseRuleFormSet) -> Shown | None:
        """None = the rules have faults."""
        user = self.request.user
        if forms.is_bound and not forms.is_valid():
            return None
        rules = forms.rules() if forms.is_bound else saved_rules(self.course)
        today = office_today()
        audience = audience_of(course=self.course, rules=rules, on=today, viewer=user)
        return Shown(
            audience, may_see_people(user), self.effect(rules if forms.is_bound else None, today)
        )

    def effect(self, rules: list[NewRule] | None, on: date) -> Effect | None:
        """What saving these rules would do to people; None as `rules` = nothing would change."""
        user = self.request.user
        if not (may_see_people(user) and may_order(user)):
            return None
        if rules is None:
            return unchanged([self.course], on)
        return preview_audience(course=self.course, rules=rules, by=user, on=on, sees_people=True)

    @property
    def described_rules(self) -> list[dict[str, Any]]:
        title = office_keys().title
        return [
            {"words": in_words(parse_condition(rule.condition), title), "rule": rule}
            for rule in self.course.audience.all()
        ]

    @property
    def may_edit(self) -> bool:
        return audience_editable_by(self.request.user).filter(pk=self.course.pk).exists()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        make = partial(rule_forms, course=self.course, may_order=may_order(self.request.user))
        forms = kwargs.pop("forms", None) or make()
        return super().get_context_data(
            forms=forms,
            shown=self.shown(forms),
            may_edit=self.may_edit,
            may_order=may_order(self.request.user),
            rules=[] if self.may_edit else self.described_rules,
            smallest_group=conf.SMALLEST_GROUP,
            today=office_today(),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.may_edit:
            raise PermissionDenied
        forms = rule_forms(course=self.course, data=request.POST, may_order=may_order(request.user))
        if "preview" in request.POST:
            if request.POST["preview"] == "fragment":
                self.template_name = self.preview_template
            return self.render_to_response(  # type: ignore[no-any-return]
                self.get_context_data(forms=forms)
            )
        if not forms.is_valid():
            messages.error(request, _("Nothing was saved. See the faults beside the rows."))
            context = self.get_context_data(forms=forms)
            return self.render_to_response(context)  # type: ignore[no-any-return]
        try:
            effect = apply_audience(
                course=self.course, rules=forms.rules(), by=request.user, on=office_today()
            )
        except (AudienceRefused, InvalidCondition) as refused:
            messages.error(request, str(refused))
            return redirect(AUDIENCE, self.course.pk)
        messages.success(request, _("The audience is saved."))
        if effect.outcome.enrolled:
            people = headcount(
                effect.outcome.enrolled,
                exact=may_see_people(request.user),
                group=conf.SMALLEST_GROUP,
            )
            text = _("Enrolled because it is mandatory: %(people)s")
            messages.info(request, text % {"people": people})
        return redirect(AUDIENCE, self.course.pk)
