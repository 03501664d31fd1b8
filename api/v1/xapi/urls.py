from django.urls import path

from api.v1.xapi.lrs.document_views import ActivityProfileView, AgentProfileView, StoreStateView
from api.v1.xapi.lrs.statement_views import StoreStatementsView
from api.v1.xapi.lrs.views import AboutView, ActivitiesView, AgentsView, by_caller
from api.v1.xapi.views import StatementsView, StateView

# Without a slash at the end, as xAPI clients expect.
urlpatterns = [
    path("xapi/statements", by_caller(StatementsView, StoreStatementsView), name="xapi_statements"),
    path("xapi/activities/state", by_caller(StateView, StoreStateView), name="xapi_state"),
    path("xapi/activities/profile", ActivityProfileView.as_view(), name="xapi_activity_profile"),
    path("xapi/activities", ActivitiesView.as_view(), name="xapi_activities"),
    path("xapi/agents/profile", AgentProfileView.as_view(), name="xapi_agent_profile"),
    path("xapi/agents", AgentsView.as_view(), name="xapi_agents"),
    path("xapi/about", AboutView.as_view(), name="xapi_about"),
]
