"""Where the review hangs into Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem
from wagtail.admin.widgets import Button

from courses.authoring.check.course import refuse_unready
from courses.authoring.policy import may_on_page
from courses.authoring.review import views
from courses.authoring.review.links import may_invite
from courses.authoring.review.rules import SUBMITTED
from courses.catalogue.locks import course_page_above, review_of
from courses.catalogue.pages import CoursePageMixin, LessonPageMixin, ModulePageMixin
from courses.conf import conf
from courses.exceptions import CourseNotReady

COURSE_PARTS = (CoursePageMixin, ModulePageMixin, LessonPageMixin)
SUBMIT = "action-review"
# Wagtail's own ways to submit, which no menu of a course offers: whoever sends them nevertheless
# is led to the one way.
WAGTAILS_SUBMIT = frozenset({"action-submit", "action-restart-workflow", "action-resume"})


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern | URLResolver]:
    patterns = [
        path("<int:page_id>/submit/", views.submit, name="submit"),
        path("<int:page_id>/withdraw/", views.withdraw, name="withdraw"),
        path("<int:page_id>/open/", views.open_screen, name="open"),
        path("<int:page_id>/links/", views.links, name="links"),
        path("links/<int:link_id>/revoke/", views.revoke, name="revoke"),
        path("links/<int:link_id>/renew/", views.renew, name="renew"),
    ]
    return [path("course-review/", include((patterns, "lms_courses_review")))]


class SubmitMenuItem(ActionMenuItem):
    """Saves the draft, then shows what the course check found and asks for the last word."""

    label = gettext_lazy("Check and submit for review")
    name = SUBMIT
    icon_name = "resubmit"
    order = 60

    def is_shown(self, context: Any) -> bool:
        page = context.get("page")
        return (
            context["view"] == "edit"
            and isinstance(page, COURSE_PARTS)
            and not context["locked_for_user"]
            and may_on_page(context["request"].user, "edit", page)
            and not _is_under_review(page)
        )


@hooks.register("register_page_action_menu_item")
def submit_menu_item() -> ActionMenuItem:
    return SubmitMenuItem()


@hooks.register("construct_page_action_menu")
def leave_one_way_to_submit(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    """A new page below a course inherits the course's workflow in Wagtail's eyes."""
    if context["view"] == "create" and _leads_to_course(context["parent_page"], request):
        menu_items[:] = [
            item for item in menu_items if not isinstance(item, SubmitForModerationMenuItem)
        ]


@hooks.register("before_create_page")
def refuse_submitting_at_birth(
    request: HttpRequest, parent: Any, page_class: type
) -> HttpResponse | None:
    if "action-submit" not in request.POST or not issubclass(page_class, COURSE_PARTS):
        return None
    messages.error(request, _("Save the page first; the course is submitted as a whole."))
    return redirect(request.get_full_path())


@hooks.register("after_edit_page")
def go_on_to_submission(request: HttpRequest, page: Any) -> HttpResponse | None:
    asked = {SUBMIT, *WAGTAILS_SUBMIT} & set(request.POST)
    course_page = course_page_above(page) if asked and isinstance(page, COURSE_PARTS) else None
    if course_page is None:
        return None
    try:
        refuse_unready(course_page)
    except CourseNotReady as error:
        views.show_refusal(request, error)
    return redirect("lms_courses_review:submit", course_page.pk)


@hooks.register("register_page_header_buttons")
def header_buttons(page: Any, user: Any, next_url: str | None = None, view_name: str = "") -> Any:
    yield from _buttons(page, user)


@hooks.register("register_page_listing_more_buttons")
def listing_buttons(page: Any, user: Any, next_url: str | None = None) -> Any:
    if issubclass(page.specific_class or type(page), CoursePageMixin):
        yield from _buttons(page.specific, user)


def _buttons(page: Any, user: Any) -> Iterator[Button]:
    if not isinstance(page, COURSE_PARTS):
        return
    course_page = course_page_above(page)
    if course_page is None:
        return
    if may_on_page(user, "edit", course_page):
        yield _link(gettext_lazy("Submission for review"), "submit", course_page, "resubmit", 61)
    if conf.REVIEW_ADDRESS and may_invite(course_page, user):
        yield _link(gettext_lazy("Review as a learner sees it"), "open", course_page, "view", 62)
        yield _link(gettext_lazy("Review links for guests"), "links", course_page, "link", 63)


def _link(label: Promise, view: str, page: Any, icon: str, priority: int) -> Button:
    return Button(
        label,
        reverse(f"lms_courses_review:{view}", args=[page.pk]),
        icon_name=icon,
        priority=priority,
    )


def _is_under_review(page: Any) -> bool:
    course_page = course_page_above(page)
    return course_page is not None and review_of(course_page) is not None


def _leads_to_course(parent: Any, request: HttpRequest) -> bool:
    models = parent.specific_class.creatable_subpage_models()
    name = request.resolver_match.kwargs.get("content_type_model_name", "")  # type: ignore[union-attr]
    return any(
        issubclass(model, COURSE_PARTS) and model._meta.model_name == name for model in models
    )


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(
        "lms_courses.second_approval_skipped",
        gettext_lazy("Second approval not needed"),
        gettext_lazy("No second approval: the course is mandatory for no tier"),
    )
    actions.register_action(SUBMITTED, gettext_lazy("Submitted for review"), _submission_message)


def _submission_message(data: Any) -> str:
    note = data.get("note", "")
    return (
        _("Submitted for review: %(note)s") % {"note": note} if note else _("Submitted for review")
    )
