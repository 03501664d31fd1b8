"""All four packages inside somebody else's site."""

from tests.projects.base import *  # noqa: F403
from tests.projects.base import INSTALLED_APPS

INSTALLED_APPS = [
    "api",
    "skills_matrix",
    "lms",
    "courses.pages",
    "courses",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    *INSTALLED_APPS,
]
