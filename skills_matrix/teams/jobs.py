"""The background job: the greedy answer is kept at once, and each better one in its place."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.jobs.registry import Job
from lms.jobs.work import Work
from skills_matrix.engine.teams.compose import Answer, compose_teams
from skills_matrix.teams.selectors import problem_of, rules_of
from skills_matrix.teams.services import COMPOSE, keep_answer, request_of

# Reading, the first answer, the best one.
_STAGES = 3


def do_compose(work: Work) -> None:
    work.expect(1)
    request = request_of(UUID(work.arguments["request"]))
    work.tell(done=0, total=_STAGES, message=_("Reading what there is"))
    problem = problem_of(request)

    def better(answer: Answer) -> None:
        keep_answer(request=request, answer=answer, is_final=False)
        work.tell(done=2, total=_STAGES, message=_("Looking for better teams"))

    answer = compose_teams(
        problem, rules_of(request), seconds=float(request.seconds), on_answer=better
    )
    with work.step():
        keep_answer(request=request, answer=answer, is_final=True)


COMPOSE_JOB = Job(COMPOSE, gettext_lazy("Composing teams for projects"), do_compose)
