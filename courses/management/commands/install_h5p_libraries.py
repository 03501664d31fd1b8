from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext_lazy as _

from courses.conf import conf
from courses.h5p.refusals import PackageRefused
from courses.h5p.services import install_libraries_from_directory


class Command(BaseCommand):
    """Installs unpacked libraries; without a folder, from LMS_COURSES_H5P_LIBRARY_SOURCES."""

    help = _("Install H5P libraries from folders you trust.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directories", nargs="*", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        for directory in options["directories"] or conf.H5P_LIBRARY_SOURCES:
            if not directory.is_dir():
                raise CommandError(f"{directory}: no such folder.")
            try:
                libraries = install_libraries_from_directory(directory=directory)
            except PackageRefused as refused:
                raise CommandError(f"{refused} [{refused.reason}]") from refused
            for library in sorted(libraries, key=str):
                self.stdout.write(str(library))
