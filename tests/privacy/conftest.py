from typing import Any

import pytest
from django.core.cache import cache

from tests.privacy.office import Office


@pytest.fixture
def office(db: None, settings: Any) -> Office:
    cache.clear()  # What is open to everybody is open so many times a minute.
    settings.LMS_HEAD_TIERS = ["chief"]
    # What small groups are kept from is tested in tests/api/v1/test_small_groups.py.
    settings.LMS_SMALLEST_GROUP = 1
    return Office()
