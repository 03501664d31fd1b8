"""System checks of the package."""

from typing import Any
from urllib.parse import urlsplit

from django.core.checks import CheckMessage, Error, register

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
def check_forward_url(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Whatever else a URL may name, statements go out by HTTP only."""
    if not conf.FORWARD_URL or urlsplit(conf.FORWARD_URL).scheme in {"http", "https"}:
        return []
    return [
        Error(
            "LMS_FORWARD_URL must begin with https:// or http://.",
            hint='For example LMS_FORWARD_URL = "https://lrs.city.example/xapi".',
            id="lms.E002",
        )
    ]
