"""E-mails to many people, one after the other while nobody waits."""

from django.utils.translation import gettext_lazy

from lms.jobs.registry import Job
from lms.jobs.work import Work
from lms.notices.services import DELIVERY, deliver_to


def do_deliver(work: Work) -> None:
    """What the mail server refuses stays for the next `send_reminders`."""
    people = work.arguments["people"]
    work.expect(len(people))
    for pk in people[work.position :]:
        with work.step():
            deliver_to(pk)


DELIVERY_JOB = Job(DELIVERY, gettext_lazy("Sending reminders by e-mail"), do_deliver)
