"""One's own certificates as files, and what anybody may ask about a certificate or a badge."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from rest_framework.exceptions import NotFound
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle

from api.schema import describe
from api.v1.certificates.inputs import SheetParameters
from api.v1.certificates.outputs import (
    BadgeOut,
    IssuerOut,
    JsonWebKey,
    KeySetOut,
    RevocationListOut,
    VerificationOut,
)
from api.views import ApiView
from lms.certificates.badges import (
    badge_credential,
    issuer_profile,
    key_set,
    revocation_list,
    sign_badge,
)
from lms.certificates.models import Certificate
from lms.certificates.pdf import certificate_pdf
from lms.certificates.selectors import certificate_with_code, certificates_of
from lms.conf import conf
from lms.people.calendar import office_today
from skills_matrix.competencies.alignments import alignments_of


class VerifyThrottle(SimpleRateThrottle):
    """Codes cannot be guessed, but nobody needs to try so many. Counted by address."""

    scope = "verify"
    rate = "60/min"

    def get_rate(self) -> str:
        return self.rate

    def get_cache_key(self, request: Request, view: Any) -> str:
        return f"lms-verify-{self.get_ident(request)}"


class PdfRenderer(BaseRenderer):
    """For negotiation only: the view sends the file itself."""

    media_type = "application/pdf"
    format = "pdf"


class PublicView(ApiView):
    """Anybody may ask."""

    authentication_classes = []
    permission_classes = []


class VerifyView(PublicView):
    throttle_classes = [VerifyThrottle]

    @describe(
        operation_id="verifyCertificate",
        tags=["certificates"],
        summary=gettext_lazy("Whether a certificate holds"),
        responses=VerificationOut,
    )
    def get(self, request: Request, code: str) -> Response:
        """For whoever has the code printed on it; shows what is printed on it, no more."""
        certificate = certificate_with_code(code)
        if certificate is None:
            raise NotFound
        return Response(VerificationOut(certificate).data)


class CertificateView(ApiView):
    """Something about one of my certificates."""

    scopes = {"GET": "learning:read"}

    def certificate(self, uuid: UUID) -> Certificate:
        certificate = certificates_of(self.employee).filter(uuid=uuid).first()
        if certificate is None:
            raise NotFound
        return certificate


class SheetView(CertificateView):
    parameters = {"GET": SheetParameters}
    renderer_classes = [PdfRenderer]

    @describe(
        operation_id="getCertificatePdf",
        tags=["certificates"],
        summary=gettext_lazy("My certificate as PDF"),
        responses={(200, PdfRenderer.media_type): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, uuid: UUID) -> HttpResponse:
        """A sheet of A4 with a verification code."""
        certificate = self.certificate(uuid)
        return _attached(
            certificate_pdf(certificate, language=self.asked["language"]),
            PdfRenderer.media_type,
            f"certificate-{certificate.code}.pdf",
        )


class BadgeView(CertificateView):
    @describe(
        operation_id="getCertificateBadge",
        tags=["certificates"],
        summary=gettext_lazy("My certificate as an Open Badge"),
        responses=BadgeOut,
    )
    def get(self, request: Request, uuid: UUID) -> Response:
        """An OpenBadgeCredential of Open Badges 3.0, signed as VC-JWT."""
        certificate = self.certificate(uuid)
        credential = badge_credential(
            certificate,
            alignments=alignments_of(
                certificate.course, office_today(certificate.certified_at), origin=conf.SITE_ORIGIN
            ),
        )
        body = {"credential": sign_badge(credential), "content": credential}
        response = Response(body)
        response["Content-Disposition"] = f'attachment; filename="badge-{certificate.code}.json"'
        return response


class IssuerView(PublicView):
    @describe(
        operation_id="getBadgeIssuer",
        tags=["certificates"],
        summary=gettext_lazy("Who issues badges"),
        responses=IssuerOut,
    )
    def get(self, request: Request) -> Response:
        """The profile that every badge names as its issuer."""
        return Response(issuer_profile())


class KeySetView(PublicView):
    @describe(
        operation_id="getBadgeKeys",
        tags=["certificates"],
        summary=gettext_lazy("The keys that badges are checked with"),
        responses=KeySetOut,
    )
    def get(self, request: Request) -> Response:
        """A JWK Set of public keys."""
        return Response({"keys": key_set()})


class KeyView(PublicView):
    @describe(
        operation_id="getBadgeKey",
        tags=["certificates"],
        summary=gettext_lazy("The key that one badge is checked with"),
        responses=JsonWebKey,
    )
    def get(self, request: Request, kid: str) -> Response:
        """What the `kid` of a badge's header leads to."""
        for key in key_set():
            if key["kid"] == kid:
                return Response(key)
        raise NotFound


class RevocationsView(PublicView):
    @describe(
        operation_id="getBadgeRevocations",
        tags=["certificates"],
        summary=gettext_lazy("Badges that no longer hold"),
        responses=RevocationListOut,
    )
    def get(self, request: Request) -> Response:
        """The ids of revoked badges; not whose they were, nor why."""
        return Response(revocation_list())


def _attached(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
