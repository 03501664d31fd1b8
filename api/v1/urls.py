"""Version 1. An address or a member is added here, never taken away or given another meaning."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

import api.converters  # noqa: F401 - registers what the addresses below are made of
from api.schema import ApiSchemaGenerator
from api.views import UnknownAddressView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("api.v1.people.urls")),
    path("", include("api.v1.learning.urls")),
    path("", include("api.v1.courses.urls")),
    path("", include("api.v1.xapi.urls")),
    path("", include("api.v1.skills.urls")),
    path("", include("api.v1.projects.urls")),
    path(
        "schema/",
        SpectacularAPIView.as_view(generator_class=ApiSchemaGenerator, authentication_classes=[]),
        name="schema",
    ),
    path("docs/", SpectacularSwaggerView.as_view(authentication_classes=[]), name="docs"),
    re_path(r"", UnknownAddressView.as_view()),
]
