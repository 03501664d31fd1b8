"""Which starter courses and paths are meant for whom, and by when.

A course or path that has rules already keeps them: they may be the office's own by now.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import Course, LearningPath
from lms.enrolment.models import AudienceRule, PathRule
from lms.enrolment.paths.services import follow_path
from lms.enrolment.rules.condition import ATTRIBUTES, parse_condition, stored_form
from lms.enrolment.rules.schedule import DAY, NEVER
from lms.people.calendar import fiscal_year_end, office_today
from lms.people.models import Department, JobTier, Role
from lms.starter.generator import read_starter

Say = Callable[[str], None]

# The words of the column due_on, counted from the day of loading.
DUE_ON: dict[str, Callable[[date], date | None]] = {
    "": lambda day: None,
    "fiscal_year_end": fiscal_year_end,
    "in_30_days": lambda day: day + timedelta(days=30),
}


@dataclass(frozen=True)
class AudienceReport:
    """`missing` names each course, tier, role or department that a rule asks for in vain."""

    added: int
    missing: tuple[str, ...]


@transaction.atomic
def load_audience(*, say: Say, on: date | None = None) -> AudienceReport:
    """Add the rules of `audience.csv` to the courses that have none yet.

    Args:
        say: told one line of progress at a time.
        on: the day that due dates count from; None = today.
    """
    day = on or office_today()
    ids: dict[str, dict[str, int]] = {
        "course_key": dict(Course.objects.values_list("key", "pk")),
        "tier": dict(JobTier.objects.values_list("key", "pk")),
        "role": dict(Role.objects.values_list("key", "pk")),
        "department": dict(Department.objects.values_list("key", "pk")),
    }
    settled = set(AudienceRule.objects.values_list("course__key", flat=True))
    rules = []
    missing: dict[str, None] = {}
    for row in read_starter("audience.csv"):
        unknown = [
            f"{column.removesuffix('_key')} {row[column]}"
            for column, known in ids.items()
            if row[column] and row[column] not in known
        ]
        missing |= dict.fromkeys(unknown)
        if unknown or row["course_key"] in settled:
            continue
        rules.append(
            AudienceRule(
                course_id=ids["course_key"][row["course_key"]],
                condition=stored_form(
                    parse_condition(
                        {"all": [{name: [row[name]]} for name in ATTRIBUTES if row.get(name)]}
                    )
                ),
                is_mandatory=row["is_mandatory"] == "yes",
                due=DAY if row["due_on"] else NEVER,
                due_on=DUE_ON[row["due_on"]](day),
            )
        )
    AudienceRule.objects.bulk_create(rules)
    say(_("course audiences: %(number)d rules added") % {"number": len(rules)})
    for name in missing:
        say(_("course audiences: there is no %(name)s") % {"name": name})
    return AudienceReport(len(rules), tuple(missing))


@transaction.atomic
def load_path_audience(*, say: Say, on: date | None = None) -> int:
    """Offer starter paths with all their courses to who holds a role; gives how many rules are new.

    A path that has rules already keeps them.
    """
    paths = LearningPath.objects.filter(audience=None).in_bulk(field_name="key")
    rows = [row for row in read_starter("path_audience.csv") if row["path_key"] in paths]
    for row in rows:
        path = paths[row["path_key"]]
        PathRule.objects.create(path=path, condition={"role": [row["role"]]})
        follow_path(path=path, by=None, on=on or office_today())
    say(_("path audiences: %(number)d rules added") % {"number": len(rows)})
    return len(rows)
