"""Settings every way of running the site shares. Values of one office come from the environment."""

import os
from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("LMS_VAR_DIR", BASE_DIR / "var"))
CLIENT_DIR = BASE_DIR / "lms" / "client"

SITE_ORIGIN = os.environ.get("LMS_SITE_ORIGIN", "http://localhost:8000")

INSTALLED_APPS = [
    "host",
    "api",
    "skills_matrix",
    "lms",
    "courses.pages",
    "courses",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # First: requests for the content origin never reach sessions or sign-in.
    "courses.h5p.middleware.ContentOriginMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "host.urls"
WSGI_APPLICATION = "host.wsgi.application"

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
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR_DIR / 'demo.sqlite3'}", conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Readers beside one writer, and a writer that waits instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # Only what asks for it is kept prepared by a connection: see lms/prepared.py.
    DATABASES["default"].setdefault("OPTIONS", {})["prepare_threshold"] = 2**31

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Sign-in by staff number and password; accounts come from HR, not from a form.
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "host.accounts.ClosedAccountAdapter"
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS: dict[str, str] = {}
LOGIN_URL = "/login"

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", _("Japanese")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# What Wagtail's own Japanese leaves in English or says badly; it wins over every app's.
LOCALE_PATHS = [BASE_DIR / "host" / "locale_wagtail"]
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [("lms_client", CLIENT_DIR / "dist")] if (CLIENT_DIR / "dist").is_dir() else []
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"

WAGTAIL_SITE_NAME = "DX Academy"
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # one office, one time; with one, nobody is asked
WAGTAILADMIN_USER_LOGIN_FORM = "host.accounts.AdminLoginForm"
WAGTAILADMIN_BASE_URL = SITE_ORIGIN
# The office network has no internet: nothing may call home or ask another host for a picture.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "wagtail.search.backends.database"}
}
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "pptx", "txt", "xlsx", "zip", "vtt"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The API's views carry their own rules; this only says how its description is made.
SPECTACULAR_SETTINGS = {"DEFAULT_GENERATOR_CLASS": "api.schema.ApiSchemaGenerator"}

# What Wagtail itself hands to django-tasks (its search index) is quick and stays in the request;
# the jobs of the learning core wait in the database for `manage.py run_worker`.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "jobs": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}
LMS_JOBS_BACKEND = "jobs"

LMS_SITE_ORIGIN = SITE_ORIGIN
LMS_OFFICE_NAME = os.environ.get("LMS_OFFICE_NAME", WAGTAIL_SITE_NAME)
LMS_CERTIFICATE_FONT = (
    CLIENT_DIR
    / "node_modules"
    / "@expo-google-fonts"
    / "noto-sans-jp"
    / "400Regular"
    / "NotoSansJP_400Regular.ttf"
)
LMS_BADGE_KEY_FILE = os.environ.get("LMS_BADGE_KEY_FILE", VAR_DIR / "badge_key.pem")
LMS_COURSES_SITE_ORIGINS = [SITE_ORIGIN]
LMS_COURSES_CONTENT_ORIGIN = os.environ.get("LMS_CONTENT_ORIGIN", "http://127.0.0.1:8000")
LMS_COURSES_REVIEW_ADDRESS = SITE_ORIGIN + "/review/{token}"
LMS_COURSES_H5P_ROOT = VAR_DIR / "h5p"
LMS_COURSES_H5P_PLAYER_DIR = CLIENT_DIR / "node_modules" / "h5p-standalone" / "dist"
LMS_COURSES_H5P_LIBRARY_SOURCES = [
    CLIENT_DIR / "node_modules" / "h5p-truefalse-source" / "test" / "workspace"
]

# Nothing but our own origin, and the content origin inside frames. Wagtail's admin needs inline
# script; it is for authors and HR, and the browser tests watch it for requests elsewhere.
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/", "/api/v1/docs/"],
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "frame-src": ["'self'", LMS_COURSES_CONTENT_ORIGIN],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    },
}
