"""The H5P part of the activity form: a hidden input with JSON, and what the browser draws."""

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from wagtail.admin.rich_text import DraftailRichTextArea

from courses.authoring.activities.words import LICENSES, STRINGS, TYPES
from courses.conf import conf
from courses.h5p import storage
from courses.h5p.accessibility import Status, accessibility_of
from courses.h5p.models import H5PLibrary
from courses.h5p.selectors import content_types, library_name

NAMESPACE = "lms_courses_activities"
ICON = "icon.svg"
# Everything of Wagtail's that H5P's texts can have; the browser takes what a field allows.
FEATURES = (
    *("h1", "h2", "h3", "h4", "h5", "h6", "bold", "italic", "ol", "ul", "hr", "link"),
    *("superscript", "subscript", "strikethrough", "code", "blockquote"),
)
# What Wagtail knows no feature for.
FURTHER_STYLES = ({"type": "UNDERLINE", "label": "U", "description": "U"},)
FURTHER_BLOCKS = ({"type": "code-block", "label": "<pre>", "description": "<pre>"},)


def _newest(libraries: Iterable[H5PLibrary]) -> list[H5PLibrary]:
    """One library per machine name: an author starts with the newest version."""
    newest: dict[str, H5PLibrary] = {}
    for library in sorted(libraries, key=lambda row: (row.major, row.minor)):
        newest[library.machine_name] = library
    return list(newest.values())


def _icon(library: H5PLibrary) -> str:
    """Address of the type's picture; empty = it has none."""
    file = storage.open_file(f"{library.stored_in}/{ICON}")
    if file is None or not conf.CONTENT_ORIGIN:
        return ""
    file.close()
    return f"{conf.CONTENT_ORIGIN}/h5p/libraries/{library.folder}/{ICON}"


def _hint(machine_name: str) -> dict[str, str] | None:
    """What is known of the type's accessibility: `{tone, text}`; None = nothing is."""
    known = accessibility_of(machine_name)
    if known.status is Status.UNKNOWN:
        return None
    if known.status is Status.ACCESSIBLE:
        return {"tone": "good", "text": gettext("Accessible")}
    reason = known.reason_ja if _language() == "ja" else known.reason_en
    words = gettext("Not accessible to everybody: %(reason)s") % {"reason": reason}
    return {"tone": "bad", "text": words}


def _language() -> str:
    return (get_language() or "ja").split("-")[0]


def offered_types() -> list[dict[str, Any]]:
    """The types an author can start with: `{library, title, original, description, icon, hint}`.

    `hint` None = nothing is known of the type's accessibility.
    """
    found = []
    for library in _newest(content_types()):
        described = library.metadata.get("description", "")
        title, description = TYPES.get(
            library.machine_name, (library.title, described if isinstance(described, str) else "")
        )
        found.append(
            {
                "library": library_name(library).label,
                "title": str(title),
                "original": library.title,
                "description": str(description),
                "icon": _icon(library),
                "hint": _hint(library.machine_name),
            }
        )
    return sorted(found, key=lambda entry: entry["title"])


def _rich_text() -> DraftailRichTextArea:
    return DraftailRichTextArea(features=FEATURES)


def rich_text_options() -> dict[str, Any]:
    """Options of Wagtail's editor with everything on."""
    options = _rich_text().options
    addresses = [reverse("wagtailadmin_choose_page_external_link")]
    links = [
        # Inside its frame an activity knows nothing of the site's pages: links are addresses.
        entity | {"chooserUrls": {**entity["chooserUrls"], "pageChooser": addresses[0]}}
        for entity in options["entityTypes"]
        if entity["type"] == "LINK"
    ]
    return {
        "inlineStyles": [*options["inlineStyles"], *FURTHER_STYLES],
        "blockTypes": [*options["blockTypes"], *FURTHER_BLOCKS],
        "entityTypes": links,
        "enableHorizontalRule": options.get("enableHorizontalRule", False),
    }


def _plain(value: Any) -> str:
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(value)


class H5PEditor(forms.Widget):
    """Draws the H5P editor.

    Attributes:
        faults: what is wrong with the given value: `{path, label, message}`, in order.
        is_saved: the value is a saved draft, so `faults` are only gaps in it.
        download_url: where the saved content can be fetched; empty = nothing is saved yet.
    """

    template_name = "lms_courses/activities/h5p_editor.html"
    faults: list[dict[str, str]]
    download_url: str
    is_saved: bool

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.faults = []
        self.download_url = ""
        self.is_saved = False

    @property
    def media(self) -> forms.Media:
        media: forms.Media = _rich_text().media + forms.Media(
            js=[Script("lms_courses/h5p_editor/editor.js", type="module")],  # type: ignore[list-item]
            css={"all": ["lms_courses/h5p_editor/editor.css"]},
        )
        return media

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        config = {
            "types": offered_types(),
            "urls": {
                "describe": reverse(f"{NAMESPACE}:describe"),
                "media": reverse(f"{NAMESPACE}:media"),
                "file": reverse(f"{NAMESPACE}:file"),
                "package": reverse(f"{NAMESPACE}:package"),
                "download": self.download_url,
            },
            "strings": STRINGS,
            "licenses": LICENSES,
            "rich_text": rich_text_options(),
            "language": _language(),
            "faults": self.faults,
            "is_saved": self.is_saved,
        }
        # Through JSON once: the options hold lazy texts at any depth.
        context["widget"]["config_id"] = f"{context['widget']['attrs']['id']}-config"
        context["widget"]["config"] = json.loads(json.dumps(config, default=_plain))
        return context
