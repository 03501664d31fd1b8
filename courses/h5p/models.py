"""Installed H5P libraries and imported H5P content. Files lie in the H5P storage, not here."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.h5p.strict_json import Decoder


class H5PLibrary(models.Model):
    """One row per machine name and major.minor version: what the player loads by folder name.

    `digest` is the SHA-256 over its files; another library with the same name and version is
    never taken in its place by an upload.
    """

    machine_name = models.CharField(_("machine name"), max_length=100)
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    patch = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=255)
    runnable = models.BooleanField(_("can be played by itself"), default=False)
    digest = models.CharField(max_length=64)
    stored_in = models.CharField(
        max_length=200, unique=True, help_text=_("Folder of its files in the H5P storage.")
    )
    license = models.CharField(_("licence"), max_length=100, blank=True)
    metadata = models.JSONField(help_text=_("The library's own library.json."))
    installed_at = models.DateTimeField(_("installed at"), auto_now_add=True)

    class Meta:
        verbose_name = _("H5P library")
        verbose_name_plural = _("H5P libraries")
        permissions = [("manage_h5p_libraries", _("Can install, upgrade and remove H5P libraries"))]
        ordering = ["machine_name", "major", "minor"]
        constraints = [
            models.UniqueConstraint(
                fields=["machine_name", "major", "minor"], name="lms_courses_h5p_library_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.machine_name} {self.major}.{self.minor}.{self.patch}"

    @property
    def version(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    @property
    def folder(self) -> str:
        """Folder name as the player asks for it."""
        return f"{self.machine_name}-{self.major}.{self.minor}"


class H5PLibraryDependency(models.Model):
    """One row per library and library it needs."""

    class Kind(models.TextChoices):
        PRELOADED = "preloaded", _("preloaded")
        DYNAMIC = "dynamic", _("dynamic")
        EDITOR = "editor", _("editor")

    library = models.ForeignKey(H5PLibrary, on_delete=models.CASCADE, related_name="dependencies")
    required = models.ForeignKey(H5PLibrary, on_delete=models.PROTECT, related_name="dependents")
    kind = models.CharField(max_length=16, choices=Kind.choices)

    class Meta:
        verbose_name = _("H5P library dependency")
        verbose_name_plural = _("H5P library dependencies")
        constraints = [
            models.UniqueConstraint(
                fields=["library", "required", "kind"], name="lms_courses_h5p_dependency_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.library_id} → {self.required_id} ({self.kind})"


class H5PFile(models.Model):
    """One row per distinct media file, however many contents show it and under what names.

    `made_at` is when somebody last stored it; a file that no content shows is kept for a while
    after that, since its author may be about to save.
    """

    digest = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 of its bytes."))
    extension = models.CharField(max_length=16)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    stored_in = models.CharField(
        max_length=1100, unique=True, help_text=_("Where it lies in the H5P storage.")
    )
    made_at = models.DateTimeField(_("stored at"), default=timezone.now)

    class Meta:
        verbose_name = _("H5P media file")
        verbose_name_plural = _("H5P media files")

    def __str__(self) -> str:
        return f"{self.digest[:32]}.{self.extension}"


class H5PContent(models.Model):
    """One row per version of a piece of content, imported or made here. Never changed.

    Its media are `files`; h5p.json and content.json are the two columns.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=255)
    language = models.CharField(_("language"), max_length=16, default="und")
    main_library = models.ForeignKey(
        H5PLibrary, on_delete=models.PROTECT, related_name="contents", verbose_name=_("type")
    )
    libraries = models.ManyToManyField(H5PLibrary, related_name="used_by")
    params = models.JSONField(decoder=Decoder, help_text=_("The package's content.json."))
    metadata = models.JSONField(decoder=Decoder, help_text=_("The package's h5p.json."))
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("H5P content")
        verbose_name_plural = _("H5P contents")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class H5PContentFile(models.Model):
    """One row per media file that a content shows, under its name there."""

    content = models.ForeignKey(H5PContent, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(H5PFile, on_delete=models.PROTECT, related_name="uses")
    name = models.CharField(
        max_length=1000, help_text=_("Below content/ in the package, e.g. images/window.png.")
    )

    class Meta:
        verbose_name = _("H5P content file")
        verbose_name_plural = _("H5P content files")
        ordering = ["content", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["content", "name"], name="lms_courses_h5p_content_file_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
