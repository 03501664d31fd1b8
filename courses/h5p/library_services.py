"""Installing and removing libraries: the librarian's writes. Files first, rows last."""

import logging
from collections.abc import Collection, Iterable
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses.conf import conf
from courses.exceptions import BundleChanged, LibraryInUse
from courses.h5p import storage
from courses.h5p.bundle import Bundle, Verdict, read_bundle
from courses.h5p.content_store import in_readers_language, removed_on_failure
from courses.h5p.library import preloaded_closure
from courses.h5p.library_store import store_libraries
from courses.h5p.models import H5PContent, H5PLibrary, H5PLibraryDependency
from courses.h5p.package import libraries_named_in
from courses.h5p.refusals import REASONS, PackageRefused
from courses.h5p.selectors import installed_libraries, libraries_named, library_name

logger = logging.getLogger(__name__)

INSTALLED = "lms_courses.h5p_library.install"
UPGRADED = "lms_courses.h5p_library.upgrade"
REMOVED = "lms_courses.h5p_library.remove"


def refusal_text(refused: PackageRefused) -> str:
    """The reason in the reader's language, with the place where there is one."""
    reason = _(REASONS[refused.reason]) % refused.params
    return f"{refused.place}: {reason}" if refused.place else reason


def bundle_in(file: BinaryIO) -> Bundle:
    """What installing the file would do to each library in it. Nothing is written; close it.

    Raises:
        PackageRefused: the archive breaks a rule or holds no library.
    """
    with in_readers_language():
        return read_bundle(file, installed=installed_libraries(), limits=conf.H5P_LIMITS)


def install_bundle(
    *, file: BinaryIO, fingerprint: str, installed_by: Any, source: str
) -> list[H5PLibrary]:
    """Installs the new libraries of a bundle, and replaces older patch versions by its own.

    What was refused when the bundle was shown stays out; the rest is complete without it.

    Args:
        fingerprint: of the bundle as it was shown (`Bundle.fingerprint`).
        installed_by: the user, for the log.
        source: where it came from, for the log: a file name, or the Hub's address.

    Returns:
        The libraries that were written.

    Raises:
        PackageRefused: the archive breaks a rule.
        BundleChanged: something was installed or removed since; show the bundle again.
    """
    with bundle_in(file) as bundle:
        if bundle.fingerprint != fingerprint:
            raise _changed()
        verdicts = {
            finding.library.name: finding
            for finding in bundle.findings
            if finding.library is not None and finding.verdict in (Verdict.NEW, Verdict.UPGRADE)
        }
        try:
            with removed_on_failure() as written, transaction.atomic():
                rows = store_libraries(bundle.to_write, written)
                _complete_closures(rows)
                for row in rows:
                    before = verdicts[library_name(row)].installed
                    _log(row, UPGRADED if before else INSTALLED, installed_by, source=source)
        except IntegrityError:
            # Somebody installed one of them at the same moment.
            raise _changed() from None
    for row in rows:
        logger.info("H5P library %s installed by %s from %s", row, installed_by, source)
    return rows


def _changed() -> BundleChanged:
    return BundleChanged(_("Other libraries are installed now than a moment ago. Look once more."))


def _log(row: H5PLibrary, action: str, user: Any, **data: Any) -> None:
    log(instance=row, action=action, user=user, data=data | {"version": str(row)})


def _complete_closures(replaced: Iterable[H5PLibrary]) -> None:
    """A newer patch may load libraries that the older did not; contents that use it get them."""
    rows = {library_name(row): row for row in replaced}
    if not rows:
        return
    at_hand = {name: one.library for name, one in installed_libraries().items()}
    for content in H5PContent.objects.filter(libraries__in=rows.values()).distinct():
        roots = [library_name(content.main_library), *libraries_named_in(content.params)]
        closure = preloaded_closure(roots, at_hand.get)
        content.libraries.set(libraries_named(library.name for library in closure))


def users_of(libraries: Collection[H5PLibrary]) -> list[str]:
    """Names of contents and of other libraries that need one of the libraries."""
    pks = [library.pk for library in libraries]
    contents = H5PContent.objects.filter(libraries__in=pks).distinct()
    needed = H5PLibraryDependency.objects.filter(required__in=pks).exclude(library__in=pks)
    others = {str(row.library) for row in needed.select_related("library")}
    return [*(content.title for content in contents), *sorted(others)]


@transaction.atomic
def remove_libraries(*, libraries: Iterable[H5PLibrary], removed_by: Any) -> None:
    """Removes libraries with their files; the files go once the rows are gone for good.

    Raises:
        LibraryInUse: content, or a library that stays, needs one of them. Nothing was removed.
    """
    wanted = {library.pk for library in libraries}
    rows = list(H5PLibrary.objects.select_for_update().filter(pk__in=wanted))
    users = users_of(rows)
    if users:
        raise _in_use(", ".join(map(str, rows)), users)
    H5PLibraryDependency.objects.filter(library__in=wanted).delete()
    folders = [row.stored_in for row in rows]
    for row in rows:
        _log(row, REMOVED, removed_by, digest=row.digest)
    H5PLibrary.objects.filter(pk__in=wanted).delete()
    transaction.on_commit(lambda: _remove_folders(folders))
    logger.info("H5P libraries %s removed by %s", ", ".join(map(str, rows)), removed_by)


@transaction.atomic
def remove_contents(*, contents: Iterable[H5PContent]) -> None:
    """Removes contents. Their media go with `remove_unused_contents`, once nothing shows them.

    Raises:
        LibraryInUse: something still refers to one of them. Nothing was removed.
    """
    try:
        H5PContent.objects.filter(pk__in=[row.pk for row in contents]).delete()
    except ProtectedError as error:
        raise _in_use("H5P", [str(row) for row in error.protected_objects]) from None


def _remove_folders(folders: Iterable[str]) -> None:
    for folder in folders:
        storage.remove_folder(folder)


def _in_use(library: str, users: list[str]) -> LibraryInUse:
    params = {"library": library, "users": ", ".join(users[:5])}
    text = _("%(library)s cannot be removed; it is needed by: %(users)s") % params
    return LibraryInUse(text, params=params)
