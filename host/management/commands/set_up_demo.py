"""Database, starter content and static files of the demo site. A second run takes seconds."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from courses.authoring.review.services import set_up_review
from courses.authoring.services import set_up_authors, set_up_librarians
from courses.starter.load import SECTIONS, course_index, course_section, load_courses
from courses.starter.paths import load_paths
from host.greeting import keep_accounts
from host.wagtail_defaults import replace_wagtail_defaults
from lms.enrolment.rules.outcome import in_words
from lms.enrolment.rules.services import evaluate_rules
from lms.notices.services import send_reminders
from lms.people.calendar import office_today
from lms.starter.accounts import create_demo_accounts
from lms.starter.audience import load_audience, load_path_audience
from lms.starter.duties import load_duties
from lms.starter.office import load_office
from lms.starter.workshops import load_workshops
from skills_matrix.starter.history import load_history
from skills_matrix.starter.load import load_skills
from skills_matrix.starter.works import load_works

STARTER_DIRS = ("courses/starter", "lms/starter", "skills_matrix/starter", "host")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anew", action="store_true", help="load the starter content even if it is unchanged"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not getattr(settings, "DEMO", False):
            raise CommandError(
                "The demo accounts have a public password. Run this with host.settings.demo only."
            )
        self.step(_("Database"))
        call_command("migrate", verbosity=0)
        stamp = Path(settings.VAR_DIR) / "starter_content"
        digest = starter_digest(Path(settings.BASE_DIR))
        if options["anew"] or not stamp.exists() or stamp.read_text() != digest:
            self.load()
            stamp.write_text(digest)
        if not Path(settings.LMS_BADGE_KEY_FILE).exists():
            self.step(_("Key of the Open Badges"))
            call_command("make_badge_key", stdout=self.stdout)
        self.step(_("Static files"))
        call_command("collectstatic", interactive=False, verbosity=0)

    def load(self) -> None:
        say: Callable[[str], None] = lambda line: self.stdout.write(f"    {line}")  # noqa: E731
        self.step(_("Courses and H5P activities"))
        load_courses(say=say, library_sources=settings.LMS_COURSES_H5P_LIBRARY_SOURCES)
        load_paths(say=say)
        for key in SECTIONS:
            set_up_authors(section=course_section(key))
        set_up_review(root=course_index())
        set_up_librarians()
        replace_wagtail_defaults(site_name=settings.WAGTAIL_SITE_NAME)
        self.step(_("The sample office"))
        load_office(say=say)
        load_audience(say=say)
        load_path_audience(say=say)
        keep_accounts(create_demo_accounts(say=say))
        self.step(_("Competencies, targets and projects"))
        load_skills(say=say)
        load_history(say=say)
        load_works(say=say)
        self.step(_("Workshops"))
        load_workshops(say=say)
        self.step(_("Assignments"))
        say(in_words(evaluate_rules(on=office_today())))
        load_duties(say=say)
        send_reminders(on=office_today())

    def step(self, title: str) -> None:
        self.stdout.write(f"\n==> {title}")
        self.stdout.flush()


def starter_digest(base: Path) -> str:
    """Changes with any file of the starter content, or with the database it went into."""
    digest = hashlib.sha256(str(settings.DATABASES["default"]["NAME"]).encode())
    digest.update(str(settings.DATABASES["default"]["HOST"]).encode())
    for directory in STARTER_DIRS:
        for path in sorted((base / directory).rglob("*")):
            if path.suffix in {".csv", ".toml", ".py"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()
