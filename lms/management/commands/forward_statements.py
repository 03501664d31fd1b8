from argparse import ArgumentParser
from time import sleep
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lms.conf import conf
from lms.lrs.forwarding import forward_statements


class Command(BaseCommand):
    help = "Send statements on to the record store that LMS_FORWARD_URL names."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every", type=int, help="Go on, and look so many seconds later; left out: once."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not conf.FORWARD_URL:
            raise CommandError(_("LMS_FORWARD_URL is empty: there is nowhere to send them."))
        while True:
            done = forward_statements()
            self.stdout.write(
                _("Sent: %(sent)d, refused: %(refused)d, postponed: %(postponed)d")
                % {"sent": done.sent, "refused": done.refused, "postponed": done.postponed}
            )
            if not options["every"]:
                return
            sleep(options["every"])
