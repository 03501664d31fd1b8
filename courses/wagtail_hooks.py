"""Courses and activities in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from courses.authoring import (  # noqa: F401 - they register themselves
    course_hooks,
    page_hooks,
)
from courses.authoring.activities import hooks as activity_hooks  # noqa: F401
from courses.authoring.activities.viewsets import ActivityViewSet
from courses.authoring.exercises import wagtail_hooks as exercise_hooks  # noqa: F401
from courses.authoring.librarian import hooks as librarian_hooks  # noqa: F401
from courses.authoring.paths import hooks as path_hooks  # noqa: F401
from courses.authoring.review import hooks as review_hooks  # noqa: F401
from courses.authoring.translation import hooks as translation_hooks  # noqa: F401
from courses.authoring.versions import hooks as versions_hooks  # noqa: F401
from courses.catalogue.models import Course


class CourseViewSet(SnippetViewSet):
    model = Course
    icon = "doc-full"
    menu_label = _("Courses")
    list_display = ["key", "title_ja", "duration"]
    search_fields = ["key", "title_ja", "title_en"]
    panels = [
        FieldPanel("key"),
        MultiFieldPanel([FieldPanel("title_ja"), FieldPanel("title_en")], heading=_("Title")),
        MultiFieldPanel([FieldPanel("summary_ja"), FieldPanel("summary_en")], heading=_("Summary")),
        FieldRowPanel([FieldPanel("duration"), FieldPanel("position")]),
        FieldPanel("measures"),
    ]


class CatalogueGroup(SnippetViewSetGroup):
    menu_label = _("Courses")
    menu_icon = "doc-full"
    items = [CourseViewSet, ActivityViewSet]


register_snippet(CatalogueGroup)
