"""What `make demo` runs: the real site on one machine, with fictional data."""

import os
import secrets

from host.settings.base import *  # noqa: F403
from host.settings.base import VAR_DIR


def _kept_secret() -> str:
    """A key of this demo's own, so that sign-ins outlive a restart."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = _kept_secret()
DEBUG = False
DEMO = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", *os.environ.get("LMS_ALLOWED_HOSTS", "").split()]
CSRF_TRUSTED_ORIGINS = os.environ.get("LMS_CSRF_TRUSTED_ORIGINS", "").split()

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Letters are files, so that the address and the accounts stay the last thing on the screen.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
