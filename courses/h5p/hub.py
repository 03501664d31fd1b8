"""The H5P Hub as a client sees it: registering, the list of content types, downloading one.

Three calls, as the H5P core makes them (h5p-php-library, H5PHubEndpoints and
H5PCore::fetchLibrariesMetadata): POST sites, POST content-types/, GET content-types/<name>.
Addresses below are relative to the Hub's, e.g. https://api.h5p.org/v1. No usage statistics are
sent. No Django.
"""

import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from ipaddress import ip_address
from time import monotonic
from typing import IO, Any, BinaryIO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from courses.exceptions import CoursesError
from courses.h5p.library import CORE_API, is_machine_name
from courses.h5p.limits import Limits
from courses.h5p.refusals import PackageRefused
from courses.h5p.strict_json import parse_object

PLATFORM = "DX Academy"
CHUNK = 64 * 1024
# The list of content types is about half a megabyte.
LIST_BYTES = 10 * 1024 * 1024
ANSWER_SECONDS = 20.0
DOWNLOAD_SECONDS = 300.0


def _(text: str) -> str:
    """Marks a text for translation; the Django side translates it for its reader."""
    return text


FAULTS: dict[str, str] = {
    "hub_off": _("This site does not use the H5P Hub."),
    "hub_not_tls": _("The H5P Hub's address must begin with https://."),
    "hub_unreachable": _(
        "The H5P Hub cannot be reached: there is no connection to the internet. "
        "Install from a file instead."
    ),
    "hub_slow": _("The H5P Hub did not answer in time. Please try again later."),
    "hub_answer": _("The H5P Hub refused the request (HTTP %(status)d). Please try again later."),
    "hub_nonsense": _("The H5P Hub's answer cannot be understood."),
    "hub_too_large": _("What the H5P Hub sent is larger than %(limit)d bytes."),
    "hub_unknown_type": _("The H5P Hub has no content type “%(name)s”."),
}


class HubFault(CoursesError):
    """The Hub is switched off, cannot be reached, or answers something unusable.

    Attributes:
        reason: key of `FAULTS`, stable.
    """

    code = "h5p_hub"

    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(FAULTS[reason] % params, params=params)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Hub:
    """Where the Hub is, and who asks.

    Attributes:
        url: without a final slash; https, or any scheme on the loopback interface (tests).
        site: the id that the Hub gave this site when it registered; empty = not registered.
        local_id: a number of this installation's own, so that the Hub can tell it from others.
    """

    url: str
    site: str = ""
    local_id: int = 0


@dataclass(frozen=True, slots=True)
class HubType:
    """A content type the Hub offers. `version` is (major, minor, patch), `core` (major, minor)."""

    machine_name: str
    title: str
    summary: str
    version: tuple[int, int, int]
    core: tuple[int, int]
    license: str
    owner: str
    is_recommended: bool

    @property
    def is_playable(self) -> bool:
        """Whether the player of this site knows the core that the type needs."""
        return self.core <= CORE_API


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_safe_address(url: str) -> bool:
    """Program is downloaded from there: nobody in between may change it."""
    parts = urlsplit(url)
    if not parts.hostname or parts.username is not None:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname))


class _SafeRedirects(HTTPRedirectHandler):
    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if not is_safe_address(newurl):
            raise HubFault("hub_not_tls")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _pieces(
    request: Request, *, limit: int, seconds: float, timeout: float = ANSWER_SECONDS
) -> Iterator[bytes]:
    """The answer's body. `timeout` is for each wait, `seconds` for the whole.

    Raises:
        HubFault: no connection, no answer in time, a status other than 200, or more than
            `limit` bytes.
    """
    if not is_safe_address(request.full_url):
        raise HubFault("hub_not_tls")
    end = monotonic() + seconds
    size = 0
    try:
        with build_opener(_SafeRedirects).open(request, timeout=timeout) as answer:
            while piece := answer.read(CHUNK):
                size += len(piece)
                if size > limit:
                    raise HubFault("hub_too_large", limit=limit)
                if monotonic() > end:
                    raise HubFault("hub_slow")
                yield piece
    except HTTPError as error:
        error.close()
        raise HubFault("hub_answer", status=error.code) from None
    except TimeoutError:
        raise HubFault("hub_slow") from None
    except URLError as error:
        slow = isinstance(error.reason, TimeoutError | socket.timeout)
        raise HubFault("hub_slow" if slow else "hub_unreachable") from None
    except (HTTPException, OSError):
        raise HubFault("hub_unreachable") from None


def _identity(hub: Hub) -> dict[str, str]:
    """What every POST carries (H5PCore::getLocalSiteInfo)."""
    core = ".".join(map(str, CORE_API))
    return {
        "uuid": hub.site,
        "platform_name": PLATFORM,
        "platform_version": "1.0",
        "h5p_version": core,
        "disabled": "0",
        "local_id": str(hub.local_id),
        "type": "local",
        "core_api_version": core,
    }


def _posted(hub: Hub, path: str) -> dict[str, Any]:
    request = Request(  # noqa: S310 – `_pieces` lets https and loopback through only
        f"{hub.url}/{path}",
        data=urlencode(_identity(hub)).encode(),
        headers={"Accept": "application/json"},
    )
    body = b"".join(_pieces(request, limit=LIST_BYTES, seconds=ANSWER_SECONDS * 3))
    try:
        return parse_object(body, place=path, limits=Limits())
    except PackageRefused:
        raise HubFault("hub_nonsense") from None


def register(hub: Hub) -> str:
    """The id under which the Hub knows this site from now on; keep it.

    Raises:
        HubFault: the Hub cannot be asked, or gives none.
    """
    site = _posted(hub, "sites").get("uuid")
    if not isinstance(site, str) or not site or len(site) > 100:
        raise HubFault("hub_nonsense")
    return site


def content_types(hub: Hub) -> list[HubType]:
    """Every content type the Hub offers, by title. Entries that make no sense are left out.

    Raises:
        HubFault: the Hub cannot be asked, or the answer is no list of content types.
    """
    listed = _posted(hub, "content-types/").get("contentTypes")
    if not isinstance(listed, list):
        raise HubFault("hub_nonsense")
    found = [_hub_type(entry) for entry in listed if isinstance(entry, dict)]
    return sorted((one for one in found if one), key=lambda one: one.title.casefold())


def _hub_type(entry: Mapping[str, Any]) -> HubType | None:
    name = entry.get("id")
    version = _numbers(entry.get("version"), ("major", "minor", "patch"))
    core = _numbers(entry.get("coreApiVersionNeeded"), ("major", "minor"))
    if not is_machine_name(name) or version is None or core is None:
        return None
    license_ = entry.get("license")
    return HubType(
        machine_name=str(name),
        title=_text(entry.get("title")) or str(name),
        summary=_text(entry.get("summary")),
        version=(version[0], version[1], version[2]),
        core=(core[0], core[1]),
        license=_text(license_.get("id")) if isinstance(license_, dict) else "",
        owner=_text(entry.get("owner")),
        is_recommended=entry.get("isRecommended") in (True, 1),
    )


def _numbers(value: Any, keys: tuple[str, ...]) -> list[int] | None:
    if not isinstance(value, dict):
        return None
    numbers = [value.get(key) for key in keys]
    found = [number for number in numbers if isinstance(number, int) and number >= 0]
    return found if len(found) == len(keys) else None


def _text(value: Any) -> str:
    return value.strip()[:500] if isinstance(value, str) else ""


def download(hub: Hub, machine_name: str, *, into: BinaryIO, limits: Limits) -> None:
    """Writes the content type's newest package, with all its libraries, into the file.

    Raises:
        HubFault: the Hub cannot be asked, does not know the type, or sends too much.
    """
    if not is_machine_name(machine_name):
        raise HubFault("hub_unknown_type", name=machine_name[:100])
    address = f"{hub.url}/content-types/{quote(machine_name, safe='')}"
    request = Request(address)  # noqa: S310 – as above
    try:
        for piece in _pieces(request, limit=limits.package_bytes, seconds=DOWNLOAD_SECONDS):
            into.write(piece)
    except HubFault as fault:
        if fault.params.get("status") == 404:
            raise HubFault("hub_unknown_type", name=machine_name) from None
        raise
