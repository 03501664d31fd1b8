"""manage.py assign_courses: every night, and whenever in doubt."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courses.exceptions import InvalidDate
from courses.japanese_dates import parse_date
from lms.enrolment.rules.outcome import in_words
from lms.enrolment.rules.services import evaluate_rules
from lms.exceptions import InvalidCondition
from lms.people.calendar import office_today


class Command(BaseCommand):
    help = (
        "Bring assignments and enrolments in line with the mandatory rules. Twice changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", metavar="DATE", help="the office's day (default: today)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            on = parse_date(options["on"]) if options["on"] else office_today()
            outcome = evaluate_rules(on=on)
        except (InvalidDate, InvalidCondition) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(in_words(outcome))
