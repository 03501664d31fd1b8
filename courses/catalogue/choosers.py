"""The admin's chooser of activities, for one kind of them."""

from typing import Any

from wagtail.snippets.widgets import AdminSnippetChooser

from courses.catalogue.models import Activity


class ActivityChooser(AdminSnippetChooser):
    """Offers activities of one kind and makes new ones of it."""

    def __init__(self, kind: str, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(Activity, **kwargs)

    def get_chooser_modal_url(self) -> str:
        return f"{super().get_chooser_modal_url()}?kind={self.kind}"
