"""Sessions of the starter's workshop, counted from the day of loading, and who comes to them.

Two are to come: one with seats left, and one that is full and has a waiting list. A third is
over, so that there is an attendance sheet to see. What has sessions already keeps them.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import Activity
from lms.enrolment.selectors import courses_open_to
from lms.enrolment.services import enrol
from lms.people.calendar import OFFICE_ZONE, office_today
from lms.people.models import Employee
from lms.workshops.attendance import record_sheet
from lms.workshops.models import Registration, WorkshopSession

Say = Callable[[str], None]

WORKSHOP = "w-one-page"
# Whom the guided tour follows: the seats are for the visitor to take.
LEARNER = "001001"
WEEK = 7


class Plan(NamedTuple):
    """`weeks` from the day of loading, on a Wednesday; so many people come and so many wait."""

    weeks: int
    capacity: int
    seats: int
    waiting: int
    place: str
    online_url: str = ""


PLANS = (
    Plan(-3, 12, 9, 0, "本庁舎５階 第１研修室"),
    Plan(2, 8, 8, 3, "本庁舎５階 第１研修室"),
    Plan(4, 24, 5, 0, "", "https://meet.sakura.example/dx-404"),
)
STARTS, ENDS, CLOSES = time(13, 30), time(17), time(17)
INSTRUCTOR = "外部講師 林 恵子"
NOTE = "空の様式と、先月の件数・日数をお持ちください。記入済みの書類は持ち込まないでください。"


@transaction.atomic
def load_workshops(*, say: Say, on: date | None = None) -> int:
    """Gives how many sessions were added.

    Args:
        say: told one line of progress at a time.
        on: the day to count from; None = today.
    """
    workshop = Activity.objects.filter(key=WORKSHOP, kind=Activity.Kind.WORKSHOP).first()
    if workshop is None or workshop.sessions.exists():
        return 0
    today = on or office_today()
    people = [
        person
        for person in Employee.objects.exclude(staff_number=LEARNER).order_by("staff_number")[:60]
        if courses_open_to(person, today).filter(pk=workshop.course_id).exists()
    ]
    for plan in PLANS:
        coming = [people.pop(0) for _n in range(min(len(people), plan.seats + plan.waiting))]
        _load(workshop, plan, coming, today)
    say(_("workshop sessions: %(number)d added") % {"number": len(PLANS)})
    return len(PLANS)


def _load(workshop: Activity, plan: Plan, people: list[Employee], today: date) -> None:
    wednesday = today + timedelta(days=plan.weeks * WEEK + (2 - today.weekday()))

    def at(day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, OFFICE_ZONE)

    session = WorkshopSession.objects.create(
        activity=workshop,
        starts_at=at(wednesday, STARTS),
        ends_at=at(wednesday, ENDS),
        closes_at=at(wednesday - timedelta(days=5), CLOSES),
        capacity=plan.capacity,
        place=plan.place,
        is_online=bool(plan.online_url),
        online_url=plan.online_url,
        instructor=INSTRUCTOR,
        note=NOTE,
    )
    seats = []
    for number, person in enumerate(people):
        enrol(employee=person, course=workshop.course, on=today)
        is_seat = number < plan.seats
        seats.append(
            Registration(
                session=session,
                employee=person,
                state=Registration.State.REGISTERED if is_seat else Registration.State.WAITING,
                asked_at=session.closes_at - timedelta(days=8, minutes=-number),
            )
        )
    Registration.objects.bulk_create(seats)
    if plan.weeks < 0:
        # All but the last came.
        *came, absent = session.registrations.order_by("asked_at").values_list("pk", flat=True)
        marks = dict.fromkeys(came, Registration.Attendance.ATTENDED.value)
        marks[absent] = Registration.Attendance.ABSENT.value
        record_sheet(session=session, marks=marks, by=None)
