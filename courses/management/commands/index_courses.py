from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.catalogue.search.services import index_courses


class Command(BaseCommand):
    """Makes published courses findable; publication does so itself from then on."""

    help = _("Write down what can be found in published courses.")  # type: ignore[assignment]

    def handle(self, *args: Any, **options: Any) -> None:
        count = index_courses()
        self.stdout.write(gettext("%(count)d courses can be found.") % {"count": count})
