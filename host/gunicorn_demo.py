"""How `make demo` serves: one process, a few threads, and a greeting once it listens."""

from typing import Any

wsgi_app = "host.wsgi:application"
raw_env = ["DJANGO_SETTINGS_MODULE=host.settings.demo"]
workers = 1
worker_class = "gthread"
threads = 8
accesslog = None
loglevel = "warning"


def when_ready(server: Any) -> None:
    """The address and the accounts, last on the screen."""
    import django

    django.setup()
    from host.greeting import greeting

    print(greeting(), flush=True)  # noqa: T201
