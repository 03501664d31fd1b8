"""What can be found in published courses. Derived: `index_courses` makes it anew."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Activity, Course


class SearchText(models.Model):
    """One row per course × lesson × language; `lesson` null = the course itself.

    `title`, `summary` and `body` are plain text as shown; a line of `body` is a paragraph, a list
    item or one text of an activity. The folded columns are their `folding.fold`, line by line the
    same; that of a course's title has its key as a second line. No row = not published.

    No index serves the search: the texts of some hundred courses are some megabytes, and looking
    through them takes milliseconds.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="search_texts")
    lesson = models.ForeignKey(
        Activity, on_delete=models.CASCADE, null=True, related_name="search_texts"
    )
    language = models.CharField(_("language"), max_length=16)
    title = models.TextField()
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    folded_title = models.TextField()
    folded_summary = models.TextField(blank=True)
    folded_body = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "language"], name="lms_courses_search_text_of_lesson_once"
            ),
            models.UniqueConstraint(
                fields=["course", "language"],
                condition=models.Q(lesson__isnull=True),
                name="lms_courses_search_text_of_course_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.language}"
