from django.urls import path

from api.v1.oversight.views import DutiesView, OversightView

urlpatterns = [
    path("oversight/", OversightView.as_view(), name="oversight"),
    path("oversight/duties/", DutiesView.as_view(), name="duties"),
]
