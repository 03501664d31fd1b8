"""The frames that the engine is given: one schema each."""

from collections.abc import Mapping
from typing import Final

from skills_matrix.engine.columns import (
    AGEING_KINDS,
    ASSESSMENT_KINDS,
    ASSURANCE,
    COMPETENCY,
    EFFECTIVE_FROM,
    EFFECTIVE_UNTIL,
    EMPLOYEE,
    UNIT_KINDS,
    Column,
    FrameSchema,
    a_count,
    a_level,
    an_id,
    an_instant,
    optional_id,
    optional_instant,
    optional_level,
)

_UNIT = an_id("the section or business process")

INPUTS: Final[Mapping[str, FrameSchema]] = {
    "people": FrameSchema(
        "one row per person with a main posting in force on as_of",
        ("employee_id",),
        {
            "employee_id": EMPLOYEE,
            "department_id": an_id("department of the main posting"),
            "tier_id": optional_id("job tier; NA = none, so no target by tier applies"),
        },
    ),
    "person_roles": FrameSchema(
        "one row per person and role held on as_of",
        ("employee_id", "role_id"),
        {"employee_id": EMPLOYEE, "role_id": an_id("the role")},
    ),
    "completions": FrameSchema(
        "one row per person, course and completion: the first, and the latest renewal if any",
        ("employee_id", "course_id", "completed_at"),
        {
            "employee_id": EMPLOYEE,
            "course_id": an_id("the course"),
            "completed_at": an_instant("when the course was passed"),
            "assurance": Column("int8", "the most that evidence of it can have", minimum=0),
        },
    ),
    "awards": FrameSchema(
        "one row per award: the rule that a course gives a level in a competency; with mappings"
        " followed, one per award and competency that it counts for",
        ("award_id", "competency_id"),
        {
            "award_id": an_id("the award"),
            "course_id": an_id("the course that gives it"),
            "competency_id": COMPETENCY,
            "level": a_level("level the course shows"),
            "valid_for_days": Column(
                "Int64",
                "days from the completion; NA = no expiry",
                nullable=True,
                minimum=1,
                maximum=100_000,
            ),
            "effective_from": EFFECTIVE_FROM,
            "effective_until": EFFECTIVE_UNTIL,
            "assurance": ASSURANCE,
        },
    ),
    "assessments": FrameSchema(
        "one row per assessment: a person's level in a competency, judged; with mappings"
        " followed, one per assessment and competency that it counts for",
        ("assessment_id", "competency_id"),
        {
            "assessment_id": an_id("the assessment"),
            "employee_id": EMPLOYEE,
            "competency_id": COMPETENCY,
            "level": a_level("level judged"),
            "kind": Column(ASSESSMENT_KINDS, "who or what judged"),
            "assurance": ASSURANCE,
            "assessed_at": an_instant("when it was judged"),
            "valid_until": optional_instant("holds before this moment; NaT = no expiry"),
        },
    ),
    "mappings": FrameSchema(
        "one row per pair of competencies: what shows the earlier also shows the later",
        ("earlier_id", "competency_id"),
        {
            "earlier_id": an_id("the competency that was judged or awarded"),
            "competency_id": an_id("the competency that it counts for"),
            "most": optional_level("level that it shows at the most; NA = the same level"),
            "effective_from": EFFECTIVE_FROM,
            "effective_until": EFFECTIVE_UNTIL,
        },
    ),
    "ageing": FrameSchema(
        "one row per rule that says how evidence of a competency ages; no row = it does not",
        ("rule_id",),
        {
            "rule_id": an_id("the rule"),
            "competency_id": COMPETENCY,
            "kind": Column(AGEING_KINDS, "holds for so long; or half as fresh after so long"),
            "days": Column("int64", "validity or half-life, in days", minimum=1, maximum=100_000),
            "effective_from": EFFECTIVE_FROM,
            "effective_until": EFFECTIVE_UNTIL,
        },
    ),
    "targets": FrameSchema(
        "one row per target; with tier and role both must match, with neither it is everybody's",
        ("target_id",),
        {
            "target_id": an_id("the target"),
            "competency_id": COMPETENCY,
            "tier_id": optional_id("only this job tier; NA = any"),
            "role_id": optional_id("only this role; NA = any"),
            "level": a_level("level asked for"),
            "effective_from": EFFECTIVE_FROM,
            "effective_until": EFFECTIVE_UNTIL,
        },
    ),
    "competencies": FrameSchema(
        "one row per competency",
        ("competency_id",),
        {
            "competency_id": COMPETENCY,
            "parent_id": optional_id("competency it belongs to; NA = top of the tree"),
        },
    ),
    "courses": FrameSchema(
        "one row per course that can be taken now",
        ("course_id",),
        {"course_id": an_id("the course"), "minutes": a_count("time it takes, in minutes")},
    ),
    "course_access": FrameSchema(
        "one row per person and course the person may take",
        ("employee_id", "course_id"),
        {"employee_id": EMPLOYEE, "course_id": an_id("the course")},
    ),
    "projects": FrameSchema(
        "one row per project to suggest",
        ("project_id",),
        {
            "project_id": an_id("the project"),
            "lead_role_id": optional_id("role that leads it; NA = no role in particular"),
        },
    ),
    "relevance": FrameSchema(
        "one row per project and department its measure concerns; departments below one that is"
        " linked are listed too",
        ("project_id", "department_id"),
        {"project_id": an_id("the project"), "department_id": an_id("the department")},
    ),
    "needs": FrameSchema(
        "one row per need of a project",
        ("need_id",),
        {
            "need_id": an_id("the need"),
            "project_id": an_id("the project"),
            "competency_id": COMPETENCY,
            "level": a_level("level needed", minimum=1),
            "must": Column("bool", "True = the project cannot do without it"),
            "weight": Column(
                "float64",
                "share among the project's needs, read to six decimals",
                minimum=0.0,
                maximum=1_000.0,
            ),
        },
    ),
    "demands": FrameSchema(
        "one row per competency and level that somebody asks for",
        ("competency_id", "level"),
        {"competency_id": COMPETENCY, "level": a_level("level asked for", minimum=1)},
    ),
    "postings": FrameSchema(
        "one row per posting that is not over at as_of, main or concurrent; it may begin later",
        ("posting_id",),
        {
            "posting_id": an_id("the posting"),
            "employee_id": EMPLOYEE,
            "department_id": an_id("the department"),
            "is_main": Column("bool", "False = helps there beside the main posting"),
            "starts_at": an_instant("holds from this moment on"),
            "ends_at": optional_instant("holds before this moment; NaT = no end known"),
        },
    ),
    "units": FrameSchema(
        "one row per unit that needs skills: a section, a business process or a project",
        ("unit_id",),
        {
            "unit_id": _UNIT,
            "kind": Column(
                UNIT_KINDS,
                "a section has those with their main posting there, a process also those who help,"
                " a project its members",
            ),
        },
    ),
    "unit_departments": FrameSchema(
        "one row per unit and department whose people belong to it",
        ("unit_id", "department_id"),
        {"unit_id": _UNIT, "department_id": an_id("the department")},
    ),
    "unit_needs": FrameSchema(
        "one row per unit, competency and level with how many people it needs there",
        ("unit_id", "competency_id", "level"),
        {
            "unit_id": _UNIT,
            "competency_id": COMPETENCY,
            "level": a_level("level needed, or above", minimum=1),
            "needed": a_count("people needed; 0 = it is watched, and cannot be short"),
        },
    ),
    "moves": FrameSchema(
        "one row per person moved in a what-if",
        ("employee_id",),
        {
            "employee_id": EMPLOYEE,
            "department_id": optional_id("new department; NA = leaves the office"),
            "tier_id": optional_id("new job tier; NA = keeps the one held"),
        },
    ),
    "move_roles": FrameSchema(
        "one row per person moved and role held afterwards; the roles held before end",
        ("employee_id", "role_id"),
        {"employee_id": EMPLOYEE, "role_id": an_id("the role")},
    ),
}
