"""A path with its steps, and the courses that come before a course, as rows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Course
from courses.paths.models import LearningPath
from courses.paths.services import NewStep

MOST_ROWS = 50
Choices = list[tuple[str, str]]


class PathForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = LearningPath
        fields = ["key", "title_ja", "title_en", "summary_ja", "summary_en", "position", "live"]
        widgets = {
            "summary_ja": forms.Textarea(attrs={"rows": 3}),
            "summary_en": forms.Textarea(attrs={"rows": 3}),
        }


class CourseRow(forms.Form):
    """One course, chosen from all."""

    course = forms.ChoiceField(label=_("course"))

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"empty_permitted": False})
        field = self.fields["course"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy
        field.choices = [("", _("Choose a course")), *choices]


class StepRow(CourseRow):
    is_optional = forms.BooleanField(label=_("optional"), required=False)


class CourseRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows in their order; what is removed is left out."""

    @property
    def kept(self) -> list[Any]:
        rows = [form for form in self.forms if not form.cleaned_data.get("DELETE")]
        return sorted(rows, key=lambda form: form.cleaned_data.get("ORDER") or MOST_ROWS + 1)


def course_choices(apart_from: Course | None = None) -> Choices:
    courses = Course.objects.order_by("position", "key")
    if apart_from is not None:
        courses = courses.exclude(pk=apart_from.pk)
    return [(row.key, f"{row.key} {row.title}") for row in courses]


def _rows(
    form: type[CourseRow], prefix: str, initial: list[dict[str, Any]], choices: Choices, data: Any
) -> CourseRows:
    form_set: type[CourseRows] = forms.formset_factory(  # type: ignore[assignment]
        form,
        formset=CourseRows,
        extra=0,
        can_order=form is StepRow,
        can_delete=True,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
        validate_max=True,
    )
    return form_set(data, prefix=prefix, initial=initial, form_kwargs={"choices": choices})


def step_rows(path: LearningPath | None, data: Any = None) -> CourseRows:
    steps = path.steps.select_related("course") if path else []
    initial = [{"course": row.course.key, "is_optional": row.is_optional} for row in steps]
    return _rows(StepRow, "steps", initial, course_choices(), data)


def steps_of(rows: CourseRows) -> list[NewStep]:
    """Of valid rows."""
    return [
        NewStep(form.cleaned_data["course"], form.cleaned_data["is_optional"]) for form in rows.kept
    ]


def prerequisite_rows(course: Course, data: Any = None) -> CourseRows:
    initial = [
        {"course": row.requires.key} for row in course.prerequisites.select_related("requires")
    ]
    return _rows(CourseRow, "requires", initial, course_choices(apart_from=course), data)
