"""Uploaded bundles between being shown and being confirmed.

They lie in the H5P storage, which no address serves, under names of our own; whoever uploaded
one holds its signed ticket. One that is neither confirmed nor given up goes after a day.
"""

from datetime import timedelta
from typing import BinaryIO, cast
from uuid import uuid4

from django.core.files import File
from django.core.signing import BadSignature, TimestampSigner
from django.utils.timezone import now

from courses.h5p.storage import h5p_storage

FOLDER = "pending"
KEPT = timedelta(days=1)


def _signer(owner: object) -> TimestampSigner:
    return TimestampSigner(salt=f"courses.h5p.pending:{owner}", sep=".")


def keep_pending(*, file: BinaryIO, owner: object) -> str:
    """Keeps the file and gives its ticket. Old files that nobody came back for are removed.

    Args:
        owner: primary key of the user; the ticket is worthless to anybody else.
    """
    remove_stale()
    key = uuid4().hex
    file.seek(0)
    h5p_storage().save(f"{FOLDER}/{key}", File(file))
    return _signer(owner).sign(key)


def _name(ticket: str, owner: object) -> str | None:
    try:
        return f"{FOLDER}/{_signer(owner).unsign(ticket, max_age=KEPT)}"
    except BadSignature:
        return None


def open_pending(*, ticket: str, owner: object) -> BinaryIO | None:
    """None = the ticket is not the owner's, too old, or already used."""
    name = _name(ticket, owner)
    storage = h5p_storage()
    if name is None or not storage.exists(name):
        return None
    # A Django file is as seekable and readable as any.
    return cast(BinaryIO, storage.open(name))


def remove_pending(*, ticket: str, owner: object) -> None:
    """Nothing happens where there is no such file."""
    name = _name(ticket, owner)
    if name:
        h5p_storage().delete(name)


def remove_stale() -> None:
    storage = h5p_storage()
    try:
        _folders, names = storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    for name in names:
        path = f"{FOLDER}/{name}"
        if storage.get_modified_time(path) < now() - KEPT:
            storage.delete(path)
