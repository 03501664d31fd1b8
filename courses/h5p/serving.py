"""Files over HTTP: a named type, never guessed; parts of media; nothing a page could run as."""

import re
from typing import IO, Any

from django.core.files import File
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from courses.h5p.media import TYPES
from courses.h5p.names import extension
from courses.h5p.player import FILE_POLICY

# Documents and whatever else the lists allow: to be saved, not shown.
OTHER = "application/octet-stream"
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class _Part:
    """The next `left` bytes of a file, for FileResponse."""

    def __init__(self, file: "IO[bytes] | File[Any]", left: int) -> None:
        self.file = file
        self.left = left

    def read(self, size: int) -> bytes:
        data: bytes = self.file.read(min(size, self.left))
        self.left -= len(data)
        return data

    def close(self) -> None:
        self.file.close()


def requested_range(header: str, size: int) -> range | None:
    """The bytes a Range header asks for; empty = none of them exist; None = answer with all.

    Several ranges at once, and what is not understood, are answered with all (RFC 9110, 14.2).
    """
    match = RANGE.fullmatch(header.strip())
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        return range(max(0, size - int(match[2])), size)
    start = int(match[1])
    end = int(match[2]) if match[2] else size - 1
    if end < start:
        return range(0) if start >= size else None
    return range(start, min(end + 1, size))


def secured(response: HttpResponseBase, *, cache: str, etag: str = "") -> HttpResponseBase:
    """The headers every answer of the content origin has."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = cache
    if etag:
        response["ETag"] = etag
    if "Content-Security-Policy" not in response:
        response["Content-Security-Policy"] = FILE_POLICY
    return response


def file_response(
    request: HttpRequest,
    file: "IO[bytes] | File[Any]",
    *,
    name: str,
    size: int,
    etag: str,
    cache: str,
) -> HttpResponseBase:
    """The file, or the part of it that was asked for. Closes the file.

    Args:
        name: decides the content type.
        etag: quoted; the same as long as the bytes are.
        cache: Cache-Control.
    """
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        file.close()
        return secured(unchanged, cache=cache, etag=etag)
    part = None
    if request.headers.get("If-Range", etag) == etag:
        part = requested_range(request.headers.get("Range", ""), size)
    if part is not None and not part:
        file.close()
        refusal = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        return secured(refusal, cache="no-store")
    wanted = range(size) if part is None else part
    headers = {"Accept-Ranges": "bytes", "Content-Length": str(len(wanted))}
    if part is not None:
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    kind = TYPES.get(extension(name), OTHER)
    if kind == OTHER:
        headers["Content-Disposition"] = "attachment"
    status = 200 if part is None else 206
    response: HttpResponseBase
    if request.method == "HEAD":
        file.close()
        response = HttpResponse(content_type=kind, headers=headers, status=status)
    else:
        file.seek(wanted.start)
        response = FileResponse(
            _Part(file, len(wanted)), content_type=kind, headers=headers, status=status
        )
    return secured(response, cache=cache, etag=etag)
