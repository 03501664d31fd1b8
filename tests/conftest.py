from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import translation


@pytest.fixture(autouse=True)
def site_language() -> Iterator[None]:
    """Each test starts in the site's language: a request of an earlier test, on the same
    thread, may have left another one active."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
