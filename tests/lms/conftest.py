import pytest

from lms.people.models import Employee
from tests.factories import make_employee


@pytest.fixture
def learner(db: None) -> Employee:
    return make_employee()
