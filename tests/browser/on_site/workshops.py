"""Workshops and their seats."""

from typing import Any


def workshop_of_two() -> dict[str, Any]:
    """A course of one workshop with one seat, for two people whom no other test knows.

    One of them has the seat. Nobody else may take the course.
    """
    from django.contrib.auth import get_user_model

    from lms.people.models import Employee
    from lms.starter.accounts import HR, PASSWORD
    from lms.workshops.services import register
    from tests.factories import (
        make_course,
        make_enrolment,
        make_session,
        make_workshop,
        publish_course,
    )

    course = make_course(
        "C909", title="窓口応対を磨く集合研修", lessons=1, activities=0, is_published=False
    )
    workshop = make_workshop(course.activities.get(), title="窓口応対ロールプレイ")
    text = "<h2>窓口での応対</h2><p>当日は、二人一組で窓口の応対を練習します。</p>"
    publish_course(course, bodies={"L1": [("rich_text", text), ("workshop", workshop)]})
    session = make_session(
        workshop,
        capacity=1,
        is_online=True,
        online_url="https://meet.sakura.example/c909",
        instructor="接遇講師 森",
        note="名札をお持ちください。",
    )
    learner, other = Employee.objects.filter(user=None).order_by("staff_number")[60:62]
    for person in (learner, other):
        # Without an address nothing is mailed: the demo would print it among the answers.
        person.email = ""
        person.save(update_fields=["email"])
        make_enrolment(person, course)
    learner.user = get_user_model().objects.create_user(learner.staff_number, password=PASSWORD)
    learner.save(update_fields=["user"])
    register(employee=other, session=session)
    hr = get_user_model().objects.filter(groups__name=HR).first()
    return {
        "course": course.pk,
        "session": session.pk,
        "learner": learner.staff_number,
        "name": learner.name,
        "other": other.staff_number,
        "hr": hr.get_username() if hr else "",
    }


def give_up_seat(session: int, staff_number: str) -> None:
    from lms.people.models import Employee
    from lms.workshops.models import WorkshopSession
    from lms.workshops.services import cancel_registration

    cancel_registration(
        employee=Employee.objects.get(staff_number=staff_number),
        session=WorkshopSession.objects.get(pk=session),
    )


def hold_session(session: int) -> None:
    """Its time passes."""
    from lms.workshops.models import WorkshopSession
    from tests.factories import hold

    hold(WorkshopSession.objects.get(pk=session))
