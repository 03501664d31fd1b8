"""Links to the review screen: for guests without an account, and for reviewers themselves."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.authoring.policy import may_on_page
from courses.authoring.review.exceptions import MayNotInvite, ReviewLinkNotValid
from courses.authoring.review.models import ReviewLink
from courses.authoring.review.rules import is_reviewer, valid_links
from courses.catalogue.selectors import course_pages
from courses.conf import conf

# So that a leaked link is recognised for what it is.
PREFIX = "review_"
DAYS, MOST_DAYS = 14, 90
# A reviewer's own link replaces the sign-in for one sitting.
OWN_HOURS = 12


def link_digest(secret: str) -> str:
    """The secret is long and random, so a plain hash suffices, and looking it up in the index
    tells nothing about it by the time that takes."""
    return hashlib.sha256(secret.encode()).hexdigest()


def may_invite(page: Any, user: Any) -> bool:
    """Whether the person may give links to the review screen of the course."""
    return may_on_page(user, "invite", page) or is_reviewer(page, user)


@transaction.atomic
def invite_guest(
    *, page: Any, by: Any, name: str, email: str = "", may_approve: bool, days: int = DAYS
) -> tuple[ReviewLink, str]:
    """A link for somebody without an account, and its secret, which cannot be read again.

    Raises:
        MayNotInvite: not this person, or not with the right to approve: a link gives no more
            than its giver has.
    """
    if not may_invite(page, by):
        raise MayNotInvite(_("You may not invite reviewers to this course."))
    if may_approve and not is_reviewer(page, by):
        raise MayNotInvite(
            _("Only a reviewer of the course can let somebody else approve it."),
            place="may_approve",
        )
    now = timezone.now()
    return _create_link(
        page=page,
        name=name,
        email=email,
        reviewer=_guest(page, name=name, email=email),
        is_guest=True,
        may_approve=may_approve,
        created_by=by,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )


@transaction.atomic
def open_own_review(*, page: Any, by: Any) -> str:
    """The secret of a short-lived link for the person's own account.

    Raises:
        MayNotInvite: the course is not theirs to see.
    """
    if not may_invite(page, by):
        raise MayNotInvite(_("You may not review this course."))
    now = timezone.now()
    own = ReviewLink.objects.filter(reviewer=by, is_guest=False)
    own.filter(expires_at__lte=now).delete()
    _link, secret = _create_link(
        page=page,
        name=by.get_full_name() or by.get_username(),
        reviewer=by,
        is_guest=False,
        may_approve=True,  # where the rules let them
        created_by=by,
        created_at=now,
        expires_at=now + timedelta(hours=OWN_HOURS),
    )
    return secret


def revoke_link(*, link: ReviewLink) -> None:
    """The link stops working at once; the first revocation keeps its date."""
    ReviewLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())


@transaction.atomic
def renew_link(*, link: ReviewLink) -> str:
    """Another secret for a link that was lost; the one before stops working."""
    secret = _secret()
    ReviewLink.objects.filter(pk=link.pk).update(digest=link_digest(secret))
    return secret


def send_link(*, link: ReviewLink, secret: str) -> bool:
    """E-mail the address to the guest; False = the mail server did not take it."""
    lines = (
        _("%(name)s, you are asked to review the course “%(course)s”.")
        % {"name": link.name, "course": page_of(link).title},
        address_of(secret),
        _("The link works until %(until)s. Please do not pass it on.")
        % {"until": timezone.localtime(link.expires_at).strftime("%Y-%m-%d %H:%M")},
    )
    try:
        return bool(
            send_mail(
                _("Please review: %(course)s") % {"course": page_of(link).title},
                "\n\n".join(lines),
                None,
                [link.email],
            )
        )
    except OSError:
        return False


def address_of(secret: str) -> str:
    """Where the review screen is; "" = the host has none."""
    return conf.REVIEW_ADDRESS.replace("{token}", secret)


def link_for(secret: str, *, user: Any) -> ReviewLink:
    """The link of a secret. A reviewer's own works in that reviewer's session only.

    Raises:
        ReviewLinkNotValid: unknown, expired or revoked.
    """
    link: ReviewLink | None = (
        valid_links(ReviewLink.objects.all())
        .select_related("course", "reviewer", "created_by")
        .filter(digest=link_digest(secret))
        .first()
    )
    if link is None or not link.created_by.is_active:
        raise _not_valid()
    if not link.is_guest and link.reviewer_id != user.pk:
        raise _not_valid()
    return link


def page_of(link: ReviewLink) -> Any:
    """The course page a link is about.

    Raises:
        ReviewLinkNotValid: it was deleted.
    """
    for page in course_pages(link.course):
        if page.locale.language_code == link.language:
            return page
    raise _not_valid()


def links_to(page: Any) -> list[ReviewLink]:
    """The links given to guests of the course page, newest first."""
    return list(
        ReviewLink.objects.filter(
            course=page.course_id, language=page.locale.language_code, is_guest=True
        ).select_related("created_by")
    )


def _not_valid() -> ReviewLinkNotValid:
    return ReviewLinkNotValid(
        _("This link does not work, or no longer. Ask whoever gave it to you for a new one.")
    )


def _secret() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def _create_link(*, page: Any, **fields: Any) -> tuple[ReviewLink, str]:
    secret = _secret()
    link = ReviewLink.objects.create(
        course=page.course,
        language=page.locale.language_code,
        digest=link_digest(secret),
        **fields,
    )
    return link, secret


def _guest(page: Any, *, name: str, email: str) -> Any:
    """The account that comments carry: it cannot sign in and may nothing.

    Invited again with the same address, a guest is the same person.
    """
    if email:
        before = ReviewLink.objects.filter(
            course=page.course_id, is_guest=True, email__iexact=email
        ).first()
        if before is not None:
            return before.reviewer
    model: Any = get_user_model()
    guest = model(**{model.USERNAME_FIELD: f"guest-{secrets.token_hex(6)}", "is_active": False})
    if hasattr(guest, "last_name"):
        guest.last_name = name
    guest.set_unusable_password()
    guest.save()
    return guest
