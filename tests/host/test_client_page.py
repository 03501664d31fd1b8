"""The one page of the client, its policy, and what it must not answer."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/login", "/courses/C104", "/matrix"])
def test_every_address_of_the_client_gives_its_page(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert '<div id="app">' in answer.content.decode()
    assert "csrftoken" in answer.cookies


def test_the_page_asks_no_other_host_for_anything(client: Client) -> None:
    answer = client.get("/")
    assert re.findall(r"https?://", answer.content.decode()) == []
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/h5p/play/x/", "/static/none.js", "/media/none.png"])
def test_what_lies_elsewhere_is_not_the_clients(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_page_is_in_the_readers_language(client: Client) -> None:
    assert '<html lang="ja">' in client.get("/").content.decode()
    english = client.get("/", headers={"Accept-Language": "en"})
    assert '<html lang="en">' in english.content.decode()


def test_nobody_can_sign_up(client: Client) -> None:
    answer = client.post(
        "/_allauth/browser/v1/auth/signup",
        {"username": "somebody", "password": "correct horse battery staple"},
        content_type="application/json",
    )
    assert answer.status_code == 403
