from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from api.permissions import SCOPES
from lms.access.services import create_api_token


class Command(BaseCommand):
    """The secret goes to standard output alone, so that it can be piped into a secret store."""

    help = "Make a bearer token for a machine. Its secret is shown once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--user", required=True, help="Account that the token acts as.")
        parser.add_argument("--name", required=True, help="What the token is for.")
        parser.add_argument(
            "--scope",
            action="append",
            required=True,
            choices=sorted(SCOPES),
            help="What it may do; give it once for each scope.",
        )
        parser.add_argument("--days", type=int, help="Days it works; left out: until revoked.")

    def handle(self, *args: Any, **options: Any) -> None:
        model = get_user_model()
        user = model.objects.filter(**{model.USERNAME_FIELD: options["user"]}).first()
        if user is None:
            raise CommandError(_("There is no account “%(user)s”.") % {"user": options["user"]})
        days = options["days"]
        if days is not None and days < 1:
            raise CommandError(_("--days is at least 1."))
        token, secret = create_api_token(
            user=user,
            name=options["name"],
            scopes=options["scope"],
            expires_at=None if days is None else timezone.now() + timedelta(days=days),
        )
        self.stderr.write(
            _("Token “%(name)s” of %(user)s: %(scopes)s. The secret is not shown again.")
            % {"name": token.name, "user": options["user"], "scopes": ", ".join(token.scopes)}
        )
        self.stdout.write(secret)
