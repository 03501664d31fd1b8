"""Reading what is installed, and where it is played."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from courses.conf import conf
from courses.h5p.library import LibraryName, parse_library
from courses.h5p.models import H5PContent, H5PLibrary
from courses.h5p.package import Installed
from courses.h5p.player import player_metadata
from courses.h5p.tokens import content_token, token_content


def library_name(library: H5PLibrary) -> LibraryName:
    return LibraryName(library.machine_name, library.major, library.minor)


def installed_libraries() -> dict[LibraryName, Installed]:
    """Every installed library, as the package reader wants to know it."""
    return {
        library_name(row): Installed(
            parse_library(row.metadata, folder=row.folder, place=row.folder), row.digest
        )
        for row in H5PLibrary.objects.all()
    }


def library_named(name: LibraryName) -> H5PLibrary | None:
    """None = not installed."""
    return H5PLibrary.objects.filter(
        machine_name=name.machine_name, major=name.major, minor=name.minor
    ).first()


def newest_library(machine_name: str) -> H5PLibrary | None:
    """The highest installed version of a library; None = not installed."""
    return H5PLibrary.objects.filter(machine_name=machine_name).order_by("-major", "-minor").first()


def newer_versions(library: H5PLibrary) -> list[H5PLibrary]:
    """Installed versions of the same library above this one, the highest first."""
    rows = H5PLibrary.objects.filter(machine_name=library.machine_name)
    here = (library.major, library.minor)
    return sorted(
        (row for row in rows if (row.major, row.minor) > here),
        key=lambda row: (row.major, row.minor),
        reverse=True,
    )


def libraries_named(names: Iterable[LibraryName]) -> list[H5PLibrary]:
    """The rows of installed libraries, in no certain order."""
    wanted = set(names)
    rows = H5PLibrary.objects.filter(machine_name__in={name.machine_name for name in wanted})
    return [row for row in rows if library_name(row) in wanted]


def content_types() -> QuerySet[H5PLibrary]:
    """Installed libraries that can be played by themselves."""
    return H5PLibrary.objects.filter(runnable=True)


def content_for_token(token: str) -> H5PContent | None:
    """None = the token is not valid, no longer valid, or the content is gone."""
    uuid = token_content(token)
    if uuid is None:
        return None
    return H5PContent.objects.select_related("main_library").filter(uuid=uuid).first()


def content_player_metadata(content: H5PContent) -> dict[str, Any]:
    """h5p.json as the player gets it."""
    return player_metadata(
        content.metadata,
        library_name(content.main_library),
        [library_name(library) for library in content.libraries.all()],
        title=content.title,
        language=content.language,
    )


def player_url(*, content: H5PContent) -> str:
    """Absolute address of the player page on the content origin; stops working after a while."""
    return f"{conf.CONTENT_ORIGIN}/h5p/play/{content_token(content.uuid)}/"


def upgrade_page_url() -> str:
    """Absolute address of the page on the content origin that runs upgrade scripts."""
    return f"{conf.CONTENT_ORIGIN}/h5p/upgrade/"
