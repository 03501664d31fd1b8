"""Who looked at a person's skills: when, why, and at what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lms.people.models import Department, Employee, Posting
from skills_matrix.assessments.models import SkillsView
from skills_matrix.assessments.purposes import data_of, purpose_of
from skills_matrix.competencies.models import Competency
from skills_matrix.frames import office_day
from skills_matrix.processes.models import BusinessProcess
from skills_matrix.projects.models import Project


@dataclass(frozen=True)
class Look:
    """One look. `post`: department and tier on that day; empty = the viewer had none."""

    who: str
    post: str
    why: str
    data: str
    seen_at: datetime


def looks_at(employee: Employee) -> QuerySet[SkillsView]:
    """Who looked at the person's skills, latest first; nobody's own looks are among them."""
    return (
        SkillsView.objects.filter(subject=employee)
        .select_related("viewer", "viewer__employee")
        .order_by("-seen_at", "-pk")
    )


def looks_told(views: Sequence[SkillsView]) -> list[Look]:
    """The same in words. The number of queries does not depend on them."""
    people = {view.viewer.employee.pk for view in views if _employee_of(view)}
    postings: dict[int, list[Posting]] = {}
    for posting in Posting.objects.filter(employee__in=people, is_main=True).select_related(
        "department", "tier"
    ):
        postings.setdefault(posting.employee_id, []).append(posting)
    titles = _titles({view.what for view in views})
    return [
        Look(
            who=name_of(view.viewer),
            post=_post_of(view, postings),
            why=purpose_of(view.what),
            data=data_of(view.what, titles.get(view.what, "")),
            seen_at=view.seen_at,
        )
        for view in views
    ]


def _employee_of(view: SkillsView) -> Employee | None:
    found: Employee | None = getattr(view.viewer, "employee", None)
    return found


def name_of(user: Any) -> str:
    """Of the person an account belongs to, else as the account is called. None = it is gone."""
    employee = getattr(user, "employee", None)
    full = user.get_full_name() if user else ""
    return str(employee.name if employee else full or _("An account"))


def _post_of(view: SkillsView, postings: Mapping[int, list[Posting]]) -> str:
    employee = _employee_of(view)
    on = office_day(view.seen_at)
    for posting in postings.get(employee.pk, []) if employee else []:
        if posting.starts_on <= on and (posting.ends_on is None or on < posting.ends_on):
            return f"{posting.department.title} {posting.tier.title}"
    return ""


def _titles(whats: Iterable[str]) -> dict[str, str]:
    """What a look names behind its first colon -> its title; what is gone is left out."""
    named: dict[str, dict[str, str]] = {
        name: {} for name in ("cell", "section", "process", "project")
    }
    for what in whats:
        *kinds, key = what.split(":")
        if kinds and kinds[-1] in named:
            named[kinds[-1]][key] = what
    models: dict[str, Any] = {
        "cell": Competency,
        "section": Department,
        "process": BusinessProcess,
        "project": Project,
    }
    return {
        keys[row.key]: row.title
        for kind, keys in named.items()
        if keys
        for row in models[kind].objects.filter(key__in=keys)
    }
