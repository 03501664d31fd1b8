"""Whom a course is meant for: rules, and who would receive it today, before anything is saved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from courses.authoring.course_views import CourseTabView
from courses.authoring.paths.views import PathTabView
from courses.models import Course, LearningPath
from lms.conf import conf
from lms.enrolment.access import (
    audience_editable_by,
    may_order,
    may_see_people,
    path_audience_editable_by,
)
from lms.enrolment.admin.forms import (
    BaseRuleFormSet,
    path_rule_forms,
    rule_forms,
    with_one_more_group,
)
from lms.enrolment.audience import Audience, audience_of, audience_of_path
from lms.enrolment.models import Rule
from lms.enrolment.preview import (
    CourseEffect,
    Effect,
    apply_audience,
    apply_path_audience,
    preview_audience,
    preview_path_audience,
    unchanged,
)
from lms.enrolment.rules.compiling import office_keys
from lms.enrolment.rules.condition import in_words, parse_condition
from lms.enrolment.rules.drafts import NewRule
from lms.enrolment.rules.writing import as_drafts
from lms.enrolment.selectors import own_rules, rules_from_paths
from lms.exceptions import AudienceRefused, InvalidCondition
from lms.people.calendar import office_today
from lms.people.headcounts import headcount

AUDIENCE = "lms_core_audience"
PATH_AUDIENCE = "lms_core_path_audience"

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
    def by_course(self) -> list[dict[str, Any]]:
        """What happens to people by each course's order, where there are several courses."""
        rows: tuple[CourseEffect, ...] = self.effect.courses if self.effect else ()
        return [
            {
                "course": row.course,
                "assigned": self._people(len(row.after.assigned)),
                "entering": self._people(len(row.entering)),
                "leaving": self._people(len(row.leaving)),
                "done": self._people(len(row.after.done)),
            }
            for row in (rows if len(rows) > 1 else ())
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


class AudienceView:
    """Saves on POST; with `preview` it only shows who would receive the course or path.

    Subclasses say whose audience it is; a page's frame comes from the view they are mixed into.
    """

    url_name: str
    request: HttpRequest
    page_title = gettext_lazy("Audience")
    header_icon = "group"
    template_name = ""
    preview_template = "lms_core/audience/preview.html"

    @property
    def subject(self) -> Any:
        raise NotImplementedError

    @property
    def may_edit(self) -> bool:
        raise NotImplementedError

    def forms(self, data: Any = None, grown: str = "") -> BaseRuleFormSet:
        raise NotImplementedError

    @property
    def saved(self) -> QuerySet[Any]:
        """The rules set here."""
        raise NotImplementedError

    def audience(self, rules: list[NewRule], on: date) -> Audience:
        raise NotImplementedError

    def unchanged(self, on: date) -> Effect:
        raise NotImplementedError

    def preview(self, rules: list[NewRule], on: date) -> Effect:
        raise NotImplementedError

    def apply(self, rules: list[NewRule], on: date) -> Effect:
        raise NotImplementedError

    def shown(self, forms: BaseRuleFormSet) -> Shown | None:
        """None = the rules have faults."""
        user = self.request.user
        if forms.is_bound and not forms.is_valid():
            return None
        rules = forms.rules() if forms.is_bound else as_drafts(self.saved)
        today = office_today()
        return Shown(
            self.audience(rules, today),
            may_see_people(user),
            self.effect(rules if forms.is_bound else None, today),
        )

    def effect(self, rules: list[NewRule] | None, on: date) -> Effect | None:
        """What saving these rules would do to people; None as `rules` = nothing would change."""
        user = self.request.user
        if not (may_see_people(user) and may_order(user)):
            return None
        return self.unchanged(on) if rules is None else self.preview(rules, on)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forms = kwargs.pop("forms", None) or self.forms()
        context: dict[str, Any] = super().get_context_data(  # type: ignore[misc]
            forms=forms,
            shown=self.shown(forms),
            may_edit=self.may_edit,
            may_order=may_order(self.request.user),
            rules=[] if self.may_edit else described_rules(self.saved),
            smallest_group=conf.SMALLEST_GROUP,
            today=office_today(),
            **kwargs,
        )
        return context

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.may_edit:
            raise PermissionDenied
        grown = request.POST.get("grow", "")
        data = with_one_more_group(request.POST, grown) if grown else request.POST
        forms = self.forms(data, grown)
        if grown or "preview" in request.POST:
            if request.POST.get("preview") == "fragment":
                self.template_name = self.preview_template
            return self._answer(forms)
        if not forms.is_valid():
            messages.error(request, _("Nothing was saved. See the faults beside the rows."))
            return self._answer(forms)
        try:
            effect = self.apply(forms.rules(), office_today())
        except (AudienceRefused, InvalidCondition) as refused:
            messages.error(request, str(refused))
            return redirect(self.url_name, self.subject.pk)
        messages.success(request, _("The audience is saved."))
        if effect.outcome.enrolled:
            people = headcount(
                effect.outcome.enrolled,
                exact=may_see_people(request.user),
                group=conf.SMALLEST_GROUP,
            )
            text = _("Enrolled because it is mandatory: %(people)s")
            messages.info(request, text % {"people": people})
        return redirect(self.url_name, self.subject.pk)

    def _answer(self, forms: BaseRuleFormSet) -> HttpResponse:
        context = self.get_context_data(forms=forms)
        response: HttpResponse = self.render_to_response(context)  # type: ignore[attr-defined]
        return response


def described_rules(rules: Iterable[Rule]) -> list[dict[str, Any]]:
    title = office_keys().title
    return [
        {"words": in_words(parse_condition(rule.condition), title), "rule": rule} for rule in rules
    ]


class CourseAudienceView(AudienceView, CourseTabView):
    """Of a course. What comes from paths is shown beside it, to be changed there."""

    url_name = AUDIENCE
    template_name = "lms_core/audience/edit.html"

    @property
    def subject(self) -> Course:
        return self.course

    @property
    def may_edit(self) -> bool:
        return audience_editable_by(self.request.user).filter(pk=self.course.pk).exists()

    @property
    def saved(self) -> QuerySet[Any]:
        return own_rules(self.course)

    def forms(self, data: Any = None, grown: str = "") -> BaseRuleFormSet:
        may = may_order(self.request.user)
        return rule_forms(course=self.course, data=data, may_order=may, grown=grown)

    def audience(self, rules: list[NewRule], on: date) -> Audience:
        return audience_of(course=self.course, rules=rules, on=on, viewer=self.request.user)

    def unchanged(self, on: date) -> Effect:
        return unchanged([self.course], on)

    def preview(self, rules: list[NewRule], on: date) -> Effect:
        return preview_audience(
            course=self.course, rules=rules, by=self.request.user, on=on, sees_people=True
        )

    def apply(self, rules: list[NewRule], on: date) -> Effect:
        return apply_audience(course=self.course, rules=rules, by=self.request.user, on=on)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            from_paths=described_rules(rules_from_paths(self.course)), **kwargs
        )


class PathAudienceView(AudienceView, PathTabView):
    """Of a path: one order for all its courses."""

    url_name = PATH_AUDIENCE
    template_name = "lms_core/audience/edit_path.html"

    @property
    def subject(self) -> LearningPath:
        return self.path

    @property
    def may_edit(self) -> bool:
        return path_audience_editable_by(self.request.user)

    @property
    def saved(self) -> QuerySet[Any]:
        return self.path.audience.all()

    def forms(self, data: Any = None, grown: str = "") -> BaseRuleFormSet:
        may = may_order(self.request.user)
        return path_rule_forms(path=self.path, data=data, may_order=may, grown=grown)

    def audience(self, rules: list[NewRule], on: date) -> Audience:
        return audience_of_path(path=self.path, rules=rules, on=on, viewer=self.request.user)

    def unchanged(self, on: date) -> Effect:
        return unchanged(self.path.courses.order_by("steps__position", "pk"), on)

    def preview(self, rules: list[NewRule], on: date) -> Effect:
        return preview_path_audience(
            path=self.path, rules=rules, by=self.request.user, on=on, sees_people=True
        )

    def apply(self, rules: list[NewRule], on: date) -> Effect:
        return apply_path_audience(path=self.path, rules=rules, by=self.request.user, on=on)
