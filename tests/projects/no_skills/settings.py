"""Courses and learning, without the skills matrix."""

from tests.projects.base import *  # noqa: F403
from tests.projects.base import INSTALLED_APPS

INSTALLED_APPS = ["lms", "courses.pages", "courses", *INSTALLED_APPS]
