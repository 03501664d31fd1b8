"""People who are late, exempt or were given more time, so that HR's desk has something on it.

They are of one section, none of them with a demo account. What exists is left alone.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.catalogue.selectors import published_courses
from courses.models import Activity
from lms.enrolment.models import Assignment, Enrolment, Exemption
from lms.enrolment.orders.exempting import ExemptionTerms, exempt_people
from lms.enrolment.orders.extension import extend_due
from lms.enrolment.orders.naming import name_people, naming_rules
from lms.flows import record_statements
from lms.people.calendar import office_today
from lms.people.models import Employee
from lms.people.selectors import postings_on
from lms.records.statement import EXPERIENCED
from lms.starter.accounts import HR

Say = Callable[[str], None]

# A course that is only offered, in a section of which nobody signs in.
COURSE, SECTION = "C303", "0402"
NAMED, BEGUN, EXTENDED = 6, 2, 1
NAMED_DAYS_AGO, DUE_DAYS_AGO, EXTENDED_DAYS = 40, 10, 20


@transaction.atomic
def load_duties(*, say: Say) -> None:
    """Some duties that are overdue, and orders of HR about them, once HR has its account."""
    course = published_courses().filter(key=COURSE).first()
    today = office_today()
    mains = postings_on(today).filter(is_main=True, department__key=SECTION)
    staff = list(
        Employee.objects.filter(pk__in=mains.values("employee"), user=None).order_by("staff_number")
    )
    hr: Any = get_user_model().objects.filter(groups__name=HR).order_by("pk").first()
    if course is None or hr is None or len(staff) < NAMED or naming_rules(course):
        return
    named = staff[:NAMED]
    began = today - timedelta(days=NAMED_DAYS_AGO)
    name_people(
        course=course,
        people=named,
        due_on=today - timedelta(days=DUE_DAYS_AGO),
        by=hr,
        on=began,
    )
    Enrolment.objects.filter(course=course, employee__in=named).update(
        enrolled_at=timezone.now() - timedelta(days=NAMED_DAYS_AGO)
    )
    lesson = course.activities.filter(kind=Activity.Kind.LESSON).order_by("position").first()
    for person in named[:BEGUN] if lesson else ():
        record_statements(employee=person, statements=[_read(lesson)])
    extended = Assignment.objects.filter(course=course, employee__in=named[-EXTENDED:])
    extend_due(
        ids=list(extended.values_list("pk", flat=True)),
        until=today + timedelta(days=EXTENDED_DAYS),
        reason=_("The tax return season keeps the section busy"),
        by=hr,
        on=today,
    )
    exempt_people(
        people=named[BEGUN : BEGUN + 1],
        terms=ExemptionTerms(
            kind=Exemption.Kind.LEAVE,
            starts_on=today - timedelta(days=NAMED_DAYS_AGO),
            last_day=today + timedelta(days=180),
            note=_("Childcare leave"),
        ),
        by=hr,
        on=today,
    )
    say(_("duties: %(number)d people named for %(course)s") % {"number": NAMED, "course": COURSE})


def _read(lesson: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "verb": {"id": EXPERIENCED},
        "object": {"objectType": "Activity", "id": lesson.iri},
        "timestamp": (timezone.now() - timedelta(days=DUE_DAYS_AGO + 5)).isoformat(),
    }
