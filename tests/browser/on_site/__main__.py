"""What the tests look at or arrange behind the running demo: `python -m … NAME [ARGUMENTS]`.

Each function stands in the module of what it is about; names are one set.
"""

import json
import sys
from collections.abc import Callable
from importlib import import_module

import django

MODULES = (
    "assessment",
    "courses",
    "coverage",
    "heat",
    "learning",
    "people",
    "projects",
    "teams",
    "workshops",
)


def function_named(name: str) -> Callable[..., object]:
    for module in MODULES:
        functions = vars(import_module(f"tests.browser.on_site.{module}"))
        if name in functions:
            found: Callable[..., object] = functions[name]
            return found
    raise LookupError(name)


django.setup()
answer = function_named(sys.argv[1])(*json.loads(sys.argv[2]))
sys.stdout.write(json.dumps(answer))
