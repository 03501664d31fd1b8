"""What other systems say: statements about anybody and anything, and their documents.

Beside `lms.records`, which holds what our own learners did in our own courses and alone moves
progress. See docs/decisions/0018.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.conf import conf


class LrsClient(models.Model):
    """One row per system with a key of its own. Only the SHA-256 of its secret is kept."""

    name = models.CharField(_("name"), max_length=100, help_text=_("Which system it is."))
    key = models.CharField(max_length=40, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    scopes = models.JSONField(_("scopes"), default=list)
    created_at = models.DateTimeField(_("created at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    # What the REST framework asks of whoever signs in.
    is_authenticated = True

    class Meta:
        verbose_name = _("system that sends or reads records")
        verbose_name_plural = _("systems that send or read records")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def agent(self) -> dict[str, Any]:
        """The authority of what it says."""
        account = {"homePage": conf.ACTOR_HOME_PAGE, "name": self.key}
        return {"objectType": "Agent", "account": account}

    def may(self, scopes: set[str]) -> bool:
        """Whether it has one of the scopes, or all of them."""
        return bool({"all", *scopes} & set(self.scopes))


class LrsStatement(models.Model):
    """One row per statement taken. Never changed, never deleted (database triggers).

    `statement` is the whole of it, as the specification has it returned (format exact).
    """

    id = models.UUIDField(primary_key=True, editable=False)
    client = models.ForeignKey(LrsClient, on_delete=models.PROTECT, related_name="statements")
    stored = models.DateTimeField()
    fingerprint = models.CharField(
        max_length=64, help_text=_("SHA-256 of what the system sent, to tell a retry from a clash.")
    )
    voids = models.UUIDField(
        null=True, db_index=True, help_text=_("The statement that this one takes back.")
    )
    statement = models.JSONField()

    class Meta:
        verbose_name = _("statement of another system")
        verbose_name_plural = _("statements of other systems")
        ordering = ["stored", "id"]
        indexes = [models.Index(fields=["stored", "id"], name="lms_core_lrs_stored")]

    def __str__(self) -> str:
        return str(self.id)


class LrsTerm(models.Model):
    """One row per statement and thing it can be found by; see `lms.lrs.terms`."""

    statement = models.ForeignKey(LrsStatement, on_delete=models.PROTECT, related_name="terms")
    term = models.UUIDField()

    class Meta:
        verbose_name = _("term of a statement")
        verbose_name_plural = _("terms of statements")
        constraints = [
            models.UniqueConstraint(fields=["term", "statement"], name="lms_core_lrs_term_once")
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.term}"


class LrsReach(models.Model):
    """One row per statement and statement that it refers to, straight or through others.

    A question that finds the target finds the statement too (xAPI 1.0.3 part 3, 2.1.3).
    """

    statement = models.ForeignKey(LrsStatement, on_delete=models.PROTECT, related_name="reaches")
    target = models.UUIDField(db_index=True, help_text=_("Perhaps not here yet."))

    class Meta:
        verbose_name = _("reference between statements")
        verbose_name_plural = _("references between statements")
        constraints = [
            models.UniqueConstraint(fields=["statement", "target"], name="lms_core_lrs_reach_once")
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.target}"


class LrsAttachment(models.Model):
    """One row per file that came with statements; they name it by its hash."""

    sha2 = models.CharField(primary_key=True, max_length=128)
    content_type = models.CharField(max_length=255)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("attached file")
        verbose_name_plural = _("attached files")

    def __str__(self) -> str:
        return self.sha2


class LrsDocument(models.Model):
    """One row per document: a state, or a profile of an activity or an agent.

    Attributes:
        shelf: what it belongs to, without registration and name; see `lms.lrs.terms`.
    """

    class Kind(models.TextChoices):
        STATE = "state", _("activity state")
        ACTIVITY_PROFILE = "activity", _("activity profile")
        AGENT_PROFILE = "agent", _("agent profile")

    key = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    shelf = models.UUIDField(db_index=True)
    registration = models.UUIDField(null=True)
    name = models.TextField(help_text=_("stateId or profileId."))
    document = models.BinaryField()
    content_type = models.CharField(max_length=255)
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("document of another system")
        verbose_name_plural = _("documents of other systems")

    def __str__(self) -> str:
        return self.name


class LrsActivity(models.Model):
    """One row per activity that a statement described: everything that was said of it."""

    key = models.UUIDField(primary_key=True, editable=False)
    iri = models.TextField()
    definition = models.JSONField()

    class Meta:
        verbose_name = _("activity of other systems")
        verbose_name_plural = _("activities of other systems")

    def __str__(self) -> str:
        return self.iri


class LrsPersona(models.Model):
    """One row per agent that a statement named: the names it was given."""

    key = models.UUIDField(primary_key=True, editable=False)
    names = models.JSONField(default=list)

    class Meta:
        verbose_name = _("agent of other systems")
        verbose_name_plural = _("agents of other systems")

    def __str__(self) -> str:
        return ", ".join(self.names)


class LrsReading(models.Model):
    """One row per time a system was shown what others said or keep. Kept for whoever asks."""

    client = models.ForeignKey(LrsClient, on_delete=models.PROTECT, related_name="readings")
    at = models.DateTimeField(db_index=True)
    address = models.CharField(max_length=100)
    asked = models.JSONField(help_text=_("The parameters of the request."))
    shown = models.PositiveIntegerField(help_text=_("How many statements or documents."))

    class Meta:
        verbose_name = _("reading of records")
        verbose_name_plural = _("readings of records")

    def __str__(self) -> str:
        return f"{self.client_id} {self.at}"
