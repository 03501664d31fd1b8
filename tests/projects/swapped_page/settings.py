"""A site with its own base page (Wagtail 8) and its own course pages made from the mixins."""

from tests.projects.base import *  # noqa: F403
from tests.projects.base import INSTALLED_APPS

INSTALLED_APPS = ["lms", "courses", "tests.projects.swapped_page.sitepages", *INSTALLED_APPS]
WAGTAIL_PAGE_MODEL = "sitepages.SitePage"
