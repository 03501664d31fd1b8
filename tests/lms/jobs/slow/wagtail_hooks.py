import time

from wagtail import hooks

from lms.jobs.registry import REGISTER_JOB, Job
from lms.jobs.work import Work
from lms.people.models import Role


def add_roles(work: Work) -> None:
    """Each step adds one role under a name that may be taken any number of times."""
    total = work.arguments["steps"]
    work.expect(total)
    for number in range(work.position, total):
        with work.step():
            Role.objects.create(key=f"{number}-{time.time_ns()}", title_ja=f"{number}")
            # The worker may be killed here, between what a step does and its end.
            time.sleep(work.arguments["seconds"])


hooks.register(REGISTER_JOB, lambda: Job("add_roles", "Add roles", add_roles))
