from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts come from HR; nobody signs up."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False


class AdminLoginForm(LoginForm):
    """Wagtail's form leaves its password without a label, so Django makes an English one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
