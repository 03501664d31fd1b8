"""Who may decide on a course, and why somebody may not: one place that answers.

Nobody judges their own work, and nobody decides twice. A guest decides only what the reviewer
who gave the link could decide; the guest's decision counts as the giver's too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import registry
from wagtail.models import (
    COMMENTS_RELATION_NAME,
    AbstractGroupApprovalTask,
    Revision,
    TaskState,
    WorkflowState,
)

from courses.catalogue.locks import review_of
from courses.catalogue.models import Activity, Course, CourseVersion

# A Wagtail hook, called with a course: the packages above know tiers.
MANDATORY_FOR_TIER = "lms_courses_is_mandatory_for_tier"
SUBMITTED = "lms_courses.submit"
# What a revision holds besides the author's work: a reviewer's comment makes a revision too.
NOT_WORK = frozenset(
    {
        COMMENTS_RELATION_NAME,
        "comments",
        "first_published_at",
        "has_unpublished_changes",
        "last_published_at",
        "latest_revision",
        "latest_revision_created_at",
        "live",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
    }
)


@dataclass(frozen=True)
class Objection:
    """Why somebody may not decide; `code` is stable."""

    code: str
    message: str | Promise


NOT_A_REVIEWER = Objection("not_a_reviewer", _("You are not a reviewer of this course."))
OWN_WORK = Objection(
    "own_work", _("You worked on this draft or submitted it. Somebody else approves it.")
)
DECIDED_BEFORE = Objection(
    "decided_before", _("You have given your approval. The second one is another person's.")
)
NEEDS_ACCOUNT = Objection(
    "needs_account", _("The final approval is given by an employee of the office.")
)
COMMENTS_ONLY = Objection("comments_only", _("With this link you can comment, not decide."))


def needs_second_approval(course: Course) -> bool:
    return any(ask(course) for ask in hooks.get_hooks(MANDATORY_FOR_TIER))


def objection(task: Any, page: Any, user: Any) -> Objection | None:
    """Why the person may not decide the task on the course page now; None = they may.

    Args:
        task: a `CourseTask`.
        user: a reviewer's account, or that of a guest by link.
    """
    page = page.specific
    links = list(approving_links(page, user))
    if links:
        if task.needs_account:
            return NEEDS_ACCOUNT
        if any(is_author(page, twin) for link in links for twin in _accounts_of(link.email)):
            return OWN_WORK
        reasons = [_objection_to_member(task, page, link.created_by) for link in links]
        return None if None in reasons else reasons[0]
    if not user.is_active:
        return COMMENTS_ONLY
    return _objection_to_member(task, page, user)


def _objection_to_member(task: Any, page: Any, user: Any) -> Objection | None:
    if not is_member(task, user):
        return NOT_A_REVIEWER
    if is_author(page, user):
        return OWN_WORK
    return DECIDED_BEFORE if user.pk in _people_who_approved(page) else None


def is_member(task: Any, user: Any) -> bool:
    """Whether the account belongs to the groups that decide the task, or administers the site."""
    if not user.is_active:
        return False
    return bool(user.is_superuser or task.groups.filter(user=user).exists())


def is_reviewer(page: Any, user: Any) -> bool:
    """Whether the person decides a step of the course's workflow, on whichever draft."""
    workflow = page.get_workflow()
    if workflow is None:
        return False
    tasks = [task.specific for task in workflow.tasks]
    return any(
        is_member(task, user) for task in tasks if isinstance(task, AbstractGroupApprovalTask)
    )


def approving_links(page: Any, guest: Any) -> QuerySet[Any]:
    """The guest's valid links to the course that may approve; none for people with accounts."""
    links: QuerySet[Any] = guest.review_links.all()
    if guest.is_active:
        return links.none()
    return valid_links(links).filter(
        course=page.course_id,
        language=page.locale.language_code,
        is_guest=True,
        may_approve=True,
    )


def valid_links(links: QuerySet[Any]) -> QuerySet[Any]:
    return links.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())


def _accounts_of(email: str) -> Any:
    users = get_user_model().objects.filter(is_active=True)
    return users.filter(email__iexact=email) if email else users.none()


def _people_who_approved(page: Any) -> set[int]:
    """Ids of everybody who took part in an approval of the review in progress."""
    review = review_of(page)
    if review is None:
        return set()
    approved = review.task_states.filter(status=TaskState.STATUS_APPROVED)
    people: set[int] = set()
    for state in approved.exclude(finished_by=None).select_related("finished_by"):
        people.add(state.finished_by_id)
        if not state.finished_by.is_active:
            given = state.finished_by.review_links.filter(course=page.course_id)
            people.update(given.values_list("created_by_id", flat=True))
    return people


def is_author(page: Any, user: Any) -> bool:
    """Whether the draft holds work of the person: changed or submitted since it was published."""
    last = last_version(page)
    submissions = WorkflowState.objects.for_instance(page).filter(requested_by=user)
    revisions = _revisions_below(page).filter(user=user)
    if last is not None:
        submissions = submissions.filter(created_at__gt=last.published_at)
        published = [item["revision"] for item in last.contents["pages"]]
        revisions = revisions.filter(created_at__gt=last.published_at).exclude(pk__in=published)
    return submissions.exists() or any(_is_work(revision) for revision in revisions)


def last_version(page: Any) -> CourseVersion | None:
    """What learners have in the page's language; None = nothing yet."""
    return (
        CourseVersion.objects.filter(course=page.course_id, language=page.locale.language_code)
        .order_by("number")
        .last()
    )


def _revisions_below(page: Any) -> QuerySet[Revision]:
    """Revisions of the course page, of every page below it and of the course's activities."""
    pages = page.get_descendants(inclusive=True).values_list("pk", flat=True)
    activities = list(Activity.objects.filter(course=page.course_id))
    ours = Q(base_content_type=page.get_base_content_type(), object_id__in=list(map(str, pages)))
    if activities:
        ours |= Q(
            base_content_type=activities[0].get_base_content_type(),
            object_id__in=[str(item.pk) for item in activities],
        )
    found: QuerySet[Revision] = Revision.objects.filter(ours).order_by("-created_at")
    return found


def _is_work(revision: Revision) -> bool:
    """Whether the revision changed anything that a learner could see."""
    try:
        before = revision.get_previous()
    except Revision.DoesNotExist:
        return True
    return dict(_work(revision)) != dict(_work(before))


def _work(revision: Revision) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in revision.content.items() if name not in NOT_WORK)


def submission_note(review: WorkflowState) -> str:
    """What the author wrote when submitting; "" = nothing."""
    page = review.content_object.specific
    entries = registry.get_logs_for_instance(page).filter(action=SUBMITTED)
    for entry in entries.order_by("-timestamp"):
        if entry.data.get("review") == review.pk:
            return str(entry.data.get("note", ""))
    return ""
