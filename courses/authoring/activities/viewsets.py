"""The activities in the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from courses.authoring.activities import views
from courses.authoring.activities.access import policy, register_policy
from courses.authoring.activities.forms import NewActivityForm, edit_handler
from courses.authoring.activities.words import TYPES
from courses.authoring.policy import courses_for
from courses.catalogue.models import Activity

register_policy()


def type_of(activity: Activity) -> str:
    """The H5P type as authors know it; empty = another kind, or none is chosen yet."""
    if activity.content is None:
        return ""
    library = activity.content.main_library
    return str(TYPES.get(library.machine_name, (library.title,))[0])


class ActivityChooserViewSet(SnippetChooserViewSet):
    choose_view_class = views.ChooseActivityView
    choose_results_view_class = views.ChooseActivityResultsView
    create_view_class = views.CreateInChooserView
    creation_form_class = NewActivityForm
    preserve_url_parameters = ["multiple", "kind"]
    creation_tab_label = _("New activity")
    create_action_label = _("Create and choose")


class ActivityViewSet(SnippetViewSet):
    model = Activity
    permission_policy = policy
    icon = "form"
    menu_label = _("Activities")
    list_display = [
        "title_ja",
        "course",
        "kind",
        Column("type", label=_("H5P type"), accessor=type_of),
    ]
    list_filter = ["course", "kind"]
    search_fields = ["key", "title_ja", "title_en"]
    # Its records stay with it: another activity is made, not copied.
    copy_view_enabled = False
    add_view_class = views.ActivityAddView
    edit_view_class = views.ActivityEditView
    preview_on_edit_view_class = views.ActivityPreviewView
    history_view_class = views.ActivityHistoryView
    usage_view_class = views.ActivityUsageView
    revisions_view_class = views.ActivityRevisionView
    revisions_compare_view_class = views.ActivityCompareView
    lock_view_class = views.ActivityLockView
    unlock_view_class = views.ActivityUnlockView
    delete_view_class = views.ActivityDeleteView
    unpublish_view_class = views.ActivityUnpublishView
    chooser_viewset_class = ActivityChooserViewSet

    def get_edit_handler(self) -> Any:
        return edit_handler(Activity.Kind.H5P)

    def get_queryset(self, request: HttpRequest) -> Any:
        mine = courses_for(request.user, "view")
        return Activity.objects.filter(course__in=mine).select_related(
            "course", "content__main_library"
        )
