"""What the H5P editor says: the browser gets every word from here, in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

STRINGS: Mapping[str, Words] = {
    # Everywhere
    "cancel": _("Cancel"),
    "close": _("Close"),
    "change": _("Change the type"),
    "clear": _("Clear the choice"),
    "loading": _("Loading…"),
    "tryAgain": _("Try again"),
    "noConnection": _("The server cannot be reached. Check the connection and try again."),
    "serverFault": _(
        "The server could not answer. Sign in again in another tab, then try once more."
    ),
    "tooLarge": _("The file is too large for this server."),
    "faults": _("{number} places need your attention"),
    "unfinished": _(
        "The draft is saved. The course can be submitted and published once these are filled in."
    ),
    # Choosing a type
    "chooseType": _("Choose the type of activity"),
    "changeType": _("Change the type"),
    "losesInput": _("What you have entered in this form will be lost. The title is kept."),
    "searchTypes": _("Search types"),
    "found": _("{number} types found"),
    "noMatch": _("No type matches. Try other words."),
    "noTypes": _("No content type is installed yet."),
    "noTypesHelp": _("Ask the H5P librarian of your office to install the types you need."),
    "typeChosen": _("{type} is chosen. Fill in the form."),
    "notInstalled": _("{type} (not installed)"),
    # Packages
    "uploadPackage": _("Read an H5P file"),
    "download": _("Download as an H5P file"),
    "downloadHelp": _("A standard .h5p file of what was last saved."),
    "packageRead": _("{name} was read. Look it through, then save the draft."),
    "packageRefused": _("The file was not taken over."),
    # Fields
    "value": _("Value"),
    "details": _("Details"),
    "choose": _("Choose one"),
    "pickColor": _("Pick a colour"),
    "wrongPattern": _("This does not have the form that is asked for here."),
    "notJson": _("This is not valid JSON. The last valid value is kept."),
    "editedAsJson": _("This kind of field has no input of its own; edit its value as JSON."),
    "editedAsHtml": _(
        "The text has formatting that the editor cannot keep, so it is edited as HTML."
    ),
    "words": _("Wording and translations"),
    "wordsHelp": _("Texts of buttons and messages. The defaults are fine in most cases."),
    # Lists
    "item": _("item"),
    "add": _("Add {what}"),
    "remove": _("Remove {what}"),
    "duplicate": _("Duplicate {what}"),
    "moveUp": _("Move {what} up"),
    "moveDown": _("Move {what} down"),
    "undo": _("Undo"),
    "added": _("{what} was added."),
    "removed": _("{what} was removed."),
    "restored": _("{what} is back."),
    "duplicated": _("{what} was duplicated."),
    "moved": _("{what} is now number {number}."),
    "countOf": _("{what}: {number}"),
    "itemCount": _("({number})"),
    # Files
    "chooseFile": _("Choose a file"),
    "addFormat": _("Add another format"),
    "replaceFile": _("Replace"),
    "removeFile": _("Remove"),
    "fileKinds": _("Or drop it here. Kinds: {kinds}"),
    "uploading": _("Upload"),
    "uploadingFile": _("Uploading {name}…"),
    "uploaded": _("{name} was uploaded."),
    "outsideMedia": _("This file lies on another network and will not play here."),
    "rights": _("Copyright"),
    "rightsTitle": _("Title of the work"),
    "rightsAuthor": _("Author"),
    "rightsYear": _("Year"),
    "rightsSource": _("Source"),
    "rightsLicense": _("Licence"),
}

# The licences that H5P keeps beside a file, by the codes of its core.
LICENSES: tuple[tuple[str, Words], ...] = (
    ("U", _("Not stated")),
    ("C", _("All rights reserved")),
    ("CC BY", _("CC BY (attribution)")),
    ("CC BY-SA", _("CC BY-SA (attribution, share alike)")),
    ("CC BY-ND", _("CC BY-ND (attribution, no derivatives)")),
    ("CC BY-NC", _("CC BY-NC (attribution, non-commercial)")),
    ("CC BY-NC-SA", _("CC BY-NC-SA (attribution, non-commercial, share alike)")),
    ("CC BY-NC-ND", _("CC BY-NC-ND (attribution, non-commercial, no derivatives)")),
    ("CC0 1.0", _("CC0 (no rights reserved)")),
    ("PD", _("Public domain")),
)

# Official types that an office is likely to have: what they are called and what they are for.
# Their own libraries say it in English only.
TYPES: Mapping[str, tuple[Words, Words]] = {
    "H5P.Accordion": (_("Accordion"), _("Texts that open under their headings.")),
    "H5P.Blanks": (_("Fill in the blanks"), _("Learners type the missing words of a text.")),
    "H5P.BranchingScenario": (
        _("Branching scenario"),
        _("A situation in which every choice leads to another part."),
    ),
    "H5P.Column": (
        _("Column of contents"),
        _("Texts, pictures and questions one below the other."),
    ),
    "H5P.CoursePresentation": (_("Slides"), _("Slides with texts, pictures and questions.")),
    "H5P.Dialogcards": (_("Dialog cards"), _("Cards to turn: a term and its meaning.")),
    "H5P.DragQuestion": (
        _("Drag and drop"),
        _("Things are dragged to their places on a picture."),
    ),
    "H5P.DragText": (_("Drag the words"), _("Words are dragged into the gaps of a text.")),
    "H5P.Essay": (_("Essay"), _("A free text, looked through for keywords.")),
    "H5P.Flashcards": (_("Flashcards"), _("A picture or a question, and the answer typed.")),
    "H5P.ImageHotspots": (_("Picture with hotspots"), _("Explanations at places of a picture.")),
    "H5P.InteractiveBook": (_("Interactive book"), _("Chapters with texts and questions.")),
    "H5P.InteractiveVideo": (
        _("Interactive video"),
        _("A film that stops for questions and explanations."),
    ),
    "H5P.MarkTheWords": (_("Mark the words"), _("The right words of a text are clicked.")),
    "H5P.MultiChoice": (_("Multiple choice"), _("One or several right answers out of many.")),
    "H5P.QuestionSet": (_("Question set"), _("Several questions one after the other.")),
    "H5P.SingleChoiceSet": (_("Single choice set"), _("Short questions with one right answer.")),
    "H5P.SortParagraphs": (_("Sort the paragraphs"), _("Steps are put into the right order.")),
    "H5P.Summary": (
        _("Summary of statements"),
        _("Right statements are chosen to build a summary."),
    ),
    "H5P.Timeline": (_("Time line"), _("Events in the order of time.")),
    "H5P.TrueFalse": (_("True or false"), _("A statement that is right or wrong.")),
}
