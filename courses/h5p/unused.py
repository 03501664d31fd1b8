"""Contents and media that nothing shows any more: drafts thrown away, uploads never saved."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from wagtail.models import Revision, RevisionMixin

from courses.h5p import storage
from courses.h5p.models import H5PContent, H5PContentFile, H5PFile

logger = logging.getLogger(__name__)


class Removed(NamedTuple):
    """How much was removed."""

    contents: int
    files: int


def _pointers() -> "Iterator[models.ForeignKey[Any, Any]]":
    """Every foreign key to content, of whatever package, but that of its own files."""
    for relation in H5PContent._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and not relation.many_to_many:
            model = relation.related_model
            own = model is H5PContentFile or model is H5PContent.libraries.through
            if not own and isinstance(relation.field, models.ForeignKey):
                yield relation.field


def _drafted(pointer: "models.ForeignKey[Any, Any]") -> QuerySet[Any]:
    """Keys of contents that revisions of the pointing model name: drafts, and history."""
    kind = ContentType.objects.get_for_model(pointer.model, for_concrete_model=False)
    named = f"content__{pointer.name}"
    revisions: QuerySet[Any] = Revision.objects.filter(base_content_type=kind)
    return revisions.exclude(**{f"{named}__isnull": True}).values_list(named, flat=True).distinct()


def unused_contents(older_than: timedelta) -> QuerySet[H5PContent]:
    """Contents that no row of any package and no Wagtail revision points to.

    Args:
        older_than: younger ones are left out; somebody may be about to use them.
    """
    unused = H5PContent.objects.filter(created_at__lt=timezone.now() - older_than)
    for pointer in _pointers():
        rows = pointer.model._base_manager.filter(**{pointer.name: OuterRef("pk")})
        unused = unused.filter(~Exists(rows))
        if issubclass(pointer.model, RevisionMixin):
            drafted = [key for key in _drafted(pointer) if isinstance(key, int)]
            unused = unused.exclude(pk__in=drafted)
    return unused


def _remove_content(content: H5PContent) -> bool:
    try:
        with transaction.atomic():
            content.delete()
    except (models.ProtectedError, models.RestrictedError):
        # Somebody used it in the meantime.
        return False
    return True


def _remove_files(older_than: timedelta) -> int:
    """Media that no content shows; their bytes go when their rows are gone for good."""
    with transaction.atomic():
        # Whoever is storing content with one of them holds it.
        files = list(
            H5PFile.objects.select_for_update(skip_locked=True).filter(
                ~Exists(H5PContentFile.objects.filter(file=OuterRef("pk"))),
                made_at__lt=timezone.now() - older_than,
            )
        )
        for file in files:
            file.delete()
            transaction.on_commit(partial(storage.remove_file, file.stored_in))
    return len(files)


def remove_unused_contents(*, older_than: timedelta) -> Removed:
    """Removes what `unused_contents` names, and media that no content shows any more.

    Args:
        older_than: how long an author may take from uploading a picture to saving.
    """
    contents = sum(map(_remove_content, unused_contents(older_than)))
    removed = Removed(contents, _remove_files(older_than))
    logger.info("H5P: %d contents and %d files removed as unused", *removed)
    return removed
