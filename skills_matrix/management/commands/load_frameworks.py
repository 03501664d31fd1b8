"""The frameworks that come with the software, for an office that does not want the demo."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from skills_matrix.exceptions import InvalidFramework
from skills_matrix.exchange.standards import Standard, load_standards, standards


class Command(BaseCommand):
    help = "Load the frameworks that come along, with the levels asked of roles and tiers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("keys", nargs="*", help="Keys of frameworks; none = all.")
        parser.add_argument("--list", action="store_true", help="Only say what there is.")
        parser.add_argument("--no-targets", action="store_true", help="Competencies only.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            self._say(standards())
            return
        keys = options["keys"] or [standard.key for standard in standards()]
        try:
            found = load_standards(keys=keys, with_targets=not options["no_targets"])
        except InvalidFramework as fault:
            raise CommandError(
                _("No such framework comes along: %(keys)s") % {"keys": fault.message}
            ) from fault
        self._say(found)

    def _say(self, found: list[Standard]) -> None:
        line = _(
            "%(key)s %(version)s  %(title)s: %(present)d of %(competencies)d entries, "
            "%(targets_present)d of %(targets)d targets"
        )
        for standard in found:
            self.stdout.write(line % vars(standard))
            if standard.tiers_missing:
                tiers = ", ".join(standard.tiers_missing)
                self.stdout.write(
                    _("    job tiers that are not here: %(tiers)s") % {"tiers": tiers}
                )
