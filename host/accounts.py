from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts come from HR; nobody signs up."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False
