"""Valid parts of statements, which tests bend."""

from typing import Any

from lms.lrs.validation import check_statement
from lms.lrs.values import Version

AGENT: dict[str, Any] = {"objectType": "Agent", "mbox": "mailto:a@example.com"}
OTHER = {"openid": "https://openid.example.com/b"}
ACCOUNT = {"account": {"homePage": "https://hr.example/", "name": "7"}}
GROUP: dict[str, Any] = {"objectType": "Group", "name": "crew", "member": [AGENT]}
TEAM = {"objectType": "Group", "account": {"homePage": "https://hr.example/", "name": "team"}}
VERB: dict[str, Any] = {"id": "http://example.com/did", "display": {"en-US": "did"}}
VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided"}
ACTIVITY: dict[str, Any] = {"id": "http://example.com/a", "definition": {"name": {"ja": "演習"}}}
REF = {"objectType": "StatementRef", "id": "8f87ccde-bb56-4c2e-ab83-44982ef22df0"}
SUB = {"objectType": "SubStatement", "actor": AGENT, "verb": VERB, "object": ACTIVITY}
CHOICES = [{"id": "a", "description": {"en": "A"}}, {"id": "b"}]
FILE = {
    "usageType": "http://example.com/usage",
    "display": {"en": "file"},
    "contentType": "text/plain; charset=ascii",
    "length": 27,
    "sha2": "495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a",
    "fileUrl": "http://example.com/file.txt",
}
CONTEXT_AGENT = {
    "objectType": "contextAgent",
    "agent": AGENT,
    "relevantTypes": ["http://t.example"],
}
CONTEXT_GROUP = {"objectType": "contextGroup", "group": TEAM}
EXTENSIONS = {"http://example.com/ext": {"id": None, "n": [1, None]}}


def said(**parts: Any) -> dict[str, Any]:
    """A statement with some parts of its own."""
    return {"actor": AGENT, "verb": VERB, "object": ACTIVITY} | parts


def defined(**parts: Any) -> dict[str, Any]:
    """A statement about an activity defined so."""
    return said(object={"id": "http://example.com/a", "definition": parts})


def check(statement: Any, version: Version = Version.V1) -> None:
    check_statement(statement, version=version)
