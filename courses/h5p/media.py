"""Which kinds of file a package may hold, and whether a picture is what its name says."""

from collections.abc import Collection

from courses.h5p.names import extension
from courses.h5p.refusals import PackageRefused
from courses.h5p.svg import check_svg

# The H5P core's list for content (h5p.classes.php, default whitelist) without swf, which no
# browser plays, and with svg, which is let in only when it holds no script.
PICTURES = {"png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "svg"}
FONTS = {"eot", "ttf", "woff", "woff2", "otf"}
SOUND_AND_FILM = {"webm", "mp4", "ogg", "mp3", "m4a", "wav", "vtt", "webvtt"}
OFFICE = {"pdf", "rtf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp"}
TEXTS = {"json", "txt", "csv", "diff", "patch", "textile", "md"}
MODELS = {"gltf", "glb"}
CONTENT_EXTENSIONS = frozenset(PICTURES | FONTS | SOUND_AND_FILM | OFFICE | TEXTS | MODELS)
# The core's list for libraries adds program and style.
LIBRARY_EXTENSIONS = CONTENT_EXTENSIONS | {"js", "css"}

# What the content origin calls them. A type that is not here is saved, not shown.
TYPES = {
    "json": "application/json",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "eot": "application/vnd.ms-fontobject",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "ogg": "audio/ogg",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "vtt": "text/vtt; charset=utf-8",
    "webvtt": "text/vtt; charset=utf-8",
    "gltf": "model/gltf+json",
    "glb": "model/gltf-binary",
}

# What an author may put into a field, by its type in semantics.json: what browsers show.
FIELD_EXTENSIONS: dict[str, tuple[str, ...]] = {
    "image": ("png", "jpg", "jpeg", "gif", "svg", "bmp"),
    "audio": ("mp3", "m4a", "wav", "ogg"),
    "video": ("mp4", "webm", "ogg"),
    "file": tuple(sorted(CONTENT_EXTENSIONS - {"json"})),
}

# First bytes by extension. A file that is not that image may be read as something else.
SIGNATURES: dict[str, tuple[bytes, ...]] = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "bmp": (b"BM",),
    "tif": (b"II*\x00", b"MM\x00*"),
    "tiff": (b"II*\x00", b"MM\x00*"),
}
SIGNATURE_BYTES = 16


def check_extension(name: str, *, allowed: frozenset[str]) -> None:
    """Raises:
    PackageRefused: files of this kind may not be here.
    """
    if extension(name) not in allowed:
        raise PackageRefused("extension_not_allowed", place=name)


def check_image(name: str, *, start: bytes) -> None:
    """`start` is the file's first `SIGNATURE_BYTES`; only pixel images are looked at.

    Raises:
        PackageRefused: the bytes are not that image.
    """
    signatures = SIGNATURES.get(extension(name))
    if signatures is not None and not start.startswith(signatures):
        raise PackageRefused("not_that_image", place=name)


def check_drawing(name: str, *, data: bytes) -> None:
    """Raises:
    PackageRefused: the SVG is unreadable or could act on its reader.
    """
    if extension(name) == "svg":
        check_svg(data, place=name)


def extensions_of(kind: str, mimes: Collection[str] = ()) -> tuple[str, ...]:
    """Extensions of the files that fit a field, e.g. of type "image".

    Args:
        mimes: only these types, e.g. "text/vtt" for subtitles; empty = all that fit.
    """
    fitting = FIELD_EXTENSIONS[kind]
    if not mimes:
        return fitting
    return tuple(name for name in fitting if TYPES.get(name, "").partition(";")[0] in mimes)
