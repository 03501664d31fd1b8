from django.urls import path

from api.v1.notices.views import (
    AllNoticesReadView,
    NoticePreferencesView,
    NoticeReadView,
    NoticesView,
)

urlpatterns = [
    path("me/notices/", NoticesView.as_view(), name="notices"),
    path("me/notices/read/", AllNoticesReadView.as_view(), name="notices-read"),
    path("me/notices/<uuid:uuid>/read/", NoticeReadView.as_view(), name="notice-read"),
    path("me/notice-preferences/", NoticePreferencesView.as_view(), name="notice-preferences"),
]
