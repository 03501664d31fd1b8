"""The site of the benchmarks: the real one, plus one bare view to stand beside it."""

from host.settings.test import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
CSRF_TRUSTED_ORIGINS = ["http://127.0.0.1"]
LMS_COURSES_CONTENT_ORIGIN = "http://content.invalid"
