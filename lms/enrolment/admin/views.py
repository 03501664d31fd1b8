"""Whom a course is meant for: rules, and who would receive it today, before anything is saved."""

from dataclasses import dataclass
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
from lms.enrolment.admin.forms import BaseRuleFormSet, rule_forms
from lms.enrolment.audience import Audience, audience_of
from lms.enrolment.services import set_audience
from lms.exceptions import AudienceRefused
from lms.people.calendar import office_today
from lms.people.headcounts import headcount

AUDIENCE = "lms_core_audience"


@dataclass(frozen=True)
class Shown:
    """An audience in words, as exact as its reader may know it."""

    audience: Audience
    is_exact: bool

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
        rules = forms.rules() if forms.is_bound else list(self.course.audience.all())
        audience = audience_of(course=self.course, rules=rules, on=office_today(), viewer=user)
        return Shown(audience, may_see_people(user))

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
            rules=self.course.audience.select_related("tier", "role", "department"),
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
            assigned = set_audience(
                course=self.course, rules=forms.rules(), by=request.user, on=office_today()
            )
        except AudienceRefused as refused:
            messages.error(request, str(refused))
            return redirect(AUDIENCE, self.course.pk)
        messages.success(request, _("The audience is saved."))
        if assigned:
            people = headcount(
                assigned, exact=may_see_people(request.user), group=conf.SMALLEST_GROUP
            )
            text = _("Enrolled because it is mandatory: %(people)s")
            messages.info(request, text % {"people": people})
        return redirect(AUDIENCE, self.course.pk)
