"""Links for guests through the admin's addresses, and who may give which."""

import re
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from courses.authoring.review.exceptions import MayNotInvite, ReviewLinkNotValid
from courses.authoring.review.links import invite_guest, link_for
from courses.authoring.review.models import ReviewLink
from tests.factories.reviews import Desk

ADDRESS = re.compile(r'value="(http[^"]*/review/(review_[\w-]{40,}))"')


def links_address(desk: Desk) -> str:
    return reverse("lms_courses_review:links", args=[desk.page.pk])


def give(desk: Desk, role: str, **fields: Any) -> Any:
    data = {"name": "専門家 佐久間", "days": 14} | fields
    return desk.client(role).post(links_address(desk), data)


@pytest.mark.parametrize(
    ("role", "given", "may_approve"),
    [
        ("author", True, False),
        ("reviewer", True, True),
        ("admin", True, True),
        ("stranger", False, None),
    ],
)
def test_reviewers_let_others_approve_and_authors_let_them_comment(
    desk: Desk, role: str, given: bool, may_approve: bool | None
) -> None:
    response = give(desk, role, may_approve="on")
    link = ReviewLink.objects.first()
    assert (link is not None) is given
    if link is None:
        assert response.status_code in {302, 403}
        return
    assert link.may_approve is may_approve
    assert link.created_by == desk.people[role]
    assert link.reviewer.get_full_name() == "専門家 佐久間"
    assert not link.reviewer.is_active
    assert not link.reviewer.has_usable_password()
    match = ADDRESS.search(response.content.decode())
    assert match
    assert link_for(match[2], user=desk.people["stranger"]) == link
    assert match[2] not in desk.client(role).get(links_address(desk)).content.decode()
    assert match[2] not in link.digest


def test_only_a_reviewer_lets_others_approve(desk: Desk) -> None:
    with pytest.raises(MayNotInvite) as refused:
        invite_guest(page=desk.page, by=desk.people["author"], name="友", may_approve=True)
    assert refused.value.place == "may_approve"
    assert not ReviewLink.objects.exists()


@pytest.mark.parametrize("days", ["0", "91", "", "x"])
def test_a_link_lives_from_1_to_90_days(desk: Desk, days: str) -> None:
    assert give(desk, "reviewer", days=days).status_code == 200
    assert not ReviewLink.objects.exists()


def test_the_link_is_sent_by_e_mail_where_an_address_is_given(desk: Desk) -> None:
    give(desk, "reviewer", email="sakuma@example.jp")
    assert [message.to for message in mail.outbox] == [["sakuma@example.jp"]]
    assert "/review/review_" in mail.outbox[0].body


def test_a_guest_invited_again_is_the_same_person(desk: Desk) -> None:
    give(desk, "reviewer", email="sakuma@example.jp")
    give(desk, "reviewer2", email="Sakuma@example.jp")
    give(desk, "reviewer2")
    reviewers = list(ReviewLink.objects.order_by("pk").values_list("reviewer", flat=True))
    assert reviewers[0] == reviewers[1] != reviewers[2]


@pytest.mark.parametrize(
    ("role", "works"),
    [("author", True), ("reviewer", True), ("colleague", False), ("stranger", False)],
)
def test_the_giver_and_the_reviewers_take_a_link_back(desk: Desk, role: str, works: bool) -> None:
    link, secret = invite_guest(
        page=desk.page, by=desk.people["author"], name="専門家", may_approve=False
    )
    desk.client(role).post(reverse("lms_courses_review:revoke", args=[link.pk]))
    link.refresh_from_db()
    assert (link.revoked_at is not None) is works
    if works:
        with pytest.raises(ReviewLinkNotValid):
            link_for(secret, user=link.reviewer)


def test_a_new_address_replaces_the_old_one(desk: Desk) -> None:
    link, secret = invite_guest(
        page=desk.page, by=desk.people["author"], name="専門家", may_approve=False
    )
    response = desk.client("author").post(reverse("lms_courses_review:renew", args=[link.pk]))
    match = ADDRESS.search(response.content.decode())
    assert match
    assert link_for(match[2], user=link.reviewer) == link
    with pytest.raises(ReviewLinkNotValid):
        link_for(secret, user=link.reviewer)


def test_an_author_cannot_renew_the_approving_link_of_a_reviewer(desk: Desk) -> None:
    link, secret = invite_guest(
        page=desk.page, by=desk.people["reviewer"], name="専門家", may_approve=True
    )
    response = desk.client("author").post(reverse("lms_courses_review:renew", args=[link.pk]))
    assert "/review/review_" not in response.content.decode()
    assert link_for(secret, user=link.reviewer) == link


def test_a_reviewers_own_link_works_in_their_session_only(desk: Desk) -> None:
    response = desk.client("reviewer").get(reverse("lms_courses_review:open", args=[desk.page.pk]))
    secret = response["Location"].rsplit("/", 1)[1]
    assert link_for(secret, user=desk.people["reviewer"]).reviewer == desk.people["reviewer"]
    with pytest.raises(ReviewLinkNotValid):
        link_for(secret, user=desk.people["reviewer2"])
    assert desk.client("stranger").get(
        reverse("lms_courses_review:open", args=[desk.page.pk])
    ).status_code in {302, 403}


def test_links_end_with_the_account_that_gave_them(desk: Desk) -> None:
    link, secret = invite_guest(
        page=desk.page, by=desk.people["author"], name="専門家", may_approve=False
    )
    desk.people["author"].is_active = False
    desk.people["author"].save()
    with pytest.raises(ReviewLinkNotValid):
        link_for(secret, user=link.reviewer)
    assert link.expires_at > timezone.now()
