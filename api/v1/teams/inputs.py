from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.parameters import QueryParameters
from skills_matrix.teams.services import MOST_SECONDS

MOST_PEOPLE, MOST_CHOICES = 50, 1_000


class TeamRulesIn(serializers.Serializer[Any]):
    """What every team must keep. null = the rule is not set; left out = as usual."""

    hours_per_person = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=40,
        help_text=_("Hours a week anybody may give to projects, all together."),
    )
    per_section = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=MOST_PEOPLE,
        help_text=_("Most members of one team from one section."),
    )
    per_tier = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=MOST_PEOPLE,
        help_text=_("Most members of one team from one tier."),
    )
    learners = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
        help_text=_("Members one level short of a must-need, with a mentor in the team."),
    )
    critical = serializers.ListField(
        child=serializers.CharField(max_length=64),
        required=False,
        max_length=MOST_PEOPLE,
        help_text=_("Keys of competencies that must not hang on one person."),
    )
    critical_holders = serializers.IntegerField(required=False, min_value=1, max_value=MOST_PEOPLE)
    heed_refusals = serializers.BooleanField(
        required=False, help_text=_("Leave out whoever said no to a project.")
    )


class TeamChoiceIn(serializers.Serializer[Any]):
    staff_number = serializers.CharField(max_length=32)
    project = serializers.CharField(max_length=64, help_text=_("Key of a project."))


class WayIn(serializers.Serializer[Any]):
    """A way out of what made the earlier composition impossible; both numbers from 0."""

    impossible = serializers.IntegerField(min_value=0)
    relaxation = serializers.IntegerField(min_value=0)


class TeamPeopleParameters(QueryParameters):
    search = serializers.CharField(
        max_length=64, help_text=_("Name, kana or staff number; several words narrow it.")
    )


class TeamRequestIn(serializers.Serializer[Any]):
    projects = serializers.ListField(
        child=serializers.CharField(max_length=64),
        default=list,
        max_length=MOST_CHOICES,
        help_text=_("Keys; none = every project that is agreed on and not over."),
    )
    rules = TeamRulesIn(default=dict)
    pins = serializers.ListField(
        child=TeamChoiceIn(),
        default=list,
        max_length=MOST_CHOICES,
        help_text=_("Who is in a team, whatever the points."),
    )
    forbids = serializers.ListField(
        child=TeamChoiceIn(),
        default=list,
        max_length=MOST_CHOICES,
        help_text=_("Who is kept out of a team."),
    )
    seconds = serializers.IntegerField(
        default=60,
        min_value=1,
        max_value=MOST_SECONDS,
        help_text=_("How long to look for the best teams."),
    )
    earlier = serializers.UUIDField(
        required=False,
        allow_null=True,
        default=None,
        help_text=_("The composition that this one is made from; its concessions hold on."),
    )
    ways = serializers.ListField(
        child=WayIn(),
        default=list,
        max_length=MOST_CHOICES,
        help_text=_("Ways out of what made the earlier one impossible, to be taken."),
    )


class ComparedParameters(QueryParameters):
    # "with" is a word of Python's own.
    other = serializers.UUIDField(help_text=_("Another composition."))


def choices_of(rows: list[Mapping[str, str]]) -> list[tuple[str, str]]:
    return [(row["staff_number"], row["project"]) for row in rows]
