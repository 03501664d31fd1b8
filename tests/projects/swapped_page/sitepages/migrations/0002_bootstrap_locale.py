from django.db import migrations

from wagtail.models import BootstrapLocaleField, BootstrapTranslatableModel, BootstrapTranslationKeyField


class Migration(migrations.Migration):

    dependencies = [
        ("sitepages", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        BootstrapLocaleField("sitepages.SitePage"),
        BootstrapTranslationKeyField("sitepages.SitePage"),
        BootstrapTranslatableModel("sitepages.SitePage"),
    ]
