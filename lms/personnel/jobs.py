"""The background jobs of a personnel change. Each is one transaction: all of it, or nothing."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.jobs.registry import Job
from lms.jobs.work import Work
from lms.personnel.services import (
    APPLY,
    PREVIEW,
    STAGES,
    Tell,
    apply_change,
    preview_change,
)


def _teller(work: Work) -> Tell:
    def tell(stage: int) -> None:
        texts = (
            _("Reading what there is"),
            _("Taking the file"),
            _("Evaluating the rules"),
            _("Comparing"),
            _("Keeping what was found"),
        )
        work.tell(done=stage, total=STAGES, message=texts[stage])

    return tell


def do_preview(work: Work) -> None:
    work.expect(1)
    with work.step():
        preview_change(uuid=UUID(work.arguments["change"]), tell=_teller(work))


def do_apply(work: Work) -> None:
    work.expect(1)
    with work.step():
        change = apply_change(
            uuid=UUID(work.arguments["change"]), by=work.started_by, tell=_teller(work)
        )
        work.message = change.note


PREVIEW_JOB = Job(PREVIEW, gettext_lazy("Preview of a personnel change"), do_preview)
APPLY_JOB = Job(APPLY, gettext_lazy("Applying a personnel change"), do_apply)
