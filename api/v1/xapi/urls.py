from django.urls import path

from api.v1.xapi.views import StatementsView, StateView

# Without a slash at the end, as xAPI clients expect.
urlpatterns = [
    path("xapi/statements", StatementsView.as_view(), name="xapi_statements"),
    path("xapi/activities/state", StateView.as_view(), name="xapi_state"),
]
