"""Notices by e-mail: one letter a person, however many there are to tell of."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.conf import conf
from lms.jobs.registry import Job
from lms.jobs.services import start_job
from lms.jobs.work import Work
from lms.notices.kinds import kind_title, notice_path, notice_text
from lms.notices.models import MailChoice, Notice, NoticePreference
from lms.notices.selectors import unsent
from lms.people.models import Employee

MAIL_NOTICES = "mail_notices"
# A first assignment of the whole office may be hundreds; nobody reads a letter of hundreds.
MOST_LINES = 20
# After so many refusals one after the other the mail server is taken to be away.
MOST_REFUSALS = 3


def mail_at_once(people: Iterable[int]) -> None:
    """Have the workers mail, after this transaction, what these people want to hear of at once."""
    asked = sorted(set(people))
    if asked:
        transaction.on_commit(
            lambda: start_job(kind=MAIL_NOTICES, arguments={"people": asked}) and None
        )


def mail_everything(*, key: str = "") -> None:
    """The same of whatever was not mailed yet, to everybody: the digest of the day.

    Args:
        key: asked for again with the same one, nothing is done again. Empty = it is.
    """
    transaction.on_commit(lambda: start_job(kind=MAIL_NOTICES, key=key) and None)


def send_letters(work: Work) -> None:
    """One step a person. What the mail server refuses stays for the next run."""
    people = work.arguments.get("people")
    rows = unsent()
    if people is not None:
        rows = rows.filter(recipient__in=people, when=MailChoice.When.AT_ONCE)
    waiting = list(rows.order_by("recipient").values_list("recipient", flat=True).distinct())
    # Who had a letter is not among those who wait: an attempt begins with those who are left.
    work.expect(work.position + len(waiting))
    refused = in_a_row = 0
    for recipient_id in waiting:
        with work.step():
            is_sent = _send_letter(recipient_id, is_digest=people is None)
            refused += not is_sent
            in_a_row = 0 if is_sent else in_a_row + 1
            work.message = _refusals(refused) if refused else ""
        if in_a_row == MOST_REFUSALS:
            break


def _refusals(number: int) -> str:
    return ngettext(
        "The mail server refused %(number)d letter; the next run tries again.",
        "The mail server refused %(number)d letters; the next run tries again.",
        number,
    ) % {"number": number}


def _send_letter(recipient_id: int, *, is_digest: bool) -> bool:
    # Two jobs at once: the second waits here and then finds nothing left to send.
    recipient = Employee.objects.select_for_update().get(pk=recipient_id)
    rows = unsent().filter(recipient=recipient).select_related("course", "about").order_by("pk")
    notices = list(rows if is_digest else rows.filter(when=MailChoice.When.AT_ONCE))
    if not notices:
        return True
    with translation.override(_language_of(recipient)):
        subject, text = letter(recipient, notices)
    try:
        send_mail(subject, text, None, [recipient.email])
    except OSError:
        return False
    Notice.objects.filter(pk__in=[row.pk for row in notices]).update(emailed_at=timezone.now())
    return True


def letter(recipient: Employee, notices: Sequence[Any]) -> tuple[str, str]:
    """Subject and text, in the active language."""
    kinds = {kind_title(notice.kind) for notice in notices}
    count = {"number": len(notices)}
    about = (
        kinds.pop()
        if len(kinds) == 1
        else ngettext("%(number)d notice", "%(number)d notices", len(notices)) % count
    )
    parts = [_("To %(name)s,") % {"name": recipient.name}]
    for notice in notices[:MOST_LINES]:
        parts.append(f"- {notice_text(notice)}\n  {conf.SITE_ORIGIN}{notice_path(notice)}")
    left = len(notices) - MOST_LINES
    if left > 0:
        parts.append(
            ngettext("%(number)d more: %(address)s", "%(number)d more: %(address)s", left)
            % {"number": left, "address": f"{conf.SITE_ORIGIN}/notices"}
        )
    parts.append(
        _("When you are sent e-mail, and in which language, is for you to choose: %(address)s")
        % {"address": f"{conf.SITE_ORIGIN}/notices/settings"}
    )
    return f"[{conf.OFFICE_NAME}] {about}", "\n\n".join(parts) + "\n"


def _language_of(recipient: Employee) -> str:
    chosen = NoticePreference.objects.filter(employee=recipient).values_list("language", flat=True)
    return chosen.first() or settings.LANGUAGE_CODE


MAIL_JOB = Job(MAIL_NOTICES, gettext_lazy("Notices by e-mail"), send_letters)
