"""What the tests of projects arrange and look up behind the running demo; see `on_site`."""

from typing import Any

TEMPLATE = "P11"
SECTION = "0402"
# Of the lead and of the member; all of them give skills that the template needs.
COURSES = (("C102", "C204"), ("C102", "C105"))
HOURS = {"before": 1471, "forecast": 600, "measured": 441}


def staff_for_projects() -> dict[str, Any]:
    """A lead and a member of one section who finished courses that give what the template needs.

    Neither has an account. Their section is the one whose work changes. Twice gives the same.
    """
    from datetime import timedelta

    from django.utils import timezone

    from courses.models import Course
    from lms.people.calendar import office_today
    from lms.people.selectors import postings_on
    from lms.progress.models import CourseProgress

    mains = postings_on(office_today()).filter(
        is_main=True, department__key=SECTION, employee__user=None, tier__key__in=("G1", "G2")
    )
    people = [
        posting.employee
        for posting in mains.select_related("employee").order_by("employee__staff_number")[:2]
    ]
    then = timezone.now() - timedelta(days=20)
    for person, courses in zip(people, COURSES, strict=True):
        # Without an address nothing is mailed: the demo would print it among the answers.
        person.email = ""
        person.save(update_fields=["email"])
        for course in Course.objects.filter(key__in=courses):
            CourseProgress.objects.get_or_create(
                employee=person,
                course=course,
                defaults={
                    **dict.fromkeys(("started_at", "last_at", "completed_at", "assured_at"), then),
                    **dict.fromkeys(("done_count", "total_count"), 4),
                },
            )
    lead, member = ({"number": one.staff_number, "name": one.name} for one in people)
    title = mains.values_list("department__title_ja", flat=True)[0]
    return {"section": title, "section_key": SECTION, "lead": lead, "member": member}


def make_project(title: str, status: str, staff: dict[str, Any]) -> str:
    """A project begun from the template that has come so far by the services; its key."""
    from datetime import timedelta

    from lms.people.calendar import office_today
    from lms.people.models import Department, Employee
    from skills_matrix.projects.ledger_models import BenefitFigure
    from skills_matrix.projects.ledger_services import record_figure
    from skills_matrix.projects.models import Project
    from skills_matrix.projects.services import begin_from_template, move_project, set_project
    from skills_matrix.projects.team_services import add_member

    by, today = _office(), office_today()
    template = Project.objects.get(key=TEMPLATE)
    project = begin_from_template(template=template, key="", by=by)
    project.title_ja = title
    project.department = Department.objects.get(key=staff["section_key"])
    project.starts_on, project.ends_on = today - timedelta(days=60), today + timedelta(days=30)
    set_project(project=project, by=by)

    def record(phase: str) -> None:
        figure = BenefitFigure(
            project=project,
            phase=phase,
            cases_per_year=60,
            minutes_per_case=HOURS[phase],
            measured_on=None if phase == "forecast" else today,
            how="業務日誌による。",
        )
        record_figure(figure=figure, by=by)

    def join() -> None:
        for part in ("lead", "member"):
            person = Employee.objects.get(staff_number=staff[part]["number"])
            add_member(project=project, employee=person, part=part, joined_on=today, by=by)

    figures = {"assessed": ("before", "forecast"), "measured": ("measured",)}
    for to in ("assessed", "approved", "running", "measured"):
        if project.status == status:
            break
        for phase in figures.get(to, ()):
            record(phase)
        if to == "running":
            join()
        move_project(project=project, to=to, by=by)
    return project.key


def figures_in_force() -> list[dict[str, Any]]:
    """Rows of the ledger of real projects that no other row corrects, as they stand there."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT p.key, p.measure, d.title_ja, f.phase,
                   (f.cases_per_year * f.minutes_per_case / 60)::float8, f.measured_on::text
            FROM lms_skills_benefitfigure f
            JOIN lms_skills_project p ON p.id = f.project_id AND p.status <> 'template'
            LEFT JOIN lms_core_department d ON d.id = p.department_id
            WHERE NOT EXISTS (
                SELECT 1 FROM lms_skills_benefitfigure c WHERE c.corrects_id = f.id
            )
            """
        )
        names = ("project", "measure", "department", "phase", "hours", "day")
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def chain_in_tables(projects: list[str]) -> dict[str, int]:
    """Who was in the projects, and what they learned of what those need, from the tables alone.

    A course counts for a person who finished it by the project's end and whom it gives a needed
    skill; a skill for whoever has it from such a course or by a judgement not their own.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH needs AS (
                SELECT m.employee_id, n.competency_id, p.ends_on
                FROM lms_skills_projectmember m
                JOIN lms_skills_project p ON p.id = m.project_id
                JOIN lms_skills_projectneed n ON n.project_id = p.id
                WHERE p.key = ANY(%(keys)s)
            ), taken AS (
                SELECT n.employee_id, n.competency_id, c.course_id
                FROM needs n
                JOIN lms_skills_award a ON a.competency_id = n.competency_id
                JOIN lms_core_courseprogress c
                  ON c.course_id = a.course_id AND c.employee_id = n.employee_id
                WHERE c.completed_at IS NOT NULL
                  AND (c.completed_at AT TIME ZONE 'Asia/Tokyo')::date <= n.ends_on
            ), judged AS (
                SELECT n.employee_id, n.competency_id
                FROM needs n
                JOIN lms_skills_assessment s
                  ON s.competency_id = n.competency_id AND s.employee_id = n.employee_id
                WHERE s.kind <> 'self'
            )
            SELECT (SELECT count(DISTINCT employee_id) FROM needs),
                   (SELECT count(*) FROM (SELECT DISTINCT employee_id, course_id FROM taken) t),
                   (SELECT count(*) FROM (
                        SELECT employee_id, competency_id FROM taken
                        UNION SELECT employee_id, competency_id FROM judged
                   ) g)
            """,
            {"keys": projects},
        )
        people, courses, competencies = cursor.fetchone()
    return {"people": people, "courses": courses, "competencies": competencies}


def evidence_of_work(staff_number: str, project: str) -> list[tuple[str, int]]:
    """Competency and level of the judgements that a confirmation in the project made."""
    from skills_matrix.projects.models import ProjectMember

    rows = ProjectMember.objects.filter(
        project__key=project, employee__staff_number=staff_number
    ).values_list("evidence__competency__key", "evidence__level")
    return sorted((key, level) for key, level in rows if key is not None)


def needs_of_template() -> list[dict[str, str]]:
    from skills_matrix.projects.models import Project
    from skills_matrix.projects.selectors import needs_listed

    rows = needs_listed(Project.objects.get(key=TEMPLATE))
    return [{"key": row.competency.key, "title": row.competency.title_ja} for row in rows]


def _office() -> Any:
    """The account of the sample office's DX office."""
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username="001017")
