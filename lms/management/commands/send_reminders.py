"""Remind people of what is due, tell heads what is overdue, and have the e-mail sent.

`run_nightly` does that every night; this is for a day on which it did not.
"""

from typing import Any

from django.core.management.base import BaseCommand

from lms.notices.mailing import mail_everything
from lms.notices.services import send_reminders
from lms.people.calendar import office_today


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        number = send_reminders(on=office_today())
        mail_everything()
        self.stdout.write(f"{number} notices")
