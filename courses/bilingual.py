"""Titles in Japanese and English, chosen by the reader's language.

Reference rows (courses, tiers, competencies, projects) keep both languages in two columns:
they are short, both are always needed (exports, other offices), and a join for each of
them would cost more than the column.
"""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

KEY_VALIDATOR = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9_.-]*\Z",
    _("Use letters, digits, hyphen, underscore and full stop only."),
)


def in_language(row: Any, field: str) -> str:
    """The text of `field` in the active language; Japanese where there is no English.

    `row` has `<field>_ja` and `<field>_en`.
    """
    english: str = getattr(row, f"{field}_en")
    if english and (get_language() or "ja").split("-")[0] != "ja":
        return english
    japanese: str = getattr(row, f"{field}_ja")
    return japanese


class BilingualTitle(models.Model):
    """A row people read: a Japanese title, and an English one that may be missing."""

    title_ja = models.CharField(_("title (Japanese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self, "title")


class Keyed(models.Model):
    """A row that people and files name by a short, stable key."""

    key = models.CharField(_("key"), max_length=64, unique=True, validators=[KEY_VALIDATOR])

    class Meta:
        abstract = True
