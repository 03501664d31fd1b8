"""A content type made for tests whose semantics has a field of every kind, in Japanese."""

import json
from pathlib import Path
from typing import Any

FOLDER = "H5P.EveryKind-1.0"
PART_FOLDER = "H5P.EveryPart-1.0"

SEMANTICS: list[dict[str, Any]] = [
    {"name": "heading", "type": "text", "label": "見出し", "importance": "high", "maxLength": 60},
    {
        "name": "note",
        "type": "text",
        "widget": "textarea",
        "label": "メモ",
        "optional": True,
        "description": "受講者には表示されません。",
    },
    {
        "name": "introduction",
        "type": "text",
        "widget": "html",
        "label": "説明文",
        "enterMode": "p",
        "tags": ["strong", "em", "ul", "ol", "a", "h2", "hr"],
    },
    {
        "name": "minutes",
        "type": "number",
        "label": "所要時間（分）",
        "min": 1,
        "max": 90,
        "default": 10,
    },
    {"name": "timed", "type": "boolean", "label": "時間を計る", "default": False},
    {
        "name": "limit",
        "type": "number",
        "label": "制限時間（分）",
        "min": 1,
        "widget": "showWhen",
        "showWhen": {"rules": [{"field": "timed", "equals": [True]}]},
    },
    {
        "name": "level",
        "type": "select",
        "label": "難しさ",
        "options": [
            {"value": "easy", "label": "やさしい"},
            {"value": "usual", "label": "ふつう"},
            {"value": "hard", "label": "むずかしい"},
        ],
        "default": "usual",
    },
    {
        "name": "department",
        "type": "select",
        "label": "担当",
        "optional": True,
        "options": [{"value": f"d{n}", "label": f"第{n}係"} for n in range(1, 8)],
    },
    {
        "name": "colour",
        "type": "text",
        "widget": "colorSelector",
        "label": "背景色",
        "default": "#ffffff",
        "optional": True,
    },
    {"name": "picture", "type": "image", "label": "写真", "optional": True},
    {"name": "sound", "type": "audio", "label": "音声", "optional": True},
    {
        "name": "questions",
        "type": "list",
        "label": "質問",
        "entity": "質問",
        "min": 1,
        "max": 4,
        "defaultNum": 1,
        "field": {
            "name": "question",
            "type": "group",
            "label": "質問",
            "fields": [
                {
                    "name": "text",
                    "type": "text",
                    "widget": "html",
                    "label": "質問文",
                    "enterMode": "div",
                    "tags": ["strong", "em"],
                },
                {"name": "points", "type": "number", "label": "配点", "min": 0, "default": 1},
                {
                    "name": "answers",
                    "type": "list",
                    "label": "正答",
                    "entity": "正答",
                    "min": 1,
                    "field": {"name": "answer", "type": "text", "label": "正答"},
                },
                {
                    "name": "hint",
                    "type": "text",
                    "label": "時間内のヒント",
                    "optional": True,
                    "widget": "showWhen",
                    "showWhen": {"rules": [{"field": "../../timed", "equals": [True]}]},
                },
            ],
        },
    },
    {
        "name": "part",
        "type": "library",
        "label": "部品",
        "optional": True,
        "options": ["H5P.EveryPart 1.0", "H5P.NotThere 1.0"],
    },
    {
        "name": "behaviour",
        "type": "group",
        "label": "動作の設定",
        "fields": [
            {"name": "retry", "type": "boolean", "label": "やり直しを認める", "default": True},
            {"name": "solution", "type": "boolean", "label": "解答を表示する", "default": True},
        ],
    },
    {"name": "odd", "type": "somethingNew", "label": "未知の項目", "optional": True},
    {
        "name": "l10n",
        "type": "group",
        "label": "ボタンの文言",
        "common": True,
        "fields": [{"name": "check", "type": "text", "label": "確認ボタン", "default": "確認する"}],
    },
]

PART_SEMANTICS: list[dict[str, Any]] = [
    {"name": "words", "type": "text", "label": "部品の文"},
    {
        "name": "inner",
        "type": "library",
        "label": "さらに部品",
        "optional": True,
        "options": ["H5P.EveryPart 1.0"],
    },
]

SCRIPT = """
var H5P = H5P || {};
H5P.EveryKind = function (params) { this.params = params; };
H5P.EveryKind.prototype.attach = function ($container) {
  $container.html('<h2></h2><ol></ol>');
  $container.find('h2').text(this.params.heading);
  (this.params.questions || []).forEach(function (question) {
    $container.find('ol').append(H5P.jQuery('<li></li>').html(question.text));
  });
};
"""
PART_SCRIPT = "var H5P = H5P || {}; H5P.EveryPart = function () {};"


def _library(name: str, title: str, *, runnable: int) -> dict[str, Any]:
    return {
        "title": title,
        "machineName": name,
        "majorVersion": 1,
        "minorVersion": 0,
        "patchVersion": 0,
        "runnable": runnable,
        "license": "MIT",
        "preloadedJs": [{"path": "program.js"}],
    }


def write_every_kind(directory: Path) -> Path:
    """The unpacked libraries in a folder, ready for `install_libraries_from_directory`."""
    for folder, library, semantics, script in (
        (FOLDER, _library("H5P.EveryKind", "全項目の見本", runnable=1), SEMANTICS, SCRIPT),
        (PART_FOLDER, _library("H5P.EveryPart", "部品", runnable=0), PART_SEMANTICS, PART_SCRIPT),
    ):
        (directory / folder).mkdir(parents=True)
        (directory / folder / "library.json").write_text(json.dumps(library), encoding="utf-8")
        (directory / folder / "semantics.json").write_text(json.dumps(semantics), encoding="utf-8")
        (directory / folder / "program.js").write_text(script, encoding="utf-8")
    return directory
