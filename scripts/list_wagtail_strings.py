"""What the installed Wagtail says that has no Japanese, here or in Wagtail; run after an upgrade.

Wagtail's own Japanese is incomplete. host/locale_wagtail holds the rest and what corrects it.
An entry that only one of the supported versions uses says so in a comment, "Only in Wagtail 7".
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
import wagtail

OURS = Path(__file__).resolve().parents[1] / "host" / "locale_wagtail" / "ja" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")
# For developers of Wagtail; not installed here.
SKIPPED = {"styleguide"}

# A singular and a plural entry of the same text are two entries to gettext.
Key = tuple[str | None, str, str]


def key_of(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def japanese_of(entry: polib.POEntry) -> str:
    return entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr


def wagtail_catalogues(language: str, domain: str) -> Iterator[polib.POFile]:
    for path in Path(wagtail.__file__).parent.rglob(f"locale/{language}/LC_MESSAGES/{domain}.po"):
        if not SKIPPED & set(path.parts):
            yield polib.pofile(str(path))


def wagtail_strings(domain: str) -> dict[Key, polib.POEntry]:
    """Every string that the installed Wagtail marks for translation."""
    return {
        key_of(entry): entry
        for catalogue in wagtail_catalogues("en", domain)
        for entry in catalogue
        if not entry.obsolete
    }


def wagtail_japanese(domain: str) -> dict[Key, str]:
    return {
        key_of(entry): japanese_of(entry)
        for catalogue in wagtail_catalogues("ja", domain)
        for entry in catalogue.translated_entries()
    }


def our_japanese(domain: str) -> dict[Key, polib.POEntry]:
    """Our entries; those for the other supported version of Wagtail too."""
    return {key_of(entry): entry for entry in polib.pofile(str(OURS / f"{domain}.po"))}


def is_for_installed(entry: polib.POEntry) -> bool:
    return entry.comment in {"", f"Only in Wagtail {wagtail.VERSION[0]}"}


def without_japanese(domain: str) -> list[str]:
    ours = {key for key, entry in our_japanese(domain).items() if entry.translated()}
    known = wagtail_japanese(domain).keys() | ours
    return [text for context, text, plural in wagtail_strings(domain).keys() - known]


def unused(domain: str) -> list[str]:
    """Texts of ours for the installed version that it does not have."""
    used = wagtail_strings(domain)
    return [
        entry.msgid
        for key, entry in our_japanese(domain).items()
        if is_for_installed(entry) and key not in used
    ]


def main() -> int:
    faults = [
        f"{domain}: {fault}: {json.dumps(text, ensure_ascii=False)}"
        for domain in DOMAINS
        for fault, texts in (("no Japanese", without_japanese(domain)), ("unused", unused(domain)))
        for text in sorted(texts)
    ]
    print("\n".join(faults) or f"All of Wagtail {wagtail.__version__} has a Japanese text.")
    return len(faults) > 0


if __name__ == "__main__":
    sys.exit(main())
