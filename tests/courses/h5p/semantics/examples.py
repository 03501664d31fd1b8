"""A small content type with one of everything that is easily got wrong."""

from typing import Any

from courses.h5p.semantics.reading import read_fields
from courses.h5p.semantics.walk import ContentType

IMAGE = ContentType(
    "H5P.Image 1.1",
    "Image",
    read_fields(
        [
            {"name": "file", "type": "image", "label": "Picture"},
            {"name": "decorative", "type": "boolean", "default": False},
            {
                "name": "alt",
                "type": "text",
                "label": "Alternative text",
                "widget": "showWhen",
                "showWhen": {"rules": [{"field": "decorative", "equals": False}]},
            },
        ]
    ),
)
FIELDS = read_fields(
    [
        {
            "name": "question",
            "type": "text",
            "widget": "html",
            "tags": ["strong", "ul", "table"],
            "label": "Question",
        },
        {"name": "hint", "type": "text", "optional": True, "maxLength": 5},
        {"name": "correct", "type": "select", "options": [{"value": "true"}, {"value": 2}]},
        {
            "name": "l10n",
            "type": "group",
            "common": True,
            "label": "Words",
            "fields": [
                {"name": "check", "type": "text", "default": "Check"},
                {"name": "retry", "type": "text", "default": "Retry"},
                {"name": "note", "type": "text", "default": ""},
            ],
        },
        {
            "name": "tip",
            "type": "group",
            "fields": [{"name": "text", "type": "text", "default": "T"}],
        },
        {
            "name": "answers",
            "type": "list",
            "entity": "Answer",
            "min": 1,
            "max": 3,
            "field": {
                "type": "group",
                "fields": [
                    {"name": "text", "type": "text", "label": "Text"},
                    {
                        "name": "x",
                        "type": "number",
                        "decimals": 0,
                        "min": 0,
                        "max": 100,
                        "default": 1,
                    },
                ],
            },
        },
        {"name": "media", "type": "library", "options": ["H5P.Image 1.1"], "optional": True},
        {
            "name": "zoom",
            "type": "text",
            "showWhen": {"rules": [{"field": "media", "equals": "H5P.Image 1.0"}]},
        },
        {
            "name": "more",
            "type": "group",
            "optional": True,
            "fields": [
                {"name": "a", "type": "text"},
                {"name": "b", "type": "text", "default": "B"},
            ],
        },
    ]
)
SOUND: dict[str, Any] = {"question": "<p>はい？</p>", "correct": "true", "answers": [{"text": "A"}]}
FILES = {"images/a.png", "images/a.pdf"}


def find(label: str) -> ContentType | None:
    return IMAGE if label == "H5P.Image 1.1" else None


def picture(path: str = "images/a.png", **params: Any) -> dict[str, Any]:
    return {"library": "H5P.Image 1.1", "params": {"file": {"path": path}, "alt": "窓", **params}}
