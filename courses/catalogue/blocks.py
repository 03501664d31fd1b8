"""What a lesson can be made of; the API and the templates read the same values."""

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from courses.catalogue.choosers import ActivityChooser
from courses.catalogue.models import Activity

RICH_TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class PictureBlock(ImageBlock):
    """Wagtail's image block with a label on its image, which is in English whatever the language.

    It deconstructs as an `ImageBlock`: migrations do not know it.
    """

    def __init__(self, required: bool = True, **kwargs: object) -> None:
        super().__init__(required=required, **kwargs)
        self.child_blocks["image"].label = _("Image")


class VideoBlock(blocks.StructBlock):
    """A video file with captions; both are documents of this site, never an outside player."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    file = DocumentChooserBlock(label=_("Video file (mp4, webm)"))
    captions = DocumentChooserBlock(
        label=_("Captions (vtt)"),
        required=False,
        help_text=_("Needed whenever somebody speaks in the video."),
    )
    transcript = blocks.TextBlock(label=_("Transcript"), required=False)

    class Meta:
        icon = "media"
        label = _("Video")
        template = "lms_courses/blocks/video.html"


class CalloutBlock(blocks.StructBlock):
    """A short passage set apart: a tip, an example or a warning."""

    tone = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("tip", _("Tip")), ("example", _("Example")), ("warning", _("Warning"))],
        default="tip",
    )
    title = blocks.CharBlock(label=_("Title"), max_length=100)
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "italic", "ol", "ul", "link"])

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "lms_courses/blocks/callout.html"


class ActivityChooserBlock(SnippetChooserBlock):
    """Chooses an H5P activity of the catalogue, or makes a new one."""

    kind = Activity.Kind.H5P

    def __init__(self, **kwargs: object) -> None:
        super().__init__(Activity, **kwargs)

    @property
    def queryset(self) -> QuerySet[Activity]:
        return Activity.objects.filter(kind=self.kind)

    @cached_property
    def widget(self) -> ActivityChooser:
        return ActivityChooser(self.kind, icon=self.meta.icon)

    class Meta:
        icon = "form"
        label = _("H5P activity")
        template = "lms_courses/blocks/h5p.html"


class ExerciseChooserBlock(ActivityChooserBlock):
    """Chooses a data exercise of the catalogue, or makes a new one."""

    kind = Activity.Kind.EXERCISE

    class Meta:
        icon = "table"
        label = _("Data exercise")
        template = "lms_courses/blocks/exercise.html"


class WorkshopChooserBlock(ActivityChooserBlock):
    """Chooses a workshop of the catalogue, or makes a new one."""

    kind = Activity.Kind.WORKSHOP

    class Meta:
        icon = "group"
        label = _("Workshop")
        template = "lms_courses/blocks/workshop.html"


class LessonBody(blocks.StreamBlock):
    rich_text = blocks.RichTextBlock(label=_("Text"), icon="pilcrow", features=RICH_TEXT_FEATURES)
    image = PictureBlock(label=_("Image"), template="lms_courses/blocks/image.html")
    video = VideoBlock()
    document = DocumentChooserBlock(
        label=_("Document"), template="lms_courses/blocks/document.html"
    )
    callout = CalloutBlock()
    h5p = ActivityChooserBlock()
    exercise = ExerciseChooserBlock()
    workshop = WorkshopChooserBlock()
