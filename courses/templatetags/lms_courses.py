from typing import Any

from django import template
from django.utils.translation import get_language

from courses.catalogue.models import Activity
from courses.catalogue.translations import content_in
from courses.h5p.selectors import player_url

register = template.Library()


@register.simple_tag(takes_context=True)
def h5p_player_url(context: Any, activity: Activity) -> str:
    """Address of the isolated player, in the page's language; empty where nothing plays."""
    page = context.get("page")
    language = page.locale.language_code if page is not None else get_language()
    content = content_in(activity, language or "ja")
    return player_url(content=content) if content is not None else ""
