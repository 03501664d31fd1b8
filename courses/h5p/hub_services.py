"""This site as a client of the H5P Hub: who it is there, and fetching from there."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from zlib import crc32

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from courses.conf import conf
from courses.h5p import hub
from courses.h5p.hub import FAULTS, Hub, HubFault, HubType
from courses.h5p.pending import keep_pending
from courses.h5p.storage import h5p_storage

# The Hub knows a site by the id it gave it. Lost, the site registers once more; nothing is lost.
SITE_FILE = "hub/site.json"


def is_hub_used() -> bool:
    return bool(conf.H5P_HUB_URL)


@contextmanager
def _in_readers_language() -> Iterator[None]:
    try:
        yield
    except HubFault as fault:
        fault.message = _(FAULTS[fault.reason]) % fault.params
        raise


def _site_id() -> str:
    """Empty = not registered with the Hub that is set."""
    storage = h5p_storage()
    if not storage.exists(SITE_FILE):
        return ""
    with storage.open(SITE_FILE) as file:
        kept = json.load(file)
    return str(kept["id"]) if kept.get("hub") == conf.H5P_HUB_URL else ""


def _keep_site_id(site: str) -> None:
    storage = h5p_storage()
    kept = json.dumps({"hub": conf.H5P_HUB_URL, "id": site})
    if storage.exists(SITE_FILE):
        storage.delete(SITE_FILE)
    storage.save(SITE_FILE, ContentFile(kept.encode()))


def registered_hub() -> Hub:
    """The Hub, knowing this site. Registers it the first time.

    Raises:
        HubFault: the Hub is switched off or cannot be asked.
    """
    if not is_hub_used():
        raise HubFault("hub_off")
    local_id = crc32("".join(conf.SITE_ORIGINS).encode())
    site = _site_id()
    if not site:
        site = hub.register(Hub(conf.H5P_HUB_URL, local_id=local_id))
        _keep_site_id(site)
    return Hub(conf.H5P_HUB_URL, site=site, local_id=local_id)


def hub_content_types() -> list[HubType]:
    """What the Hub offers now.

    Raises:
        HubFault: see `registered_hub`; or its answer makes no sense.
    """
    with _in_readers_language():
        return hub.content_types(registered_hub())


def fetch_from_hub(*, machine_name: str, owner: object) -> str:
    """Downloads a content type's package and keeps it until its owner confirms it.

    Returns:
        The ticket, see `courses.h5p.pending`.

    Raises:
        HubFault: see `registered_hub`; or the Hub has no such type, or sends too much.
    """
    with _in_readers_language(), TemporaryFile() as file:
        hub.download(registered_hub(), machine_name, into=file, limits=conf.H5P_LIMITS)
        return keep_pending(file=file, owner=owner)
