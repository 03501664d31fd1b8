"""The admin on a network without internet: nothing that leads elsewhere."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("construct_help_menu")
def leave_out_outside_links(request: HttpRequest, menu_items: list[Any]) -> None:
    """Wagtail's help lies on other hosts, which nobody in the office can reach."""
    menu_items[:] = [item for item in menu_items if not urlsplit(str(item.url)).netloc]


@hooks.register("insert_global_admin_css")
def readable_colours() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("lms_host/admin.css"))
