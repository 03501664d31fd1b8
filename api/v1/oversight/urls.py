from django.urls import path

from api.v1.oversight.views import DutiesView, NudgesView, OversightView

urlpatterns = [
    path("oversight/", OversightView.as_view(), name="oversight"),
    path("oversight/duties/", DutiesView.as_view(), name="duties"),
    path("oversight/nudges/", NudgesView.as_view(), name="nudges"),
]
