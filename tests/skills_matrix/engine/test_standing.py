"""How people stand by category, against the same told in plain words."""

from collections import defaultdict
from statistics import mean
from typing import Any

from skills_matrix.engine.schema import frame_from_rows
from skills_matrix.engine.standing import category_standings
from tests.skills_matrix.engine.office import (
    COMPETENCIES,
    Office,
    derive_matrix,
    for_every,
    offices,
    plain,
)

CATEGORY = dict(zip(COMPETENCIES, (50, 50, None), strict=True))
COMPETENCIES_IN_CATEGORIES = frame_from_rows("competencies", list(CATEGORY.items()))


@for_every(offices("people", "person_roles", "targets", "completions", "awards", "assessments"))
def test_categories_and_the_rule_in_plain_words_agree(office: Office) -> None:
    cells = derive_matrix(office)["cells"]
    found: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for person, skill, level, target in plain(
        cells, "employee_id", "competency_id", "level", "target"
    ):
        category = CATEGORY[skill]
        if target is not None and category is not None:
            found[person, category].append((level, target))
    told = [
        (
            *key,
            len(pairs),
            sum(level is not None for level, _target in pairs),
            sum(level is not None and level >= target for level, target in pairs),
            mean(levels)
            if (levels := [one for one, _target in pairs if one is not None])
            else None,
            mean(target for _level, target in pairs),
        )
        for key, pairs in sorted(found.items())
    ]
    columns = ("targeted", "assessed", "at_target", "mean_level", "mean_target")
    standings = category_standings(cells, COMPETENCIES_IN_CATEGORIES)
    assert plain(standings, "employee_id", "category_id", *columns) == told
