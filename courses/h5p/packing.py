"""Writes a .h5p file. The same content gives the same bytes, on any day and any system."""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from courses.h5p.library import LibraryName
from courses.h5p.media import TEXTS
from courses.h5p.names import extension
from courses.h5p.package import DEPENDENCY_FIELDS, H5P_JSON

# What deflate makes smaller; pictures, films and fonts are packed already.
COMPRESSIBLE = TEXTS | {"js", "css", "svg", "vtt", "webvtt", "rtf", "gltf"}
# The earliest date a zip can hold, instead of today's.
NO_DATE = (1980, 1, 1, 0, 0, 0)
UNIX = 3
ORDINARY_FILE = 0o100644 << 16


def complete_metadata(
    metadata: Mapping[str, Any], main: LibraryName, closure: Iterable[LibraryName]
) -> dict[str, Any]:
    """h5p.json with every library that playing loads, the main one first.

    Packages list more or less than that; the player needs the whole, since it follows neither
    dynamic dependencies nor libraries that only the content names.
    """
    others = [name for name in closure if name != main]
    said = {key: value for key, value in metadata.items() if key not in DEPENDENCY_FIELDS}
    return said | {
        "mainLibrary": main.machine_name,
        "preloadedDependencies": [
            {
                "machineName": name.machine_name,
                "majorVersion": name.major,
                "minorVersion": name.minor,
            }
            for name in (main, *others)
        ],
    }


def to_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def write_package(
    *,
    metadata: Mapping[str, Any],
    content: Mapping[str, bytes],
    libraries: Mapping[str, Mapping[str, bytes]],
) -> bytes:
    """The bytes of a .h5p file.

    Args:
        metadata: h5p.json, see `complete_metadata`.
        content: files below content/ by their name in the package, `content/content.json` among
            them.
        libraries: files by folder and by name inside it; empty = for sites that have them.
    """
    files = {H5P_JSON: to_json(metadata), **content}
    for folder, inside in libraries.items():
        files |= {f"{folder}/{name}": data for name, data in inside.items()}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        # The core looks at h5p.json first; the rest by name.
        for name in sorted(files, key=lambda name: (name != H5P_JSON, name)):
            entry = zipfile.ZipInfo(name, NO_DATE)
            entry.create_system = UNIX
            entry.external_attr = ORDINARY_FILE
            compressible = extension(name) in COMPRESSIBLE
            entry.compress_type = zipfile.ZIP_DEFLATED if compressible else zipfile.ZIP_STORED
            archive.writestr(entry, files[name])
    return target.getvalue()
