"""What the tests look at or arrange behind the running demo: a process that answers lines.

A line of its input is `[name, arguments]`, and its answer the line of what that function gives,
both JSON; an empty line if the function failed. Django is set up once for all of them, and each
is called in a copy of the process, so that none finds what another has kept in memory.

Each function stands in the module of what it is about; names are one set.
"""

import json
import os
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
for line in sys.stdin:
    copy = os.fork()
    if not copy:
        name, arguments = json.loads(line)
        answer = function_named(name)(*arguments)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.exit()
    if os.waitpid(copy, 0)[1]:
        sys.stdout.write("\n")
        sys.stdout.flush()
