"""Wagtail's snippet views for activities: of one's own courses, with the H5P editor."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import FormState
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.snippets.views import chooser, snippets

from courses.authoring.activities.access import policy
from courses.authoring.activities.forms import (
    NEW_KINDS,
    H5PActivityForm,
    NewActivityForm,
    edit_handler,
)
from courses.authoring.activities.widgets import NAMESPACE
from courses.authoring.policy import courses_for
from courses.catalogue.models import Activity, Course
from courses.catalogue.pages import course_of
from courses.catalogue.services import create_activity
from courses.h5p.content_types import place_text

# Kinds with an editor of their own.
EDITED_ELSEWHERE = {Activity.Kind.EXERCISE: "lms_courses_exercise_edit"}
PREVIEW_TEMPLATE = "lms_courses/activities/preview.html"


class OfOwnCourse:
    """Lets only those in whom the policy allows `needed` on this very activity."""

    needed = "change"
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        pk = kwargs.get("pk") or args[0]
        activity = get_object_or_404(Activity, pk=unquote(str(pk)))
        if not policy.user_has_permission_for_instance(request.user, self.needed, activity):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


def new_activity(form: NewActivityForm, user: Any) -> Activity:
    """The activity that a form of a new one asks for; it is an empty draft."""
    activity = create_activity(
        course=form.cleaned_data["course"],
        kind=form.cleaned_data["kind"],
        title=form.cleaned_data["title_ja"],
        language="ja",
    )
    log(instance=activity, action="wagtail.create", user=user, content_changed=True)
    return activity


def about_new(request: HttpRequest) -> dict[str, Any]:
    """What a form of a new activity is told besides what was typed."""
    kind = request.GET.get("kind", "")
    return {
        "for_user": request.user,
        "course": asked_course(request),
        "kind": kind if kind in NEW_KINDS else Activity.Kind.H5P,
    }


def asked_course(request: HttpRequest) -> Course | None:
    """The course a new activity is for: `?course=`, or that of the page being edited.

    Only a suggestion: what the form sends is checked.
    """
    given = request.GET.get("course", "")
    if given.isdecimal():
        return Course.objects.filter(pk=int(given)).first()
    return _course_of_referrer(request)


def _course_of_referrer(request: HttpRequest) -> Course | None:
    """A chooser is opened from the editor of a lesson; nothing else says which."""
    path = "/" + request.headers.get("Referer", "").partition("//")[2].partition("/")[2]
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        return None
    pages = {
        ("wagtailadmin_pages", "edit"): 0,
        ("wagtailadmin_pages", "add"): 2,
    }
    place = pages.get((match.namespace, match.url_name or ""))
    if place is None:
        return None
    values = [*match.args, *match.kwargs.values()]
    page = Page.objects.filter(pk=values[place]).first() if place < len(values) else None
    return course_of(page.specific) if page is not None else None


class ActivityAddView(snippets.CreateView):
    """Course and title only; everything else is done where the activity is edited."""

    form_class = NewActivityForm
    page_title = _("New activity")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.preview_enabled = self.autosave_enabled = False

    def get_panel(self) -> None:
        """The form has no panels."""

    def get_form_class(self) -> type[NewActivityForm]:
        return NewActivityForm

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()
        kwargs.pop("instance", None)
        return kwargs | about_new(self.request)

    def get_side_panels(self) -> Any:
        return MediaContainer([])

    def save_instance(self) -> Activity:
        self.new_revision = None
        return new_activity(self.form, self.request.user)


class ActivityEditView(OfOwnCourse, snippets.EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        elsewhere = EDITED_ELSEWHERE.get(self.object.kind)
        if elsewhere is not None:
            return redirect(elsewhere, self.object.pk)
        return super().dispatch(request, *args, **kwargs)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        # Every saved state makes content that never changes; a save is the author's decision.
        self.autosave_enabled = False

    def get_panel(self) -> Any:
        return edit_handler(self.object.kind)

    def get_form_class(self) -> Any:
        return self.get_panel().get_form_class()

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if "h5p" in form.fields and self.object.content is not None:
            download = reverse(f"{NAMESPACE}:download", args=[self.object.pk])
            form.fields["h5p"].widget.download_url = download
        return form

    def get_available_actions(self) -> list[str]:
        return [action for action in super().get_available_actions() if action != "publish"]


class ActivityPreviewView(OfOwnCourse, snippets.PreviewOnEditView):
    """Plays the form's state, or says what it lacks: the panel is never blank."""

    def get_form_class(self) -> Any:
        return edit_handler(self.object.kind).get_form_class()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.remove_old_preview_data()
        FormState.objects.update_or_create_by_instance(
            instance=self.object,
            parent_object_id=self.parent_object_id,
            user=request.user,
            defaults={"data": request.POST.urlencode(), "last_updated_at": now()},
        )
        # Whether it can be played is what the preview itself says.
        return JsonResponse({"is_valid": True, "is_available": True})

    def validate_form(self, form: Any) -> bool:
        self.form = form
        valid: bool = super().validate_form(form)
        return valid

    def error_response(self) -> HttpResponseBase:
        return TemplateResponse(
            self.request,
            PREVIEW_TEMPLATE,
            {"object": self.object, "missing": places_to_mend(self.form)},
        )


def places_to_mend(form: Any) -> list[str]:
    """What is to be put right before the form's activity can be played."""
    places = [
        f"{form[name].label}: {message}" if name in form.fields else message
        for name, messages in form.errors.items()
        if name != "h5p"
        for message in messages
    ]
    if isinstance(form, H5PActivityForm) and form.faults:
        return places + [place_text(fault) for fault in form.faults]
    return places + list(form.errors.get("h5p", []))


class ActivityHistoryView(OfOwnCourse, snippets.HistoryView):
    """What was saved; what was published is compared field by field on a page of its own."""

    needed = "change"

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        button = HeaderButton(
            label=_("Compare versions"),
            url=reverse("lms_courses_versions:compare_activity", args=[self.object.pk]),
            icon_name="history",
        )
        return [*super().header_buttons, button]


class ActivityUsageView(OfOwnCourse, snippets.UsageView):
    needed = "change"


class ActivityRevisionView(OfOwnCourse, snippets.PreviewRevisionView):
    needed = "view"


class ActivityCompareView(OfOwnCourse, snippets.RevisionsCompareView):
    needed = "view"


class ActivityLockView(OfOwnCourse, snippets.LockView):
    needed = "lock"


class ActivityUnlockView(OfOwnCourse, snippets.UnlockView):
    needed = "unlock"


class ActivityDeleteView(OfOwnCourse, snippets.DeleteView):
    needed = "delete"


class ActivityUnpublishView(OfOwnCourse, snippets.UnpublishView):
    needed = "publish"


# --- choosing one in a lesson ----------------------------------------------------------------


class OwnActivities:
    """Only activities of courses that the user may edit; `?kind=` says of which kind."""

    request: HttpRequest

    def get_object_list(self) -> Any:
        kind, course = (about_new(self.request)[key] for key in ("kind", "course"))
        mine = courses_for(self.request.user, "edit")
        if course is not None:
            # A lesson shows its own course's activities only.
            mine = mine.filter(pk=course.pk)
        return Activity.objects.filter(kind=kind, course__in=mine).select_related("course")

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_creation_form_kwargs()  # type: ignore[misc]
        return kwargs | about_new(self.request)

    @property
    def columns(self) -> list[Any]:
        columns = super().columns  # type: ignore[misc]
        return [*columns, Column("course", label=_("Course"), accessor="course")]


class ChooseActivityView(OwnActivities, chooser.ChooseView):
    pass


class ChooseActivityResultsView(OwnActivities, chooser.ChooseResultsView):
    pass


class CreateInChooserView(OwnActivities, chooser.SnippetCreateView):
    def save_form(self, form: NewActivityForm) -> Activity:
        return new_activity(form, self.request.user)
