"""Who looks after everybody's duties."""

from typing import Any

from lms.enrolment.access import may_order, may_see_people


def may_manage_duties(user: Any) -> bool:
    """Who may give orders, and see to whom: the screens are lists of names."""
    return bool(user.is_active and may_order(user) and may_see_people(user))
