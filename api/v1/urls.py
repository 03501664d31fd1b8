"""Version 1. An address or a member is added here, never taken away or given another meaning."""

from django.urls import URLPattern, URLResolver, include, path, re_path

import api.converters  # noqa: F401 - registers what the addresses below are made of
from api.docs import DocsView, SchemaView
from api.views import UnknownAddressView

urlpatterns: list[URLPattern | URLResolver] = [
    # Asked with every answer of every learner: found first.
    path("", include("api.v1.xapi.urls")),
    path("", include("api.v1.people.urls")),
    path("", include("api.v1.learning.urls")),
    path("", include("api.v1.paths.urls")),
    path("", include("api.v1.record.urls")),
    path("", include("api.v1.certificates.urls")),
    path("", include("api.v1.courses.urls")),
    path("", include("api.v1.search.urls")),
    path("", include("api.v1.exercises.urls")),
    path("", include("api.v1.workshops.urls")),
    path("", include("api.v1.skills.urls")),
    path("", include("api.v1.assessments.urls")),
    path("", include("api.v1.coverage.urls")),
    path("", include("api.v1.projects.urls")),
    path("", include("api.v1.plans.urls")),
    path("", include("api.v1.teams.urls")),
    path("", include("api.v1.mentoring.urls")),
    path("", include("api.v1.reviews.urls")),
    path("", include("api.v1.oversight.urls")),
    path("", include("api.v1.notices.urls")),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    re_path(r"", UnknownAddressView.as_view()),
]
