import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from lms.conf import conf
from lms.lrs.models import LrsAttachment, LrsStatement
from tests.api.problems import problem_of
from tests.api.xapi.conftest import System
from tests.lms.lrs.said import FILE, SUB, said

BOUNDARY = "-------314159265358979323846"
MIXED = f"multipart/mixed; boundary={BOUNDARY}"
TEXT, PICTURE = b"here is a simple attachment\r\n", bytes(range(256)) + b"\r\n--" + b"\r\n"
SIGNATURE = "http://adlnet.gov/expapi/attachments/signature"
Part = tuple[dict[str, str], bytes]


def hash_of(content: bytes, algorithm: str = "sha256") -> str:
    return hashlib.new(algorithm, content).hexdigest()


def named(content: bytes, **parts: Any) -> dict[str, Any]:
    """What a statement says of a file that comes with it."""
    said_of = {name: value for name, value in FILE.items() if name != "fileUrl"}
    return said_of | {"sha2": hash_of(content), "length": len(content)} | parts


def part_of(content: bytes, **headers: str) -> Part:
    return {
        "Content-Type": "text/plain",
        "Content-Transfer-Encoding": "binary",
        "X-Experience-API-Hash": hash_of(content),
    } | {name.replace("_", "-"): value for name, value in headers.items()}, content


def first_part(statements: Any, content_type: str = "application/json") -> Part:
    return {"Content-Type": content_type}, json.dumps(statements).encode()


def body_of(*parts: Part) -> bytes:
    whole = b""
    for headers, content in parts:
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value)
        whole += f"--{BOUNDARY}\r\n{head}\r\n".encode() + content + b"\r\n"
    return whole + f"--{BOUNDARY}--\r\n".encode()


def send(system: System, *parts: Part, content_type: str = MIXED) -> Any:
    return system.send("POST", "statements", body_of(*parts), content_type=content_type)


def parts_in(response: Any) -> list[tuple[str, bytes]]:
    """Head and content of each part, as a client cuts them."""
    kind, _semicolon, boundary = response["Content-Type"].partition("; boundary=")
    assert kind == "multipart/mixed"
    pieces = response.content.split(b"--" + boundary.encode())
    assert pieces[0] == b""
    assert pieces[-1] == b"--\r\n"
    cut = [piece[2:-2].partition(b"\r\n\r\n") for piece in pieces[1:-1]]
    return [(head.decode(), content) for head, _blank, content in cut]


def test_files_come_and_go_with_their_statement(system: System) -> None:
    statement = said(attachments=[named(TEXT), named(PICTURE, contentType="image/png")])
    sent = send(
        system,
        first_part(statement),
        part_of(PICTURE, Content_Type="image/png"),
        part_of(TEXT),
    )
    assert sent.status_code == 200
    (key,) = sent.json()
    plain = system.get("statements", statementId=key, attachments="false")
    assert plain["Content-Type"] == "application/json"
    assert plain.json()["attachments"] == statement["attachments"]
    response = system.get("statements", statementId=key, attachments="true")
    (head, body), *files = parts_in(response)
    assert "application/json" in head
    assert json.loads(body)["id"] == key
    assert {content for _head, content in files} == {TEXT, PICTURE}
    for head, content in files:
        assert f"X-Experience-API-Hash: {hash_of(content)}" in head
        assert "Content-Transfer-Encoding: binary" in head
        assert ("image/png" in head) == (content == PICTURE)
    assert response["X-Experience-API-Consistent-Through"]
    assert response["Last-Modified"]


def test_a_list_comes_with_each_file_once(system: System) -> None:
    statements = [
        said(attachments=[named(TEXT)]),
        said(object=SUB | {"attachments": [named(TEXT)]}),
    ]
    assert send(system, first_part(statements), part_of(TEXT)).status_code == 200
    (_head, body), *files = parts_in(system.get("statements", attachments="true"))
    assert len(json.loads(body)["statements"]) == 2
    assert [content for _head, content in files] == [TEXT]


def test_parts_are_given_back_also_where_there_is_no_file(system: System) -> None:
    system.say(said())
    ((_head, body),) = parts_in(system.get("statements", attachments="true"))
    assert len(json.loads(body)["statements"]) == 1


def test_a_file_may_be_elsewhere(system: System) -> None:
    system.say(said(attachments=[FILE]))
    sent = send(system, first_part(said(attachments=[FILE])))
    assert sent.status_code == 200
    both = named(TEXT, fileUrl="http://example.com/copy.txt")
    assert send(system, first_part(said(attachments=[both])), part_of(TEXT)).status_code == 200
    assert LrsAttachment.objects.count() == 1


def test_parts_without_files_are_taken(system: System) -> None:
    body = b"\r\n" + body_of(first_part([said(), said()]))[:-2]
    assert system.send("POST", "statements", body, content_type=MIXED).status_code == 200
    assert (
        system.send(
            "PUT",
            "statements",
            body_of(first_part(said())),
            content_type=MIXED,
            statementId=NOBODYS,
        ).status_code
        == 204
    )


NOBODYS = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("algorithm", ["sha224", "sha256", "sha384", "sha512"])
def test_every_sha2_is_checked(system: System, algorithm: str) -> None:
    sha2 = hash_of(TEXT, algorithm)
    statement = said(attachments=[named(TEXT, sha2=sha2.upper())])
    right = part_of(TEXT, X_Experience_API_Hash=sha2)
    assert send(system, first_part(statement), right).status_code == 200
    wrong = part_of(b"other", X_Experience_API_Hash=sha2)
    problem_of(send(system, first_part(statement), wrong), 400, "invalid_attachment")


ONE = said(attachments=[named(TEXT)])
WRONG: dict[str, list[Part]] = {
    "a file is missing": [first_part(said(attachments=[named(TEXT), named(b"x")])), part_of(TEXT)],
    "a file too many": [first_part(ONE), part_of(TEXT), part_of(b"x")],
    "no hash": [first_part(ONE), part_of(TEXT, X_Experience_API_Hash="")],
    "another hash": [first_part(ONE), part_of(TEXT, X_Experience_API_Hash="b0" * 32)],
    "no hash at all": [first_part(ONE), part_of(TEXT, X_Experience_API_Hash="xyz")],
    "another encoding": [first_part(ONE), part_of(TEXT, Content_Transfer_Encoding="base64")],
    "no encoding": [first_part(ONE), part_of(TEXT, Content_Transfer_Encoding="")],
    "the first part is text": [first_part(ONE, "text/plain"), part_of(TEXT)],
    "the first part is of no type": [first_part(ONE, ""), part_of(TEXT)],
    "statements in two parts": [first_part(ONE), first_part(ONE), part_of(TEXT)],
    "no part": [],
}


@pytest.mark.parametrize("parts", WRONG.values(), ids=WRONG)
def test_parts_that_are_not_right_are_refused(system: System, parts: list[Part]) -> None:
    assert send(system, *parts).status_code == 400
    assert not LrsStatement.objects.exists()
    assert not LrsAttachment.objects.exists()


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/mixed;",
        "multipart/mixed; boundary=other",
        f"multipart/form-data; boundary={BOUNDARY}",
        "application/x-www-form-urlencoded",
        "text/plain",
        "",
    ],
)
def test_only_json_and_parts_are_taken(system: System, content_type: str) -> None:
    response = send(system, first_part(ONE), part_of(TEXT), content_type=content_type)
    problem_of(response, 400, "invalid_attachment")
    as_json = system.send("POST", "statements", said(), content_type=content_type)
    problem_of(as_json, 400, "invalid_attachment")


@pytest.mark.parametrize("cut", [f"--{BOUNDARY}\r\n", f"--{BOUNDARY}--\r\n"])
def test_parts_have_all_their_boundaries(system: System, cut: str) -> None:
    body = body_of(first_part(ONE), part_of(TEXT)).replace(cut.encode(), b"", 1)
    response = system.send("POST", "statements", body, content_type=MIXED)
    problem_of(response, 400, "invalid_attachment")


@pytest.mark.parametrize("odd", [b"\xff", b"\x00", "型".encode(), b"\r\n folded", b"x" * 300])
def test_an_odd_type_of_a_file_does_no_harm(system: System, odd: bytes) -> None:
    body = body_of(first_part(ONE), part_of(TEXT, Content_Type="text/ODD"))
    sent = system.send("POST", "statements", body.replace(b"ODD", odd), content_type=MIXED)
    assert sent.status_code == 200
    (head, content) = parts_in(system.get("statements", attachments="true"))[1]
    assert content == TEXT
    assert [line.partition(":")[0] for line in head.split("\r\n")] == [
        "Content-Type",
        "Content-Transfer-Encoding",
        "X-Experience-API-Hash",
    ]


@pytest.mark.parametrize("odd", [b"\xff", b"\x00", b"\r\n folded"])
def test_an_odd_hash_of_a_file_is_refused(system: System, odd: bytes) -> None:
    body = body_of(first_part(ONE), part_of(TEXT, X_Experience_API_Hash="ODD"))
    sent = system.send("POST", "statements", body.replace(b"ODD", odd), content_type=MIXED)
    problem_of(sent, 400, "invalid_attachment")


def test_json_comes_without_files(system: System) -> None:
    problem_of(system.send("POST", "statements", ONE), 400, "invalid_attachment")


def test_a_body_that_is_too_large_is_not_read(system: System, settings: Any) -> None:
    settings.LMS_LRS_MAX_BYTES = 100
    assert conf.LRS_MAX_BYTES == 100
    problem_of(send(system, first_part(ONE), part_of(TEXT)), 413, "body_too_large")


KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(key: Any) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "signer")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(
        issuer_name=name,
        subject_name=name,
        public_key=key.public_key(),
        serial_number=1,
        not_valid_before=now,
        not_valid_after=now + timedelta(days=1),
    )
    made = builder.sign(key, hashes.SHA256())
    return base64.b64encode(made.public_bytes(serialization.Encoding.DER)).decode()


def signed(
    statement: Any, *, payload: bytes | None = None, algorithm: str = "RS256", **more: Any
) -> bytes:
    key: Any = KEY if algorithm.startswith("RS") else "secret " * 8
    body = json.dumps(statement).encode() if payload is None else payload
    token = jwt.PyJWS().encode(body, key, algorithm=algorithm, headers=more or None)
    return token.encode()


def send_signed(system: System, statement: Any, jws: bytes, **parts: Any) -> Any:
    attachment = named(jws, usageType=SIGNATURE, contentType="application/octet-stream") | parts
    return send(
        system,
        first_part(statement | {"attachments": [attachment]}),
        part_of(jws, Content_Type=attachment["contentType"]),
    )


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512"])
@pytest.mark.parametrize("more", [{}, {"x5c": [certificate(KEY)]}], ids=["bare", "certified"])
def test_a_signed_statement_is_taken(system: System, algorithm: str, more: Any) -> None:
    statement = said(id=NOBODYS, context={"contextActivities": {"parent": {"id": "urn:x:p"}}})
    jws = signed(statement, algorithm=algorithm, **more)
    assert send_signed(system, statement, jws).status_code == 200
    files = parts_in(system.get("statements", statementId=NOBODYS, attachments="true"))[1:]
    assert [content for _head, content in files] == [jws]


def test_a_signature_that_is_none_is_refused(system: System) -> None:
    statement = said(id=NOBODYS)
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    curve = ec.generate_private_key(ec.SECP256R1())
    good = signed(statement)
    for jws in (
        signed(statement, algorithm="HS256"),
        signed(statement, payload=json.dumps(statement).replace('"', "'", 1).encode()),
        signed(statement, payload=b"[]"),
        signed(said(id=NOBODYS, verb={"id": "http://example.com/other"})),
        signed(said(id="11111111-0000-4000-8000-000000000000")),
        signed(statement, x5c=[certificate(other)]),
        signed(statement, x5c=[certificate(curve)]),
        signed(statement, x5c=["no certificate"]),
        signed(statement, x5c=[]),
        b"no signature",
        b"\xff",
        good[: good.rindex(b".")],
    ):
        problem_of(send_signed(system, statement, jws), 400, "invalid_statement")
    plain = send_signed(system, statement, good, contentType="text/plain")
    problem_of(plain, 400, "invalid_statement")
    assert not LrsStatement.objects.exists()


def test_a_signature_comes_with_its_statement(system: System) -> None:
    jws = signed(said())
    attachment = named(
        jws,
        usageType=SIGNATURE,
        contentType="application/octet-stream",
        fileUrl="http://example.com/signature",
    )
    sent = system.send("POST", "statements", said(attachments=[attachment]))
    problem_of(sent, 400, "invalid_attachment")
