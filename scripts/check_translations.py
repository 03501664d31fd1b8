"""Every string the code marks for translation has a Japanese text, and none is fuzzy or unused.

Reads Python with its own `ast` and templates by their tags, so that no GNU
gettext is needed on a fresh machine.
"""

import ast
import re
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("courses", "lms", "skills_matrix", "api", "host")
PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
QUOTED = r"(\"[^\"]*\"|'[^']*')"
TEMPLATE_TAG = re.compile(rf"{{%\s*trans(?:late)?\s+{QUOTED}(?:\s+context\s+{QUOTED})?")

Key = tuple[str, str]
"""Context ("" without one) and English text: what gettext tells texts apart by."""
SKIPPED = {"node_modules", "migrations", "dist"}


def strings_in_python(path: Path) -> set[Key]:
    """First arguments of the translating calls; plural forms by their singular."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        texts = [
            argument.value
            for argument in node.args[:2]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if name in PLAIN | PLURAL and texts:
            found.add(("", texts[0]))
        if name in IN_CONTEXT and len(texts) == 2:
            found.add((texts[0], texts[1]))
    return found


def strings_in_template(path: Path) -> set[Key]:
    tags = TEMPLATE_TAG.findall(path.read_text(encoding="utf-8"))
    return {(context[1:-1], text[1:-1]) for text, context in tags}


def strings_of(package: str) -> set[Key]:
    found: set[Key] = set()
    for path in (ROOT / package).rglob("*"):
        if SKIPPED & set(path.parts):
            continue
        if path.suffix == ".py":
            found |= strings_in_python(path)
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            found |= strings_in_template(path)
    return found


def main() -> int:
    faults = []
    for package in PACKAGES:
        wanted = strings_of(package)
        po = ROOT / package / "locale" / "ja" / "LC_MESSAGES" / "django.po"
        catalogue = polib.pofile(str(po)) if po.exists() else []
        entries = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue}
        for key in sorted(wanted):
            entry = entries.get(key)
            if entry is None or not entry.translated() or entry.fuzzy:
                faults.append(f"{package}: no Japanese for {key!r}")
        unused = sorted(entries.keys() - wanted)
        faults.extend(f"{package}: not used any more: {key!r}" for key in unused)
    print("\n".join(faults) if faults else "Every string has a Japanese text.")
    return len(faults) > 0


if __name__ == "__main__":
    sys.exit(main())
