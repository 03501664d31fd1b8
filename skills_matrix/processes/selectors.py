"""Reading business processes."""

from datetime import date

from django.db.models import Q, QuerySet

from skills_matrix.processes.models import BusinessProcess, ProcessNeed


def processes_on(on: date) -> QuerySet[BusinessProcess]:
    """Those in force on that day, by key."""
    return (
        BusinessProcess.objects.filter(effective_from__lte=on)
        .filter(Q(effective_until=None) | Q(effective_until__gt=on))
        .select_related("department")
        .order_by("key")
    )


def processes_listed() -> QuerySet[BusinessProcess]:
    """Every one, past and future too, with what a list shows."""
    return BusinessProcess.objects.select_related("department").prefetch_related("needs")


def needs_listed(process: BusinessProcess) -> QuerySet[ProcessNeed]:
    """What the process takes, in the order of the frameworks."""
    return process.needs.select_related("competency").order_by(
        "competency__framework__key", "competency__position", "competency__key", "-level"
    )
