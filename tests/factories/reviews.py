"""A course of a section with its authors, reviewers and administrator, and how they act."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page

from courses.authoring.publishing import publish_course
from courses.authoring.review.services import set_up_review
from courses.authoring.services import REVIEWERS, set_up_authors
from courses.pages.models import CourseIndexPage, CoursePage, CourseSectionPage, LessonPage
from tests.factories.courses import make_course
from tests.factories.courses import publish_course as make_pages
from tests.factories.people import make_user


@dataclass
class Desk:
    """The course as published once, and the people around it; users by role."""

    page: CoursePage
    lesson: LessonPage
    people: dict[str, Any]

    def client(self, role: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(self.people[role])
        return client

    def edit_lesson(self, role: str, text: str = "新しい本文") -> None:
        """A draft of the first lesson, by the person."""
        lesson = LessonPage.objects.get(pk=self.lesson.pk).get_latest_revision_as_object()
        body = lesson.body.get_prep_value()
        body[0]["value"] = f"<p>{text}</p>"
        lesson.body = body
        lesson.save_revision(user=self.people[role])

    def fresh(self) -> CoursePage:
        return CoursePage.objects.get(pk=self.page.pk)


def make_desk() -> Desk:
    course = make_course("C1", lessons=2, is_published=False)
    made = make_pages(course)
    index = CourseIndexPage.objects.get()
    index.refresh_from_db()
    section = index.add_child(instance=CourseSectionPage(title="業務改革", slug="reform"))
    Page.objects.get(pk=made.pk).move(section, pos="last-child")
    page = CoursePage.objects.get(pk=made.pk)
    publish_course(page=page)
    set_up_review(root=CourseIndexPage.objects.get())
    authors = set_up_authors(section=section)
    people = {
        role: make_user(role, email=f"{role}@example.jp")
        for role in ("author", "colleague", "reviewer", "reviewer2", "stranger")
    }
    people["admin"] = make_user("admin", is_superuser=True, is_staff=True)
    for role in ("author", "colleague"):
        people[role].groups.add(authors)
    reviewers = Group.objects.get(name=REVIEWERS)
    for role in ("reviewer", "reviewer2"):
        people[role].groups.add(reviewers)
    page = CoursePage.objects.get(pk=page.pk)
    lesson = LessonPage.objects.child_of(page).first()
    return Desk(page=page, lesson=lesson, people=people)
