"""System checks: what makes H5P unsafe or unplayable is said at start, with the way out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage
from django.http.request import validate_host

from courses.conf import conf
from courses.h5p.origins import parse_origin
from courses.h5p.player import PLAYER_FILES
from courses.h5p.storage import h5p_storage

MIDDLEWARE = "courses.h5p.middleware.ContentOriginMiddleware"
SESSION_MIDDLEWARE = "django.contrib.sessions.middleware.SessionMiddleware"


@register(Tags.security)
def check_origins(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """H5P is third-party program; only another host keeps it from the session."""
    return list(_origin_faults())


def _origin_faults() -> Iterator[CheckMessage]:
    origin = parse_origin(conf.CONTENT_ORIGIN)
    sites = [parse_origin(text) for text in conf.SITE_ORIGINS]
    if not sites or None in sites:
        yield Error(
            "LMS_COURSES_SITE_ORIGINS lists no origins, or something that is none.",
            hint='The origins whose pages show H5P, e.g. ["https://lms.example.jp"].',
            id="lms_courses.E002",
        )
    if origin is None:
        yield Error(
            "LMS_COURSES_CONTENT_ORIGIN is missing or is not an origin.",
            hint=(
                "H5P must run on a host of its own, e.g. https://lms-content.example.jp "
                "(http://127.0.0.1:8000 beside http://localhost:8000 on one machine)."
            ),
            id="lms_courses.E001",
        )
        return
    if any(site is not None and site.host == origin.host for site in sites):
        yield Error(
            "LMS_COURSES_CONTENT_ORIGIN has the same host name as the site.",
            hint="Cookies do not tell ports apart: another port is not enough, use another name.",
            id="lms_courses.E003",
        )
    if not validate_host(origin.host, settings.ALLOWED_HOSTS) and not settings.DEBUG:
        yield Warning(
            f"ALLOWED_HOSTS lacks the host of LMS_COURSES_CONTENT_ORIGIN: {origin.host}.",
            hint="Add it; until then no H5P content is shown.",
            id="lms_courses.W001",
        )
    domain = (settings.SESSION_COOKIE_DOMAIN or "").lstrip(".")
    if domain and (origin.host == domain or origin.host.endswith(f".{domain}")):
        yield Error(
            "SESSION_COOKIE_DOMAIN covers the content origin.",
            hint="Leave SESSION_COOKIE_DOMAIN empty, or use a content host outside that domain.",
            id="lms_courses.E004",
        )


@register(Tags.security)
def check_middleware(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Behind the session, the content origin would read and set cookies."""
    order = list(settings.MIDDLEWARE)
    if MIDDLEWARE not in order:
        problem = f"MIDDLEWARE lacks {MIDDLEWARE}."
    elif SESSION_MIDDLEWARE in order[: order.index(MIDDLEWARE)]:
        problem = f"In MIDDLEWARE, {MIDDLEWARE} stands behind the session."
    else:
        return []
    return [Error(problem, hint="Put it first.", id="lms_courses.E005")]


@register()
def check_player(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Without its files the player page stays blank."""
    directory = conf.H5P_PLAYER_DIR
    if directory is None:
        problem = "LMS_COURSES_H5P_PLAYER_DIR is not set."
    else:
        missing = [name for name in PLAYER_FILES if not (directory / name).is_file()]
        if not missing:
            return []
        problem = f"LMS_COURSES_H5P_PLAYER_DIR lacks {', '.join(missing)}: {directory}."
    hint = "Install the npm package h5p-standalone 3.8.2 and point to its dist folder."
    return [Error(problem, hint=hint, id="lms_courses.E006")]


@register(Tags.security, Tags.files)
def check_storage(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Under MEDIA_ROOT the site itself would serve the uploaded program."""
    try:
        storage = h5p_storage()
    except ImproperlyConfigured as error:
        hint = "A folder outside MEDIA_ROOT and STATIC_ROOT, writable by the site."
        return [Error(str(error), hint=hint, id="lms_courses.E007")]
    if not isinstance(storage, FileSystemStorage):
        return []
    root = Path(storage.location).resolve()
    for name in ("MEDIA_ROOT", "STATIC_ROOT"):
        served = getattr(settings, name, None)
        if served and root.is_relative_to(Path(served).resolve()):
            problem = f"The H5P storage lies inside {name}."
            hint = "The site would serve H5P files itself. Set LMS_COURSES_H5P_ROOT elsewhere."
            return [Error(problem, hint=hint, id="lms_courses.E008")]
    return []
