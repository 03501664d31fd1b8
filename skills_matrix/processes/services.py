"""Writing business processes and what they need."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from skills_matrix.exceptions import ProcessRefused
from skills_matrix.processes.models import BusinessProcess, ProcessNeed

PROCESS_SET = "lms_skills.process_set"

Key = tuple[int, int]


@transaction.atomic
def set_process(
    *, process: BusinessProcess, needs: Sequence[ProcessNeed], by: Any
) -> BusinessProcess:
    """Save the process with these needs in place of those it has.

    Args:
        process: new, or saved and changed.
        needs: not saved; their process is set here.
        by: the account that answers for it.

    Raises:
        ProcessRefused: `key_taken`; `ends_too_early`; of a need, `repeated` the same competency
            and level twice, `group` a heading that nobody holds.
    """
    if BusinessProcess.objects.filter(key=process.key).exclude(pk=process.pk).exists():
        raise ProcessRefused("key_taken", place="key")
    if process.effective_until is not None and process.effective_until <= process.effective_from:
        raise ProcessRefused("ends_too_early", place="effective_until")
    wanted: dict[Key, ProcessNeed] = {}
    for number, need in enumerate(needs, start=1):
        key = (need.competency_id, need.level)
        if key in wanted or need.competency.is_group:
            raise ProcessRefused("repeated" if key in wanted else "group", place=str(number))
        wanted[key] = need
    before = _described(process) if process.pk else {}
    process.save()
    process.needs.all().delete()
    for need in wanted.values():
        need.process = process
    ProcessNeed.objects.bulk_create(wanted.values())
    after = _described(process)
    if before != after:
        log(instance=process, action=PROCESS_SET, user=by, data={"before": before, "after": after})
    return process


@transaction.atomic
def delete_process(*, process: BusinessProcess, by: Any) -> None:
    """Take it away with its needs; what it was stays in the log."""
    before = _described(process)
    log(instance=process, action=PROCESS_SET, user=by, data={"before": before, "after": {}})
    process.delete()


def _described(process: BusinessProcess) -> dict[str, Any]:
    """For the log, which outlives departments and competencies: by key."""
    saved = BusinessProcess.objects.select_related("department").get(pk=process.pk)
    return {
        "key": saved.key,
        "title_ja": saved.title_ja,
        "title_en": saved.title_en,
        "department": saved.department.key,
        "from": saved.effective_from.isoformat(),
        "until": saved.effective_until.isoformat() if saved.effective_until else "",
        "needs": _described_needs(saved.needs.select_related("competency")),
    }


def _described_needs(needs: Iterable[ProcessNeed]) -> list[list[Any]]:
    return sorted([need.competency.key, need.level, need.headcount] for need in needs)
