"""A campaign of assessments in one section."""

from typing import Any

ASSESSED_SECTION = "0502"


def section_for_assessment() -> dict[str, Any]:
    """A section that no other test knows: its head and a member, with accounts, and two skills.

    Of both skills the member has a target. Twice gives the same.
    """
    from django.contrib.auth import get_user_model

    from lms.conf import conf
    from lms.people.calendar import office_today
    from lms.people.models import Department
    from lms.people.selectors import postings_on
    from lms.people.services import link_account
    from lms.starter.accounts import PASSWORD
    from skills_matrix.campaigns.models import Campaign
    from skills_matrix.competencies.models import Target

    department = Department.objects.get(key=ASSESSED_SECTION)
    posts = postings_on(office_today()).filter(is_main=True, department=department)
    in_turn = posts.select_related("employee").order_by("employee__staff_number")
    head = in_turn.filter(tier__key__in=conf.HEAD_TIERS)[0]
    member = in_turn.filter(tier__key="G2")[0]
    for person in (head.employee, member.employee):
        # Without an address nothing is mailed: the demo would print it among the answers.
        person.email = ""
        person.save(update_fields=["email"])
        if person.user is None:
            user = get_user_model().objects.create_user(person.staff_number, password=PASSWORD)
            link_account(employee=person, user=user)
            person.refresh_from_db()
    Campaign.objects.filter(department=department).delete()
    targets = Target.objects.filter(
        tier=member.tier, role=None, effective_until=None, level__gte=1, competency__is_group=False
    )
    skills = [row.competency for row in targets.order_by("pk").select_related("competency")[:2]]
    return {
        "head": head.employee.user.get_username(),
        "member": member.employee.user.get_username(),
        "name": member.employee.name,
        "number": member.employee.staff_number,
        "department": department.pk,
        "skills": [{"pk": row.pk, "key": row.key, "title": row.title} for row in skills],
    }


def end_assessment() -> None:
    """As if nobody had been asked; what was judged stays, as it always does."""
    from lms.notices.models import Notice
    from skills_matrix.campaigns.models import Campaign

    Campaign.objects.filter(department__key=ASSESSED_SECTION).delete()
    Notice.objects.filter(course=None).delete()
