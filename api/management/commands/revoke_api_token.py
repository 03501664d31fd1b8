from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lms.access.selectors import usable_tokens
from lms.access.services import revoke_api_token


class Command(BaseCommand):
    help = "Revoke the tokens of an account that have this name. They stop working at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--user", required=True, help="Account that the token acts as.")
        parser.add_argument("--name", required=True, help="Name it was made with.")

    def handle(self, *args: Any, **options: Any) -> None:
        tokens = [
            token
            for token in usable_tokens()
            if token.user.get_username() == options["user"] and token.name == options["name"]
        ]
        if not tokens:
            raise CommandError(
                _("No token “%(name)s” of %(user)s is in use.")
                % {"name": options["name"], "user": options["user"]}
            )
        for token in tokens:
            revoke_api_token(token=token)
        self.stdout.write(_("Revoked: %(count)s") % {"count": len(tokens)})
