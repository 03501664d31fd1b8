"""Fold all statements anew: progress can always be thrown away and rebuilt."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.flows import replay_statements
from lms.people.models import Employee


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--staff-number", help="only this person")
        parser.add_argument("--quiet", action="store_true", help="no progress lines")

    def handle(self, *args: Any, **options: Any) -> None:
        # Whoever has statements or progress; a person with neither has nothing to rebuild.
        people = Employee.objects.filter(statements__isnull=False) | Employee.objects.filter(
            activity_progress__isnull=False
        )
        people = people.distinct().order_by("pk")
        if options["staff_number"]:
            people = Employee.objects.filter(staff_number=options["staff_number"])
            if not people.exists():
                raise CommandError(f"Nobody has the staff number {options['staff_number']}.")
        total = people.count()
        for n, employee in enumerate(people.iterator(), start=1):
            replay_statements(employee=employee)
            if not options["quiet"] and (n % 100 == 0 or n == total):
                self.stdout.write(f"{n}/{total}")
