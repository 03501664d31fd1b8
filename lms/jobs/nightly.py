"""The work of every night: what the packages hang into EVERY_NIGHT, step by step."""

from datetime import date

from django.utils.translation import gettext_lazy

from lms.jobs.models import JobRun
from lms.jobs.registry import Job, nightly_steps
from lms.jobs.services import start_job
from lms.jobs.work import Work

NIGHTLY = "nightly"


def start_nightly(*, on: date) -> JobRun:
    """Ask for the night's work of a day; again on the same day gives the same run."""
    return start_job(kind=NIGHTLY, arguments={"on": on.isoformat()}, key=f"{NIGHTLY} {on}")


def do_nightly(work: Work) -> None:
    on = date.fromisoformat(work.arguments["on"])
    steps = nightly_steps()
    work.expect(len(steps))
    for run_step in steps[work.position :]:
        with work.step():
            work.message = " / ".join(filter(None, (work.message, run_step(on))))


NIGHTLY_JOB = Job(NIGHTLY, gettext_lazy("Nightly evaluation"), do_nightly)
