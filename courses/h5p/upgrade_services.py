"""Bringing a piece of content to a newer version of its type.

The type's own upgrade scripts are third-party program: they run in a browser, in the sandboxed
frame (frame/upgrade.js). What comes back is somebody's word and enters like any upload.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.utils.translation import gettext as _

from courses.exceptions import UpgradeRefused
from courses.h5p.models import H5PContent, H5PLibrary
from courses.h5p.package import CONTENT_JSON, H5P_JSON
from courses.h5p.packing import complete_metadata, to_json, write_package
from courses.h5p.selectors import library_name
from courses.h5p.services import completed_params, export_content, install_package

# What an upgrade script may change besides the parameters (H5P metadata). The title stays.
METADATA = (
    "a11yTitle",
    "authorComments",
    "authors",
    "changes",
    "license",
    "licenseExtras",
    "licenseVersion",
    "source",
    "yearFrom",
    "yearTo",
)


def upgrade_content(
    *,
    content: H5PContent,
    library: H5PLibrary,
    params: Mapping[str, Any],
    metadata: Mapping[str, Any],
) -> H5PContent:
    """New content of the newer version, with the media of the old; the old stays as it is.

    What the parameters lack gets the newer version's defaults in the content's language.

    Args:
        library: a higher version of the content's own type.
        params, metadata: what the upgrade scripts made; not trusted.

    Raises:
        UpgradeRefused: the library is no higher version of the content's type.
        PackageRefused: the parameters do not fit the newer version, or an import rule is broken.
    """
    old = content.main_library
    if (library.machine_name, library.runnable) != (old.machine_name, True) or (
        (library.major, library.minor) <= (old.major, old.minor)
    ):
        raise UpgradeRefused(
            _("%(library)s is not a newer version of %(old)s.")
            % {"library": library, "old": content.main_library}
        )
    completed = completed_params(library=library, params=params, language=content.language)
    said = {key: metadata[key] for key in METADATA if key in metadata}
    package = write_package(
        metadata=complete_metadata({**content.metadata, **said}, library_name(library), ()),
        content=_files(content) | {CONTENT_JSON: to_json(completed)},
        libraries={},
    )
    return install_package(file=BytesIO(package))


def _files(content: H5PContent) -> dict[str, bytes]:
    """Everything below content/, by its name in the package."""
    exported = export_content(content=content, with_libraries=False)
    with ZipFile(BytesIO(exported)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != H5P_JSON}
