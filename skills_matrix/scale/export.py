"""The office's own facts as Parquet, whole sections to a partition."""

from datetime import datetime
from pathlib import Path

from django.db.models import Count

from lms.people.models import Employee
from lms.people.selectors import postings_on
from skills_matrix.competencies.selectors import competencies_held, level_rule_on
from skills_matrix.frames import Frames, office_day, read_frames
from skills_matrix.scale.parts import (
    FACTS,
    RULES,
    Asked,
    whole_sections,
    write_frame,
    write_manifest,
)


def export_facts(*, to: Path, as_of: datetime, people_per_part: int) -> Asked:
    """Write all facts and rules of that moment; gives what they are for.

    Args:
        to: an empty directory, or one that does not exist yet.

    Raises:
        FileExistsError: there is something in the directory.
    """
    if to.exists() and any(to.iterdir()):
        raise FileExistsError(str(to))
    on = office_day(as_of)
    competencies = competencies_held(on)
    main = postings_on(on).filter(is_main=True)
    sizes = main.values("department").annotate(people=Count("pk")).order_by("department__key")
    sections = whole_sections(sizes.values_list("department", "people"), most=people_per_part)

    def facts_of(departments: list[int]) -> Frames:
        here = main.filter(department__in=departments).values("employee_id")
        employees = Employee.objects.filter(pk__in=here)
        return read_frames(employees=employees, competencies=competencies, as_of=as_of)

    rules = facts_of([])
    for name in RULES:
        write_frame(to / "rules" / f"{name}.parquet", getattr(rules, name))
    for number, departments in enumerate(sections):
        known = facts_of(departments)
        for name in FACTS:
            write_frame(to / f"part-{number:05}" / f"{name}.parquet", getattr(known, name))
    rule = level_rule_on(on)
    asked = Asked(as_of, rule.name, rule.minimum_assurance, rule.floor)
    write_manifest(to, asked)
    return asked
