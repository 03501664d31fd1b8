"""What teams are worth, who covers and teaches what, and which rules they break, by how much."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from skills_matrix.engine.arrays import ABSENT
from skills_matrix.engine.teams.problem import NICE_POINTS, TeamProblem
from skills_matrix.engine.teams.pruning import eligible, hours_allowed
from skills_matrix.engine.teams.rules import (
    CRITICAL,
    FORBID,
    HOURS,
    LEARNER,
    MUST,
    PENALTIES,
    PIN,
    PLACES,
    REFUSAL,
    SECTION,
    TIER,
    TeamRules,
)

# Position of a project -> positions of its members.
Teams = Mapping[int, Sequence[int]]


class Breach(NamedTuple):
    """A rule that is not kept. Ids; ``ABSENT`` = has nothing to do with it.

    Attributes:
        rule: one of ``rules.RULES``.
        subject_id: the competency, section or tier.
        asked: what the rule says, in holders, learners, people or hours.
        given: what there is.
        available: of holders and learners: how many there are to choose from, in the whole office.
    """

    rule: str
    project_id: int
    employee_id: int
    subject_id: int
    asked: int
    given: int
    available: int = ABSENT

    @property
    def amount(self) -> int:
        return abs(self.asked - self.given)

    @property
    def cost(self) -> int:
        return PENALTIES[self.rule] * self.amount


class Covered(NamedTuple):
    """A need of the project: who in the team has the level, by id, ascending."""

    competency_id: int
    level: int
    must: bool
    asked: int
    holder_ids: tuple[int, ...]


class Lesson(NamedTuple):
    """A member who is one level short of a must-need, and who in the team teaches it."""

    learner_id: int
    mentor_id: int
    competency_id: int


class TeamView(NamedTuple):
    """A team: ids ascending; ``score`` in points; ``hours`` a week of all members together."""

    project_id: int
    employee_ids: tuple[int, ...]
    score: int
    hours: int
    needs: tuple[Covered, ...]
    lessons: tuple[Lesson, ...]


class Appraisal(NamedTuple):
    """Teams by project, their points together, and every rule they break."""

    score: int
    teams: tuple[TeamView, ...]
    breaches: tuple[Breach, ...]


def appraise(problem: TeamProblem, rules: TeamRules, teams: Teams) -> Appraisal:
    """Look at teams, whoever made them. A project that ``teams`` does not name is passed over."""
    views, breaches = [], []
    spent: Counter[int] = Counter()
    for project in sorted(teams):
        members = sorted(teams[project])
        views.append(_view(problem, rules, project, members))
        breaches += _breaches(problem, rules, project, members)
        for person in members:
            spent[person] += int(problem.hours[project])
    allowed = hours_allowed(problem, rules)
    for person in sorted(spent):
        total, most = spent[person] + int(problem.taken[person]), int(allowed[person])
        if total > most:
            breaches.append(Breach(HOURS, ABSENT, _id(problem, person), ABSENT, most, total))
    return Appraisal(sum(view.score for view in views), tuple(views), tuple(breaches))


def asked_of(problem: TeamProblem, rules: TeamRules, need: int) -> dict[str, int]:
    """Holders that each rule takes of a need; a rule that asks nothing more is left out."""
    asked = {}
    competency = _competency(problem, need)
    at = {
        "project_id": int(problem.projects[problem.need_project[need]]),
        "subject_id": competency,
    }
    headcount = int(problem.need_headcount[need]) if problem.need_must[need] else 0
    if headcount:
        asked[MUST] = rules.limit(MUST, headcount, **at)
    # Where the must asks as much, it is the must that gives way.
    if competency in rules.critical and rules.critical_holders > headcount:
        asked[CRITICAL] = rules.limit(CRITICAL, rules.critical_holders, **at)
    return asked


def learners_asked(problem: TeamProblem, rules: TeamRules, project: int) -> int:
    if not problem.has_musts(project):
        return 0
    return rules.limit(LEARNER, rules.learners, project_id=int(problem.projects[project]))


def most_of(rules: TeamRules, rule: str, project_id: int, group: int) -> int | None:
    """Members of one section or tier that a team may have; None = any number."""
    most = {SECTION: rules.per_section, TIER: rules.per_tier}[rule]
    if most is None:
        return None
    return rules.limit(rule, most, project_id=project_id, subject_id=group)


def _view(problem: TeamProblem, rules: TeamRules, project: int, members: Sequence[int]) -> TeamView:
    fit = problem.fit(project)
    score = int(sum(fit[person] for person in members))
    needs = []
    for need in problem.needs_of(project):
        holds = problem.holds(need)
        holders = tuple(_id(problem, person) for person in members if holds[person])
        must = bool(problem.need_must[need])
        score += NICE_POINTS if holders and not must else 0
        needs.append(
            Covered(
                competency_id=_competency(problem, need),
                level=int(problem.need_level[need]),
                must=must,
                asked=max(asked_of(problem, rules, need).values(), default=1),
                holder_ids=holders,
            )
        )
    return TeamView(
        project_id=int(problem.projects[project]),
        employee_ids=tuple(_id(problem, person) for person in members),
        score=score,
        hours=int(problem.hours[project]) * len(members),
        needs=tuple(needs),
        lessons=_lessons(problem, project, members),
    )


def _lessons(problem: TeamProblem, project: int, members: Sequence[int]) -> tuple[Lesson, ...]:
    """For each learner and must-need the member with the highest level, the lower id of two."""
    lessons = []
    for need in problem.needs_of(project):
        if not problem.need_must[need]:
            continue
        column = problem.need_competency[need]
        able = [person for person in members if problem.holds(need)[person]]
        if not able:
            continue
        mentor = min(able, key=lambda person: (-int(problem.level[person, column]), person))
        short = problem.one_short(need)
        lessons += [
            Lesson(_id(problem, person), _id(problem, mentor), _competency(problem, need))
            for person in members
            if short[person]
        ]
    return tuple(sorted(lessons))


def _breaches(
    problem: TeamProblem, rules: TeamRules, project: int, members: Sequence[int]
) -> list[Breach]:
    project_id = int(problem.projects[project])
    may = eligible(problem, rules, project)
    found: list[Breach] = []
    for need in problem.needs_of(project):
        holds = problem.holds(need)
        given = int(sum(holds[person] for person in members))
        found += [
            Breach(
                *(rule, project_id, ABSENT, _competency(problem, need), asked, given),
                available=int((holds & may).sum()),
            )
            for rule, asked in asked_of(problem, rules, need).items()
            if given < asked
        ]
    learns = problem.learnable(project)
    given = int(sum(learns[person] for person in members))
    if given < (asked := learners_asked(problem, rules, project)):
        available = int((learns & may).sum())
        found.append(Breach(LEARNER, project_id, ABSENT, ABSENT, asked, given, available))
    for rule, groups in ((SECTION, problem.section), (TIER, problem.tier)):
        counts = Counter(int(groups[person]) for person in members)
        found += [
            Breach(rule, project_id, ABSENT, group, most, counts[group])
            for group in sorted(counts)
            if group != ABSENT
            and (most := most_of(rules, rule, project_id, group)) is not None
            and counts[group] > most
        ]
    if len(members) != problem.places[project]:
        asked = int(problem.places[project])
        found.append(Breach(PLACES, project_id, ABSENT, ABSENT, asked, len(members)))
    for rule, pairs, asked in (
        (PIN, problem.pinned, 1),
        (REFUSAL, problem.refused if rules.heed_refusals else frozenset(), 0),
        (FORBID, problem.forbidden, 0),
    ):
        found += [
            Breach(rule, project_id, _id(problem, person), ABSENT, asked, 1 - asked)
            for person, of in sorted(pairs)
            if of == project
            and (person in members) != bool(asked)
            and not (rule != PIN and (person, of) in problem.pinned)
        ]
    return found


def _id(problem: TeamProblem, person: int) -> int:
    return int(problem.people[person])


def _competency(problem: TeamProblem, need: int) -> int:
    return int(problem.competencies[problem.need_competency[need]])
