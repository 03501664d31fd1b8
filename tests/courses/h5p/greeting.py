"""A content type in two versions with real upgrade scripts, and a part that grows with it.

H5P.Greeting 1.0 has `text`; 1.1 renamed it to `message` (a hook in the oldest form, an object);
1.2 moved it into a group and adds a licence (a hook with extras). `parts` holds H5P.Word, whose
1.0 has `word` and whose 1.1 has `words`.
"""

from typing import Any

from tests.courses.h5p.packages import as_json, h5p_json, library_json, need

SCRIPT = """
var H5P = H5P || {};
H5P.Greeting = function (params) {
  H5P.EventDispatcher.call(this);
  this.attach = function ($container) {
    var text = params.text || (params.shown && params.shown.message);
    var words = (params.parts || []).map(function (part) {
      return part.params.word || part.params.words.join("/");
    });
    $container.addClass("h5p-greeting").text(text + " " + words.join(" "));
  };
};
H5P.Greeting.prototype = Object.create(H5P.EventDispatcher.prototype);
H5P.Greeting.prototype.constructor = H5P.Greeting;
"""

UPGRADES = """
var H5PUpgrades = H5PUpgrades || {};
H5PUpgrades['H5P.Greeting'] = (function ($) {
  if (!$) throw new Error('no jQuery');
  return {
    1: {
      2: function (parameters, finished, extras) {
        parameters.shown = { message: parameters.message + '（改）' };
        delete parameters.message;
        extras.metadata.license = 'CC BY';
        finished(null, parameters, extras);
      },
      1: {
        contentUpgrade: function (parameters, finished) {
          parameters.message = parameters.text;
          delete parameters.text;
          setTimeout(function () { finished(null, parameters); }, 1);
        }
      }
    }
  };
})(H5P.jQuery);
"""

WORD_UPGRADES = """
var H5PUpgrades = H5PUpgrades || {};
H5PUpgrades['H5P.Word'] = {
  1: { 1: function (parameters, finished) {
    finished(null, { words: [parameters.word] });
  } }
};
"""


def _text(name: str, **changes: Any) -> dict[str, Any]:
    return {"name": name, "type": "text", "label": name} | changes


def _parts(version: str) -> dict[str, Any]:
    part = {"name": "part", "type": "library", "label": "Part", "options": [f"H5P.Word {version}"]}
    return {"name": "parts", "type": "list", "label": "Parts", "optional": True, "field": part}


PICTURE = {"name": "picture", "type": "image", "label": "Picture", "optional": True}
OLD_SEMANTICS = [_text("text"), _parts("1.0"), PICTURE]
NEW_SEMANTICS = [
    {
        "name": "shown",
        "type": "group",
        "label": "Shown",
        "fields": [
            _text("message"),
            {
                "name": "tone",
                "type": "select",
                "label": "Tone",
                "options": [
                    {"value": "plain", "label": "Plain"},
                    {"value": "polite", "label": "Polite"},
                ],
                "default": "polite",
            },
        ],
    },
    _parts("1.1"),
    PICTURE,
]


def _library(label: str, files: dict[str, bytes], **changes: Any) -> dict[str, bytes]:
    folder = label.replace(" ", "-")
    metadata = library_json(label, **changes)
    inside = {"library.json": as_json(metadata), **files}
    return {f"{folder}/{name}": data for name, data in inside.items()}


def _greeting(label: str, semantics: Any, **files: bytes) -> dict[str, bytes]:
    return _library(
        label,
        {
            "greeting.js": SCRIPT.encode(),
            "semantics.json": as_json(semantics),
            **{name.replace("_", "."): data for name, data in files.items()},
        },
        title="あいさつ",
        preloadedJs=[{"path": "greeting.js"}],
    )


def _word(label: str, field: dict[str, Any], **files: bytes) -> dict[str, bytes]:
    return _library(
        label,
        {"semantics.json": as_json([field])}
        | {name.replace("_", "."): data for name, data in files.items()},
        title="ことば",
        runnable=0,
        preloadedJs=None,
    )


def old_version() -> dict[str, bytes]:
    """H5P.Greeting 1.0 and H5P.Word 1.0."""
    return _greeting("H5P.Greeting 1.0", OLD_SEMANTICS) | _word("H5P.Word 1.0", _text("word"))


def new_version(*, upgrades: str = UPGRADES) -> dict[str, bytes]:
    """H5P.Greeting 1.2 and H5P.Word 1.1."""
    words = {"name": "words", "type": "list", "label": "Words", "field": _text("one")}
    return _greeting("H5P.Greeting 1.2", NEW_SEMANTICS, upgrades_js=upgrades.encode()) | _word(
        "H5P.Word 1.1", words, upgrades_js=WORD_UPGRADES.encode()
    )


PARAMS = {
    "text": "おはようございます",
    "parts": [{"library": "H5P.Word 1.0", "params": {"word": "春"}, "subContentId": "a"}],
}
UPGRADED_PARAMS = {
    "shown": {"message": "おはようございます（改）", "tone": "polite"},
    "parts": [{"library": "H5P.Word 1.1", "params": {"words": ["春"]}, "subContentId": "a"}],
}


def greeting_package(**content: bytes) -> dict[str, bytes]:
    """A package of the old version, with its libraries."""
    metadata = h5p_json(
        title="朝のあいさつ",
        mainLibrary="H5P.Greeting",
        preloadedDependencies=[need("H5P.Greeting 1.0"), need("H5P.Word 1.0")],
    )
    return {
        "h5p.json": as_json(metadata),
        "content/content.json": as_json(PARAMS),
        **old_version(),
        **content,
    }
