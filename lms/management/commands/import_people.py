"""manage.py import_people people.csv --departments departments.csv"""

from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from courses.exceptions import InvalidDate
from courses.japanese_dates import MESSAGES, parse_date
from lms.enrolment.rules.outcome import in_words
from lms.enrolment.rules.services import evaluate_rules
from lms.people.calendar import office_today
from lms.people.import_report import write_faults
from lms.people.services import import_office


class Command(BaseCommand):
    help = "Import people and their postings from HR's CSV (UTF-8 or CP932). All or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV of people")
        parser.add_argument("--departments", type=Path, help="CSV of departments, taken first")
        parser.add_argument("--dry-run", action="store_true", help="show changes, write nothing")
        parser.add_argument(
            "--ignore-column",
            action="append",
            default=[],
            metavar="NAME",
            help="pass over a column that this site does not know; may be repeated",
        )
        parser.add_argument("--as-of", metavar="DATE", help="the office's day (default: today)")
        parser.add_argument("--report", type=Path, help="also write the faults as CSV")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            as_of = parse_date(options["as_of"]) if options["as_of"] else office_today()
        except InvalidDate as error:
            reason = _(MESSAGES[error.code]) % {"hint": error.hint}
            raise CommandError(f"--as-of: {reason}") from error
        with ExitStack() as stack:
            try:
                people = stack.enter_context(options["file"].open("rb"))
                departments = (
                    stack.enter_context(options["departments"].open("rb"))
                    if options["departments"]
                    else None
                )
            except OSError as error:
                raise CommandError(f"{error.filename}: {error.strerror}") from error
            reports = import_office(
                departments=departments,
                people=people,
                as_of=as_of,
                ignored_columns=options["ignore_column"],
                dry_run=options["dry_run"],
            )
        if options["report"]:
            with options["report"].open("w", encoding="utf-8-sig", newline="") as file:
                write_faults(
                    ((report.file, fault) for report in reports for fault in report.faults), file
                )
        for report in reports:
            self.stdout.write(report.summary())
            if report.is_refused:
                self.stderr.write(report.fault_table())
            elif options["dry_run"] and report.changes:
                self.stdout.write(report.change_table())
        if any(report.is_refused for report in reports):
            raise CommandError(_("Nothing was imported."), returncode=1)
        if not options["dry_run"]:
            self.stdout.write(in_words(evaluate_rules(on=as_of)))
