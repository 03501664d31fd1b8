from django.apps import AppConfig


class SitePagesConfig(AppConfig):
    name = "tests.projects.swapped_page.sitepages"
    label = "sitepages"
    default_auto_field = "django.db.models.BigAutoField"
