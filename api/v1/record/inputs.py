from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.parameters import PageParameters


class RecordParameters(PageParameters):
    format = serializers.ChoiceField(
        ["json", "csv"], default="json", help_text=_("csv holds all pages.")
    )
