"""Signed statements: a JWS over the statement comes with it as an attachment. Pure.

Source: xAPI 1.0.3 part 2, 2.6.
"""

import base64
import json
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from lms.exceptions import InvalidStatement

USAGE = "http://adlnet.gov/expapi/attachments/signature"
MEDIA_TYPE = "application/octet-stream"
ALGORITHMS = ["RS256", "RS384", "RS512"]
# What the server may fill in, or what cannot be signed as it holds the signature.
UNSIGNED = {"id", "stored", "authority", "version", "timestamp", "attachments"}


def is_signature(attachment: dict[str, Any]) -> bool:
    return bool(attachment["usageType"] == USAGE)


def check_signature(statement: dict[str, Any], attachment: dict[str, Any], jws: bytes) -> None:
    """Nothing where the signature is one, and of this statement.

    The key is in the certificate that the signature may carry (x5c); without one, whoever can
    verify it keeps it. That the certificate is to be trusted is not for the store to say.

    Raises:
        InvalidStatement: it is no JWS, not of an RSA algorithm, of something else, or not true.
    """
    if attachment["contentType"] != MEDIA_TYPE:
        raise InvalidStatement(f"A signature is {MEDIA_TYPE}.", place="attachments")
    try:
        token = jws.decode("ascii").strip()
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in ALGORITHMS:
            raise InvalidStatement(
                f"A signature is made with {', '.join(ALGORITHMS)}.", place="attachments"
            )
        verified = jwt.PyJWS().decode_complete(
            token,
            key=_key_of(header),
            algorithms=ALGORITHMS,
            options={"verify_signature": "x5c" in header},
        )
        signed = json.loads(verified["payload"])
    except (ValueError, TypeError, LookupError, jwt.PyJWTError, RecursionError) as error:
        raise InvalidStatement("The signature cannot be verified.", place="attachments") from error
    if not isinstance(signed, dict) or _signed_part(signed) != _signed_part(statement):
        raise InvalidStatement("The signature is not of this statement.", place="attachments")
    for name in ("id", "timestamp"):
        if name in signed and name in statement and signed[name] != statement[name]:
            raise InvalidStatement("The signature is not of this statement.", place=name)


def _key_of(header: dict[str, Any]) -> Any:
    """The key of the first certificate of the chain; empty = it carries none."""
    if "x5c" not in header:
        return ""
    certificate = x509.load_der_x509_certificate(base64.b64decode(header["x5c"][0]))
    key = certificate.public_key()
    if not isinstance(key, RSAPublicKey):
        raise ValueError("the certificate has no RSA key")
    return key


def _signed_part(statement: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in statement.items() if name not in UNSIGNED}
