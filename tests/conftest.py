from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation


@pytest.fixture(autouse=True)
def site_language() -> Iterator[None]:
    """Each test starts in the site's language: a request of an earlier test, on the same
    thread, may have left another one active."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A run of the browser tests alone reads no file without the mark: that would be half a
    minute of imports in each process."""
    if config.option.markexpr != "browser" or not collection_path.name.startswith("test_"):
        return None
    return "mark.browser" not in collection_path.read_text(encoding="utf-8") or None
