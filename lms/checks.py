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
