from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.h5p.unused import remove_unused_contents, unused_contents


class Command(BaseCommand):
    """Removes H5P content that nothing uses, for cron."""

    help = _("Remove H5P content and media that nothing uses.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--days",
            type=int,
            default=30,
            help=gettext("Keep what was made within so many days."),
        )
        parser.add_argument(
            "--dry-run", action="store_true", help=gettext("Only say what would be removed.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["days"] < 1:
            raise CommandError(gettext("--days must be 1 or more."))
        older_than = timedelta(days=options["days"])
        if options["dry_run"]:
            for content in unused_contents(older_than):
                self.stdout.write(f"{content.uuid} {content.main_library} {content.title}")
            return
        removed = remove_unused_contents(older_than=older_than)
        self.stdout.write(
            gettext("%(contents)d contents and %(files)d files removed.") % removed._asdict()
        )
