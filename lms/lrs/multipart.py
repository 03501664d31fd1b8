"""Statements with their files as one body (xAPI 1.0.3 part 3, 1.5.2). Pure."""

import secrets
from collections.abc import Iterable
from typing import Protocol

HASH_HEADER = "X-Experience-API-Hash"


class Attached(Protocol):
    """A file as it is kept."""

    sha2: str
    content_type: str
    content: bytes | memoryview


def multipart_of(statements: bytes, files: Iterable[Attached]) -> tuple[bytes, str]:
    """The statements as the first part, each file behind it (1.0.3 part 3, 1.5.2).

    Returns:
        The body and its content type.
    """
    boundary = secrets.token_hex(20)
    parts = [b"Content-Type: application/json\r\n\r\n" + statements]
    for file in files:
        head = (
            f"Content-Type: {file.content_type}\r\nContent-Transfer-Encoding: binary\r\n"
            f"{HASH_HEADER}: {file.sha2}\r\n\r\n"
        )
        parts.append(head.encode() + bytes(file.content))
    whole = b"".join(f"--{boundary}\r\n".encode() + part + b"\r\n" for part in parts)
    return whole + f"--{boundary}--\r\n".encode(), f"multipart/mixed; boundary={boundary}"
