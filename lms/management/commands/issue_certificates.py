"""Certify completions that have no certificate yet, e.g. from before there were any."""

from typing import Any

from django.core.management.base import BaseCommand

from lms.certificates.services import issue_certificates


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{issue_certificates()}")
