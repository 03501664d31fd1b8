"""A framework as a CFPackage of 1EdTech CASE 1.1, and back. Pure.

Source: 1EdTech Competencies and Academic Standards Exchange (CASE) Service 1.1, January 2025. What
CASE has no place for (a second language, the level a mapping shows at most, headings) stands in
`extensions`, as 1.1 allows; other readers pass over it. Identifiers are derived from the keys, so
the same framework always has the same ones.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext as _

from skills_matrix.exceptions import InvalidFramework
from skills_matrix.exchange.framework_file import KEY, FrameworkFile, Item, Link, Step

EXTENSION: Final = "dx-academy"
CHILD_OF, REPLACED_BY, EXACT_MATCH = "isChildOf", "replacedBy", "exactMatchOf"
# What another office's mapping may be called when it means ours.
MAPPINGS: Final = (REPLACED_BY, EXACT_MATCH)


def identifier(kind: str, *parts: str) -> UUID:
    """Of a thing with these keys."""
    return uuid5(NAMESPACE_URL, "/".join(("urn:dx-academy:case", kind, *parts)))


def to_case(
    file: FrameworkFile, *, changed_at: datetime, base: str = "urn:uuid:"
) -> dict[str, Any]:
    """The package.

    Args:
        changed_at: last change of anything in it; CASE asks for one at each thing.
        base: what stands before each identifier in a `uri`.
    """
    moment = changed_at.astimezone(UTC).isoformat(timespec="seconds")

    def thing(kind: str, *parts: str) -> dict[str, Any]:
        name = str(identifier(kind, *parts))
        return {"identifier": name, "uri": f"{base}{name}", "lastChangeDateTime": moment}

    def link_to(kind: str, title: str, *parts: str) -> dict[str, str]:
        name = str(identifier(kind, *parts))
        return {"title": title, "identifier": name, "uri": f"{base}{name}"}

    document = {
        **thing("document", file.key),
        "title": file.title_ja,
        "version": file.version,
        "creator": file.source_note_ja or file.title_ja,
        "language": "ja",
        "adoptionStatus": "Adopted",
        "CFPackageURI": link_to("package", file.title_ja, file.key),
        **({"notes": file.source_note_ja} if file.source_note_ja else {}),
        **({"statusStartDate": file.effective_from.isoformat()} if file.effective_from else {}),
        **({"statusEndDate": file.effective_until.isoformat()} if file.effective_until else {}),
        "extensions": {
            EXTENSION: {
                "key": file.key,
                "title_en": file.title_en,
                "source_note_en": file.source_note_en,
            }
        },
    }
    here = link_to("document", file.title_ja, file.key)
    titles = {item.key: item.title_ja for item in file.items}
    return {
        "CFDocument": document,
        "CFItems": [
            {
                **thing("item", item.key),
                "CFDocumentURI": here,
                "fullStatement": item.title_ja,
                "humanCodingScheme": item.key,
                "CFItemType": "Group" if item.is_group else "Competency",
                "language": "ja",
                "extensions": {EXTENSION: {"title_en": item.title_en, "is_group": item.is_group}},
            }
            for item in file.items
        ],
        "CFAssociations": [
            *(
                {
                    **thing("association", CHILD_OF, item.key),
                    "CFDocumentURI": here,
                    "associationType": CHILD_OF,
                    "sequenceNumber": number,
                    "originNodeURI": link_to("item", item.title_ja, item.key),
                    "destinationNodeURI": link_to("item", titles[item.parent], item.parent)
                    if item.parent
                    else here,
                }
                for number, item in enumerate(file.items, start=1)
            ),
            *(
                {
                    **thing("association", REPLACED_BY, link.earlier, link.later),
                    "CFDocumentURI": here,
                    "associationType": REPLACED_BY,
                    "originNodeURI": link_to("item", link.earlier, link.earlier),
                    "destinationNodeURI": link_to("item", link.later, link.later),
                    "extensions": {
                        EXTENSION: {
                            "earlier": link.earlier,
                            "later": link.later,
                            "most": link.most,
                            "effective_from": link.effective_from.isoformat()
                            if link.effective_from
                            else None,
                        }
                    },
                }
                for link in file.links
            ),
        ],
        "CFRubrics": [
            {
                **thing("rubric", file.key),
                "title": file.title_ja,
                "CFRubricCriteria": [
                    {
                        **thing("criterion", item.key),
                        "CFItemURI": link_to("item", item.title_ja, item.key),
                        "CFRubricCriterionLevels": [
                            {
                                **thing("level", item.key, str(step.level)),
                                "position": step.level,
                                "score": step.level,
                                "quality": step.title_ja,
                                "description": step.text_ja,
                                "extensions": {
                                    EXTENSION: {
                                        "title_en": step.title_en,
                                        "text_en": step.text_en,
                                    }
                                },
                            }
                            for step in item.steps
                        ],
                    }
                    for item in file.items
                    if item.steps
                ],
            }
        ]
        if any(item.steps for item in file.items)
        else [],
        "CFDefinitions": {},
    }


def from_case(package: Any) -> FrameworkFile:
    """The framework of a package of this or another system.

    An item without a usable coding scheme is called by its identifier. An item that others are
    children of is a heading, unless it says otherwise.

    Raises:
        InvalidFramework: `not_case` it is no CFPackage; `place` says where it differs.
    """
    document = _part(package, "CFDocument", dict)
    items = [_mapping(row, "CFItems") for row in _part(package, "CFItems", list)]
    associations = [_mapping(row, "CFAssociations") for row in package.get("CFAssociations") or []]
    keys = {_text(row, "identifier", "CFItems"): _key_of(row) for row in items}
    parents, order = _tree(associations, keys)
    steps = _steps_of(package.get("CFRubrics") or [], keys)
    above = set(parents.values())
    ours = _ours(document)
    return FrameworkFile(
        key=str(ours.get("key") or _as_key(document.get("title"), document["identifier"])),
        version=str(document.get("version") or "1"),
        title_ja=_text(document, "title", "CFDocument"),
        title_en=str(ours.get("title_en") or ""),
        source_note_ja=str(document.get("notes") or ""),
        source_note_en=str(ours.get("source_note_en") or ""),
        effective_from=_day(document.get("statusStartDate"), "CFDocument.statusStartDate"),
        effective_until=_day(document.get("statusEndDate"), "CFDocument.statusEndDate"),
        items=[
            Item(
                key=key,
                title_ja=_text(row, "fullStatement", "CFItems"),
                title_en=str(_ours(row).get("title_en") or ""),
                parent=parents.get(key, ""),
                is_group=bool(_ours(row).get("is_group", key in above)),
                steps=tuple(steps.get(key, ())),
                line=line,
            )
            for line, (key, row) in enumerate(
                sorted(
                    ((keys[row["identifier"]], row) for row in items),
                    key=lambda pair: order.get(pair[0], len(order)),
                ),
                start=1,
            )
        ],
        links=list(_links(associations, keys)),
    )


def _tree(
    associations: Iterable[Mapping[str, Any]], keys: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, int]]:
    """Parent of each key, and the places of the keys."""
    parents, places = {}, {}
    for number, row in enumerate(associations, start=1):
        if row.get("associationType") != CHILD_OF:
            continue
        child = keys.get(_end(row, "originNodeURI"))
        parent = keys.get(_end(row, "destinationNodeURI"), "")
        if child is not None:
            parents[child] = parent
            place = row.get("sequenceNumber")
            places[child] = place if isinstance(place, int) else number
    ordered = sorted(places, key=lambda key: places[key])
    return parents, {key: place for place, key in enumerate(ordered)}


def _links(associations: Iterable[Mapping[str, Any]], keys: Mapping[str, str]) -> Iterable[Link]:
    for row in associations:
        if row.get("associationType") not in MAPPINGS:
            continue
        ours = _ours(row)
        earlier = ours.get("earlier") or keys.get(_end(row, "originNodeURI"))
        later = ours.get("later") or keys.get(_end(row, "destinationNodeURI"))
        # An end in another package cannot be named: this one does not say its key.
        if earlier and later:
            yield Link(
                earlier=str(earlier),
                later=str(later),
                most=ours.get("most"),
                effective_from=_day(ours.get("effective_from"), "CFAssociations"),
            )


def _steps_of(rubrics: Any, keys: Mapping[str, str]) -> dict[str, list[Step]]:
    steps: dict[str, list[Step]] = {}
    for rubric in rubrics:
        for criterion in _mapping(rubric, "CFRubrics").get("CFRubricCriteria") or []:
            key = keys.get(_end(_mapping(criterion, "CFRubricCriteria"), "CFItemURI"))
            for row in criterion.get("CFRubricCriterionLevels") or []:
                level = row.get("score", row.get("position"))
                if key is None or not isinstance(level, int | float):
                    continue
                ours = _ours(row)
                steps.setdefault(key, []).append(
                    Step(
                        level=int(level),
                        title_ja=str(row.get("quality") or level),
                        title_en=str(ours.get("title_en") or ""),
                        text_ja=str(row.get("description") or ""),
                        text_en=str(ours.get("text_en") or ""),
                    )
                )
    return steps


def _key_of(item: Mapping[str, Any]) -> str:
    return _as_key(item.get("humanCodingScheme"), _text(item, "identifier", "CFItems"))


def _as_key(wanted: Any, otherwise: str) -> str:
    return wanted if isinstance(wanted, str) and KEY.fullmatch(wanted) else otherwise


def _ours(row: Mapping[str, Any]) -> Mapping[str, Any]:
    extensions = row.get("extensions")
    found = extensions.get(EXTENSION) if isinstance(extensions, dict) else None
    return found if isinstance(found, dict) else {}


def _end(row: Mapping[str, Any], name: str) -> str:
    node = row.get(name)
    return str(node.get("identifier")) if isinstance(node, dict) else ""


def _part(package: Any, name: str, kind: type) -> Any:
    if not isinstance(package, dict) or not isinstance(package.get(name), kind):
        raise _not_case(name)
    return package[name]


def _mapping(row: Any, place: str) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise _not_case(place)
    return row


def _text(row: Mapping[str, Any], name: str, place: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value:
        raise _not_case(f"{place}.{name}")
    return value


def _day(value: Any, place: str) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise _not_case(place) from None


def _not_case(place: str) -> InvalidFramework:
    message = _("This is no CFPackage of CASE 1.1: %(place)s is missing or of another kind.")
    return InvalidFramework("not_case", message % {"place": place}, place=place)
