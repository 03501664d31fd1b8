"""Two states of a course side by side: pages by Wagtail's comparisons, activities by their form."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.panels import get_edit_handler

from courses.authoring.exercises.forms import TYPES, ColumnForm
from courses.authoring.versions.state import ActivityState, CourseState, PageState
from courses.catalogue.models import Activity
from courses.exercises.presenting import rule_texts
from courses.exercises.spec import Column
from courses.h5p.content_types import content_types_in, library_fields
from courses.h5p.models import H5PContent
from courses.h5p.semantics.compare import differences

# On the edit page, but nobody writes it.
KEPT_BY_WAGTAIL = frozenset({"first_published_at"})

Change = Literal["added", "removed", "changed", "moved", "same"]


@dataclass(frozen=True)
class FieldChange:
    """A field of a page. `html` marks what is gone by `.deletion`, what is new by `.addition`."""

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
    best: list[list[int]] = [[]]
    for number in numbers:
        below = [run for run in best if not run or run[-1] < number]
        best.append([*_longest(below), number])
    return set(_longest(best))


def _longest(runs: Sequence[list[int]]) -> list[int]:
    return max(runs, key=lambda run: len(run))


def compare_activities(before: CourseState, after: CourseState) -> list[ActivityChange]:
    """In the order of the later state; what is gone comes last."""
    old = {item.activity.pk: item for item in before.activities}
    new = {item.activity.pk: item for item in after.activities}
    found = [compare_activity(old.get(pk), item) for pk, item in new.items()]
    gone = [ActivityChange("removed", item, None) for pk, item in old.items() if pk not in new]
    return found + gone


def compare_activity(before: ActivityState | None, after: ActivityState) -> ActivityChange:
    """One activity in two states, field by field."""
    if before is None:
        return ActivityChange("added", None, after)
    values = (
        *_content_changes(before.content, after.content),
        *_value_changes(_exercise_values(before), _exercise_values(after)),
        *_value_changes(_rule_values(before), _rule_values(after)),
    )
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


def _value_changes(old: Mapping[str, str], new: Mapping[str, str]) -> Iterable[ValueChange]:
    """What is not the same, by its label."""
    for label in {**old, **new}:
        if old.get(label) != new.get(label):
            yield ValueChange(label, old.get(label), new.get(label))


def _rule_values(state: ActivityState) -> dict[str, str]:
    """Label -> value as people read it: when a lesson is done, what a test-out grants."""
    rule = state.rule
    values = {}
    if state.activity.kind == Activity.Kind.LESSON:
        values[_("Done when")] = str(rule.get_completion_display())
    if rule.minutes is not None:
        values[_("Minutes")] = str(rule.minutes)
    if rule.covers:
        lessons = Activity.objects.in_bulk(rule.covers)
        values[_("Lessons it grants")] = "\n".join(row.title for row in lessons.values())
    return values


def _exercise_values(state: ActivityState) -> dict[str, str]:
    """Of a data exercise. Label -> value as people read it; files by name and their digest."""
    exercise = state.exercise
    if exercise is None:
        return {}
    spec = exercise.parsed_spec()
    values = {
        _("What to do"): state.instructions,
        _("Messy file"): f"{exercise.messy_name} ({exercise.messy.digest[:8]})",
        _("Key"): ", ".join(spec.keys),
        _("Files taken"): ", ".join(spec.formats),
        _("Rows at least"): str(spec.minimum_rows),
    }
    if exercise.expected is not None:
        values[_("Expected file")] = f"{exercise.expected_name} ({exercise.expected.digest[:8]})"
    for column in spec.columns:
        values[f"{_('Column')} › {column.name}"] = "\n".join(_column_lines(column))
    for rule in rule_texts(spec):
        weight = f"{_('Weight')}: {rule.weight:g}"
        values[f"{_('Rule')} › {rule.title}"] = (
            f"{weight}\n{_('Must')}" if rule.is_critical else weight
        )
    return values


def _column_lines(column: Column) -> Iterable[str]:
    """What its author said about a column, in the words of the form."""
    yield str(dict(TYPES)[column.type])
    for name, value in column.model_dump(exclude={"name", "type"}, exclude_defaults=True).items():
        label = str(ColumnForm.base_fields[name].label)
        if value is True:
            yield label
        else:
            yield f"{label}: {value if isinstance(value, str) else ' | '.join(value)}"


def _read(value: Any) -> str | None:
    """A value as people read it; HTML without its tags."""
    if value is None:
        return None
    if isinstance(value, str):
        return strip_tags(value).strip() or value
    if isinstance(value, Mapping | list):
        return "\n".join(_leaves(value)) or json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
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
