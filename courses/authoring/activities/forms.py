"""The admin's forms of activities: a new one, and the one with the H5P editor."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from courses.authoring.activities.contents import content_with_uuid
from courses.authoring.activities.widgets import H5PEditor
from courses.authoring.policy import courses_for
from courses.catalogue.models import Activity, Course
from courses.h5p.content_types import editing_params, missing_places, placed_faults
from courses.h5p.library import parse_label
from courses.h5p.making import make_content
from courses.h5p.models import H5PContent
from courses.h5p.refusals import PackageRefused
from courses.h5p.selectors import library_named
from courses.h5p.semantics.check import ParamsRefused

# What is begun by itself; a lesson comes with its page.
NEW_KINDS = (Activity.Kind.H5P, Activity.Kind.EXERCISE, Activity.Kind.WORKSHOP)


def editor_value(content: H5PContent) -> dict[str, Any]:
    """What the editor begins with: `{library, params, based_on, language}`."""
    given = editing_params(content=content)
    return {
        "library": given["library"],
        "params": given["params"],
        "based_on": str(content.uuid),
        "language": given["language"],
    }


class H5PField(forms.Field):
    """The value of the H5P editor: `{library, params, based_on, language}`; None = no type yet."""

    widget = H5PEditor

    def prepare_value(self, value: Any) -> Any:
        # What was typed comes back letter for letter.
        return value if isinstance(value, str) else json.dumps(value or {}, ensure_ascii=False)

    def to_python(self, value: Any) -> dict[str, Any] | None:
        try:
            given = json.loads(value or "{}")
        except (TypeError, ValueError):
            given = None
        if given == {}:
            return None
        if (
            not isinstance(given, dict)
            or not isinstance(given.get("library"), str)
            or not isinstance(given.get("params"), dict)
        ):
            raise ValidationError(_("The editor sent no sound content. Reload the page."))
        return given

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool((initial or {}) != json.loads(data or "{}"))
        except (TypeError, ValueError):
            return True


class ActivityForm(WagtailAdminModelForm):
    """Titles and the pass mark, in percent as people say it."""

    pass_percent = forms.FloatField(
        label=_("Pass mark (percent)"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("Share of the full score, 0 to 100. Leave it empty if nobody is to be graded."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mark = self.instance.pass_mark
        if "pass_percent" in self.fields and mark is not None:
            # 0.55 * 100 is not 55.
            self.initial["pass_percent"] = f"{round(mark * 100, 6):g}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "pass_percent" in cleaned:
            percent = cleaned["pass_percent"]
            self.instance.pass_mark = None if percent is None else round(percent / 100, 8)
        return cleaned


class H5PActivityForm(ActivityForm):
    """The form of an H5P activity.

    The content is made while the form is checked: only making it tells every fault. Contents
    never change, and one that no draft comes to use is removed with the other unused ones. What
    is only unfinished is saved, and its gaps are listed as long as they are there.
    """

    h5p = H5PField(label=_("Content"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Django copies a field's widget for each form, but not what it holds.
        self.fields["h5p"].widget.faults = []
        self.fields["h5p"].widget.is_saved = not self.is_bound
        if self.instance.content is not None:
            self.initial["h5p"] = editor_value(self.instance.content)
        if not self.is_bound:
            self._list_gaps()

    @property
    def faults(self) -> list[dict[str, str]]:
        """What is wrong with the content or missing in it: `{path, label, message}`."""
        found: list[dict[str, str]] = self.fields["h5p"].widget.faults
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        value = cleaned.get("h5p")
        if value is not None and self._is_new(value):
            content = self._made(value)
            if content is not None:
                self.instance.content = content
        if not self.faults:
            self._list_gaps()
        return cleaned

    def _list_gaps(self) -> None:
        if self.instance.content is not None:
            self.faults.extend(missing_places(self.instance.content))

    def _is_new(self, value: dict[str, Any]) -> bool:
        return bool(value != self.initial.get("h5p")) or "title_ja" in self.changed_data

    def _made(self, value: dict[str, Any]) -> H5PContent | None:
        """The content of the value; None = it has faults, which stand in the form then."""
        name = parse_label(value["library"])
        library = library_named(name) if name is not None else None
        if library is None:
            self._refuse(
                "",
                gettext("%(library)s is not installed. Ask the librarian to install it.")
                % {"library": value["library"]},
            )
            return None
        language = _language(value)
        try:
            return make_content(
                library=library,
                params=value["params"],
                title=self.cleaned_data.get("title_ja") or self.instance.title_ja,
                language=language,
                based_on=content_with_uuid(value.get("based_on")),
                is_draft=True,
                made_by=self.for_user,
            )
        except ParamsRefused as refused:
            self.faults.extend(
                placed_faults(
                    refused.faults, library=library, params=value["params"], language=language
                )
            )
            self.add_error("h5p", _("Some places of the content need your attention."))
        except PackageRefused as refused:
            self._refuse(refused.place, refused.message)
        return None

    def _refuse(self, place: str, message: str) -> None:
        self.faults.append({"path": place, "label": "", "message": message})
        self.add_error("h5p", message)


def _language(value: dict[str, Any]) -> str:
    language = value.get("language")
    return language if isinstance(language, str) and language else "ja"


class NewActivityForm(forms.ModelForm):  # type: ignore[type-arg]
    """The first step to an activity: which course it is for and what it is called."""

    kind = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in NEW_KINDS], widget=forms.HiddenInput
    )

    class Meta:
        model = Activity
        fields = ["course", "title_ja", "kind"]

    def __init__(
        self, *args: Any, for_user: Any, course: Course | None, kind: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        mine = courses_for(for_user, "edit")
        field = cast("forms.ModelChoiceField[Course]", self.fields["course"])
        field.queryset = mine
        field.empty_label = _("Choose the course")
        self.fields["kind"].initial = kind
        if course is not None and mine.filter(pk=course.pk).exists():
            field.initial = course.pk
        elif mine.count() == 1:
            field.initial = mine.get().pk

    # Rows are made by `create_activity`, which finds the key; nothing here is saved.
    def _post_clean(self) -> None:
        """Leaves the model's own checks out: there is no row yet."""


_TITLES = FieldRowPanel([FieldPanel("title_ja"), FieldPanel("title_en")], heading=_("Titles"))
_GRADING = MultiFieldPanel(
    [FieldPanel("pass_percent"), FieldPanel("earlier_count")], heading=_("Grading")
)
_CONTENT = FieldPanel("h5p", heading=_("Content"))

# How an activity of each kind is edited.
PANELS: Mapping[str, tuple[type[WagtailAdminModelForm], tuple[Any, ...]]] = {
    Activity.Kind.LESSON: (WagtailAdminModelForm, (_TITLES,)),
    Activity.Kind.WORKSHOP: (WagtailAdminModelForm, (_TITLES,)),
    Activity.Kind.EXERCISE: (ActivityForm, (_TITLES, _GRADING)),
    Activity.Kind.H5P: (H5PActivityForm, (_TITLES, _CONTENT, _GRADING)),
}


@cache
def edit_handler(kind: str) -> Any:
    """The panels of the kind, bound to the model."""
    form, panels = PANELS[kind]
    return ObjectList(panels, base_form_class=form).bind_to_model(Activity)
