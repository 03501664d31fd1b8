from django.utils.translation import get_language, gettext_lazy
from rest_framework.request import Request
from rest_framework.response import Response

from api.pagination import PageNumberPagination
from api.schema import describe
from api.v1.search.inputs import SearchParameters
from api.v1.search.outputs import FoundCourseOut
from api.views import ListView
from courses.catalogue.search.selectors import courses_saying, places_found
from lms.enrolment.selectors import courses_open_to
from lms.people.calendar import office_today


class SearchView(ListView):
    scopes = {"GET": "courses:read"}
    parameters = {"GET": SearchParameters}

    @describe(
        operation_id="searchCourses",
        tags=["courses"],
        summary=gettext_lazy("Search what my courses say"),
        responses=FoundCourseOut(many=True),
    )
    def get(self, request: Request) -> Response:
        """Courses I may take with all the words in their titles, summaries, lessons or questions.

        Width, case, and hiragana or katakana make no difference. Titles first, then summaries,
        then texts.
        """
        words = self.asked["q"]
        mine = courses_open_to(self.employee, office_today())
        paginator = PageNumberPagination()
        shown = paginator.paginate_queryset(courses_saying(mine, words), request, view=self)
        found = places_found(shown or [], words, language=get_language() or "ja")
        return self.envelope_of(found, paginator.count, FoundCourseOut)
