"""Semantics of every kind of field, values that fit them, and JSON that makes no sense at all."""

from typing import Any

from hypothesis import strategies as st

from courses.h5p.semantics.fields import ABSENT, Field
from courses.h5p.semantics.reading import read_fields
from courses.h5p.semantics.walk import ContentType, SemanticsOf

LABELS = ["H5P.Inner 1.0", "H5P.Outer 2.3"]
FILES = {
    "image": "images/a.png",
    "audio": "audios/a.mp3",
    "video": "videos/a.mp4",
    "file": "files/a.pdf",
}
NAMES = st.sampled_from(["a", "b", "question", "x1", "l10n", "on-off"])
WORDS = st.sampled_from(
    [
        "あ",
        "a & b",
        "あ &amp; い",
        "1 < 2",
        "<b>x</b>",
        'it\'s "x"',
        "&amp;lt;",
        "漢 &#12354;",
        "a;b",
    ]
)
BOUNDS = st.fixed_dictionaries({}, optional={"min": st.integers(-5, 0), "max": st.integers(50, 99)})
LIST_BOUNDS = st.fixed_dictionaries(
    {}, optional={"max": st.integers(3, 5), "defaultNum": st.just(1)}
)
TAGS = st.lists(st.sampled_from(["strong", "em", "table", "ul", "a", "h2", "script"]), max_size=4)
FONT = st.fixed_dictionaries({}, optional={"color": st.booleans(), "size": st.booleans()})
OPTIONS = [{"value": "one", "label": "One"}, {"value": 2, "label": "Two"}]

LEAVES = st.one_of(
    st.fixed_dictionaries(
        {"type": st.just("text")},
        optional={
            "widget": st.sampled_from(["textarea", "timecode"]),
            "default": WORDS,
            "maxLength": st.integers(40, 60),
            "regexp": st.just({"pattern": "(a+)+$", "modifiers": "i"}),
        },
    ),
    st.fixed_dictionaries(
        {"type": st.just("text"), "widget": st.just("html"), "tags": TAGS}, optional={"font": FONT}
    ),
    st.builds(
        lambda bounds, rest: {"type": "number", **bounds, **rest},
        BOUNDS,
        st.fixed_dictionaries({}, optional={"default": st.integers(1, 40), "decimals": st.just(0)}),
    ),
    st.fixed_dictionaries({"type": st.just("boolean")}, optional={"default": st.booleans()}),
    st.fixed_dictionaries(
        {"type": st.just("select"), "options": st.just(OPTIONS), "multiple": st.booleans()}
    ),
    st.fixed_dictionaries({"type": st.just("select"), "multiple": st.booleans()}),
    st.fixed_dictionaries({"type": st.sampled_from(sorted(FILES))}),
    st.fixed_dictionaries({"type": st.just("library"), "options": st.just(LABELS)}),
    st.fixed_dictionaries({"type": st.just("something-new")}),
)
ABOUT = st.fixed_dictionaries(
    {},
    optional={
        "label": WORDS,
        "optional": st.booleans(),
        "common": st.booleans(),
        "importance": st.sampled_from(["low", "high"]),
        "showWhen": st.fixed_dictionaries(
            {
                "rules": st.lists(
                    st.fixed_dictionaries(
                        {
                            "field": st.sampled_from(["a", "../b", "l10n/a"]),
                            "equals": st.sampled_from([True, ["one"], "H5P.Inner 1.0"]),
                        }
                    ),
                    max_size=2,
                )
            },
            optional={"type": st.sampled_from(["and", "or"])},
        ),
    },
)


def named(field: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Fields of a group: each with a name of its own."""
    pair = st.builds(lambda name, raw: {"name": name, **raw}, NAMES, field)
    return st.lists(pair, min_size=1, max_size=3, unique_by=lambda raw: str(raw["name"]))


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    described = st.builds(lambda raw, about: raw | about, inner, ABOUT)
    group = st.builds(
        lambda fields, sub: {"type": "group", "fields": fields, "isSubContent": sub},
        named(described),
        st.booleans(),
    )
    listed = st.builds(
        lambda field, bounds: {"type": "list", "field": field, "entity": "item", **bounds},
        described,
        LIST_BOUNDS,
    )
    return group | listed


RAW_FIELD = st.recursive(LEAVES, _nested, max_leaves=3)
SEMANTICS = named(st.builds(lambda raw, about: raw | about, RAW_FIELD, ABOUT))


@st.composite
def types(draw: st.DrawFn) -> tuple[tuple[Field, ...], SemanticsOf]:
    """A content type, and two libraries that can stand in it and in each other."""
    inside = {
        label: ContentType(label, f"Title of {label}", read_fields(draw(SEMANTICS)))
        for label in LABELS
    }
    return read_fields(draw(SEMANTICS)), inside.get


def _leaf(draw: st.DrawFn, field: Field) -> Any:
    if field.kind == "html":
        return draw(st.builds("<p>{}</p><script>x</script>".format, WORDS))
    if field.kind == "number":
        return draw(st.integers(0, 40) | st.floats(0, 40))
    if field.kind == "boolean":
        return draw(st.booleans())
    if field.kind == "select":
        value = draw(st.sampled_from(["one", 2]))
        return [value] if field.multiple else value
    if field.kind in FILES:
        entry = {"path": FILES[field.kind], "mime": "x/y", "copyright": {"license": "U"}}
        return [entry] if field.kind in ("audio", "video") else entry
    return draw(WORDS)


def fitting(draw: st.DrawFn, field: Field, find: SemanticsOf, depth: int) -> Any:
    """A value that breaks no rule of the field."""
    if field.is_single:
        return fitting(draw, field.fields[0], find, depth)
    if field.kind == "group":
        return fitting_params(draw, field.fields, find, depth)
    if field.kind == "list":
        assert field.item is not None
        number = draw(st.integers(0, 2)) if depth > 0 else 0
        return [fitting(draw, field.item, find, depth - 1) for _ in range(number)]
    if field.kind == "library":
        label = draw(st.sampled_from(LABELS))
        inner = find(label)
        assert inner is not None
        if depth > 0:
            return {"library": label, "params": fitting_params(draw, inner.fields, find, depth - 1)}
        return {"library": "H5P.Inner 1.0", "params": {"left": "out"}}
    return _leaf(draw, field)


def fitting_params(
    draw: st.DrawFn, fields: tuple[Field, ...], find: SemanticsOf, depth: int
) -> dict[str, Any]:
    params: dict[str, Any] = {"unknown": {"kept": [1, None]}}
    for field in fields:
        may_be_absent = field.optional or field.default is not ABSENT
        if not (may_be_absent and draw(st.booleans())):
            params[field.name] = fitting(draw, field, find, depth)
    return params


@st.composite
def contents(draw: st.DrawFn) -> tuple[tuple[Field, ...], dict[str, Any], SemanticsOf]:
    fields, find = draw(types())
    return fields, fitting_params(draw, fields, find, 2), find


# --- nonsense -----------------------------------------------------------------------------------

# What semantics and content are made of.
KEYS = st.sampled_from(
    [
        *("name", "type", "label", "description", "default", "fields", "field", "options"),
        *("widget", "tags", "font", "showWhen", "rules", "equals", "min", "max", "maxLength"),
        *("regexp", "pattern", "multiple", "optional", "importance", "isSubContent", "library"),
        *("params", "path", "metadata", "subContentId", "value", "a", "b"),
    ]
)
KINDS = st.sampled_from([*FILES, "text", "number", "boolean", "select", "list", "group", "library"])
NONSENSE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats(allow_nan=False)
    | KINDS
    | st.sampled_from(["a", "../a", "html", "H5P.Inner 1.0", "<b", "", "on"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(KEYS, inner, max_size=5)
        | st.builds(lambda kind, rest: rest | {"type": kind}, KINDS, st.dictionaries(KEYS, inner))
    ),
    max_leaves=12,
)
