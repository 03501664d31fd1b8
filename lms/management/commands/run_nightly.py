"""manage.py run_nightly – from cron or a systemd timer, once a night."""

from typing import Any

from django.core.management.base import BaseCommand

from lms.jobs.nightly import start_nightly
from lms.people.calendar import office_today


class Command(BaseCommand):
    help = "Ask the workers for the night's work. Again on the same day changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        run = start_nightly(on=office_today())
        self.stdout.write(f"{run.key}: {run.get_state_display()}")
