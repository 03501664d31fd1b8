from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.h5p.refusals import PackageRefused
from courses.h5p.services import install_package


class Command(BaseCommand):
    """Imports a .h5p file; with --libraries as the librarian."""

    help = _("Import an H5P package.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--libraries",
            action="store_true",
            help=gettext("Install libraries that the package carries and the site does not have."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                content = install_package(
                    file=file, installed_by=path, may_install_libraries=options["libraries"]
                )
        except OSError as error:
            raise CommandError(str(error)) from error
        except PackageRefused as refused:
            raise CommandError(f"{refused} [{refused.reason}]") from refused
        self.stdout.write(f"{content.uuid} {content.main_library} {content.title}")
