from django.apps import AppConfig


class HostConfig(AppConfig):
    """The ready-made site: what an office runs when it has no Wagtail site of its own."""

    name = "host"
    label = "lms_host"
