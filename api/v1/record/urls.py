from django.urls import path

from api.v1.record.views import (
    CalendarLinkView,
    CalendarView,
    RecordView,
    SubscribedCalendarView,
)

urlpatterns = [
    path("learning/record/", RecordView.as_view(), name="record"),
    path("learning/calendar.ics", CalendarView.as_view(), name="calendar"),
    path("learning/calendar-link/", CalendarLinkView.as_view(), name="calendar-link"),
    path(
        "learning/calendar/<str:token>.ics",
        SubscribedCalendarView.as_view(),
        name="subscribed-calendar",
    ),
]
