from django.urls import path

from api.v1.certificates.views import (
    BadgeView,
    IssuerView,
    KeySetView,
    KeyView,
    RevocationsView,
    SheetView,
    VerifyView,
)

urlpatterns = [
    path("certificates/verify/<str:code>/", VerifyView.as_view(), name="certificate-verify"),
    path("certificates/<uuid:uuid>/pdf/", SheetView.as_view(), name="certificate-pdf"),
    path("certificates/<uuid:uuid>/badge/", BadgeView.as_view(), name="certificate-badge"),
    path("badges/issuer/", IssuerView.as_view(), name="badge-issuer"),
    path("badges/keys/", KeySetView.as_view(), name="badge-keys"),
    path("badges/keys/<str:kid>/", KeyView.as_view(), name="badge-key"),
    path("badges/revocations/", RevocationsView.as_view(), name="badge-revocations"),
]
