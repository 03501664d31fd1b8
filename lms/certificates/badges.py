"""Certificates as Open Badges 3.0: an OpenBadgeCredential in a signed token (VC-JWT).

Source: Open Badges Specification 3.0, sections 5 (data model) and 8.2 (JSON Web Token proof),
1EdTech; RS256, since every verifier must know it. Nothing of it is stored: a badge is what its
certificate says, signed with the site's key.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.utils.translation import gettext as _

from lms.certificates.models import Certificate
from lms.certificates.selectors import revoked_certificates, verification_address
from lms.conf import conf
from lms.exceptions import BadgesNotSetUp
from lms.people.calendar import OFFICE_ZONE

ALGORITHM = "RS256"
CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
JSON_SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)
PREFIX = "/api/v1/badges/"


def badge_address(path: str) -> str:
    """The address of something about badges that anybody may read, e.g. `issuer/`."""
    return conf.SITE_ORIGIN + PREFIX + path


def issuer_profile() -> dict[str, Any]:
    """Who issues: an OB 3.0 Profile, whose id is where it is served."""
    return {
        "id": badge_address("issuer/"),
        "type": ["Profile"],
        "name": conf.OFFICE_NAME,
        "url": conf.SITE_ORIGIN + "/",
    }


def badge_credential(
    certificate: Certificate, *, alignments: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """The credential, not yet signed.

    Args:
        alignments: OB 3.0 Alignment objects of the course, which only the layers above know.
    """
    achievement: dict[str, Any] = {
        "id": certificate.course.iri,
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "name": certificate.title,
        "description": certificate.course.summary or certificate.title,
        "criteria": {
            "narrative": _("Every lesson of the course was read and every graded activity passed.")
        },
    }
    if certificate.version is not None:
        achievement["version"] = str(certificate.version)
    if alignments:
        achievement["alignment"] = [dict(item) for item in alignments]
    credential: dict[str, Any] = {
        "@context": CONTEXT,
        "id": f"urn:uuid:{certificate.uuid}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": certificate.title,
        "issuer": issuer_profile() | {"name": certificate.office_name},
        "validFrom": _instant(certificate.certified_at),
        "credentialSubject": {
            "id": f"urn:uuid:{certificate.employee.uuid}",
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityType": "name",
                    "hashed": False,
                    "identityHash": certificate.holder_name,
                }
            ],
            "achievement": achievement,
        },
        "evidence": [
            {
                "id": verification_address(certificate),
                "type": ["Evidence"],
                "name": certificate.code,
            }
        ],
        "credentialSchema": [{"id": JSON_SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        "credentialStatus": {
            "id": badge_address("revocations/"),
            "type": "1EdTechRevocationList",
        },
    }
    if certificate.valid_until is not None:
        # It holds to the end of its last day, which is where the next one begins.
        after = certificate.valid_until + timedelta(days=1)
        credential["validUntil"] = _instant(datetime.combine(after, time.min, OFFICE_ZONE))
    return credential


def sign_badge(credential: Mapping[str, Any]) -> str:
    """The credential as a compact JWS, with the claims that OB 3.0 8.2.3 asks for.

    Raises:
        BadgesNotSetUp: the site has no key.
    """
    claims = dict(credential) | {
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "nbf": _seconds(credential["validFrom"]),
        "sub": credential["credentialSubject"]["id"],
    }
    if "validUntil" in credential:
        claims["exp"] = _seconds(credential["validUntil"])
    key = _signing_key()
    return jwt.encode(
        claims,
        key,
        algorithm=ALGORITHM,
        headers={"typ": "JWT", "kid": badge_address(f"keys/{_thumbprint(_public_jwk(key))}/")},
    )


def key_set() -> list[dict[str, Any]]:
    """The public keys (JWK, RFC 7517) that signatures are checked with; `kid` is a thumbprint.

    Raises:
        BadgesNotSetUp: the site has no key.
    """
    jwk = _public_jwk(_signing_key())
    return [jwk | {"kid": _thumbprint(jwk), "alg": ALGORITHM, "use": "sig"}]


def revocation_list() -> dict[str, Any]:
    """A 1EdTech Revocation List. Why a badge was revoked is told nobody but those it concerns."""
    return {
        "id": badge_address("revocations/"),
        "issuer": badge_address("issuer/"),
        "revokedCredential": [
            {"id": f"urn:uuid:{uuid}", "revoked": True}
            for uuid in revoked_certificates().values_list("uuid", flat=True)
        ],
    }


def _signing_key() -> RSAPrivateKey:
    path = conf.BADGE_KEY_FILE
    if path is None or not path.is_file():
        raise BadgesNotSetUp(_("The site has no key to sign badges with."))
    return _read_key(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read_key(path: Path, changed: int) -> RSAPrivateKey:
    """`changed` makes a new file a new key without a restart."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as error:
        raise BadgesNotSetUp(_("The site's key for badges cannot be read.")) from error
    if not isinstance(key, RSAPrivateKey):
        raise BadgesNotSetUp(_("The site's key for badges cannot be read."))
    return key


def _public_jwk(key: RSAPrivateKey) -> dict[str, Any]:
    found: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {name: found[name] for name in ("kty", "n", "e")}


def _thumbprint(jwk: Mapping[str, Any]) -> str:
    """RFC 7638: the required members, sorted, without blanks."""
    text = json.dumps(dict(jwk), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _seconds(instant: str) -> int:
    return int(datetime.fromisoformat(instant).timestamp())
