"""Rows for tests, one function per noun. Everything not given is made up, valid and unique.

Nothing here is random; two runs make the same rows. Services are called only where a row means
nothing without them (a completed course); see each function.
"""

from tests.factories.courses import (
    CLEAN_TABLE,
    MESSY_TABLE,
    make_activity,
    make_course,
    make_document,
    make_exercise,
    make_exercise_content,
    make_h5p_content,
    make_image,
    make_lesson,
    publish_course,
)
from tests.factories.learning import (
    answer_statement,
    complete_course,
    condition_of,
    make_audience_rule,
    make_enrolment,
    read_statement,
)
from tests.factories.people import (
    grant,
    make_department,
    make_employee,
    make_posting,
    make_role,
    make_tier,
    make_user,
)
from tests.factories.skills import (
    make_ageing_rule,
    make_assessment,
    make_award,
    make_competency,
    make_framework,
    make_need,
    make_process,
    make_project,
    make_scale,
    make_target,
)

__all__ = [
    "CLEAN_TABLE",
    "MESSY_TABLE",
    "answer_statement",
    "complete_course",
    "condition_of",
    "grant",
    "make_activity",
    "make_ageing_rule",
    "make_assessment",
    "make_audience_rule",
    "make_award",
    "make_competency",
    "make_course",
    "make_department",
    "make_document",
    "make_employee",
    "make_enrolment",
    "make_exercise",
    "make_exercise_content",
    "make_framework",
    "make_h5p_content",
    "make_image",
    "make_lesson",
    "make_need",
    "make_posting",
    "make_process",
    "make_project",
    "make_role",
    "make_scale",
    "make_target",
    "make_tier",
    "make_user",
    "publish_course",
    "read_statement",
]
