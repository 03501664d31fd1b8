from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import translation


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first: no process is alone with it while the others have ended."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A run of the browser tests alone reads no file without the mark: that would be half a
    minute of imports in each process."""
    if config.option.markexpr != "browser" or not collection_path.name.startswith("test_"):
        return None
    return "mark.browser" not in collection_path.read_text(encoding="utf-8") or None


@pytest.fixture(autouse=True)
def site_language() -> Iterator[None]:
    """Each test starts in the site's language: a request of an earlier test, on the same
    thread, may have left another one active."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="module")
def made_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A transaction around the tests of a module: what its fixtures make, all of them find.

    Each test has its own inside, and what it changes is taken back. For modules in which every
    test wants the same; objects are handed out as copies (`deepcopy`), for tests change them too.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
