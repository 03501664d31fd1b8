"""Run inside one project: publish a course page and find it again."""

import gc
import sys
from datetime import timedelta

import django

# Migrating makes millions of objects; looking for rings among them takes a quarter of its time.
gc.set_threshold(50_000, 20, 20)
django.setup()

from django.core.management import call_command  # noqa: E402
from wagtail.models import get_page_models  # noqa: E402

from courses.catalogue.models import Activity, Course  # noqa: E402
from courses.catalogue.pages import CoursePageMixin, LessonPageMixin  # noqa: E402
from courses.catalogue.selectors import live_lesson_pages, published_courses  # noqa: E402

call_command("check", fail_level="WARNING")
call_command("migrate", verbosity=0)
call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def model_with(mixin):
    return next(model for model in get_page_models() if issubclass(model, mixin))


earlier = list(published_courses())
key = sys.argv[1]
course = Course.objects.create(key=key, title_ja="研修", duration=timedelta(minutes=5))
lesson = Activity.objects.create(course=course, key="l", kind="lesson", title_ja="章")
course_model, lesson_model = model_with(CoursePageMixin), model_with(LessonPageMixin)
root = course_model.get_first_root_node()
page = root.add_child(instance=course_model(title="研修", slug=key, course=course))
page.add_child(
    instance=lesson_model(title="章", slug="l", lesson=lesson, body=[("rich_text", "<p>本文</p>")])
)
assert set(published_courses()) == {*earlier, course}
assert [item.title for item in live_lesson_pages([course])] == ["章"]
sys.stdout.write("boots, migrates and publishes\n")
