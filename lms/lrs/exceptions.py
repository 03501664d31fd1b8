"""What the record store refuses beyond a statement that is not valid."""

from lms.exceptions import LmsError


class MayNotVoid(LmsError):
    """The statement that is to be voided is not the client's own."""

    code = "may_not_void"


class InvalidAttachment(LmsError):
    """What was sent with the statements and what they say of it do not agree."""

    code = "invalid_attachment"


class InvalidDocument(LmsError):
    """The document cannot be taken as it is."""

    code = "invalid_document"


class DocumentConflict(LmsError):
    """A document is there, and the request does not say that it knows it (xAPI part 3, 3.1)."""

    code = "document_conflict"


class DocumentChanged(LmsError):
    """The document is not the one that the request expects (If-Match, If-None-Match)."""

    code = "document_changed"
