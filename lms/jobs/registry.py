"""What jobs there are. Each package registers its own with the hook REGISTER_JOB."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from wagtail import hooks

from lms.jobs.work import Work

# A callable without arguments that gives a Job.
REGISTER_JOB = "register_lms_job"
# A callable that takes the office's day (`on`) and may be called twice for it; gives what it did
# in words. They run in the hook's order, every night.
EVERY_NIGHT = "lms_every_night"


@dataclass(frozen=True)
class Job:
    """A kind of background work. `run` may be begun anew at any time; see `Work`."""

    kind: str
    title: Any
    run: Callable[[Work], None]


NightlyStep = Callable[[date], str]


def jobs() -> dict[str, Job]:
    """By kind."""
    made = [make() for make in hooks.get_hooks(REGISTER_JOB)]
    return {job.kind: job for job in made}


def nightly_steps() -> list[NightlyStep]:
    return list(hooks.get_hooks(EVERY_NIGHT))
