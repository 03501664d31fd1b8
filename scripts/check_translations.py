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
TEMPLATE_TAG = re.compile(r"{%\s*trans(?:late)?\s+(\"[^\"]*\"|'[^']*')")
SKIPPED = {"node_modules", "migrations", "dist"}


def strings_in_python(path: Path) -> set[str]:
    """First arguments of the translating calls; plural forms by their singular."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        first = node.args[0]
        is_text = isinstance(first, ast.Constant) and isinstance(first.value, str)
        if name in PLAIN | PLURAL and is_text:
            found.add(first.value)
    return found


def strings_in_template(path: Path) -> set[str]:
    return {match[1:-1] for match in TEMPLATE_TAG.findall(path.read_text(encoding="utf-8"))}


def strings_of(package: str) -> set[str]:
    found: set[str] = set()
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
        entries = {entry.msgid: entry for entry in polib.pofile(str(po))} if po.exists() else {}
        for msgid in sorted(wanted):
            entry = entries.get(msgid)
            if entry is None or not entry.translated() or entry.fuzzy:
                faults.append(f"{package}: no Japanese for {msgid!r}")
        unused = sorted(entries.keys() - wanted)
        faults.extend(f"{package}: not used any more: {msgid!r}" for msgid in unused)
    print("\n".join(faults) if faults else "Every string has a Japanese text.")
    return len(faults) > 0


if __name__ == "__main__":
    sys.exit(main())
