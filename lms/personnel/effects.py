"""What a personnel change does to each person on its day, and to their training.

Pure: tables and pairs before and after go in, one dict per person comes out, as JSON keeps it:

    {"line": 2, "staff_number": "100123", "name": "佐藤 花", "kinds": ["move", "tier"],
     "before": {"department": "0402", "tier": "G1", "employment": "FT", "roles": [],
                "concurrent": []},
     "after": {"department": "0404", "tier": "G2", "employment": "FT", "roles": ["LDR"],
               "concurrent": []},
     "changes": ["…"], "starts": ["CS-2"], "stops": ["CS-1"], "carries": ["CS-3"]}

`line` 0 = the file does not mention the person. `before` and `after` null = holds no main posting
on that day. Codes, not titles, so that it can be read in either language.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from lms.people.importing import PersonState, PostingState

KINDS: Mapping[str, Promise] = {
    "join": pgettext_lazy("personnel change", "joins"),
    "leave": pgettext_lazy("personnel change", "leaves"),
    "move": pgettext_lazy("personnel change", "moves"),
    "tier": pgettext_lazy("personnel change", "changes tier"),
    "terms": pgettext_lazy("personnel change", "changes employment type"),
    "other": pgettext_lazy("personnel change", "other change"),
    "later": pgettext_lazy("personnel change", "takes effect on another day"),
    "training": pgettext_lazy("personnel change", "only training changes"),
    "unchanged": pgettext_lazy("personnel change", "in the file, nothing changes"),
    "missing": pgettext_lazy("personnel change", "not in the file, stays as is"),
}
Effect = dict[str, Any]
Pairs = Mapping[str, Set[str]]
"""Staff number → keys of courses."""


@dataclass(frozen=True)
class Side:
    """The office before or after: people by staff number, who must take what, and who is
    enrolled in what, on the day."""

    people: Mapping[str, PersonState]
    ordered: Pairs
    enrolled: Pairs


def effects_of(
    before: Side,
    after: Side,
    *,
    on: date,
    lines: Mapping[str, int],
    changes: Mapping[str, list[str]],
) -> list[Effect]:
    """One dict for everybody the file names, and everybody who holds a posting on that day.

    Args:
        lines: staff number → line of the file.
        changes: staff number → what the import says it changes, in words.
    """
    effects = []
    for number, person in after.people.items():
        was = place_on(before.people.get(number), on)
        now = place_on(person, on)
        if was is None and now is None and number not in lines:
            continue
        training = _training(before, after, number)
        said = changes.get(number, [])
        kinds = _kinds(was, now, said, before.people.get(number), person, on)
        if not kinds and (training["starts"] or training["stops"]):
            kinds = ["training"]
        kinds = kinds or ["unchanged" if number in lines else "missing"]
        if kinds[0] in ("unchanged", "missing"):
            training["carries"] = []
        effects.append(
            {
                "line": lines.get(number, 0),
                "staff_number": number,
                "name": person.name,
                "kinds": kinds,
                "before": was,
                "after": now,
                "changes": said,
                **training,
            }
        )
    return sorted(effects, key=lambda row: (row["line"] == 0, row["line"], row["staff_number"]))


def decisive(effects: Iterable[Effect]) -> list[Effect]:
    """What must be the same when it is applied: all but training that goes on untouched, which
    learners change every minute by choosing courses."""
    return [{key: value for key, value in row.items() if key != "carries"} for row in effects]


def place_on(person: PersonState | None, on: date) -> dict[str, Any] | None:
    """Where somebody works on a day; None = holds no main posting."""
    if person is None:
        return None
    held = [posting for posting in person.postings if posting.holds_on(on)]
    main = next((posting for posting in held if posting.is_main), None)
    if main is None:
        return None
    return {
        "department": main.department,
        "tier": main.tier,
        "employment": main.employment,
        "roles": sorted(main.roles),
        "concurrent": sorted(posting.department for posting in held if not posting.is_main),
    }


def _kinds(
    was: dict[str, Any] | None,
    now: dict[str, Any] | None,
    said: list[str],
    person_before: PersonState | None,
    person_after: PersonState,
    on: date,
) -> list[str]:
    if not said:
        return []
    kinds = []
    if was is None or now is None:
        if was is not None or now is not None:
            kinds.append("join" if was is None else "leave")
    else:
        kinds += ["move"] if was["department"] != now["department"] else []
        kinds += ["tier"] if was["tier"] != now["tier"] else []
        kinds += ["terms"] if was["employment"] != now["employment"] else []
        if (was["roles"], was["concurrent"]) != (now["roles"], now["concurrent"]):
            kinds.append("other")
    if _other_days(person_before, on) != _other_days(person_after, on):
        kinds.append("later")
    return kinds or ["other"]


def _other_days(person: PersonState | None, on: date) -> set[PostingState]:
    """What is known of the history apart from the day itself and the day before it: postings
    that lie elsewhere, and ends of those that run on."""
    if person is None:
        return set()
    found = set()
    for posting in person.postings:
        begins_later = posting.starts_on > on
        ends_later = posting.ends_on is not None and posting.ends_on > on
        if begins_later or ends_later:
            found.add(_without_id(posting))
    return found


def _without_id(posting: PostingState) -> PostingState:
    return PostingState(
        posting.department,
        posting.tier,
        posting.roles,
        posting.is_main,
        posting.starts_on,
        posting.ends_on,
        employment=posting.employment,
    )


def _training(before: Side, after: Side, number: str) -> dict[str, list[str]]:
    must_before = before.ordered.get(number, set())
    must_after = after.ordered.get(number, set())
    takes_before = before.enrolled.get(number, set())
    takes_after = after.enrolled.get(number, set())
    starts = (must_after - must_before - takes_before) | (takes_after - takes_before)
    stops = (must_before - must_after) | (takes_before - takes_after)
    return {
        "starts": sorted(starts),
        "stops": sorted(stops),
        "carries": sorted((takes_after | must_after) - starts - stops),
    }
