from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.core.cache import cache
from django.test import override_settings

from tests.privacy.office import Office

SETTINGS = {
    "LMS_HEAD_TIERS": ["chief"],
    # What small groups are kept from is tested in tests/api/v1/test_small_groups.py.
    "LMS_SMALLEST_GROUP": 1,
}


@pytest.fixture(scope="module")
def made_office(made_once: None) -> Iterator[Office]:
    with override_settings(**SETTINGS):
        yield Office()


@pytest.fixture
def office(made_office: Office, db: None) -> Office:
    cache.clear()  # What is open to everybody is open so many times a minute.
    return deepcopy(made_office)
