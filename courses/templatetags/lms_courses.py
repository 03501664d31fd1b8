from django import template

from courses.catalogue.models import Activity
from courses.h5p.selectors import player_url

register = template.Library()


@register.simple_tag
def h5p_player_url(activity: Activity) -> str:
    """Address of the isolated player for an H5P activity; empty for anything else."""
    return player_url(content=activity.content) if activity.content else ""
