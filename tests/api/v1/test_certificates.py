import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jwt
import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from lms.certificates.models import Certificate
from lms.certificates.services import revoke_certificate
from lms.people.models import Employee
from tests.api.described import DescribedClient
from tests.api.problems import problem_of
from tests.factories import (
    complete_course,
    make_award,
    make_competency,
    make_course,
    make_employee,
)

ISSUER = "http://localhost:8000/api/v1/badges/issuer/"
VERIFY = "/api/v1/certificates/verify/{}/"


@pytest.fixture
def certificate(employee: Employee) -> Certificate:
    cache.clear()
    complete_course(employee, make_course("basics", title="DX入門", title_en="DX basics"))
    return Certificate.objects.get()


@pytest.fixture
def key(settings: Any, tmp_path: Path) -> Path:
    settings.LMS_BADGE_KEY_FILE = tmp_path / "keys" / "badge.pem"
    call_command("make_badge_key")
    return Path(settings.LMS_BADGE_KEY_FILE)


def test_anybody_sees_what_is_printed_and_whether_it_holds(certificate: Certificate) -> None:
    anybody = DescribedClient(headers={"accept-language": "en"})
    body = anybody.get(VERIFY.format(certificate.code)).json()
    assert (body["state"], body["holder_name"], body["title"]) == (
        "valid",
        "区民 花子",
        "DX basics",
    )
    revoke_certificate(certificate=certificate, reason="secret reason")
    answer = anybody.get(VERIFY.format(certificate.code))
    assert answer.json()["state"] == "revoked"
    assert "secret reason" not in answer.content.decode()
    Certificate.objects.update(revoked_at=None, revoked_reason="", valid_until=date(2020, 1, 1))
    assert anybody.get(VERIFY.format(certificate.code)).json()["state"] == "expired"
    problem_of(anybody.get(VERIFY.format("0000-0000-0000-0000")), 404, "not_found")


def test_trying_codes_is_slowed_down(certificate: Certificate) -> None:
    anybody = Client()
    answers = [anybody.get(VERIFY.format("X")).status_code for _n in range(61)]
    assert answers[0] == 404
    assert answers[-1] == 429
    cache.clear()


def test_my_certificate_is_a_pdf_and_nobody_elses(
    certificate: Certificate, visitor: Client, visitor_of: Callable[[Any], Client]
) -> None:
    address = f"/api/v1/certificates/{certificate.uuid}/pdf/"
    answer = visitor.get(address, {"language": "en"})
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert visitor_of(make_employee("100002")).get(address).status_code == 404


def test_a_badge_is_an_open_badge_that_its_public_key_confirms(
    certificate: Certificate, visitor: Client, key: Path
) -> None:
    competency = make_competency("data", title="データ")
    make_award(certificate.course, competency, level=2, effective_from=date(2020, 1, 1))
    body = visitor.get(f"/api/v1/certificates/{certificate.uuid}/badge/").json()
    header = jwt.get_unverified_header(body["credential"])
    public = Client().get(header["kid"].removeprefix("http://localhost:8000")).json()
    assert Client().get("/api/v1/badges/keys/").json()["keys"] == [public]
    assert "d" not in public
    claims = jwt.decode(
        body["credential"], jwt.PyJWK(public).key, algorithms=["RS256"], issuer=ISSUER
    )
    said = body["content"]
    assert {name: claims[name] for name in said} == said
    # Open Badges 3.0: what 8.2.3 asks of the claims, and Appendix B of each object.
    assert header["typ"] == "JWT"
    assert claims["jti"] == said["id"] == f"urn:uuid:{certificate.uuid}"
    assert claims["sub"] == said["credentialSubject"]["id"]
    assert said["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert said["@context"][1].startswith("https://purl.imsglobal.org/spec/ob/v3p0/context-3.")
    assert said["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert Client().get("/api/v1/badges/issuer/").json() == said["issuer"]
    assert said["issuer"]["type"] == ["Profile"]
    subject = said["credentialSubject"]
    assert subject["type"] == ["AchievementSubject"]
    assert subject["identifier"][0].keys() >= {"type", "identityHash", "hashed", "identityType"}
    achievement = subject["achievement"]
    assert achievement["type"] == ["Achievement"]
    assert all(achievement[name] for name in ("id", "name", "description", "criteria"))
    (alignment,) = achievement["alignment"]
    assert (alignment["type"], alignment["targetCode"]) == (["Alignment"], "data")
    assert alignment["targetName"] == "データ"
    assert alignment["targetUrl"].startswith("http")


def test_a_badge_changed_afterwards_is_not_confirmed(
    certificate: Certificate, visitor: Client, key: Path
) -> None:
    body = visitor.get(f"/api/v1/certificates/{certificate.uuid}/badge/").json()
    head, _claims, signature = body["credential"].split(".")
    forged = jwt.encode(json.loads("{}"), "x" * 32, algorithm="HS256").split(".")[1]
    (public,) = Client().get("/api/v1/badges/keys/").json()["keys"]
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(".".join([head, forged, signature]), jwt.PyJWK(public).key, ["RS256"])


def test_a_revoked_badge_is_on_the_list_it_names(
    certificate: Certificate, visitor: Client, key: Path
) -> None:
    body = visitor.get(f"/api/v1/certificates/{certificate.uuid}/badge/").json()
    status = body["content"]["credentialStatus"]
    assert status["type"] == "1EdTechRevocationList"
    path = status["id"].removeprefix("http://localhost:8000")
    assert DescribedClient().get(path).json()["revokedCredential"] == []
    revoke_certificate(certificate=certificate, reason="誤発行")
    assert DescribedClient().get(path).json()["revokedCredential"] == [
        {"id": body["content"]["id"], "revoked": True}
    ]


def test_without_a_key_there_are_no_badges(
    certificate: Certificate, visitor: Client, settings: Any, tmp_path: Path
) -> None:
    settings.LMS_BADGE_KEY_FILE = tmp_path / "none.pem"
    answer = visitor.get(f"/api/v1/certificates/{certificate.uuid}/badge/")
    problem_of(answer, 409, "badges_not_set_up")


def test_a_key_is_never_overwritten_and_nobody_elses_to_read(key: Path) -> None:
    before = key.read_bytes()
    with pytest.raises(CommandError):
        call_command("make_badge_key")
    assert key.read_bytes() == before
    assert key.stat().st_mode & 0o077 == 0
