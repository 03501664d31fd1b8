"""Taking what other systems say. It is kept and shown; it does not move anybody's progress."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.conf import conf
from lms.exceptions import InvalidStatement, StatementConflict
from lms.lrs.exceptions import InvalidAttachment, MayNotVoid
from lms.lrs.models import (
    LrsActivity,
    LrsAttachment,
    LrsClient,
    LrsPersona,
    LrsReach,
    LrsStatement,
    LrsTerm,
)
from lms.lrs.signature import check_signature, is_signature
from lms.lrs.terms import activities_in, agent_key, agents_in, number_of, terms_of
from lms.lrs.validation import check_statement
from lms.lrs.values import Version
from lms.outbox.services import queue_statements
from lms.records.models import Statement
from lms.records.statement import VOIDED

# By the number of hexadecimal digits of the hash (SHA-2).
HASHES = {56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}
# What two statements under one id may differ in (1.0.3 part 2, 2.3.1).
INCIDENTAL = {"id", "stored", "authority", "version"}


@dataclass(frozen=True)
class File:
    """What came with statements."""

    content_type: str
    content: bytes


@transaction.atomic
def store_lrs_statements(
    *,
    client: LrsClient,
    statements: Any,
    files: Mapping[str, File] | None = None,
    version: Version,
    statement_id: UUID | None = None,
) -> list[UUID]:
    """Take what a system says; all of it, or none. Saying it again changes nothing.

    Args:
        statements: one statement or a list, as decoded from JSON.
        files: hash as sent -> what came with the statements.
        statement_id: the id the address names, for one statement alone.

    Returns:
        The ids in the order sent.

    Raises:
        InvalidStatement: one is not as the specification says; `place` says where.
        InvalidAttachment: a file is missing, left over, or not what its hash says.
        StatementConflict: an id is already used for something else.
        MayNotVoid: one would void what another system or a learner said.
    """
    sent = _checked(statements, version=version, statement_id=statement_id)
    kept = _checked_files(sent, files or {})
    stored = timezone.now()
    rows = [_row(client, item, version=version, stored=stored) for item in sent]
    fresh = _new_ones(client, rows)
    try:
        # A savepoint, so that the caller's transaction survives to say what went wrong.
        with transaction.atomic():
            LrsStatement.objects.bulk_create(fresh)
    except IntegrityError as error:
        raise StatementConflict(_("Another request stored one of these ids just now.")) from error
    LrsAttachment.objects.bulk_create(kept, ignore_conflicts=True)
    LrsTerm.objects.bulk_create(
        LrsTerm(statement=row, term=term) for row in fresh for term in terms_of(row.statement)
    )
    queue_statements(statements=[row.statement for row in fresh])
    _note_references(fresh)
    _note_activities([row.statement for row in fresh])
    _note_agents([row.statement for row in fresh])
    return [row.id for row in rows]


def _checked(
    statements: Any, *, version: Version, statement_id: UUID | None
) -> list[dict[str, Any]]:
    """The statements with ids, each as the specification says."""
    if statement_id is not None and not isinstance(statements, dict):
        raise InvalidStatement(_("Send one statement."))
    listed = statements if isinstance(statements, list) else [statements]
    if len(listed) > conf.STATEMENT_BATCH_LIMIT:
        raise InvalidStatement(
            _("Send at most %(limit)d statements at a time.")
            % {"limit": conf.STATEMENT_BATCH_LIMIT}
        )
    checked = []
    for n, item in enumerate(listed):
        place = f"[{n}]" if isinstance(statements, list) else ""
        check_statement(item, version=version, place=place)
        own = item.get("id", str(statement_id or uuid4())).lower()
        if statement_id is not None and own != str(statement_id):
            raise InvalidStatement(_("The id is not that of the address."), place="id")
        checked.append(item | {"id": own})
    if len({item["id"] for item in checked}) < len(checked):
        raise InvalidStatement(_("The same id stands twice in the list."))
    return checked


def _attachments_of(statement: dict[str, Any]) -> list[dict[str, Any]]:
    thing = statement["object"]
    inner = _attachments_of(thing) if thing.get("objectType") == "SubStatement" else []
    return [*statement.get("attachments", []), *inner]


def _checked_files(
    statements: Sequence[dict[str, Any]], files: Mapping[str, File]
) -> list[LrsAttachment]:
    """The files to keep: each is named by a statement, and is what its hash says."""
    given = {sha2.lower(): file for sha2, file in files.items()}
    for sha2, file in given.items():
        algorithm = HASHES.get(len(sha2))
        if algorithm is None or hashlib.new(algorithm, file.content).hexdigest() != sha2:
            raise InvalidAttachment(_("A file is not what its hash says."), place=sha2)
    named = set()
    for statement in statements:
        for attachment in _attachments_of(statement):
            sha2 = attachment["sha2"].lower()
            named.add(sha2)
            if sha2 not in given and "fileUrl" not in attachment:
                raise InvalidAttachment(_("A file that a statement names is missing."), place=sha2)
            if is_signature(attachment):
                if sha2 not in given:
                    raise InvalidAttachment(_("A signature comes with its statement."), place=sha2)
                check_signature(statement, attachment, given[sha2].content)
    if left_over := sorted(given.keys() - named):
        raise InvalidAttachment(_("No statement names this file."), place=left_over[0])
    return [
        LrsAttachment(sha2=sha2, content_type=file.content_type, content=file.content)
        for sha2, file in given.items()
    ]


def _row(
    client: LrsClient, sent: dict[str, Any], *, version: Version, stored: datetime
) -> LrsStatement:
    """The statement as it is returned: with what the store adds (1.0.3 part 2, 2.4)."""
    now = written(stored)
    whole = {"timestamp": now, "version": version.of_statements} | _with_lists(sent)
    whole |= {"stored": now, "authority": client.agent}
    said = {name: value for name, value in sent.items() if name not in INCIDENTAL}
    is_voiding = sent["verb"]["id"] == VOIDED
    return LrsStatement(
        id=UUID(sent["id"]),
        client=client,
        stored=stored,
        voids=UUID(sent["object"]["id"]) if is_voiding else None,
        fingerprint=hashlib.sha256(
            json.dumps(said, sort_keys=True, ensure_ascii=False).encode()
        ).hexdigest(),
        statement=whole,
    )


def written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _with_lists(said: dict[str, Any]) -> dict[str, Any]:
    """Context activities are returned as lists, however they were sent (1.0.3 part 2, 2.4.6.2)."""
    changed = dict(said)
    related = said.get("context", {}).get("contextActivities")
    if related:
        listed = {
            name: value if isinstance(value, list) else [value] for name, value in related.items()
        }
        changed["context"] = said["context"] | {"contextActivities": listed}
    if said["object"].get("objectType") == "SubStatement":
        changed["object"] = _with_lists(said["object"])
    return changed


def _new_ones(client: LrsClient, rows: Sequence[LrsStatement]) -> list[LrsStatement]:
    """The rows that are not there yet."""
    ids = [row.id for row in rows]
    known = dict(LrsStatement.objects.filter(id__in=ids).values_list("id", "fingerprint"))
    others = set(Statement.objects.filter(id__in=ids).values_list("id", flat=True))
    for row in rows:
        if row.id in others or known.get(row.id, row.fingerprint) != row.fingerprint:
            raise StatementConflict(
                _("A different statement with this id is already stored."), place=str(row.id)
            )
    targets = {row.voids for row in rows if row.voids}
    if targets and (
        LrsStatement.objects.filter(id__in=targets).exclude(client=client).exists()
        or Statement.objects.filter(id__in=targets).exists()
    ):
        raise MayNotVoid(_("A system voids only what it said itself."))
    return [row for row in rows if row.id not in known]


def _note_references(rows: Iterable[LrsStatement]) -> None:
    """Each refers to its target and to what that refers to; so do those that refer to it."""
    for row in rows:
        thing = row.statement["object"]
        if thing.get("objectType") != "StatementRef":
            continue
        target = UUID(thing["id"])
        targets = {target, *_reach_of(target)}
        sources = LrsReach.objects.filter(target=row.id).values_list("statement_id", flat=True)
        LrsReach.objects.bulk_create(
            [
                LrsReach(statement_id=source, target=reached)
                for source in {row.id, *sources}
                for reached in targets - {source}
            ],
            ignore_conflicts=True,
        )


def _reach_of(statement_id: UUID) -> set[UUID]:
    return set(LrsReach.objects.filter(statement_id=statement_id).values_list("target", flat=True))


def _note_activities(statements: Iterable[dict[str, Any]]) -> None:
    """Put together what is said of each activity; of two texts in a language the later one."""
    said: dict[UUID, tuple[str, dict[str, Any]]] = {}
    for statement in statements:
        for activity in activities_in(statement):
            if definition := activity.get("definition"):
                key = number_of("activity", activity["id"])
                before = said.get(key, ("", {}))[1]
                said[key] = (activity["id"], merged_definition(before, definition))
    known = {
        row.key: row for row in LrsActivity.objects.select_for_update().filter(key__in=said.keys())
    }
    for key, (_iri, definition) in said.items():
        if key in known:
            known[key].definition = merged_definition(known[key].definition, definition)
    LrsActivity.objects.bulk_update(known.values(), ["definition"])
    LrsActivity.objects.bulk_create(
        [
            LrsActivity(key=key, iri=iri, definition=definition)
            for key, (iri, definition) in said.items()
            if key not in known
        ],
        ignore_conflicts=True,
    )


def merged_definition(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Everything that both say; where they differ, the later one. Language maps are joined."""
    joined = before | after
    for name in ("name", "description", "extensions"):
        if name in before and name in after:
            joined[name] = before[name] | after[name]
    return joined


def _note_agents(statements: Iterable[dict[str, Any]]) -> None:
    """Keep the names that agents were given."""
    names: dict[UUID, set[str]] = {}
    for statement in statements:
        for actor in agents_in(statement):
            for agent in (actor, *actor.get("member", [])):
                if agent.get("name") and agent_key(agent):
                    names.setdefault(number_of("agent", agent_key(agent)), set()).add(agent["name"])
    known = {
        row.key: row for row in LrsPersona.objects.select_for_update().filter(key__in=names.keys())
    }
    for key, row in known.items():
        row.names = sorted({*row.names, *names[key]})
    LrsPersona.objects.bulk_update(known.values(), ["names"])
    LrsPersona.objects.bulk_create(
        [
            LrsPersona(key=key, names=sorted(given))
            for key, given in names.items()
            if key not in known
        ],
        ignore_conflicts=True,
    )
