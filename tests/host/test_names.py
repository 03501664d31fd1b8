"""Everywhere the site names an account, a Japanese name has its family name first."""

import pytest
from django.template import engines
from django.test import Client
from wagtail.admin.utils import get_user_display_name

from tests.factories.people import make_user


@pytest.mark.parametrize(
    ("family", "given", "shown"),
    [
        ("熊谷", "健", "熊谷 健"),
        ("くまがい", "ケン", "くまがい ケン"),
        ("Smith", "Ann", "Ann Smith"),
        ("スミス", "Ann", "スミス Ann"),
        ("専門家 佐久間", "", "専門家 佐久間"),
        ("", "健", "健"),
        ("", "", "a1"),
    ],
)
@pytest.mark.django_db
def test_the_script_of_a_name_says_which_part_comes_first(
    family: str, given: str, shown: str
) -> None:
    user = make_user("a1", last_name=family, first_name=given)
    assert get_user_display_name(user) == shown


@pytest.mark.django_db
def test_wagtails_lists_and_our_api_show_the_same_name() -> None:
    admin = make_user("a1", last_name="熊谷", first_name="健", is_superuser=True)
    client = Client()
    client.force_login(admin)
    accounts = client.get("/admin/users/").content.decode()
    assert "熊谷 健" in accounts
    assert "健 熊谷" not in accounts
    assert client.get("/api/v1/me/").json()["user"]["display_name"] == "熊谷 健"
    tag = "{% load wagtailadmin_tags %}{{ user|user_display_name }}"
    assert engines["django"].from_string(tag).render({"user": admin}) == "熊谷 健"
