"""What the H5P editor in the browser asks for, and the download of an activity."""

from collections.abc import Callable
from functools import wraps
from typing import Any, BinaryIO, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courses.authoring.activities.access import policy
from courses.authoring.activities.contents import content_with_uuid, file_named
from courses.authoring.activities.forms import editor_value
from courses.authoring.drafts import as_drafted
from courses.authoring.librarian.views import PERMISSION as LIBRARIAN
from courses.authoring.policy import courses_for
from courses.catalogue.models import Activity
from courses.exceptions import CoursesError
from courses.h5p import storage
from courses.h5p.content_types import form_description
from courses.h5p.library import parse_label
from courses.h5p.media_store import FOLDERS, media_entry, store_media
from courses.h5p.refusals import PackageRefused
from courses.h5p.selectors import library_named
from courses.h5p.services import export_content, install_package
from courses.h5p.serving import file_response

View = Callable[..., HttpResponseBase]
# What is missing can be installed, but not by an author.
ASK_LIBRARIAN = frozenset({"dependency_missing"})
H5P_TYPE = "application/zip"


def for_authors(view: View) -> View:
    """Only for those who may edit a course; refusals become `{message}` with status 400."""

    @wraps(view)
    def checked(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not courses_for(request.user, "edit").exists():
            raise PermissionDenied
        try:
            return view(request, **kwargs)
        except CoursesError as refused:
            return JsonResponse({"message": _message(refused), "code": refused.code}, status=400)

    return checked


def _message(refused: CoursesError) -> str:
    message = refused.message
    if refused.place:
        message = f"{refused.place}: {message}"
    if isinstance(refused, PackageRefused) and refused.reason in ASK_LIBRARIAN:
        message = f"{message} {_('Ask the librarian to install it.')}"
    return message


@require_GET
@for_authors
def describe(request: HttpRequest) -> HttpResponseBase:
    """`?library=H5P.TrueFalse 1.6&language=ja`: the fields of a type."""
    label = request.GET.get("library", "")
    name = parse_label(label)
    library = library_named(name) if name is not None else None
    if library is None:
        words = _("%(library)s is not installed. Ask the librarian to install it.")
        return JsonResponse({"message": words % {"library": label}}, status=404)
    language = request.GET.get("language") or "ja"
    return JsonResponse(form_description(library=library, language=language))


@require_POST
@for_authors
def media(request: HttpRequest) -> HttpResponseBase:
    """A file for a field: the value that the field has then."""
    file = request.FILES.get("file")
    if file is None or file.file is None or not file.name:
        return JsonResponse({"message": _("Choose a file.")}, status=400)
    stored = store_media(file=cast(BinaryIO, file.file), name=file.name, made_by=request.user)
    kind = request.POST.get("kind", "")
    return JsonResponse(media_entry(file=stored, kind=kind if kind in FOLDERS else None))


@require_GET
@for_authors
def shown_file(request: HttpRequest) -> HttpResponseBase:
    """`?path=images/a.png&based_on=UUID`: a file the form shows, uploaded or of the content."""
    path = request.GET.get("path", "")
    row = file_named(path, content=content_with_uuid(request.GET.get("based_on")))
    file = storage.open_file(row.stored_in) if row is not None else None
    if row is None or file is None:
        raise Http404
    return file_response(
        request,
        file,
        name=f"file.{row.extension}",
        size=row.size,
        etag=f'"{row.digest[:32]}"',
        cache="private, max-age=3600",
    )


@require_POST
@for_authors
def package(request: HttpRequest) -> HttpResponseBase:
    """A .h5p file made elsewhere: what the editor needs to go on with it."""
    file = request.FILES.get("file")
    if file is None or file.file is None:
        return JsonResponse({"message": _("Choose a file.")}, status=400)
    content = install_package(
        file=cast(BinaryIO, file.file),
        installed_by=request.user,
        may_install_libraries=request.user.has_perm(LIBRARIAN),
    )
    return JsonResponse({**editor_value(content), "title": content.title})


@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The activity as it was last saved, as a standard .h5p with its libraries."""
    activity = get_object_or_404(Activity, pk=pk)
    if not policy.user_has_any_permission_for_instance(request.user, ("view", "change"), activity):
        raise PermissionDenied
    draft = as_drafted(activity)
    if draft.content is None:
        raise Http404
    name = get_valid_filename(draft.title.strip() or activity.key)
    return HttpResponse(
        export_content(content=draft.content),
        content_type=H5P_TYPE,
        headers={"Content-Disposition": _attachment(f"{name}.h5p")},
    )


def _attachment(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"
