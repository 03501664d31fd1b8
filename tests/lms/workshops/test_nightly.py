from datetime import datetime, timedelta

import pytest

from courses.models import Activity
from lms.notices.kinds import notice_path, notice_text
from lms.notices.models import Notice
from lms.people.calendar import OFFICE_ZONE, office_today
from lms.people.models import Employee
from lms.workshops.models import Registration
from lms.workshops.nightly import remind_of_tomorrow
from tests.factories import make_seat, make_session

pytestmark = pytest.mark.django_db


def test_who_has_a_seat_tomorrow_is_reminded_once(
    workshop: Activity, people: list[Employee]
) -> None:
    today = office_today()
    # Half past midnight in the office is still today for a clock in UTC.
    early = datetime.combine(today + timedelta(days=1), datetime.min.time(), OFFICE_ZONE)
    tomorrow = make_session(workshop, starts_at=early + timedelta(minutes=30))
    make_seat(tomorrow, people[0])
    make_seat(tomorrow, people[1], state=Registration.State.WAITING)
    make_seat(make_session(workshop, starts_at=early + timedelta(days=1)), people[2])
    assert "1" in remind_of_tomorrow(today)
    assert "0" in remind_of_tomorrow(today)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (people[0], "session_soon")
    assert "業務改善ワークショップ" in notice_text(notice)
    assert "00:30" in notice_text(notice)
    assert notice_path(notice) == f"/courses/{workshop.course.key}"


def test_a_cancelled_session_reminds_nobody(workshop: Activity, people: list[Employee]) -> None:
    now = datetime.now(OFFICE_ZONE)
    session = make_session(
        workshop,
        starts_at=now + timedelta(days=1),
        cancelled_at=now,
        cancelled_reason="台風のため",
    )
    make_seat(session, people[0])
    remind_of_tomorrow(office_today())
    assert not Notice.objects.exists()
