"""Take a certificate back; whoever checks its code is told so."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.certificates.selectors import certificate_with_code
from lms.certificates.services import revoke_certificate
from lms.exceptions import RevocationRefused


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="the verification code printed on it")
        parser.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        certificate = certificate_with_code(options["code"])
        if certificate is None:
            raise CommandError("No certificate has that code.")
        try:
            revoke_certificate(certificate=certificate, reason=options["reason"])
        except RevocationRefused as error:
            raise CommandError(error.message) from error
