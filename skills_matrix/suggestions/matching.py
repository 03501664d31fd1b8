"""New and strong matches of the whole office, and telling people of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from courses.models import Course
from lms.enrolment.selectors import open_course_ids
from lms.notices.kinds import NoticeKind
from lms.notices.models import MailChoice, Notice
from lms.notices.services import Topic, tell_of_topic
from lms.people.models import Employee
from lms.people.selectors import postings_on
from skills_matrix.chain import derive_chain
from skills_matrix.competencies.models import Competency
from skills_matrix.conf import conf
from skills_matrix.engine.closing import closing_courses, demands_of
from skills_matrix.engine.suggestions import match_projects
from skills_matrix.frames import (
    courses_frame,
    frame_of_access,
    needs_frame,
    office_day,
    projects_frame,
    relevance_frame,
)
from skills_matrix.projects.models import Project, ProjectMember
from skills_matrix.reports.values import rows_of
from skills_matrix.suggestions.models import SuggestionNotices
from skills_matrix.suggestions.selectors import answers_in_force

MATCH = "project_match"
MATCH_KIND = NoticeKind(
    _("The project “%(course)s” looks for people and suits you well."),
    lambda notice: notice.path,
    MailChoice.When.DAILY,
    title=_("project that suits you"),
)


class Match(NamedTuple):
    employee_id: int
    project_id: int
    score: float


def strong_matches(*, as_of: datetime) -> list[Match]:
    """Everybody against the projects that look for people, from the office's threshold on.

    The best first. Templates look for nobody. The number of queries is fixed.
    """
    projects = Project.objects.filter(status=Project.Status.APPROVED).order_by("pk")
    on = office_day(as_of)
    employees = Employee.objects.filter(
        pk__in=postings_on(on).filter(is_main=True).order_by().values("employee_id")
    )
    needs = needs_frame(projects)
    if needs.empty:
        return []
    chain = derive_chain(
        employees=employees,
        competencies=Competency.objects.filter(pk__in=set(needs["competency_id"].tolist())),
        as_of=as_of,
    )
    open_ids = open_course_ids(chain.frames.people["employee_id"].tolist(), on)
    courses = Course.objects.filter(pk__in=set().union(*open_ids.values()))
    scores = match_projects(
        people=chain.frames.people,
        person_roles=chain.frames.person_roles,
        levels=chain.levels,
        projects=projects_frame(projects),
        needs=needs,
        relevance=relevance_frame(projects),
        closing_courses=closing_courses(
            demands_of(needs),
            chain.awards,
            courses_frame(courses),
            frame_of_access(open_ids),
            as_of=as_of,
            minimum_assurance=chain.rule.minimum_assurance,
        ),
        weights=conf.SUGGESTION_WEIGHTS,
    ).scores
    strong = scores[scores["score"] >= conf.STRONG_MATCH]
    found = [Match(row.employee_id, row.project_id, row.score) for row in rows_of(strong)]
    return sorted(found, key=lambda match: (-match.score, match.employee_id, match.project_id))


def tell_of_matches(*, on: date, as_of: datetime) -> int:
    """Tell people of matches that are new to them; gives how many notices are new.

    Nobody is told of a project twice, of one that they answered or are in, or of more in a
    calendar month than they allow. The same day twice tells nothing new.
    """
    allowed = dict(SuggestionNotices.objects.values_list("employee_id", "most_a_month"))
    told, this_month = _told(on)
    known = _known() | told
    chosen: dict[int, list[int]] = defaultdict(list)
    for match in strong_matches(as_of=as_of):
        pair = (match.employee_id, match.project_id)
        most = allowed.get(match.employee_id, conf.MATCH_NOTICES)
        if pair not in known and this_month[match.employee_id] < most:
            this_month[match.employee_id] += 1
            chosen[match.project_id].append(match.employee_id)
    projects = Project.objects.in_bulk(chosen)
    return sum(
        tell_of_topic(kind=MATCH, topic=_topic(projects[pk]), recipients=recipients, occasion=on)
        for pk, recipients in sorted(chosen.items())
    )


def _topic(project: Project) -> Topic:
    """By its id: a project keeps it when its key is changed."""
    path = f"/projects/{project.key}"
    return Topic(f"project:{project.pk}", project.title_ja, project.title_en, path)


def _told(on: date) -> tuple[set[tuple[int, int]], Counter[int]]:
    """(employee_id, project_id) told of ever, and how many each person was told of this month."""
    rows: Iterable[tuple[int, str, date]] = Notice.objects.filter(kind=MATCH).values_list(
        "recipient_id", "topic", "occasion"
    )
    pairs, this_month = set(), Counter[int]()
    for recipient, topic, occasion in rows:
        pairs.add((recipient, int(topic.partition(":")[2])))
        this_month[recipient] += (occasion.year, occasion.month) == (on.year, on.month)
    return pairs, this_month


def _known() -> set[tuple[int, int]]:
    """Whoever answered a project, or is in it, needs no telling."""
    answered = answers_in_force().order_by().values_list("employee_id", "project_id")
    members = ProjectMember.objects.filter(left_on=None).values_list("employee_id", "project_id")
    return set(answered) | set(members)
