"""Business processes and who holds their skills."""


def holder_of_a_process() -> dict[str, str]:
    """Somebody whom a business process of the own section cannot do without on 1 April."""
    from django.contrib.auth import get_user_model

    from lms.starter.accounts import HR
    from skills_matrix.processes.models import BusinessProcess
    from skills_matrix.reports.coverage import unit_coverage

    viewer = get_user_model().objects.get(groups__name=HR)
    for process in BusinessProcess.objects.order_by("key").select_related("department"):
        found = unit_coverage(viewer=viewer, kind="process", key=process.key, days=180)
        for held in found.needs:
            for holder in held.holders:
                is_needed = held.need.secure <= held.need.needed and holder.state == "secure"
                if is_needed and holder.posting.department_id == process.department_id:
                    return {
                        "staff_number": holder.employee.staff_number,
                        "name": holder.employee.name,
                        "department": process.department.key,
                        "process": process.title,
                    }
    raise LookupError("every business process can do without anybody")


def process_that_runs_short() -> dict[str, str]:
    """A business process of its own, whose one holder's level ends in sixty days."""
    from datetime import timedelta

    from django.utils import timezone

    from lms.people.calendar import office_today
    from lms.people.models import Department
    from lms.people.selectors import postings_on
    from skills_matrix.assessments.models import Assessment
    from skills_matrix.competencies.models import Assurance, Competency
    from skills_matrix.processes.models import BusinessProcess, ProcessNeed

    department = Department.objects.get(key="0901")
    skill = Competency.objects.get(key="DA-E2")
    holder = postings_on(office_today()).filter(department=department, is_main=True)[0].employee
    process, is_new = BusinessProcess.objects.get_or_create(
        key="KANKYO",
        defaults={
            "title_ja": "環境測定データの管理",
            "department": department,
            "effective_from": office_today(),
        },
    )
    if is_new:
        ProcessNeed.objects.create(process=process, competency=skill, level=4, headcount=1)
        now = timezone.now()
        Assessment.objects.create(
            employee=holder,
            competency=skill,
            level=4,
            kind=Assessment.Kind.CERTIFICATE,
            assurance=Assurance.CERTIFICATE,
            assessed_at=now,
            valid_until=now + timedelta(days=60),
        )
    return {"title": process.title_ja, "holder": holder.name}
