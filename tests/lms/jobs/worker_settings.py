"""The suite's settings with real workers, which give up on a silent one after two seconds."""

from host.settings.test import *  # noqa: F403
from host.settings.test import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.lms.jobs.slow"]
LMS_JOBS_BACKEND = "jobs"
LMS_JOB_LEASE_SECONDS = 2
