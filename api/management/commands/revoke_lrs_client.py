from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lms.lrs.access import revoke_lrs_client
from lms.lrs.models import LrsClient


class Command(BaseCommand):
    help = "Revoke the key of another system. It stops working at once; what it said stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--key", required=True, help="The part before the colon.")

    def handle(self, *args: Any, **options: Any) -> None:
        client = LrsClient.objects.filter(key=options["key"], revoked_at__isnull=True).first()
        if client is None:
            raise CommandError(_("No key “%(key)s” is in use.") % {"key": options["key"]})
        revoke_lrs_client(client=client)
        self.stdout.write(_("Revoked: %(count)s") % {"count": 1})
