"""Where the files of installed libraries and contents lie. Never where the site serves media."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from courses.conf import conf
from courses.h5p.archive import PackedFile

ALIAS = "h5p"


def h5p_storage() -> Storage:
    """The storage called "h5p" in STORAGES, else the folder LMS_COURSES_H5P_ROOT.

    Raises:
        ImproperlyConfigured: there is neither.
    """
    if ALIAS in settings.STORAGES:
        return storages[ALIAS]
    if conf.H5P_ROOT is None:
        raise ImproperlyConfigured("Set LMS_COURSES_H5P_ROOT, or STORAGES['h5p'].")
    return FileSystemStorage(location=conf.H5P_ROOT)


def write_files(folder: str, files: Iterable[tuple[str, PackedFile]]) -> None:
    """Writes files into a new folder, under exactly these names.

    Raises:
        FileExistsError: one of them was there already; the folder was not new.
    """
    storage = h5p_storage()
    for name, packed in files:
        wanted = f"{folder}/{name}"
        with packed.path.open("rb") as source:
            written = storage.save(wanted, File(source))
        if written != wanted:
            storage.delete(written)
            raise FileExistsError(wanted)


def write_file(wanted: str, path: Path) -> str:
    """Writes a file and says under which name: another one, where something lies there already."""
    with path.open("rb") as source:
        return h5p_storage().save(wanted, File(source))


def names_in(folder: str) -> list[str]:
    """Every file below the folder, relative to it, sorted; none where there is no folder."""
    storage = h5p_storage()
    names: list[str] = []
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            folders, files = storage.listdir(f"{folder}/{inside}".rstrip("/"))
        except (FileNotFoundError, NotADirectoryError):
            continue
        names += [f"{inside}{name}" for name in files]
        waiting += [f"{inside}{name}/" for name in folders]
    return sorted(names)


def open_file(path: str) -> "File[Any] | None":
    """None = no such file."""
    storage = h5p_storage()
    # Object stores answer for a name only; a folder of the same name is no file.
    try:
        return storage.open(path) if storage.exists(path) else None
    except IsADirectoryError:
        return None


def read_file(path: str) -> bytes | None:
    """None = no such file."""
    file = open_file(path)
    if file is None:
        return None
    with file:
        data: bytes = file.read()
    return data


def read_stored(path: str) -> bytes:
    """The bytes of a file that a row says is there.

    Raises:
        FileNotFoundError: the storage and the database do not belong together.
    """
    data = read_file(path)
    if data is None:
        raise FileNotFoundError(path)
    return data


def remove_file(path: str) -> None:
    """Removes the file; nothing happens where there is none."""
    h5p_storage().delete(path)


def remove_folder(folder: str) -> None:
    """Removes the folder and all in it; nothing happens where there is none."""
    storage = h5p_storage()
    names = names_in(folder)
    for name in names:
        storage.delete(f"{folder}/{name}")
    parents = {parent.as_posix() for name in names for parent in Path(name).parents}
    for parent in sorted(parents, key=len, reverse=True):
        storage.delete(f"{folder}/{parent}" if parent != "." else folder)
