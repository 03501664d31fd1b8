"""Compile a .po file beside itself, without GNU gettext (a fresh machine may have none)."""

import sys
from pathlib import Path

import polib

for name in sys.argv[1:]:
    source = Path(name)
    catalogue = polib.pofile(str(source))
    catalogue.save_as_mofile(str(source.with_suffix(".mo")))
