"""Make the key that Open Badges are signed with. An existing key is never overwritten."""

import os
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.management.base import BaseCommand, CommandError

from lms.conf import conf


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        path = conf.BADGE_KEY_FILE
        if path is None:
            raise CommandError("Set LMS_BADGE_KEY_FILE to where the key shall be.")
        key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            # Nobody else may read it, not even for a moment.
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise CommandError("There is a key already: badges signed with it need it.") from None
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
        self.stdout.write(f"{path}")
