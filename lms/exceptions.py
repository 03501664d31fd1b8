"""Every fault of the package. `code` is stable; api/errors.py gives each its HTTP status."""


class LmsError(Exception):
    """Root of the package's errors.

    Attributes:
        place: where in the input the fault is, e.g. `[3].verb.id`; empty = the whole of it.
    """

    code = "lms_error"

    def __init__(self, message: str, *, place: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place


class InvalidStatement(LmsError):
    """The statement is not acceptable xAPI."""

    code = "invalid_statement"


class StatementConflict(LmsError):
    """A statement with this id but other content is already stored (xAPI part 3, 2.1.1)."""

    code = "statement_conflict"


class UnknownActivity(LmsError):
    """No activity of this site has that id, or it is not this learner's."""

    code = "unknown_activity"


class GradedByServer(LmsError):
    """A browser's own statement about a data exercise or a workshop: only the server says it."""

    code = "graded_by_server"


class UnknownContent(LmsError):
    """The content a statement was made on is no published version of its activity."""

    code = "unknown_content"


class NotEnrolled(LmsError):
    """The learner is not enrolled in the course the activity belongs to."""

    code = "not_enrolled"


class CourseNotAvailable(LmsError):
    """The course does not exist, is not published, or is not meant for this person."""

    code = "course_not_available"


class PrerequisitesMissing(LmsError):
    """Other courses come first; `message` names them."""

    code = "prerequisites_missing"


class InvalidState(LmsError):
    """The state document or its id cannot be stored."""

    code = "invalid_state"


class RevocationRefused(LmsError):
    """A certificate is revoked without saying why."""

    code = "revocation_refused"


class CertificateNotPrintable(LmsError):
    """The site has no font that certificates could be printed with."""

    code = "certificate_not_printable"


class BadgesNotSetUp(LmsError):
    """The site has no key to sign Open Badges with."""

    code = "badges_not_set_up"


class InvalidCsv(LmsError):
    """A file that cannot be read as one table.

    Codes: `too_large`, `wrong_encoding`, `nul`, `broken_quotes`, `no_header`, `empty_header`,
    `repeated_header`.

    Attributes:
        line: physical line of the fault, from 1.
    """

    code = "invalid_csv"

    def __init__(self, code: str, message: str, *, line: int = 1) -> None:
        super().__init__(message, place=f"line {line}")
        self.code = code
        self.line = line


class ImportRefused(LmsError):
    """A file of people or departments has faults; nothing of it was taken."""

    code = "import_refused"


class AccountTaken(LmsError):
    """The person has another account already, or the account belongs to another person."""

    code = "account_taken"


class InvalidCell(LmsError):
    """A value that its column does not take.

    Codes: `bad_staff_number`, `bad_code`, `bad_kana`, `bad_email`, `unprintable`, `too_long`.
    """

    code = "invalid_cell"

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class InvalidOrder(LmsError):
    """A personnel order (発令) that does not fit the person's history; `place` is its field.

    Codes: `inside_history`, `overlaps_next`.
    """

    code = "invalid_order"

    def __init__(self, code: str, message: str, *, place: str) -> None:
        super().__init__(message, place=place)
        self.code = code


class OrderRefused(LmsError):
    """An order to people (an extension, an exemption, a course for a list) that is not given.

    Codes: the keys of `lms.enrolment.orders.refusals.REASONS`.
    """

    code = "order_refused"

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class AudienceRefused(LmsError):
    """Rules that cannot be a course's audience; `place` is the number of the rule, from 1.

    Codes: the keys of `lms.enrolment.refusals.REASONS`.
    """

    code = "audience_refused"

    def __init__(self, code: str, message: str, *, place: str = "") -> None:
        super().__init__(message, place=place)
        self.code = code


class SessionNotAvailable(LmsError):
    """The session does not exist, or belongs to no course that is this person's."""

    code = "session_not_available"


class WorkshopRefused(LmsError):
    """A seat, a session or an attendance sheet that cannot be as asked.

    Codes: the keys of `lms.workshops.refusals.REASONS`.
    """

    code = "workshop_refused"

    def __init__(self, code: str, message: str, *, place: str = "") -> None:
        super().__init__(message, place=place)
        self.code = code


class RunTakenOver(LmsError):
    """A background job that this worker began is another's now: it had not been heard of."""

    code = "run_taken_over"


class ChangeRefused(LmsError):
    """A personnel change cannot be taken, applied or undone as it stands.

    Codes: `bad_day`, `not_previewed`, `day_is_over`, `not_applied`, `another_day`.
    """

    code = "change_refused"

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class UndoRefused(ChangeRefused):
    """Something has come to depend on what a personnel change did.

    Codes: `changed_since`, `in_use`, `learned_since`, `refers_to_missing`.
    """


class InvalidCondition(LmsError):
    """A condition of an audience rule that cannot be read; `place` is the path to the fault.

    Codes: `bad_shape`, `too_large`, `unknown_key`.
    """

    code = "invalid_condition"

    def __init__(self, code: str, message: str, *, place: str = "") -> None:
        super().__init__(message, place=place)
        self.code = code
