"""Only courses: a site that shows courses and keeps no records."""

from tests.projects.base import *  # noqa: F403
from tests.projects.base import INSTALLED_APPS

INSTALLED_APPS = ["courses.pages", "courses", *INSTALLED_APPS]
