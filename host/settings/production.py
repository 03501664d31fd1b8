"""An office's own server. Everything that differs between offices comes from the environment."""

import os

from django.core.exceptions import ImproperlyConfigured

from host.settings.base import *  # noqa: F403
from host.settings.base import SITE_ORIGIN


def _required(name: str) -> str:
    try:
        return os.environ[name]
    except KeyError:
        raise ImproperlyConfigured(f"Set the environment variable {name}.") from None


SECRET_KEY = _required("LMS_SECRET_KEY")
_required("DATABASE_URL")
_required("LMS_CONTENT_ORIGIN")
DEBUG = False
ALLOWED_HOSTS = _required("LMS_ALLOWED_HOSTS").split()
CSRF_TRUSTED_ORIGINS = [SITE_ORIGIN]

_https = SITE_ORIGIN.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_REDIRECT_EXEMPT: list[str] = []

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LMS_ACTOR_HOME_PAGE = os.environ.get("LMS_ACTOR_HOME_PAGE", SITE_ORIGIN + "/")
LMS_FORWARD_URL = os.environ.get("LMS_FORWARD_URL", "")
LMS_FORWARD_KEY = os.environ.get("LMS_FORWARD_KEY", "")
LMS_FORWARD_SECRET = os.environ.get("LMS_FORWARD_SECRET", "")
