import pytest

from tests.factories.reviews import Desk, make_desk


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()
