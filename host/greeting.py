"""What `make demo` prints last: where to go, and who one can be there."""

import json
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from lms.starter.accounts import DemoAccount


def _file() -> Path:
    return Path(settings.VAR_DIR) / "demo_accounts.json"


def keep_accounts(accounts: Iterable[DemoAccount]) -> None:
    """Keep the accounts for the greeting of later starts."""
    _file().write_text(json.dumps([account._asdict() for account in accounts]), encoding="utf-8")


def greeting() -> str:
    """The address and the accounts, as plain text."""
    accounts = [DemoAccount(**item) for item in json.loads(_file().read_text(encoding="utf-8"))]
    width = max(len(account.username) for account in accounts)
    lines = [
        f"    {account.username:<{width}}  {account.password}  {account.who}"
        for account in accounts
    ]
    origin = settings.SITE_ORIGIN
    return "\n".join(
        [
            "",
            f"==> {settings.WAGTAIL_SITE_NAME}: {origin}/",
            _("    Authors and administrators: %(address)s") % {"address": f"{origin}/admin/"},
            _("    Accounts (name, password, who):"),
            *lines,
            _("    Ctrl-C stops the site."),
            "",
        ]
    )
