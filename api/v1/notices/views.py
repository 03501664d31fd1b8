from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.schema import describe
from api.v1.notices.inputs import NoticeParameters, NoticePreferencesIn
from api.v1.notices.outputs import MarkedRead, NoticePreferencesOut, NoticeRow
from api.views import ApiView, ListView
from lms.notices.kinds import kind_title
from lms.notices.models import Notice
from lms.notices.selectors import notice_preferences, notices_of
from lms.notices.services import mark_read, set_notice_preferences


class NoticesView(ListView):
    scopes = {"GET": "notices:read"}
    parameters = {"GET": NoticeParameters}

    @describe(
        operation_id="listNotices",
        tags=["notices"],
        summary=gettext_lazy("What the site tells me"),
        responses=NoticeRow(many=True),
    )
    def get(self, request: Request) -> Response:
        """Newest first; of the unread ones `count` says how many there are."""
        return self.page_of(notices_of(self.employee, is_unread=self.asked["unread"]), NoticeRow)


class NoticeReadView(ApiView):
    scopes = {"PUT": "notices:write"}

    @describe(
        operation_id="readNotice",
        tags=["notices"],
        summary=gettext_lazy("I have read this notice"),
        request=None,
        responses=MarkedRead,
    )
    def put(self, request: Request, uuid: UUID) -> Response:
        """Again changes nothing: the first time counts."""
        try:
            count = mark_read(employee=self.employee, uuid=uuid)
        except Notice.DoesNotExist as fault:
            raise NotFound from fault
        return Response(MarkedRead({"count": count}).data)


class AllNoticesReadView(ApiView):
    scopes = {"PUT": "notices:write"}

    @describe(
        operation_id="readAllNotices",
        tags=["notices"],
        summary=gettext_lazy("I have read every notice"),
        request=None,
        responses=MarkedRead,
    )
    def put(self, request: Request) -> Response:
        """Every notice of mine that was unread."""
        return Response(MarkedRead({"count": mark_read(employee=self.employee)}).data)


class NoticePreferencesView(ApiView):
    scopes = {"GET": "notices:read", "PATCH": "notices:write"}

    @describe(
        operation_id="getNoticePreferences",
        tags=["notices"],
        summary=gettext_lazy("How I am sent e-mail"),
        responses=NoticePreferencesOut,
    )
    def get(self, request: Request) -> Response:
        """By kind of notice. The site itself shows all of them, whatever is chosen."""
        return self._answer()

    @describe(
        operation_id="setNoticePreferences",
        tags=["notices"],
        summary=gettext_lazy("Choose how I am sent e-mail"),
        request=NoticePreferencesIn,
        responses=NoticePreferencesOut,
    )
    def patch(self, request: Request) -> Response:
        """What is left out stays as it is."""
        said = NoticePreferencesIn(data=request.data)
        said.is_valid(raise_exception=True)
        chosen = said.validated_data
        set_notice_preferences(
            employee=self.employee,
            language=chosen.get("language"),
            when={row["kind"]: row["when"] for row in chosen.get("mail", ())},
        )
        return self._answer()

    def _answer(self) -> Response:
        found = notice_preferences(self.employee)
        return Response(
            NoticePreferencesOut(
                {
                    "email": self.employee.email,
                    "language": found.language or settings.LANGUAGE_CODE,
                    "mail": [
                        {"kind": kind, "title": kind_title(kind), "when": when}
                        for kind, when in found.when.items()
                    ],
                }
            ).data
        )
