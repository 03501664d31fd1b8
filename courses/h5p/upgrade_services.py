"""Bringing a piece of content to a newer version of its type.

The type's own upgrade scripts are third-party program: they run in a browser, in the sandboxed
frame (frame/upgrade.js). What comes back is somebody's word and enters like any upload.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from courses.exceptions import UpgradeRefused
from courses.h5p.content_types import content_types_in, library_fields
from courses.h5p.making import make_content
from courses.h5p.models import H5PContent, H5PLibrary
from courses.h5p.semantics.compare import Difference, differences

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
    made_by: object | None = None,
) -> H5PContent:
    """New content of the newer version, with the media of the old; the old stays as it is.

    What the parameters lack gets the newer version's defaults in the content's language.

    Args:
        library: a higher version of the content's own type.
        params, metadata: what the upgrade scripts made; not trusted.

    Raises:
        UpgradeRefused: the library is no higher version of the content's type.
        ParamsRefused: the parameters do not fit the newer version.
        PackageRefused: they are no sound JSON, or need a library that is not installed.
    """
    old = content.main_library
    if (library.machine_name, library.runnable) != (old.machine_name, True) or (
        (library.major, library.minor) <= (old.major, old.minor)
    ):
        raise UpgradeRefused(
            _("%(library)s is not a newer version of %(old)s.")
            % {"library": library, "old": content.main_library}
        )
    return make_content(
        library=library,
        params=params,
        title=content.title,
        language=content.language,
        based_on=content,
        about={key: metadata[key] for key in METADATA if key in metadata},
        made_by=made_by,
    )


def upgrade_differences(*, before: H5PContent, after: H5PContent) -> list[Difference]:
    """What the upgrade changed, field by field, in the words of the newer version."""
    return differences(
        library_fields(library=after.main_library, language=after.language),
        before.params,
        after.params,
        content_types_in(after.language),
    )
