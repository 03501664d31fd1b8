from django.utils.translation import gettext_lazy
from rest_framework.request import Request
from rest_framework.response import Response

from api.schema import describe
from api.v1.learning.inputs import STATES, LearningParameters
from api.v1.learning.outputs import LearningRow
from api.views import ListView
from lms.enrolment.selectors import learning_of
from lms.people.calendar import office_today


class LearningView(ListView):
    scopes = {"GET": "learning:read"}
    parameters = {"GET": LearningParameters}

    @describe(
        operation_id="listLearning",
        tags=["learning"],
        summary=gettext_lazy("My courses"),
        responses=LearningRow(many=True),
    )
    def get(self, request: Request) -> Response:
        """Courses I take or that are meant for me: overdue, due soonest, begun, the rest, done."""
        is_wanted = STATES[self.asked["state"]]
        items = [item for item in learning_of(self.employee, office_today()) if is_wanted(item)]
        return self.page_of(items, LearningRow)
