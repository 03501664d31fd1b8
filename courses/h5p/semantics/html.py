"""Which HTML a rich text may contain: what its semantics allow, and what the core adds to that."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import nh3

# What the core adds when a field has a list of tags, even an empty one.
ALWAYS = ("div", "span", "p", "br")
IMPLIED: Mapping[str, tuple[str, ...]] = {
    "table": (
        *("tr", "td", "th", "colgroup", "col", "thead", "tbody", "tfoot"),
        *("caption", "figure", "figcaption"),
    ),
    "b": ("strong",),
    "i": ("em",),
    "ul": ("li",),
    "ol": ("li",),
    "del": ("s",),
    "strike": ("s",),
}
# A type may ask for these; no content gets them.
NEVER = frozenset(
    {
        *("script", "style", "iframe", "object", "embed", "applet", "frame", "frameset"),
        *("form", "input", "button", "select", "option", "textarea", "base", "meta", "link"),
        *("template", "noscript", "svg", "math", "html", "head", "body", "title", "xmp"),
        *("plaintext", "audio", "video", "source"),
    }
)
TAG = re.compile(r"[a-z][a-z0-9]{0,20}")

# CSS properties by attribute of the semantics' `font`.
FONT_STYLES = {
    "size": "font-size",
    "family": "font-family",
    "color": "color",
    "background": "background-color",
    "spacing": "letter-spacing",
    "height": "line-height",
}
TABLE_STYLES = frozenset(
    {
        *("border", "border-style", "border-width", "border-color", "border-collapse"),
        *("vertical-align", "padding", "width", "height", "float", "background-color"),
    }
)
STYLEABLE = frozenset(
    {"span", "p", "div", "h1", "h2", "h3", "h4", "table", "col", "figure", "td", "th", "li"}
)
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset({"href", "target", "title"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "td": frozenset({"colspan", "rowspan", "headers"}),
    "th": frozenset({"colspan", "rowspan", "headers", "scope"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "ol": frozenset({"start", "type", "reversed"}),
}
# The editor aligns and frames tables by class; `lang` is how a screen reader is told.
EVERYWHERE = frozenset({"class", "lang", "dir"})
SCHEMES = frozenset({"http", "https", "mailto", "tel"})


@dataclass(frozen=True, slots=True)
class AllowedHtml:
    """Tags and CSS properties that may stand in a text."""

    tags: tuple[str, ...] = ()
    styles: frozenset[str] = frozenset()


NO_HTML = AllowedHtml()


def allowed_html(tags: Iterable[Any], font: Mapping[str, Any]) -> AllowedHtml:
    """What the semantics' `tags` and `font` allow, after the core's own rules."""
    asked = [tag.lower() for tag in tags if isinstance(tag, str)]
    wanted = [*ALWAYS]
    for tag in asked:
        wanted += [tag, *IMPLIED.get(tag, ())]
    kept = tuple(dict.fromkeys(tag for tag in wanted if TAG.fullmatch(tag) and tag not in NEVER))
    styles = {"text-align"}
    styles |= {style for attribute, style in FONT_STYLES.items() if font.get(attribute)}
    if "table" in kept:
        styles |= TABLE_STYLES
    return AllowedHtml(kept, frozenset(styles))


def clean_html(text: str, allowed: AllowedHtml) -> str:
    """The text with only what may stand in it; the same again when it is cleaned again."""
    attributes = {tag: set(ATTRIBUTES.get(tag, frozenset()) | EVERYWHERE) for tag in allowed.tags}
    for tag in STYLEABLE & attributes.keys():
        attributes[tag].add("style")
    return nh3.clean(
        text,
        tags=set(allowed.tags),
        attributes=attributes,
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer",
        filter_style_properties=set(allowed.styles),
        strip_comments=True,
    )


def is_empty_html(text: str) -> bool:
    """Nothing to read and nothing to see."""
    left = nh3.clean(text, tags={"img", "hr", "table"}, attributes={})
    return not left.replace("&nbsp;", " ").replace("\u00a0", " ").strip()
