"""The review screen's addresses. Who has the link may use them: no session, and nothing that is
done here is recorded as learning.
"""

from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.throttling import SimpleRateThrottle

from api.schema import describe
from api.v1.courses.detail import player_place
from api.v1.courses.outputs import PlayerPlace
from api.v1.exercises.outputs import ExerciseOut, GradeOut
from api.v1.exercises.views import FILE, UPLOAD, HandInView, attachment, exercise_shown
from api.v1.reviews.detail import content_as_drafted, course_as_drafted, review_state
from api.v1.reviews.inputs import CommentIn, DecisionIn, ReplyIn
from api.v1.reviews.outputs import CommentOut, ReviewOut, ReviewStateOut
from api.views import ApiView
from courses.authoring.drafts import CourseDraft, course_draft
from courses.authoring.review.comments import (
    add_comment,
    add_reply,
    resolve_comment,
    threads,
)
from courses.authoring.review.exercises import drafted_exercise, grade_draft
from courses.authoring.review.links import link_for, page_of
from courses.authoring.review.models import ReviewLink
from courses.authoring.review.services import decide
from courses.models import Activity


class ReviewThrottle(SimpleRateThrottle):
    """By address of the caller: a reader needs far less, and guessing gets nowhere."""

    rate = "600/min"
    scope = "reviews"

    def get_cache_key(self, request: Request, view: Any) -> str:
        return f"lms_api_{self.scope}_{self.get_ident(request)}"


class ReviewGradeThrottle(ReviewThrottle):
    """Grading is work for the server, and a guest's link may go astray."""

    rate = "20/min"
    scope = "review_grades"


class ReviewView(ApiView):
    """One address below a review link."""

    # A session is never needed for a guest's link; a reviewer's own works only in theirs.
    authentication_classes = [SessionAuthentication]
    permission_classes = []
    throttle_classes = [ReviewThrottle]

    link: ReviewLink

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.link = link_for(kwargs["token"], user=request.user)

    @cached_property
    def draft(self) -> CourseDraft:
        return course_draft(page_of(self.link))

    def read(self, serializer: type[Serializer[Any]]) -> dict[str, Any]:
        """The body of the request, checked."""
        form = serializer(data=self.request.data)
        form.is_valid(raise_exception=True)
        found: dict[str, Any] = form.validated_data
        return found

    def thread(self, comment_id: int, status: int = 200) -> Response:
        """One comment as it is now."""
        found = next(row for row in threads(self.draft) if row.comment.pk == comment_id)
        return Response(CommentOut(found).data, status=status)


class ReviewCourseView(ReviewView):
    @describe(
        operation_id="getReview",
        tags=["reviews"],
        summary=gettext_lazy("A course to review"),
        responses=ReviewOut,
    )
    def get(self, request: Request, token: str) -> Response:
        """The latest draft of every lesson, and where the review stands."""
        # Before the texts of the draft are laid over its rows.
        state = review_state(self.link, self.draft)
        course = course_as_drafted(self.draft)
        return Response(ReviewOut(state, context={"course": course}).data)


class ReviewLaunchView(ReviewView):
    @describe(
        operation_id="launchDraftActivity",
        tags=["reviews"],
        summary=gettext_lazy("Try an activity as drafted"),
        responses=PlayerPlace,
    )
    def get(self, request: Request, token: str, activity_key: str) -> Response:
        """Where the player is. It keeps no state and its statements go nowhere."""
        for activity in self.draft.activities:
            content = content_as_drafted(activity, self.link.language)
            if activity.key == activity_key and content is not None:
                return Response(PlayerPlace(player_place(activity, content)).data)
        raise NotFound


class DraftExerciseView(ReviewView):
    """One address of a data exercise as drafted."""

    def exercise(self, key: str) -> Activity:
        found = drafted_exercise(self.draft, key)
        if found is None:
            raise NotFound
        return found


class ReviewExerciseView(DraftExerciseView):
    @describe(
        operation_id="getDraftExercise",
        tags=["reviews"],
        summary=gettext_lazy("A data exercise as drafted"),
        responses=ExerciseOut,
    )
    def get(self, request: Request, token: str, activity_key: str) -> Response:
        """What to do, with which file, by which rules. A review keeps no tries."""
        place = reverse("review_exercise_file", args=[token, activity_key])
        shown = exercise_shown(self.exercise(activity_key), file_url=place)
        return Response(ExerciseOut(shown | {"attempt_count": 0, "attempts": []}).data)


class ReviewExerciseFileView(DraftExerciseView):
    @describe(
        operation_id="getDraftExerciseFile",
        tags=["reviews"],
        summary=gettext_lazy("The file of a data exercise as drafted"),
        responses={(200, "application/octet-stream"): FILE},
    )
    def get(self, request: Request, token: str, activity_key: str) -> HttpResponse:
        """As the author gave it, byte by byte."""
        exercise: Any = self.exercise(activity_key).exercise
        return attachment(*exercise.messy_file())


class ReviewGradeView(HandInView, DraftExerciseView):
    throttle_classes = [ReviewThrottle, ReviewGradeThrottle]

    @describe(
        operation_id="gradeByDraftExercise",
        tags=["reviews"],
        summary=gettext_lazy("Try a data exercise as drafted"),
        request=UPLOAD,
        responses=GradeOut,
    )
    def post(self, request: Request, token: str, activity_key: str) -> Response:
        """Graded at once, as a learner's file would be, and not kept."""
        activity = self.exercise(activity_key)
        return Response(GradeOut(grade_draft(activity=activity, file=self.handed_in())).data)


class ReviewCommentsView(ReviewView):
    @describe(
        operation_id="listReviewComments",
        tags=["reviews"],
        summary=gettext_lazy("Comments on the draft"),
        responses=CommentOut(many=True),
    )
    def get(self, request: Request, token: str) -> Response:
        """All of them, oldest first; those of the authors in Wagtail's editor, too."""
        return Response(CommentOut(threads(self.draft), many=True).data)

    @describe(
        operation_id="addReviewComment",
        tags=["reviews"],
        summary=gettext_lazy("Comment on a lesson or block"),
        request=CommentIn,
        responses={201: CommentOut},
    )
    def post(self, request: Request, token: str) -> Response:
        """The author finds it beside the block in the editor."""
        asked = self.read(CommentIn)
        comment = add_comment(
            draft=self.draft,
            by=self.link.reviewer,
            lesson=asked["lesson_key"],
            block=asked["block_id"],
            text=asked["text"],
        )
        return self.thread(comment.pk, status=201)


class ReviewRepliesView(ReviewView):
    @describe(
        operation_id="replyToReviewComment",
        tags=["reviews"],
        summary=gettext_lazy("Reply to a comment"),
        request=ReplyIn,
        responses={201: CommentOut},
    )
    def post(self, request: Request, token: str, comment_id: int) -> Response:
        """The answer is the comment with all its replies."""
        text = self.read(ReplyIn)["text"]
        add_reply(draft=self.draft, by=self.link.reviewer, comment_id=comment_id, text=text)
        return self.thread(comment_id, status=201)


class ReviewResolutionView(ReviewView):
    @describe(
        operation_id="resolveReviewComment",
        tags=["reviews"],
        summary=gettext_lazy("Settle a comment"),
        request=None,
        responses=CommentOut,
    )
    def put(self, request: Request, token: str, comment_id: int) -> Response:
        """It leaves the author's editor and stays in the list."""
        return self._resolve(comment_id, resolved=True)

    @describe(
        operation_id="reopenReviewComment",
        tags=["reviews"],
        summary=gettext_lazy("Open a settled comment again"),
        responses={200: CommentOut},
    )
    def delete(self, request: Request, token: str, comment_id: int) -> Response:
        """The author sees it in the editor once more."""
        return self._resolve(comment_id, resolved=False)

    def _resolve(self, comment_id: int, *, resolved: bool) -> Response:
        resolve_comment(
            draft=self.draft, by=self.link.reviewer, comment_id=comment_id, resolved=resolved
        )
        return self.thread(comment_id)


class ReviewDecisionView(ReviewView):
    @describe(
        operation_id="decideReview",
        tags=["reviews"],
        summary=gettext_lazy("Approve, or ask for changes"),
        request=DecisionIn,
        responses=ReviewStateOut,
    )
    def post(self, request: Request, token: str) -> Response:
        """The last approval publishes the course; a wish for changes goes back to its author."""
        asked = self.read(DecisionIn)
        page = page_of(self.link)
        decide(page=page, by=self.link.reviewer, **asked)
        return Response(ReviewStateOut(review_state(self.link, self.draft)).data)
