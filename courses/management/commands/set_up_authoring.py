"""The course tree and its groups: sections with their authors, reviewers, librarians."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from courses.authoring.review.services import set_up_review
from courses.authoring.services import set_up_authors, set_up_librarians
from courses.starter.load import course_index, section_page


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--section",
            action="append",
            default=[],
            metavar="TITLE",
            help="a section of the course tree with authors of its own; may be given again",
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        groups = [set_up_authors(section=section_page(title)) for title in options["section"]]
        set_up_review(root=course_index())
        groups.append(set_up_librarians())
        for group in groups:
            self.stdout.write(_("Group: %(name)s") % {"name": group.name})
