"""The admin's forms of course and lesson pages: what a person need not type is derived."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from courses.bilingual import KEY_VALIDATOR
from courses.catalogue.models import Activity, Course
from courses.catalogue.services import create_activity, create_course


def check_activities(body: Any, course: Course) -> None:
    """Raises:
    ValidationError: a block of the body shows an activity of another course.
    """
    strangers = [
        block.value.title
        for block in body
        if isinstance(block.value, Activity) and block.value.course_id != course.pk
    ]
    if strangers:
        raise ValidationError(
            {
                "body": _("These activities belong to another course: %(titles)s")
                % {"titles": ", ".join(strangers)}
            }
        )


class CoursePageForm(WagtailAdminPageForm):
    """A new course page makes its course; the key is given once and then kept for ever."""

    key = forms.CharField(
        label=_("course code"),
        max_length=64,
        validators=[KEY_VALIDATOR],
        help_text=_("Short and lasting, e.g. C213. It cannot be changed once the course exists."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "minutes" in self.fields:
            self.fields["minutes"].required = True
        if self.instance.course_id is None or "key" not in self.fields:
            return
        course = self.instance.course
        self.fields["key"].initial = course.key
        self.fields["key"].disabled = True
        # A page made before these texts stood on pages shows what the course has.
        if self.instance.minutes is None:
            self.initial["minutes"] = course.duration // timedelta(minutes=1)
            self.initial["summary"] = self.instance.summary or course.summary
            self.initial["measures"] = self.instance.measures or ", ".join(course.measures)

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        is_new = self.instance.course_id is None
        if is_new and Course.objects.filter(key=key).exists():
            raise ValidationError(_("Another course has this code. Choose another one."))
        return key

    def save(self, commit: bool = True) -> Any:
        page = self.instance
        if page.course_id is None:
            page.course = create_course(
                key=self.cleaned_data["key"],
                title=page.title,
                language=page.locale.language_code,
                minutes=page.minutes,
            )
        return super().save(commit)


class LessonPageForm(WagtailAdminPageForm):
    """A new lesson page makes the activity that "read it" statements are about."""

    def _course(self) -> Course:
        # Here, because the page mixins are built on this form.
        from courses.catalogue.pages import course_of

        course = course_of(self.parent_page.specific)
        if course is None:
            raise ValidationError(_("A lesson stands below a course or one of its modules."))
        return course

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.instance.lesson_id is None and "body" in cleaned:
            check_activities(cleaned["body"], self._course())
        return cleaned

    def save(self, commit: bool = True) -> Any:
        page = self.instance
        if page.lesson_id is None:
            page.lesson = create_activity(
                course=self._course(),
                kind=Activity.Kind.LESSON,
                title=page.title,
                language=page.locale.language_code,
            )
        return super().save(commit)
