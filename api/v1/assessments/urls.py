from django.urls import path

from api.v1.assessments import views

CAMPAIGN = "skills/campaigns/<lms_key:campaign_key>"
urlpatterns = [
    path("skills/campaigns/", views.CampaignsView.as_view(), name="campaigns"),
    path(f"{CAMPAIGN}/self/", views.SelfAssessmentView.as_view(), name="self_assessment"),
    path(f"{CAMPAIGN}/team/", views.TeamAssessmentsView.as_view(), name="team_assessments"),
    path(
        f"{CAMPAIGN}/team/<lms_staff_number:staff_number>/",
        views.HeadAssessmentView.as_view(),
        name="head_assessment",
    ),
    path(f"{CAMPAIGN}/differences/", views.DifferencesView.as_view(), name="differences"),
    path(f"{CAMPAIGN}/settlements/", views.SettlementsView.as_view(), name="settlements"),
    path("skills/corrections/", views.CorrectionsView.as_view(), name="corrections"),
    path("skills/looks/", views.LooksView.as_view(), name="looks"),
    path("skills/trend/", views.TrendView.as_view(), name="skill_trend"),
]
