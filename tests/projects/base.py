"""A Wagtail site that is not ours: as `wagtail start` makes it, in as few lines as it takes."""

import os
from pathlib import Path

DIRECTORY = Path(os.environ.get("LMS_PROJECT_DIR", "var/projects"))
SECRET_KEY = "only for tests"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "courses.h5p.middleware.ContentOriginMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "tests.projects.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DIRECTORY / "site.sqlite3"}
}
LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
STATIC_URL = "/static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
WAGTAIL_SITE_NAME = "Somebody else's site"
WAGTAILADMIN_BASE_URL = "http://site.example"
LMS_COURSES_SITE_ORIGINS = ["http://site.example"]
LMS_COURSES_CONTENT_ORIGIN = "http://content.example"
LMS_COURSES_H5P_ROOT = DIRECTORY / "h5p"
LMS_COURSES_H5P_PLAYER_DIR = (
    Path(__file__).resolve().parents[2] / "lms/client/node_modules/h5p-standalone/dist"
)
