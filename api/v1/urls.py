"""Version 1. An address or a member is added here, never taken away or given another meaning."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from api.views import UnknownAddressView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("api.v1.people.urls")),
    path("", include("api.v1.learning.urls")),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerView.as_view(), name="docs"),
    re_path(r"", UnknownAddressView.as_view()),
]
