"""What can go wrong in a review."""

from courses.authoring.review.rules import Objection
from courses.exceptions import CoursesError


class NoReviewSetUp(CoursesError):
    """No workflow applies to the course page."""

    code = "no_review_set_up"


class AlreadyUnderReview(CoursesError):
    """The course was submitted and is not decided yet."""

    code = "already_under_review"


class NotUnderReview(CoursesError):
    """There is nothing to decide: not submitted, withdrawn, or decided meanwhile."""

    code = "not_under_review"


class MayNotDecide(CoursesError):
    """The person may not decide on this draft; `code` says why (courses/authoring/review/rules)."""

    code = "may_not_decide"

    def __init__(self, objection: Objection) -> None:
        super().__init__(str(objection.message))
        self.code = objection.code


class ReasonMissing(CoursesError):
    """Changes were asked for without saying which."""

    code = "reason_missing"


class MayNotInvite(CoursesError):
    """Somebody wants to let others approve who is no reviewer of the course."""

    code = "may_not_invite"


class ReviewLinkNotValid(CoursesError):
    """No such link, or it has expired or was revoked; it does not say which."""

    code = "review_link_not_valid"


class UnknownPlace(CoursesError):
    """The course as drafted has no such lesson, block or comment."""

    code = "unknown_place"
