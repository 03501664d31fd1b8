"""Two states of a course side by side: per page by Wagtail's comparisons, per activity by its form."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.admin.panels import get_edit_handler

from courses.authoring.versions.state import ActivityState, CourseState, PageState
from courses.h5p.content_types import content_types_in, library_fields
from courses.h5p.models import H5PContent
from courses.h5p.semantics.compare import differences

# On the edit page, but nobody writes it.
KEPT_BY_WAGTAIL = frozenset({"first_published_at"})

Change = Literal["added", "removed", "changed", "moved", "same"]


@dataclass(frozen=True)
class FieldChange:
    """A field of a page. `html` marks what is gone with `.deletion`, what is new with `.addition`."""

    label: str
    html: SafeString


@dataclass(frozen=True)
class ValueChange:
    """A value of an activity, as people read it. None = there was, or is, none."""

    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class PageChange:
    """A page in two states. `before` or `after` None = it is not there."""

    change: Change
    before: PageState | None
    after: PageState | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def there(self) -> PageState:
        found = self.after or self.before
        assert found is not None  # noqa: S101 - it is in one of the two
        return found


@dataclass(frozen=True)
class ActivityChange:
    """An activity in two states. `before` or `after` None = it is not there."""

    change: Change
    before: ActivityState | None
    after: ActivityState | None
    values: tuple[ValueChange, ...] = ()
    other_type: bool = False

    @property
    def there(self) -> ActivityState:
        found = self.after or self.before
        assert found is not None  # noqa: S101 - it is in one of the two
        return found


def compare_pages(before: CourseState, after: CourseState) -> list[PageChange]:
    """In the order of the later state; what is gone comes last."""
    old = {item.pk: item for item in before.pages}
    new = {item.pk: item for item in after.pages}
    moved = _moved(before.pages, after.pages)
    found = [_page_change(old.get(pk), item, is_moved=pk in moved) for pk, item in new.items()]
    gone = [PageChange("removed", item, None) for pk, item in old.items() if pk not in new]
    return found + gone


def _page_change(before: PageState | None, after: PageState, *, is_moved: bool) -> PageChange:
    if before is None:
        return PageChange("added", None, after)
    fields: tuple[FieldChange, ...] = ()
    if before.page is not None and after.page is not None:
        fields = tuple(_field_changes(before.page, after.page))
    change: Change = "changed" if fields else "moved" if is_moved else "same"
    return PageChange(change, before, after, fields)


def _field_changes(before: Any, after: Any) -> Iterable[FieldChange]:
    handler = get_edit_handler(type(after))
    panel = handler.get_bound_panel(instance=after, request=None, form=None)
    for comparison in panel.get_comparison():
        compared = comparison(before, after)
        if getattr(compared, "field", None) is not None and compared.field.name in KEPT_BY_WAGTAIL:
            continue
        if compared.has_changed() and compared.is_field:
            yield FieldChange(str(compared.field_label()), compared.htmldiff())


def _moved(before: Sequence[PageState], after: Sequence[PageState]) -> set[int]:
    """Pages below another parent, and the fewest that must have moved among the others."""
    old = {item.pk: item for item in before}
    common = [item.pk for item in after if item.pk in old]
    place = {item.pk: number for number, item in enumerate(before)}
    kept = _longest_rising([place[pk] for pk in common])
    moved = {pk for pk in common if place[pk] not in kept}
    for item in after:
        parents = {item.parent, old[item.pk].parent} if item.pk in old else set()
        if len(parents) == 2 and None not in parents:
            moved.add(item.pk)
    return moved


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The longest subsequence that rises: what can have stayed where it was."""
    best: list[list[int]] = []
    for number in numbers:
        before = max((run for run in best if run[-1] < number), key=len, default=[])
        best.append([*before, number])
    return set(max(best, key=len, default=[]))


def compare_activities(before: CourseState, after: CourseState) -> list[ActivityChange]:
    """In the order of the later state; what is gone comes last."""
    old = {item.activity.pk: item for item in before.activities}
    new = {item.activity.pk: item for item in after.activities}
    found = [_activity_change(old.get(pk), item) for pk, item in new.items()]
    gone = [ActivityChange("removed", item, None) for pk, item in old.items() if pk not in new]
    return found + gone


def _activity_change(before: ActivityState | None, after: ActivityState) -> ActivityChange:
    if before is None:
        return ActivityChange("added", None, after)
    values = tuple(_content_changes(before.content, after.content))
    plain = (before.title, before.pass_mark) != (after.title, after.pass_mark)
    other_type = _type_of(before.content) != _type_of(after.content)
    is_changed = plain or bool(values) or other_type
    return ActivityChange("changed" if is_changed else "same", before, after, values, other_type)


def _type_of(content: H5PContent | None) -> str:
    return content.main_library.machine_name if content is not None else ""


def _content_changes(before: H5PContent | None, after: H5PContent | None) -> Iterable[ValueChange]:
    """What is not the same in the form of the type, labelled in the reader's language."""
    if before is None or after is None or before.pk == after.pk:
        return
    if _type_of(before) != _type_of(after):
        return
    language = get_language() or "ja"
    fields = library_fields(library=after.main_library, language=language)
    for found in differences(fields, before.params, after.params, content_types_in(language)):
        yield ValueChange(found.label or found.path, _read(found.before), _read(found.after))


def _read(value: Any) -> str | None:
    """A value as people read it; HTML without its tags."""
    if value is None:
        return None
    if isinstance(value, str):
        return strip_tags(value).strip() or value
    if isinstance(value, Mapping | list):
        return "\n".join(_leaves(value)) or json.dumps(value, ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False)


def _leaves(value: Any) -> Iterable[str]:
    """The texts inside, e.g. of an answer that was added."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key not in {"subContentId", "library", "metadata"}:
                yield from _leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, str) and value.strip():
        yield strip_tags(value).strip()
