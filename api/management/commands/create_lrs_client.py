from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from lms.lrs.access import SCOPES, create_lrs_client


class Command(BaseCommand):
    """The key and the secret go to standard output alone, as `key:secret`."""

    help = "Make a key with which another system sends or reads records (xAPI). Shown once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True, help="Which system it is.")
        parser.add_argument(
            "--scope",
            action="append",
            required=True,
            choices=sorted(SCOPES),
            help="What it may do; give it once for each scope.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        client, secret = create_lrs_client(name=options["name"], scopes=options["scope"])
        self.stderr.write(
            _("Key of “%(name)s”: %(scopes)s. The secret is not shown again.")
            % {"name": client.name, "scopes": ", ".join(client.scopes)}
        )
        self.stdout.write(f"{client.key}:{secret}")
