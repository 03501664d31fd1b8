"""Finding certificates: one's own, or the one whose code somebody holds in their hand."""

from collections.abc import Iterable

from django.db.models import QuerySet

from lms.certificates.models import Certificate
from lms.conf import conf
from lms.people.models import Employee

# Crockford's alphabet without the letters that read as digits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
_READ_AS = str.maketrans("OILoil", "011011")


def written_code(symbols: Iterable[str]) -> str:
    """Sixteen symbols as they are printed: `7K2M-…`, four by four."""
    text = "".join(symbols)
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def certificate_with_code(typed: str) -> Certificate | None:
    """The certificate a code names, however it was typed; None = there is none."""
    symbols = typed.translate(_READ_AS).upper().replace("-", "").replace(" ", "")
    if len(symbols) != LENGTH:
        return None
    return Certificate.objects.filter(code=written_code(symbols)).first()


def certificates_of(employee: Employee) -> QuerySet[Certificate]:
    """The person's own, newest first, revoked and expired ones too."""
    return Certificate.objects.filter(employee=employee).select_related("course")


def revoked_certificates() -> QuerySet[Certificate]:
    return Certificate.objects.filter(revoked_at__isnull=False).order_by("revoked_at", "pk")


def verification_address(certificate: Certificate) -> str:
    """Where anybody can see whether the certificate holds."""
    return f"{conf.SITE_ORIGIN}/verify/{certificate.code}"
