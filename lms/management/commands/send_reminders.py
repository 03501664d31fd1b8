"""Remind people of what is due, tell heads what is overdue, and send the e-mail. Run it daily."""

from typing import Any

from django.core.management.base import BaseCommand

from lms.notices.services import send_reminders
from lms.people.calendar import office_today


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        notices, mails = send_reminders(on=office_today())
        self.stdout.write(f"{notices} notices, {mails} e-mails")
