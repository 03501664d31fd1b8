from copy import deepcopy

import pytest

from tests.factories.reviews import Desk, make_desk


@pytest.fixture(scope="module")
def made_desk(made_once: None) -> Desk:
    return make_desk()


@pytest.fixture
def desk(made_desk: Desk, db: None) -> Desk:
    return deepcopy(made_desk)
