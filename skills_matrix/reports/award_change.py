"""Whose level would change today if a course awarded something else."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from courses.models import Course
from lms.people.selectors import Viewer, employees_visible_to
from skills_matrix.access import require_whole_matrix
from skills_matrix.chain import derive_levels
from skills_matrix.competencies.models import Award, Competency
from skills_matrix.competencies.selectors import (
    competencies_held,
    earlier_competencies,
    level_rule_on,
)
from skills_matrix.frames import frame_of_awards, office_day, read_frames

PAIR = ["employee_id", "competency_id"]


@dataclass(frozen=True)
class AwardChange:
    """One row per competency awarded before or after: people whose level would rise or fall.

    Having a level for the first time is rising, having none any more is falling.
    """

    competency: Competency
    rising: int
    falling: int


def award_changes(
    *, course: Course, awards: Sequence[Award], as_of: datetime, viewer: Viewer
) -> list[AwardChange]:
    """What these awards in place of the course's own would change at that moment, by the engine.

    Raises:
        PermissionDenied: the viewer may not see the matrix.
    """
    require_whole_matrix(viewer)
    saved = list(course.awards.all())
    concerned = {award.competency_id for award in (*saved, *awards)}
    competencies = competencies_held(office_day(as_of)).filter(pk__in=concerned)
    frames = read_frames(
        employees=employees_visible_to(viewer), competencies=competencies, as_of=as_of
    )
    shown = earlier_competencies(competencies)
    others = Award.objects.filter(competency__in=shown).exclude(course=course)
    rule = level_rule_on(office_day(as_of))
    _evidence, before = derive_levels(frames, rule=rule, awards=frames.awards, as_of=as_of)
    _evidence, after = derive_levels(
        frames, rule=rule, awards=frame_of_awards([*others, *awards]), as_of=as_of
    )
    rising, falling = _moves(before, after)
    return [AwardChange(row, rising[row.pk], falling[row.pk]) for row in competencies]


def _moves(before: pd.DataFrame, after: pd.DataFrame) -> tuple[Counter[int], Counter[int]]:
    """How many people rise and how many fall, by competency. No level stands below level 0."""
    both = before[[*PAIR, "level"]].merge(
        after[[*PAIR, "level"]], on=PAIR, how="outer", suffixes=("_before", "_after")
    )
    earlier, later = (both[f"level_{when}"].fillna(-1) for when in ("before", "after"))
    return (
        Counter(both.loc[later > earlier, "competency_id"]),
        Counter(both.loc[later < earlier, "competency_id"]),
    )
