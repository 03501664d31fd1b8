from django.apps import AppConfig


class HostConfig(AppConfig):
    """The ready-made site: what an office runs when it has no Wagtail site of its own."""

    name = "host"
    label = "lms_host"

    def ready(self) -> None:
        """Django's account writes every name the English way round.

        An own account model only to override one method would change the table of every site
        that stands already; a host with a model of its own keeps that model's way.
        """
        from django.contrib.auth.models import User

        from host.names import full_name

        User.add_to_class("get_full_name", full_name)
