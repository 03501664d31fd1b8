from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from api.parameters import PageParameters
from courses.catalogue.search.words import words_of

# Each is looked for in every text; nobody needs more to say what they look for.
MOST_WORDS = 10


class SearchParameters(PageParameters):
    q = serializers.CharField(
        max_length=100,
        allow_blank=True,
        help_text=gettext_lazy(
            'Words that all stand in the course; one in quotes (「」 or "") may have spaces.'
        ),
    )

    def validate_q(self, value: str) -> list[str]:
        words = words_of(value)
        if len(words) > MOST_WORDS:
            raise serializers.ValidationError(
                _("Look for %(count)d words at most.") % {"count": MOST_WORDS}
            )
        return words
