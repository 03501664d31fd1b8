from django.urls import path

from api.v1.coverage.views import (
    CoverageView,
    ExpiringView,
    MovablePeopleView,
    PersonnelWhatIfView,
    UnitCoverageView,
    WhatIfView,
)

urlpatterns = [
    path("skills/coverage/", CoverageView.as_view(), name="coverage"),
    path(
        "skills/coverage/<lms_key:kind>/<lms_key:key>/",
        UnitCoverageView.as_view(),
        name="unit_coverage",
    ),
    path("skills/what-if/", WhatIfView.as_view(), name="what_if"),
    path("skills/what-if/people/", MovablePeopleView.as_view(), name="movable_people"),
    path(
        "skills/what-if/personnel/<uuid:uuid>/",
        PersonnelWhatIfView.as_view(),
        name="what_if_personnel",
    ),
    path("skills/expiring/", ExpiringView.as_view(), name="expiring_skills"),
]
