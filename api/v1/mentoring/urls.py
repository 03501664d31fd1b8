from django.urls import path

from api.v1.mentoring import views

PAIR = "mentoring/pairs/<uuid:uuid>"
SESSION = "mentoring/sessions/<uuid:uuid>"
urlpatterns = [
    path("mentoring/me/", views.MyMentoringView.as_view(), name="my_mentoring"),
    path("mentoring/proposals/", views.MentorProposalsView.as_view(), name="mentor_proposals"),
    path("mentoring/pairs/", views.MentorPairsView.as_view(), name="mentor_pairs"),
    path("mentoring/pairs/by-hand/", views.PairByHandView.as_view(), name="mentor_pair_by_hand"),
    path(f"{PAIR}/", views.MentorPairView.as_view(), name="mentor_pair"),
    path(f"{PAIR}/answer/", views.MentorAnswerView.as_view(), name="mentor_answer"),
    path(f"{PAIR}/end/", views.MentorEndView.as_view(), name="mentor_end"),
    path(f"{PAIR}/sessions/", views.MentorSessionsView.as_view(), name="mentor_sessions"),
    path(f"{SESSION}/", views.MentorSessionView.as_view(), name="mentor_session"),
    path(
        f"{SESSION}/confirmation/",
        views.SessionConfirmationView.as_view(),
        name="session_confirmation",
    ),
]
