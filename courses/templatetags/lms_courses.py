from django import template

from courses.catalogue.models import Activity
from courses.h5p.selectors import player_url

register = template.Library()


@register.simple_tag
def h5p_player_url(activity: Activity) -> str:
    """Address of the isolated player for an activity, on the content origin."""
    return player_url(content=activity.content)
