"""Reading what is recorded: what other systems said and what our own learners did, as one list."""

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from lms.conf import conf
from lms.lrs.models import (
    LrsActivity,
    LrsAttachment,
    LrsClient,
    LrsPersona,
    LrsReach,
    LrsStatement,
    LrsTerm,
)
from lms.lrs.terms import RELATED, agent_key, number_of
from lms.lrs.validation import IDENTIFIERS
from lms.people.models import Employee
from lms.records.models import Statement
from lms.records.selectors import activities_by_iri

# How far the clocks of the web servers and of the database may be apart.
CLOCKS = timedelta(seconds=1)


@dataclass(frozen=True)
class Question:
    """What a list of statements is asked for (xAPI 1.0.3 part 3, 2.1.3). None = no matter.

    Attributes:
        since: stored after this moment.
        until: stored at this moment or before.
        after: stored and id of the last statement seen; the list goes on behind it.
        mine: only what this system said.
    """

    agent: dict[str, Any] | None = None
    verb: str | None = None
    activity: str | None = None
    registration: UUID | None = None
    related_agents: bool = False
    related_activities: bool = False
    since: datetime | None = None
    until: datetime | None = None
    ascending: bool = False
    after: tuple[datetime, UUID] | None = None
    mine: LrsClient | None = None

    @property
    def terms(self) -> list[UUID]:
        """What must be found in one statement."""
        agents = (RELATED if self.related_agents else "") + "agent"
        activities = (RELATED if self.related_activities else "") + "activity"
        asked = {
            agents: agent_key(self.agent) if self.agent is not None else None,
            "verb": self.verb,
            activities: self.activity,
            "registration": str(self.registration) if self.registration else None,
        }
        return [number_of(kind, value) for kind, value in asked.items() if value is not None]


def statements_asked_for(question: Question, *, limit: int) -> list[LrsStatement | Statement]:
    """At most so many, in the order asked for; voided ones never.

    Each kind is asked for by itself, so that the database may go by time where much is found and
    by what is asked for where little is.
    """
    kinds: list[QuerySet[Any]] = _of_systems(question)
    if question.mine is None:
        kinds.append(_of_learners(question))
    merged = heapq.merge(
        *(_in_part(rows, question)[:limit] for rows in kinds),
        key=lambda row: (row.stored, row.id),
        reverse=not question.ascending,
    )
    # One may be found by itself and by what it refers to.
    return list({row.id: row for row in merged}.values())[:limit]


def _in_part(rows: QuerySet[Any], question: Question) -> QuerySet[Any]:
    """Between the moments asked for, behind what was seen, in order."""
    if question.since is not None:
        rows = rows.filter(stored__gt=question.since)
    if question.until is not None:
        rows = rows.filter(stored__lte=question.until)
    if question.after is not None:
        stored, key = question.after
        way = "gt" if question.ascending else "lt"
        # The first condition says nothing new, but it is the one an index can answer.
        rows = rows.filter(**{f"stored__{way}e": stored}).filter(
            Q(**{f"stored__{way}": stored}) | Q(**{f"id__{way}": key})
        )
    return rows.order_by(*(("stored", "id") if question.ascending else ("-stored", "-id")))


def _of_systems(question: Question) -> list[QuerySet[Any]]:
    """Those that say what is asked for, and those that refer to one that does, voided or not."""
    rows = _not_voided(LrsStatement.objects.all())
    if question.mine is not None:
        rows = rows.filter(client=question.mine)
    if not question.terms:
        return [rows]
    matching = _with_terms(LrsStatement.objects.order_by(), question.terms)
    reaching = LrsReach.objects.filter(target__in=matching.values("id"))
    return [
        _with_terms(rows, question.terms),
        rows.filter(id__in=reaching.values("statement_id")),
    ]


def _with_terms(rows: QuerySet[LrsStatement], terms: Iterable[UUID]) -> QuerySet[LrsStatement]:
    for term in terms:
        rows = rows.filter(Exists(LrsTerm.objects.filter(statement=OuterRef("pk"), term=term)))
    return rows


def _not_voided(rows: QuerySet[LrsStatement]) -> QuerySet[LrsStatement]:
    """A voiding statement is not voided itself (1.0.3 part 2, 2.3.2)."""
    return rows.filter(Q(voids__isnull=False) | ~Exists(_voiding()))


def _voiding() -> QuerySet[LrsStatement]:
    """What voids a statement: its own system alone does."""
    return LrsStatement.objects.filter(voids=OuterRef("pk"), client=OuterRef("client"))


def _of_learners(question: Question) -> QuerySet[Statement]:
    """Learners name nobody but themselves, and the parts of an activity belong to it."""
    rows = Statement.objects.filter(voidings=None)
    if question.agent is not None:
        rows = rows.filter(employee__in=_employees_named(question.agent))
    if question.verb is not None:
        rows = rows.filter(verb=question.verb)
    if question.activity is not None:
        whole = question.activity.partition("#")[0]
        activity = activities_by_iri([whole]).get(whole)
        rows = rows.filter(activity=activity) if activity else rows.none()
        if not (question.related_activities and whole == question.activity):
            rows = rows.filter(statement__object__id=question.activity)
    if question.registration is not None:
        rows = rows.filter(statement__context__registration=str(question.registration))
    return rows


def _employees_named(agent: dict[str, Any]) -> QuerySet[Employee]:
    """Ours are named by an account of this office (`lms.records.services.actor_of`)."""
    account = agent.get("account", {})
    try:
        if account.get("homePage") != conf.ACTOR_HOME_PAGE:
            return Employee.objects.none()
        return Employee.objects.filter(uuid=UUID(account["name"]))
    except ValueError:
        return Employee.objects.none()


def statement_by_id(
    statement_id: UUID, *, mine: LrsClient | None, voided: bool
) -> LrsStatement | Statement | None:
    """The one with this id, if it is voided as asked; None = there is none such."""
    rows = LrsStatement.objects.filter(pk=statement_id)
    if mine is not None:
        rows = rows.filter(client=mine)
    rows = rows.filter(Exists(_voiding()), voids=None) if voided else _not_voided(rows)
    found = rows.first()
    if found is None and mine is None:
        learners = Statement.objects.filter(pk=statement_id, voidings__isnull=not voided)
        return learners.first()
    return found


def consistent_through() -> datetime:
    """Everything stored until then can be read now; what is being written may be later.

    Every `stored` is taken within the transaction that writes it, so the oldest one that is open
    tells.
    """
    now = timezone.now()
    if connection.vendor != "postgresql":
        return now
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(xact_start) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        (oldest,) = cursor.fetchone()
    return now if oldest is None else min(now, oldest - CLOCKS)


def definitions_of(iris: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Activity IRI -> everything said of it; one of which nothing was said is missing."""
    keys = [number_of("activity", iri) for iri in iris]
    return dict(LrsActivity.objects.filter(key__in=keys).values_list("iri", "definition"))


def person_of(agent: dict[str, Any]) -> dict[str, Any]:
    """What is known of an agent (1.0.3 part 3, 2.4): lists, as a person may have many of each."""
    known = LrsPersona.objects.filter(key=number_of("agent", agent_key(agent))).first()
    names = {*(known.names if known else []), *([agent["name"]] if "name" in agent else [])}
    person: dict[str, Any] = {"objectType": "Person"}
    if names:
        person["name"] = sorted(names)
    return person | {name: [agent[name]] for name in IDENTIFIERS if name in agent}


def attachments_named(statements: Iterable[Mapping[str, Any]]) -> list[LrsAttachment]:
    """The files that are kept of those the statements name, each once."""
    hashes = {
        attachment["sha2"].lower()
        for statement in statements
        for said in (statement, statement["object"])
        for attachment in said.get("attachments", [])
    }
    return list(LrsAttachment.objects.filter(sha2__in=hashes).order_by("sha2"))
