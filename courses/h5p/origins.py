"""Origins, as browsers say it: `scheme://host[:port]`."""

from dataclasses import dataclass
from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Origin:
    scheme: str
    host: str
    port: int

    def is_host(self, header: str) -> bool:
        """Whether the value of a Host header names this origin."""
        other = parse_origin(f"{self.scheme}://{header}")
        return other is not None and other == self


def parse_origin(text: str) -> Origin | None:
    """None = not an http(s) origin: no scheme, no host, or a path behind it."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    default = DEFAULT_PORTS.get(parts.scheme)
    if default is None or not parts.hostname or parts.path or parts.query or parts.fragment:
        return None
    if parts.username is not None:
        return None
    return Origin(parts.scheme, parts.hostname, port or default)
