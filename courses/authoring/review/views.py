"""The admin's pages around a review: they parse, authorise, call a service and render."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from courses.authoring.check.course import check_course, is_blocking
from courses.authoring.drafts import course_draft
from courses.authoring.policy import may_on_page
from courses.authoring.review.forms import InvitationForm, SubmissionForm
from courses.authoring.review.links import (
    address_of,
    invite_guest,
    links_to,
    may_invite,
    open_own_review,
    page_of,
    renew_link,
    revoke_link,
    send_link,
)
from courses.authoring.review.models import ReviewLink
from courses.authoring.review.rules import is_reviewer, needs_second_approval, submission_note
from courses.authoring.review.services import submit_for_review, withdraw_from_review
from courses.catalogue.locks import review_of
from courses.catalogue.selectors import course_page_models
from courses.conf import conf
from courses.exceptions import CourseNotReady, CoursesError


def submit(request: HttpRequest, page_id: int) -> HttpResponse:
    """The last look before the submission; during the review, where it stands."""
    page = _course_page(page_id)
    if not may_on_page(request.user, "edit", page):
        raise PermissionDenied
    form = SubmissionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            submit_for_review(page=page, by=request.user, note=form.cleaned_data["note"])
        except CoursesError as error:
            show_refusal(request, error)
        else:
            messages.success(
                request, _("“%(title)s” was submitted for review.") % {"title": page.title}
            )
        return redirect("lms_courses_review:submit", page.pk)
    review = review_of(page)
    findings = [] if review else check_course(course_draft(page))
    state = page.current_workflow_state
    asked = state.current_task_state if state and not review else None
    return render(
        request,
        "lms_courses/review/submit.html",
        _frame(page, _("Submission for review"), "resubmit")
        | {
            "review": review,
            "note": submission_note(review) if review else "",
            "can_withdraw": bool(review and review.user_can_cancel(request.user)),
            "asked": asked,
            "approvals": 2 if needs_second_approval(page.course) else 1,
            "findings": findings,
            "is_blocked": any(map(is_blocking, findings)),
            "form": form,
            "can_invite": bool(conf.REVIEW_ADDRESS) and may_invite(page, request.user),
        },
    )


def show_refusal(request: HttpRequest, error: CoursesError) -> None:
    """Why a course was not submitted, with the way to the course check where that is the reason."""
    buttons = []
    if isinstance(error, CourseNotReady):
        buttons.append(messages.button(error.check_url, _("Course check")))
    messages.error(request, error.message, buttons=buttons)


@require_POST
def withdraw(request: HttpRequest, page_id: int) -> HttpResponse:
    page = _course_page(page_id)
    try:
        withdraw_from_review(page=page, by=request.user)
    except CoursesError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The submission was withdrawn. You can edit the course again."))
    return redirect("lms_courses_review:submit", page.pk)


@never_cache
def open_screen(request: HttpRequest, page_id: int) -> HttpResponse:
    """Where a reviewer with an account sees the course: the screen that guests have, too.

    Opening it makes a short-lived link of one's own and changes nothing else.
    """
    page = _course_page(page_id)
    if not conf.REVIEW_ADDRESS:
        raise Http404
    if not may_invite(page, request.user):
        raise PermissionDenied
    response = redirect(address_of(open_own_review(page=page, by=request.user)))
    # The address holds a secret: where the reader goes from there must not learn it.
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
def links(request: HttpRequest, page_id: int) -> HttpResponse:
    page = _course_page(page_id)
    if not conf.REVIEW_ADDRESS:
        raise Http404
    if not may_invite(page, request.user):
        raise PermissionDenied
    can_delegate = is_reviewer(page, request.user)
    form = InvitationForm(request.POST or None, can_delegate=can_delegate)
    given = None
    if request.method == "POST" and form.is_valid():
        asked = {"may_approve": False} | form.cleaned_data
        link, secret = invite_guest(page=page, by=request.user, **asked)
        given = _given(request, link, secret)
        form = InvitationForm(can_delegate=can_delegate)
    return _render_links(request, page, form, given)


@require_POST
def revoke(request: HttpRequest, link_id: int) -> HttpResponse:
    link, page = _link(request, link_id)
    revoke_link(link=link)
    messages.success(request, _("The link of %(name)s no longer works.") % {"name": link.name})
    return redirect("lms_courses_review:links", page.pk)


@require_POST
@never_cache
def renew(request: HttpRequest, link_id: int) -> HttpResponse:
    link, page = _link(request, link_id)
    if link.state != "valid":
        raise Http404
    form = InvitationForm(can_delegate=is_reviewer(page, request.user))
    return _render_links(request, page, form, _given(request, link, renew_link(link=link)))


def _render_links(
    request: HttpRequest, page: Any, form: InvitationForm, given: dict[str, Any] | None
) -> HttpResponse:
    return render(
        request,
        "lms_courses/review/links.html",
        _frame(page, _("Review links for guests"), "link")
        | {"form": form, "given": given, "links": links_to(page)},
    )


def _frame(page: Any, title: str, icon: str) -> dict[str, Any]:
    """What Wagtail's own frame around a page of the admin wants to know."""
    return {
        "page": page,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_explore", args=[page.pk]), "label": page.title},
            {"url": "", "label": title},
        ],
    }


def _given(request: HttpRequest, link: ReviewLink, secret: str) -> dict[str, Any]:
    """The address, shown this once, and what became of the e-mail."""
    if link.email and send_link(link=link, secret=secret):
        messages.success(request, _("The link was sent to %(email)s.") % {"email": link.email})
    elif link.email:
        messages.warning(
            request, _("The e-mail could not be sent. Please pass on the link yourself.")
        )
    return {"link": link, "address": address_of(secret)}


def _course_page(page_id: int) -> Any:
    for model in course_page_models():
        page = model.objects.filter(pk=page_id).select_related("course", "locale").first()
        if page is not None:
            return page
    raise Http404


def _link(request: HttpRequest, link_id: int) -> tuple[ReviewLink, Any]:
    """A guest's link and its page. Who may invite may take back, but not widen, what others gave.

    Raises:
        PermissionDenied: not this person's.
    """
    link = get_object_or_404(ReviewLink.objects.select_related("course"), pk=link_id, is_guest=True)
    page = page_of(link)
    is_theirs = link.created_by_id == request.user.pk or is_reviewer(page, request.user)
    if not (may_invite(page, request.user) and is_theirs):
        raise PermissionDenied
    return link, page
