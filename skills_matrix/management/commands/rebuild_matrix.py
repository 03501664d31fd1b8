"""Make the copy of the matrix anew, after data was loaded past the database's triggers."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from skills_matrix.materialised.services import rebuild_matrix


class Command(BaseCommand):
    help = "Throw away the kept matrix and derive it anew."

    def handle(self, *args: Any, **options: Any) -> None:
        count = rebuild_matrix(now=timezone.now())
        self.stdout.write(f"{count} rows.")
