from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.v1.outputs import Titled


class Account(serializers.Serializer[Any]):
    username = serializers.CharField()
    display_name = serializers.CharField()


class DepartmentPath(Titled):
    """A department and where in the office it stands."""

    path = serializers.ListField(
        child=serializers.CharField(),
        help_text=_("Titles from the top of the office down to the department."),
    )


class Person(serializers.Serializer[Any]):
    """The employee behind the account, with the main posting of today."""

    staff_number = serializers.CharField()
    name = serializers.CharField()
    kana = serializers.CharField()
    department = DepartmentPath(allow_null=True)
    tier = Titled(allow_null=True)
    roles = Titled(many=True)


class Can(serializers.Serializer[Any]):
    """What the client offers; every address decides for itself again."""

    learn = serializers.BooleanField()
    view_matrix = serializers.BooleanField()
    oversee = serializers.BooleanField()
    run_projects = serializers.BooleanField()
    use_admin = serializers.BooleanField()


class Me(serializers.Serializer[Any]):
    user = Account()
    employee = Person(allow_null=True)
    can = Can()
    admin_url = serializers.CharField(allow_null=True)
    language = serializers.CharField(help_text=_("The language the texts are in."))
