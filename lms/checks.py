"""System checks of the package."""

from typing import Any
from urllib.parse import urlsplit

from django.core.checks import CheckMessage, Error, register

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
            id="lms.E002",
        )
    ]
