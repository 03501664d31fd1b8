"""Every address by every viewer: whose data comes back, which, and what look is left behind."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Max
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from api.permissions import SCOPES
from lms.access.models import RecordView
from lms.access.services import create_api_token
from lms.people.calendar import office_today
from skills_matrix.assessments.models import SkillsView
from skills_matrix.assessments.purposes import PURPOSES
from tests.privacy.office import SUBJECTS, Office
from tests.privacy.table import EVERYBODY, OWN, ROWS, SHOWS_NOBODY, Row

OURS = ("api/", "_allauth/", "documents/", "pages/")
# Wagtail's own pages know authors and accounts, not people; its snippets are whatever we register.
OUR_ADMIN = ("admin/snippets/lms_", "admin/snippets/choose/lms_")
OUR_MODULES = ("api.", "courses.", "lms.", "skills_matrix.")


def addresses() -> Iterator[tuple[str, str]]:
    """Every address of the site as the resolver has it, with the module that answers."""

    def below(patterns: list[Any], start: str) -> Iterator[tuple[str, str]]:
        for item in patterns:
            address = start + str(item.pattern)
            if isinstance(item, URLResolver):
                yield from below(item.url_patterns, address)
            elif isinstance(item, URLPattern):
                yield address, getattr(item.callback, "__module__", "")

    yield from below(get_resolver().url_patterns, "")


def is_ours(address: str, module: str) -> bool:
    return address.startswith((*OURS, *OUR_ADMIN)) or module.startswith(OUR_MODULES)


def test_every_address_is_judged() -> None:
    """A new one belongs into the table, or into the list of those that show nobody."""
    nobody = [re.compile(pattern) for pattern in SHOWS_NOBODY]
    judged = {row.address for row in ROWS}
    found = {address for address, module in addresses() if is_ours(address, module)}
    silent = {address for address in found if any(pattern.fullmatch(address) for pattern in nobody)}
    assert sorted(found - judged - silent) == []
    assert sorted(judged & silent) == []
    assert sorted(judged - found) == []
    for pattern in nobody:
        assert any(pattern.fullmatch(address) for address in found), pattern.pattern


def test_the_table_knows_every_viewer_everywhere() -> None:
    for row in ROWS:
        assert row.door.keys() == OWN.keys(), row.address
        assert row.log in {"", "record", *PURPOSES}, row.address
        assert row.scope in {"", *SCOPES}, row.address


# --- asking -----------------------------------------------------------------------------------


def calls(office: Office, row: Row) -> list[tuple[str, str]]:
    """The addresses to ask, each with the subject it is about; "" = about nobody in particular."""
    fixed = {
        "competency_key": "K1",
        "campaign_key": "2026",
        "kind": "section",
        "ending": "csv",
        "course_id": str(office.workshop_course.pk),
        "key": office.project.key if "projects" in row.address else office.course.key,
        "uuid": str(next(it.uuid for part, it in office.by_uuid.items() if part in row.address)),
    }
    sections = {name: office.people[name].postings.get(is_main=True) for name in SUBJECTS}
    if row.each == "section":
        keys = sorted({posting.department.key for posting in sections.values()})
        return [(_filled(row, {**fixed, "key": key}), "") for key in keys]
    if not row.each:
        return [(_filled(row, fixed), "")]
    of = office.of.get(row.each, office.of["staff_number"])
    names = re.findall(r"<\w+:(\w+)>", row.address)
    own = {"certificate": "uuid", "correction": "uuid", "calendar": "token"}.get(row.each, row.each)
    assert own in names or "EACH" in row.ask + row.send
    return [(_filled(row, {**fixed, own: of[name]}, of[name]), name) for name in SUBJECTS]


def _filled(row: Row, values: dict[str, str], each: str = "") -> str:
    path = re.sub(r"<\w+:(\w+)>", lambda found: values[found[1]], row.address)
    return f"/{path}?{row.ask}".rstrip("?").replace("EACH", each)


def text_of(response: Any) -> str:
    content: bytes = b"".join(response) if response.streaming else response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    if content[:4] == b"%PDF":
        # Its own sizes and places are no days.
        content = re.sub(rb"(/Length|startxref)\s+\d+", b"", content)
    return content.decode(errors="replace")


def ask(client: Client, office: Office, row: Row, address: str, subject: str) -> Any:
    if not row.send:
        return client.get(address)
    body = row.send.replace("TODAY", office_today().isoformat())
    body = body.replace("EACH", office.people[subject].staff_number)
    return client.post(address, body, content_type="application/json")


def answered(response: Any, row: Row, office: Office, subject: str) -> str:
    """What a refusal repeats of the question is no answer."""
    text = text_of(response)
    if response.status_code >= 400 and "EACH" in row.ask + row.send:
        return text.replace(office.people[subject].staff_number, "")
    return text


def shown(office: Office, text: str) -> set[tuple[str, str]]:
    return {mark for mark, pattern in office.marks.items() if pattern.search(text)}


LOGS = (SkillsView, RecordView)


def looks_since(before: list[int]) -> list[Any]:
    """Rows of both logs after those with these ids."""
    return [
        look
        for log, pk in zip(LOGS, before, strict=True)
        for look in log._default_manager.filter(pk__gt=pk)
    ]


@pytest.mark.parametrize("viewer", OWN)
def test_a_viewer_sees_whom_the_table_says_and_leaves_one_look_each(
    viewer: str, office: Office
) -> None:
    client = office.client(viewer)
    subject_of = {person.pk: name for name, person in office.people.items()}
    own = office.people.get(viewer)
    faults = []
    for row in ROWS:
        seen: set[str] = set()
        for address, subject in calls(office, row):
            before = [log._default_manager.aggregate(pk=Max("pk", default=0))["pk"] for log in LOGS]
            asked_at = timezone.now()
            response = ask(client, office, row, address, subject)
            assert response.status_code < 500, address
            marks = shown(office, answered(response, row, office, subject))
            # Every page of the admin says who is signed in: of oneself there is no telling.
            others = {name for name, _field in marks}
            fields = {field for _name, field in marks} - {"who", *row.fields}
            if fields:
                faults.append(f"{address}: {sorted(fields)} are not among its fields")
            if not others <= row.door[viewer] | {viewer}:
                faults.append(f"{address}: shows {sorted(others - row.door[viewer])}")
            seen |= others
            left = looks_since(before)
            faults += _faults_of_looks(row, address, left, others - {viewer}, subject_of, own)
            for look in left:
                assert look.viewer_id == office.users[viewer].pk
                assert asked_at <= look.seen_at <= timezone.now()
        missing = row.door[viewer] - seen
        if missing and (row.fields or row.door is not OWN):
            faults.append(f"{row.address}?{row.ask}: does not show {sorted(missing)}")
    assert not faults, "\n".join(faults)


def _faults_of_looks(
    row: Row,
    address: str,
    left: list[Any],
    others: set[str],
    subject_of: dict[int, str],
    own: Any,
) -> Iterator[str]:
    """One row for everybody shown but oneself, of the right kind; none where none belongs."""
    whom = Counter(subject_of.get(look.subject_id, "?") for look in left)
    if set(whom.values()) - {1}:
        yield f"{address}: looks at {whom}"
    logged = {name for name in whom if name in EVERYBODY}
    if row.log == "record":
        is_right = all(isinstance(look, RecordView) for look in left)
    else:
        is_right = all(
            isinstance(look, SkillsView) and look.what.partition(":")[0] == row.log for look in left
        )
    if not is_right:
        yield f"{address}: logged as {sorted({look.what for look in left})}"
    if own is not None and own.pk in {look.subject_id for look in left}:
        yield f"{address}: logs a look at oneself"
    wanted = others if row.log else set()
    if logged != wanted:
        yield f"{address}: looks at {sorted(logged)} are logged, shown are {sorted(wanted)}"


def test_every_field_of_the_table_is_shown_to_somebody(office: Office) -> None:
    """So that the table allows no more than there is."""
    for row in ROWS:
        found: set[str] = set()
        for viewer in ("root", "director", "head", "staff"):
            client = office.client(viewer)
            for address, subject in calls(office, row):
                if found >= set(row.fields):
                    break
                text = text_of(ask(client, office, row, address, subject))
                found |= {field for _name, field in shown(office, text)}
        assert set(row.fields) <= found, (row.address, row.ask, found)


@pytest.mark.parametrize("holder", ["hr", "staff"])
def test_a_token_opens_what_its_scopes_name_and_nothing_else(holder: str, office: Office) -> None:
    user = office.users[holder]
    clients: dict[tuple[str, bool], Client] = {}

    def client(scope: str, *, has: bool) -> Client:
        if (scope, has) not in clients:
            scopes = [scope] if has else sorted(SCOPES.keys() - {scope})
            _token, secret = create_api_token(user=user, name="machine", scopes=scopes)
            clients[scope, has] = Client(headers={"authorization": f"Bearer {secret}"})
        return clients[scope, has]

    for row in ROWS:
        if not row.scope:
            continue
        for address, subject in calls(office, row)[:2]:
            without = ask(client(row.scope, has=False), office, row, address, subject)
            assert without.status_code == 403, address
            assert shown(office, answered(without, row, office, subject)) == set(), address
            inside = ask(client(row.scope, has=True), office, row, address, subject)
            seen = {name for name, _field in shown(office, text_of(inside))}
            assert seen <= row.door[holder] | {holder}, address
