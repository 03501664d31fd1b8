from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.parameters import QueryParameters


class SheetParameters(QueryParameters):
    language = serializers.ChoiceField(
        ["ja", "en"], default="ja", help_text=_("Language of the sheet.")
    )
