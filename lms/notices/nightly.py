"""What the night tells people, and the letter that tells of it."""

from datetime import date

from django.utils.translation import ngettext

from lms.notices.mailing import mail_everything
from lms.notices.services import send_reminders


def remind_nightly(on: date) -> str:
    count = send_reminders(on=on)
    mail_everything(key=f"notices {on}")
    return ngettext("%(number)d reminder", "%(number)d reminders", count) % {"number": count}
