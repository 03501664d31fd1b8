from collections.abc import Callable

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.parameters import PageParameters
from lms.enrolment.selectors import LearningItem

STATES: dict[str, Callable[[LearningItem], bool]] = {
    "all": lambda item: True,
    "to_do": lambda item: item.completed_at is None,
    "done": lambda item: item.completed_at is not None,
}


class LearningParameters(PageParameters):
    state = serializers.ChoiceField(list(STATES), default="all", help_text=_("Finished or not."))
