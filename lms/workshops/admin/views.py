"""The sessions of a course in the Wagtail admin: planning them, and who was there."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from courses.authoring.course_views import CourseTabView
from courses.models import Activity
from lms.access.services import log_record_views
from lms.exceptions import WorkshopRefused
from lms.people.calendar import office_today
from lms.workshops.access import may_keep_sheets, seats_visible_to
from lms.workshops.admin.forms import CancelForm, SessionForm, SheetForm
from lms.workshops.attendance import record_sheet
from lms.workshops.models import Registration, WorkshopSession
from lms.workshops.selectors import with_counts
from lms.workshops.services import cancel_session, change_session, plan_session
from lms.workshops.sheet import department_of, sheet_csv

SESSIONS = "lms_core_sessions"
SESSION_NEW = "lms_core_session_new"
SESSION_EDIT = "lms_core_session_edit"
SESSION_CANCEL = "lms_core_session_cancel"
SHEET = "lms_core_session_sheet"
SHEET_FILE = "lms_core_session_sheet_file"
ATTENDANCE = "attendance"


class SessionsView(CourseTabView):
    """What is planned, and what was."""

    url_name = SESSIONS
    page_title = gettext_lazy("Workshop sessions")
    header_icon = "calendar"
    template_name = "lms_core/workshops/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = with_counts(WorkshopSession.objects.filter(activity__course=self.course))
        now = timezone.now()
        return super().get_context_data(
            coming=rows.filter(ends_at__gt=now),
            past=rows.filter(ends_at__lte=now).order_by("-starts_at"),
            may_keep_sheets=may_keep_sheets(self.request.user, self.course),
            **kwargs,
        )


class SessionFormView(CourseTabView):
    url_name = SESSIONS
    header_icon = "calendar"
    template_name = "lms_core/workshops/form.html"
    session: Any = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", SessionForm(course=self.course, session=self.session))
        return super().get_context_data(**{"session": self.session} | kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = SessionForm(request.POST, course=self.course, session=self.session)
        if form.is_valid():
            try:
                self.save(form)
            except WorkshopRefused as refused:
                form.refuse(refused)
            else:
                return redirect(SESSIONS, self.course.pk)
        messages.error(request, _("Nothing was saved. See the faults beside the fields."))
        return self.render_to_response(self.get_context_data(form=form))  # type: ignore[no-any-return]

    def save(self, form: SessionForm) -> None:
        raise NotImplementedError


class NewSessionView(SessionFormView):
    page_title = gettext_lazy("Plan a session")

    def save(self, form: SessionForm) -> None:
        workshop = form.cleaned_data.get("activity") or self.course.activities.get(
            kind=Activity.Kind.WORKSHOP
        )
        plan_session(workshop=workshop, plan=form.plan(), by=self.request.user)
        messages.success(self.request, _("The session is planned."))


class OneSession(CourseTabView):
    """A view of the session that the address names."""

    url_name = SESSIONS
    session: WorkshopSession

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.session = get_object_or_404(
            WorkshopSession.objects.select_related("activity__course"),
            uuid=kwargs["uuid"],
            activity__course=kwargs["course_id"],
        )
        self.check_permission()
        return super().dispatch(request, *args, **kwargs)

    def check_permission(self) -> None:
        """Nothing beyond what the tab asks."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"session": self.session} | kwargs)


class EditSessionView(OneSession, SessionFormView):
    page_title = gettext_lazy("Change the session")

    def save(self, form: SessionForm) -> None:
        change_session(session=self.session, plan=form.plan(), by=self.request.user)
        messages.success(self.request, _("The session is saved."))


class CancelSessionView(OneSession):
    page_title = gettext_lazy("Cancel the session")
    header_icon = "cross"
    template_name = "lms_core/workshops/cancel.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", CancelForm())
        people = self.session.registrations.exclude(state=Registration.State.CANCELLED).count()
        whom = ngettext(
            "%(number)d person has a seat or waits, and is told at once. It cannot be undone.",
            "%(number)d people have a seat or wait, and are told at once. It cannot be undone.",
            people,
        )
        return super().get_context_data(whom=whom % {"number": people}, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = CancelForm(request.POST)
        if form.is_valid():
            try:
                cancel_session(
                    session=self.session, reason=form.cleaned_data["reason"], by=request.user
                )
            except WorkshopRefused as refused:
                form.add_error(None, refused.message)
            else:
                messages.success(request, _("The session is cancelled, and everybody was told."))
                return redirect(SESSIONS, self.course.pk)
        return self.render_to_response(self.get_context_data(form=form))  # type: ignore[no-any-return]


class SheetKeeper(OneSession):
    """For those who may see who comes; every look is noted."""

    def check_permission(self) -> None:
        if not may_keep_sheets(self.request.user, self.session.activity.course):
            raise PermissionDenied

    def seats(self) -> list[Registration]:
        day = office_today(self.session.starts_at)
        rows = list(seats_visible_to(self.request.user, self.session, day))
        log_record_views(
            viewer=self.request.user,
            subject_ids=[row.employee_id for row in rows],
            what=ATTENDANCE,
        )
        return rows


class SheetView(SheetKeeper):
    """The people of a session; once it has begun, the attendance sheet."""

    page_title = gettext_lazy("Participants and attendance")
    header_icon = "group"
    template_name = "lms_core/workshops/sheet.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.seats()
        seats = [row for row in rows if row.state == Registration.State.REGISTERED]
        form = kwargs.pop("form", None) or SheetForm(seats=seats)
        return super().get_context_data(
            lines=[
                {
                    "row": row,
                    "department": department_of(row),
                    "choices": form[SheetForm.name_of(row)],
                }
                for row in seats
            ],
            waiting=[
                {"row": row, "department": department_of(row)}
                for row in rows
                if row.state == Registration.State.WAITING
            ],
            is_open=self.session.cancelled_at is None and self.session.starts_at <= timezone.now(),
            attended=sum(row.attendance == Registration.Attendance.ATTENDED for row in seats),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        seats = self.session.registrations.filter(state=Registration.State.REGISTERED)
        form = SheetForm(request.POST, seats=seats.select_related("employee"))
        if not form.is_valid():
            messages.error(request, _("Nothing was saved. Reload the page and try again."))
            return redirect(SHEET, self.course.pk, self.session.uuid)
        try:
            changed = record_sheet(session=self.session, marks=form.marks(), by=request.user)
        except WorkshopRefused as refused:
            messages.error(request, refused.message)
        else:
            text = ngettext(
                "The attendance sheet is saved: %(number)d entry changed.",
                "The attendance sheet is saved: %(number)d entries changed.",
                changed,
            )
            messages.success(request, text % {"number": changed})
        return redirect(SHEET, self.course.pk, self.session.uuid)


class SheetFileView(SheetKeeper):
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        day = office_today(self.session.starts_at)
        name = f"attendance-{self.course.key}-{day:%Y%m%d}.csv"
        return HttpResponse(
            sheet_csv(self.seats()),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def sessions_url(course_id: int) -> str:
    return reverse(SESSIONS, args=[course_id])
