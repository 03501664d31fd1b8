"""System checks of the package."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from lms.certificates.fonts import font_fault
from lms.conf import conf


@register()
def check_actor_home_page(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """xAPI needs an IRI as `account.homePage`; a relative one would make every actor invalid."""
    if urlsplit(conf.ACTOR_HOME_PAGE).scheme:
        return []
    return [
        Error(
            "LMS_ACTOR_HOME_PAGE must be an IRI.",
            hint='For example LMS_ACTOR_HOME_PAGE = "https://lms.city.example/".',
            id="lms.E001",
        )
    ]


IMMEDIATE = ".immediate.ImmediateBackend"


@register()
def check_jobs_backend(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A job for a queue that is not there would fail only when somebody asks for it."""
    if conf.JOBS_BACKEND in _queues():
        return []
    return [
        Error(
            f"LMS_JOBS_BACKEND names no queue in TASKS: {conf.JOBS_BACKEND}.",
            hint='For example TASKS = {"default": {…}, "jobs": {"BACKEND": '
            '"django_tasks_db.DatabaseBackend"}} and LMS_JOBS_BACKEND = "jobs".',
            id="lms.E002",
        )
    ]


@register(deploy=True)
def check_jobs_are_in_background(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Done at once, a long job keeps a request waiting, and nothing takes it up after a crash."""
    if not str(_queues().get(conf.JOBS_BACKEND, {}).get("BACKEND", "")).endswith(IMMEDIATE):
        return []
    return [
        Warning(
            "Background jobs are done inside the request that asks for them.",
            hint="Let LMS_JOBS_BACKEND name a queue with a worker, e.g. "
            "django_tasks_db.DatabaseBackend, and run manage.py run_worker.",
            id="lms.W001",
        )
    ]


def _queues() -> dict[str, dict[str, Any]]:
    """As django-tasks reads them: without a setting there is one, which does all at once."""
    return getattr(settings, "TASKS", None) or {
        "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    }


@register()
def check_forward_url(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Whatever else a URL may name, statements go out by HTTP only."""
    if not conf.FORWARD_URL or urlsplit(conf.FORWARD_URL).scheme in {"http", "https"}:
        return []
    return [
        Error(
            "LMS_FORWARD_URL must begin with https:// or http://.",
            hint='For example LMS_FORWARD_URL = "https://lrs.city.example/xapi".',
            id="lms.E003",
        )
    ]


@register()
def check_certificate_font(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A font that is named must be there: else every certificate would fail when asked for."""
    fault = font_fault(conf.CERTIFICATE_FONT) if conf.CERTIFICATE_FONT else None
    if fault is None:
        return []
    return [
        Error(
            f"LMS_CERTIFICATE_FONT cannot be used: {fault}",
            hint="Run `npm ci` in lms/client, or name a TrueType file that has Japanese.",
            id="lms.E004",
        )
    ]
