"""Authors make data exercises here: they see beside the form what both files would get."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from courses.authoring.drafts import as_drafted
from courses.authoring.exercises.forms import ColumnFormSet, ExerciseForm, column_initial
from courses.authoring.exercises.services import save_exercise_draft
from courses.authoring.policy import courses_for, may
from courses.catalogue.models import Activity
from courses.exceptions import CoursesError
from courses.exercises.presenting import told_results
from courses.exercises.services import create_exercise, grade_by, guessed_columns

DEFAULT_PASS_PERCENT = 95
# How many places of a rule the author is shown.
SHOWN = 10


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The exercises of the courses one may edit, as drafted."""
    rows = (
        Activity.objects.filter(
            kind=Activity.Kind.EXERCISE, course__in=courses_for(request.user, "edit")
        )
        .select_related("course", "latest_revision")
        .order_by("course__position", "position", "key")
    )
    context = {"rows": [(row, as_drafted(row)) for row in rows]}
    return render(request, "lms_courses/exercises/index.html", context)


def create(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, _mine(request, pk))


@require_POST
def try_out(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """What both files would get by the form as it stands; nothing is kept."""
    form = _form(request, _mine(request, pk) if pk else None)
    if not form.is_valid():
        return render(request, "lms_courses/exercises/tried.html", {"form": form}, status=422)
    expected = form.expected_file()
    tried = [_tried(_("Messy file"), form, form.messy_file())]
    if expected is not None:
        tried.append(_tried(_("Expected file"), form, expected))
    return render(request, "lms_courses/exercises/tried.html", {"tried": tried})


@require_POST
def guess(request: HttpRequest) -> HttpResponse:
    """The columns of the file sent, for the form to take over."""
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"message": _("Choose the expected file first.")}, status=400)
    try:
        columns, keys = guessed_columns(file=(file.read(), file.name or ""))
    except CoursesError as error:
        return JsonResponse({"message": error.message}, status=400)
    return JsonResponse(
        {
            "columns": [
                column.model_dump(mode="json")
                | {"allowed": " | ".join(column.allowed), "is_key": column.name in keys}
                for column in columns
            ]
        }
    )


@require_GET
def file(request: HttpRequest, pk: int, which: str) -> HttpResponse:
    """A file of the draft, to be kept, never shown."""
    content = as_drafted(_mine(request, pk)).exercise
    found = getattr(content, f"{which}_file")() if content else None
    if found is None:
        return HttpResponse(status=404)
    data, name = found
    return HttpResponse(
        data,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": content_disposition_header(True, name) or "attachment",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _mine(request: HttpRequest, pk: int) -> Activity:
    row = get_object_or_404(Activity, pk=pk, kind=Activity.Kind.EXERCISE)
    if not may(request.user, "edit", row.course):
        raise PermissionDenied
    return row


def _form(request: HttpRequest, row: Activity | None) -> ExerciseForm:
    draft = as_drafted(row) if row else None
    content = draft.exercise if draft else None
    initial: dict[str, Any] = {"pass_percent": DEFAULT_PASS_PERCENT}
    columns: list[dict[str, Any]] = []
    if draft is not None:
        mark = draft.pass_mark
        initial = {
            "title_ja": draft.title_ja,
            "title_en": draft.title_en,
            "pass_percent": None if mark is None else round(mark * 100),
            "earlier_count": draft.earlier_count,
        }
    if content is not None:
        spec = content.parsed_spec()
        columns = column_initial(spec)
        initial |= {
            "instructions_ja": content.instructions_ja,
            "instructions_en": content.instructions_en,
            "no_expected": content.expected_id is None,
            "formats": list(spec.formats),
        }
    is_sent = request.method == "POST"
    return ExerciseForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        initial=initial,
        courses=courses_for(request.user, "edit"),
        draft=draft,
        # What is sent is all there is: a row that equals its draft is no empty row.
        columns=(
            ColumnFormSet(request.POST, prefix="columns")
            if is_sent
            else ColumnFormSet(initial=columns, prefix="columns")
        ),
    )


def _edit(request: HttpRequest, row: Activity | None) -> HttpResponse:
    form = _form(request, row)
    if request.method == "POST" and form.is_valid() and form.spec is not None:
        try:
            content = create_exercise(
                instructions_ja=form.cleaned_data["instructions_ja"],
                instructions_en=form.cleaned_data["instructions_en"],
                messy=form.messy_file(),
                expected=form.expected_file(),
                spec=form.spec,
            )
        except CoursesError as error:
            form.add_error(None, error.message)
        else:
            saved = save_exercise_draft(
                course=form.cleaned_data["course"],
                activity=row,
                content=content,
                title_ja=form.cleaned_data["title_ja"],
                title_en=form.cleaned_data["title_en"],
                pass_mark=form.pass_mark(),
                earlier_count=form.cleaned_data["earlier_count"],
                by=request.user,
            )
            messages.success(
                request,
                _("The draft was saved. Learners get it when the course is published."),
            )
            return redirect("lms_courses_exercise_edit", pk=saved.pk)
    return render(
        request,
        "lms_courses/exercises/edit.html",
        {"form": form, "columns": form.columns, "row": row, "content": form.content},
        status=422 if form.is_bound else 200,
    )


def _tried(title: str, form: ExerciseForm, given: tuple[bytes, str]) -> dict[str, Any]:
    """A report for the template, or why there is none."""
    assert form.spec is not None  # noqa: S101 - the form is valid
    try:
        report = grade_by(
            spec=form.spec,
            file=given,
            expected=form.expected_file(),
            pass_mark=form.pass_mark(),
        )
    except CoursesError as error:
        return {"title": title, "refusal": error.message}
    rules = [
        rule
        | {
            "more": max(0, rule["failed"] - SHOWN),
            "findings": [item | {"place": _place(item)} for item in rule["findings"][:SHOWN]],
        }
        for rule in told_results(report.as_json())
    ]
    return {
        "title": title,
        "percent": int(report.score * 100),
        "rows": report.rows,
        "broken": [rule for rule in rules if rule["failed"]],
        "kept": [rule for rule in rules if not rule["failed"]],
    }


def _place(finding: dict[str, Any]) -> str:
    """Empty = the file as a whole."""
    return _("Line %(line)d") % {"line": finding["line"]} if finding["line"] else ""
