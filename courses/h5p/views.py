"""The content origin's pages and files. No session, no cookies, no people."""

import json
import unicodedata
from io import BytesIO
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template import Context, Engine

from courses.conf import conf
from courses.h5p import storage
from courses.h5p.library import parse_folder
from courses.h5p.limits import Limits
from courses.h5p.models import H5PContent
from courses.h5p.names import clean_name
from courses.h5p.packing import to_json
from courses.h5p.player import core_strings, page_policy
from courses.h5p.refusals import PackageRefused
from courses.h5p.selectors import (
    content_for_token,
    content_player_metadata,
    library_name,
    library_named,
)
from courses.h5p.serving import file_response, secured

FRAME_DIR = Path(__file__).parent / "frame"
FRAME_FILES = frozenset({"frame.js", "storage-shim.js", "frame.css", "upgrade.js"})
LANGUAGES = ("ja", "en")

# Tokens change with every launch, so caching of content helps within a sitting only.
CONTENT_CACHE = "private, max-age=3600"
LIBRARY_CACHE = "public, max-age=3600"

_PAGES = Engine(dirs=[str(FRAME_DIR)])


def _content(token: str) -> H5PContent:
    content = content_for_token(token)
    if content is None:
        raise Http404
    return content


def _name(text: str) -> str:
    """The name as it was kept: content written on a Mac asks for decomposed letters."""
    try:
        return clean_name(unicodedata.normalize("NFC", text), limits=Limits())
    except PackageRefused:
        raise Http404 from None


def _stored_file(
    request: HttpRequest, path: str, *, name: str, etag: str, cache: str
) -> HttpResponseBase:
    file = storage.open_file(path)
    if file is None:
        raise Http404
    return file_response(
        request, file, name=name, size=file.size, etag=f'"{etag[:32]}"', cache=cache
    )


def _disk_file(request: HttpRequest, directory: Path, name: str) -> HttpResponseBase:
    """A file of the program itself: the player's or our own."""
    path = directory / _name(name)
    if not path.is_file():
        raise Http404
    state = path.stat()
    return file_response(
        request,
        path.open("rb"),
        name=path.name,
        size=state.st_size,
        etag=f'"{state.st_mtime_ns:x}-{state.st_size:x}"',
        cache="public, max-age=300",
    )


def play(request: HttpRequest, token: str) -> HttpResponseBase:
    """The player page, to be shown in a sandboxed frame of the site."""
    content = _content(token)
    base = f"{conf.CONTENT_ORIGIN}/h5p"
    page = _PAGES.get_template("player.html").render(
        Context(
            {
                "base": base,
                "content_url": f"{base}/content/{token}",
                "content": content,
                "library": library_name(content.main_library).label,
                "site_origins": json.dumps(conf.SITE_ORIGINS),
                "strings": json.dumps({code: core_strings(code) for code in LANGUAGES}),
            }
        )
    )
    return _isolated(page)


def _isolated(page: str) -> HttpResponseBase:
    """A page in which third-party program runs."""
    response = HttpResponse(page)
    response["Content-Security-Policy"] = page_policy(
        content_origin=conf.CONTENT_ORIGIN, site_origins=conf.SITE_ORIGINS
    )
    return secured(response, cache="no-store")


def upgrade(request: HttpRequest) -> HttpResponseBase:
    """The page that runs a type's upgrade scripts; it is handed the content by message."""
    site_origins = json.dumps(conf.SITE_ORIGINS)
    context = Context({"base": f"{conf.CONTENT_ORIGIN}/h5p", "site_origins": site_origins})
    return _isolated(_PAGES.get_template("upgrade.html").render(context))


def content_metadata(request: HttpRequest, token: str) -> HttpResponseBase:
    """h5p.json for the player: with every library it must load."""
    metadata = content_player_metadata(_content(token))
    return secured(JsonResponse(metadata), cache=CONTENT_CACHE)


def content_file(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """content.json, and media as they were uploaded."""
    content, kept = _content(token), _name(name)
    if kept == "content.json":
        data = to_json(content.params)
        return file_response(
            request,
            BytesIO(data),
            name=kept,
            size=len(data),
            etag=f'"{content.digest[:32]}"',
            cache=CONTENT_CACHE,
        )
    used = content.files.select_related("file").filter(name=kept).first()
    if used is None:
        raise Http404
    return _stored_file(
        request,
        used.file.stored_in,
        name=kept,
        etag=used.file.digest,
        cache=CONTENT_CACHE,
    )


def library_file(request: HttpRequest, folder: str, name: str) -> HttpResponseBase:
    """A file of an installed library. Not secret: every content of its type loads it."""
    parsed, kept = parse_folder(folder), _name(name)
    library = library_named(parsed) if parsed is not None else None
    if library is None or library.folder != folder:
        raise Http404
    return _stored_file(
        request,
        f"{library.stored_in}/{kept}",
        name=kept,
        etag=library.digest,
        cache=LIBRARY_CACHE,
    )


def player_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of h5p-standalone."""
    if conf.H5P_PLAYER_DIR is None:
        raise Http404
    return _disk_file(request, conf.H5P_PLAYER_DIR, name)


def frame_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """Our own part of the player page."""
    if name not in FRAME_FILES:
        raise Http404
    return _disk_file(request, FRAME_DIR, name)
