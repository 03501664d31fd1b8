"""Teams: by hand, against brute force over whole small offices, and their promises."""

from collections import Counter
from dataclasses import replace
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skills_matrix.engine.exceptions import InvalidTeamProblem, InvalidTeamRules
from skills_matrix.engine.schema import frame_from_rows
from skills_matrix.engine.teams import rules as names
from skills_matrix.engine.teams.appraise import appraise
from skills_matrix.engine.teams.compare import compare
from skills_matrix.engine.teams.compose import (
    GREEDY,
    IMPOSSIBLE,
    OPTIMAL,
    Answer,
    compose_teams,
)
from skills_matrix.engine.teams.model import build_model
from skills_matrix.engine.teams.problem import TeamProblem, Wanted, WantedSkill, team_problem
from skills_matrix.engine.teams.pruning import candidates
from skills_matrix.engine.teams.rules import TeamRules
from skills_matrix.engine.teams.solver import PROVEN, UNKNOWN, solve
from tests.examples import examples
from tests.skills_matrix.engine.office import rows

EXAMPLES = examples(of=60)
# Sections 10 and 20; tier 1. Competencies: 1 = data, 2 = web.
PEOPLE = [(1, 10, 1), (2, 10, 1), (3, 20, 1), (4, 20, 1), (5, 20, 1)]
LEVELS = {(1, 1): 3, (2, 1): 3, (3, 1): 2, (4, 2): 2, (5, 1): 1, (5, 2): 3}
# Level 3 in data is a must; web at level 2 is nice.
NEEDS = [WantedSkill(7, 1, 3, must=True), WantedSkill(7, 2, 2, must=False)]
LOOSE = TeamRules(per_section=None, learners=0)


def office(
    *,
    people: list[tuple[int, int, int]] = PEOPLE,
    levels: dict[tuple[int, int], int] = LEVELS,
    projects: list[Wanted] | None = None,
    needs: list[WantedSkill] = NEEDS,
    **more: Any,
) -> TeamProblem:
    return team_problem(
        people=frame_from_rows("people", people),
        levels=rows(
            "levels",
            *({"employee_id": p, "competency_id": c, "level": n} for (p, c), n in levels.items()),
        ),
        projects=projects or [Wanted(7, places=2, hours_per_week=4)],
        needs=needs,
        **more,
    )


def _row(person: int, competency: int, level: int) -> dict[str, int]:
    return {"employee_id": person, "competency_id": competency, "level": level}


def compose(problem: TeamProblem, rules: TeamRules = LOOSE, **more: Any) -> Answer:
    return compose_teams(problem, rules, seconds=30, in_child=False, **more)


def members(answer: Answer) -> dict[int, tuple[int, ...]]:
    return {team.project_id: team.employee_ids for team in answer.appraisal.teams}


def test_points_by_hand() -> None:
    """Fit: the must weighs 2, the nice need 1, one level short half. Of 100:

    1 and 2: 2/3 = 67; 3: half of 2/3 = 33; 4: 1/3 = 33; 5: 1/3 = 33. The nice need: 50.
    """
    problem = office()
    assert problem.fit(0).tolist() == [67, 67, 33, 33, 33]
    answer = compose(problem)
    # 1 with 4 or 5 covers both: 67 + 33 + 50; 1 with 2 has no web: 134.
    assert (answer.status, answer.appraisal.score, answer.bound, answer.gap) == (
        OPTIMAL,
        150,
        150,
        0.0,
    )
    (team,) = answer.appraisal.teams
    assert len({1, 2} & set(team.employee_ids)) == 1
    assert len({4, 5} & set(team.employee_ids)) == 1
    assert team.hours == 8
    assert [(need.competency_id, len(need.holder_ids)) for need in team.needs] == [(1, 1), (2, 1)]
    assert answer.appraisal.breaches == ()


def test_a_learner_comes_with_a_mentor_who_holds_the_skill() -> None:
    answer = compose(office(), TeamRules(learners=1))
    (team,) = answer.appraisal.teams
    # 3 alone is one level short of data at 3; 5 is two levels short.
    ((learner, mentor, competency),) = team.lessons
    assert (learner, competency) == (3, 1)
    assert mentor in {1, 2}


@pytest.mark.parametrize(
    ("rules", "more", "expected"),
    [
        (TeamRules(learners=0, critical=frozenset({1})), {}, {1, 2}),
        (LOOSE, {"pinned": [(3, 7)]}, {3}),
        (LOOSE, {"forbidden": [(1, 7)], "refused": [(4, 7)]}, {2, 5}),
        (LOOSE, {"taken": {1: 5, 5: 6}}, {2, 4}),
        (
            TeamRules(learners=0, per_section=None, heed_refusals=False),
            {"forbidden": [(1, 7), (5, 7)], "refused": [(4, 7)]},
            {2, 4},
        ),
    ],
)
def test_each_rule_decides_who_is_in(
    rules: TeamRules, more: dict[str, Any], expected: set[int]
) -> None:
    answer = compose(office(**more), rules)
    assert answer.status == OPTIMAL
    assert expected <= set(members(answer)[7])
    assert answer.appraisal.breaches == ()


def test_hours_count_over_all_projects() -> None:
    projects = [Wanted(7, 1, 5), Wanted(8, 1, 5)]
    needs = [WantedSkill(7, 2, 3, must=True), WantedSkill(8, 2, 3, must=True)]
    answer = compose(office(projects=projects, needs=needs), TeamRules(learners=0))
    # Only 5 holds web at 3: ten hours a week where eight are allowed.
    assert answer.status == IMPOSSIBLE
    (impossible,) = answer.impossible
    assert impossible.project_ids == (7, 8)
    cheapest = impossible.relaxations[0]
    assert cheapest.rules == (names.HOURS,)
    assert [(b.employee_id, b.asked, b.given) for b in cheapest.breaches] == [(5, 8, 10)]
    assert cheapest.cost == 2 * names.PENALTIES[names.HOURS]
    assert (names.MUST,) in [way.rules for way in impossible.relaxations]


def test_an_impossible_project_says_why_and_the_others_get_their_teams() -> None:
    projects = [Wanted(7, 2, 2), Wanted(8, 3, 2)]
    needs = [*NEEDS, WantedSkill(8, 2, 3, must=True, headcount=2)]
    answer = compose(office(projects=projects, needs=needs))
    assert answer.status == OPTIMAL
    assert members(answer).keys() == {7}
    (impossible,) = answer.impossible
    assert impossible.project_ids == (8,)
    (way,) = impossible.relaxations
    assert (way.rules, way.is_least) == ((names.MUST,), True)
    assert [(b.subject_id, b.asked, b.given, b.available) for b in way.breaches] == [(2, 2, 1, 1)]


def test_the_cheapest_of_several_ways_comes_first() -> None:
    rules = TeamRules(per_section=1, learners=0)
    answer = compose(office(pinned=[(1, 7), (2, 7)]), rules)
    ways = [(way.rules, way.cost) for way in answer.impossible[0].relaxations]
    # Two of section 10 where one is allowed (4), or leave one of them out (8).
    assert ways[:2] == [((names.SECTION,), 4), ((names.PIN,), 8)]


def test_a_persons_no_is_the_last_thing_to_be_given_up() -> None:
    assert max(names.PENALTIES, key=lambda rule: names.PENALTIES[rule]) == names.REFUSAL
    assert set(names.PENALTIES) == set(names.RULES)


def test_greedy_is_told_first() -> None:
    told: list[Answer] = []
    compose(office(), on_answer=told.append)
    assert told[0].status == GREEDY
    assert told[0].bound is None


def test_an_answer_is_only_replaced_by_a_better_one() -> None:
    told: list[Answer] = []
    last = compose_teams(
        synthetic(300, 30),
        TeamRules(hours_per_person=4),
        seconds=30,
        on_answer=told.append,
        in_child=False,
    )
    kept = [one.appraisal.score for one in (*told, last) if not one.appraisal.breaches]
    assert kept == sorted(kept)


def test_two_alternatives_side_by_side() -> None:
    first = compose(office(pinned=[(1, 7), (4, 7)]))
    second = compose(office(pinned=[(2, 7), (4, 7)]))
    (row,) = compare(first.appraisal, second.appraisal)
    assert (row.only_first, row.only_second, row.both) == ((1,), (2,), (4,))
    assert row.score == (150, 150)
    assert row.covered == (2, 2)
    assert row.hours == (8, 8)


def test_questions_that_make_no_sense_are_refused() -> None:
    with pytest.raises(InvalidTeamProblem):
        office(projects=[Wanted(7, 2, 4), Wanted(7, 2, 4)])
    with pytest.raises(InvalidTeamProblem):
        office(pinned=[(99, 7)])
    with pytest.raises(InvalidTeamProblem):
        office(needs=[*NEEDS, NEEDS[0]])
    with pytest.raises(InvalidTeamRules):
        TeamRules(hours_per_person=0)


# Small offices, whole.


@st.composite
def small_offices(draw: st.DrawFn) -> tuple[dict[str, Any], TeamRules]:
    people = [
        (person, draw(st.sampled_from([10, 20])), draw(st.sampled_from([1, 2, None])))
        for person in range(1, draw(st.integers(2, 6)) + 1)
    ]
    levels = {
        (person, competency): draw(st.integers(0, 4))
        for person, *_ in people
        for competency in (1, 2)
        if draw(st.booleans())
    }
    projects = [
        Wanted(project, draw(st.integers(1, 3)), draw(st.integers(2, 5)))
        for project in range(7, draw(st.integers(7, 8)) + 1)
    ]
    needs = [
        WantedSkill(
            *(wanted.project_id, competency, draw(st.integers(1, 4)), draw(st.booleans())),
            headcount=draw(st.integers(1, 2)),
        )
        for wanted in projects
        for competency in (1, 2)
    ]
    pair = st.tuples(st.integers(1, len(people)), st.sampled_from([7, 8]))
    given_ = {
        "people": people,
        "levels": levels,
        "projects": projects,
        "needs": needs,
        "pinned": draw(st.lists(pair, max_size=1)),
        "forbidden": draw(st.lists(pair, max_size=1)),
        "refused": draw(st.lists(pair, max_size=2)),
        "taken": draw(st.dictionaries(st.integers(1, len(people)), st.integers(0, 6))),
    }
    rules = TeamRules(
        hours_per_person=draw(st.integers(4, 10)),
        per_section=draw(st.sampled_from([None, 1, 2])),
        per_tier=draw(st.sampled_from([None, 1, 2])),
        learners=draw(st.integers(0, 1)),
        critical=draw(st.sampled_from([frozenset(), frozenset({1})])),
        heed_refusals=draw(st.booleans()),
    )
    return given_, rules


def brute_force(given_: dict[str, Any], rules: TeamRules) -> int | None:
    """The most points of any teams that keep the rules, by looking at them all; None = none do."""
    people = {person: (section, tier) for person, section, tier in given_["people"]}
    level = given_["levels"]
    per_project = []
    for wanted in given_["projects"]:
        needs = [need for need in given_["needs"] if need.project_id == wanted.project_id]
        ways = []
        for team in combinations(people, wanted.places):
            points = _points_if_kept(team, wanted, needs, people, level, given_, rules)
            if points is not None:
                ways.append((team, points))
        per_project.append(ways)
    best = None
    for choice in product(*per_project):
        hours: Counter[int] = Counter()
        for (team, _), wanted in zip(choice, given_["projects"], strict=True):
            for person in team:
                hours[person] += wanted.hours_per_week
        taken = given_["taken"]
        if any(hours[p] + taken.get(p, 0) > rules.hours_per_person for p in hours):
            continue
        total = sum(points for _, points in choice)
        best = total if best is None else max(best, total)
    return best


def _points_if_kept(
    team: tuple[int, ...],
    wanted: Wanted,
    needs: list[WantedSkill],
    people: dict[int, tuple[int, int | None]],
    level: dict[tuple[int, int], int],
    given_: dict[str, Any],
    rules: TeamRules,
) -> int | None:
    project = wanted.project_id
    pinned = {p for p, of in given_["pinned"] if of == project}
    barred = {p for p, of in given_["forbidden"] if of == project}
    if rules.heed_refusals:
        barred |= {p for p, of in given_["refused"] if of == project}
    if not pinned <= set(team) or (barred - pinned) & set(team):
        return None
    sections = Counter(people[p][0] for p in team)
    tiers = Counter(people[p][1] for p in team if people[p][1] is not None)
    if rules.per_section and max(sections.values()) > rules.per_section:
        return None
    if rules.per_tier and tiers and max(tiers.values()) > rules.per_tier:
        return None
    musts = [need for need in needs if need.must]
    for need in needs:
        holders = sum(level.get((p, need.competency_id), -1) >= need.level for p in team)
        asked = need.headcount if need.must else 0
        if need.competency_id in rules.critical:
            asked = max(asked, rules.critical_holders)
        if holders < asked:
            return None
    short = [
        p
        for p in team
        if any(level.get((p, need.competency_id)) == need.level - 1 for need in musts)
    ]
    if musts and len(short) < rules.learners:
        return None
    points = 0
    for p in team:
        whole = sum(2 if need.must else 1 for need in needs)
        got = 0.0
        for need in needs:
            has = level.get((p, need.competency_id), -9)
            share = 1.0 if has >= need.level else 0.5 if has == need.level - 1 else 0.0
            got += share * (2 if need.must else 1)
        points += int(got / whole * 100 + 0.5 + 1e-9)
    for need in needs:
        covered = any(level.get((p, need.competency_id), -1) >= need.level for p in team)
        points += 50 if covered and not need.must else 0
    return points


@settings(deadline=None, max_examples=EXAMPLES)
@given(small_offices())
def test_the_solver_finds_what_brute_force_finds(case: tuple[dict[str, Any], TeamRules]) -> None:
    given_, rules = case
    answer = compose(office(**given_), rules)
    best = brute_force(given_, rules)
    if best is None:
        assert answer.impossible
    else:
        assert answer.status == OPTIMAL
        assert answer.impossible == ()
        assert (answer.appraisal.score, answer.bound) == (best, best)
        assert answer.appraisal.breaches == ()


@settings(deadline=None, max_examples=EXAMPLES)
@given(small_offices())
def test_what_is_impossible_explains_itself(case: tuple[dict[str, Any], TeamRules]) -> None:
    """Each way out breaks just the rules it names, and nothing without breaking any."""
    given_, rules = case
    answer = compose(office(**given_), rules)
    for impossible in answer.impossible:
        assert impossible.relaxations
        costs = [way.cost for way in impossible.relaxations]
        assert costs == sorted(costs)
        for way in impossible.relaxations:
            assert way.cost > 0
            assert {breach.rule for breach in way.breaches} == set(way.rules)


@settings(deadline=None, max_examples=EXAMPLES)
@given(small_offices())
def test_the_ways_out_of_one_project_are_the_cheapest_there_are(
    case: tuple[dict[str, Any], TeamRules],
) -> None:
    """Against every team there could be, of any size, by what it breaks."""
    given_, rules = case
    one = given_["projects"][0]
    # Who is over the limit before the first team is no matter of the team's.
    taken = {who: min(hours, rules.hours_per_person) for who, hours in given_["taken"].items()}
    problem = office(**{**given_, "projects": [one], "taken": taken})
    everybody = range(problem.people.size)
    cheapest: dict[frozenset[str], int] = {}
    for size in range(problem.people.size + 1):
        for team in combinations(everybody, size):
            breaches = appraise(problem, rules, {0: list(team)}).breaches
            broken, cost = frozenset(b.rule for b in breaches), sum(b.cost for b in breaches)
            cheapest[broken] = min(cost, cheapest.get(broken, cost))
    answer = compose(problem, rules)
    assert bool(answer.impossible) == (frozenset() not in cheapest)
    if answer.impossible:
        (impossible,) = answer.impossible
        ways = {frozenset(way.rules): way for way in impossible.relaxations}
        single = {broken: cost for broken, cost in cheapest.items() if len(broken) == 1}
        assert {rules_: way.cost for rules_, way in ways.items() if len(rules_) == 1} == single
        assert impossible.relaxations[0].cost == min(cheapest.values())
        assert all(way.is_least for way in impossible.relaxations)


@settings(deadline=None, max_examples=EXAMPLES)
@given(small_offices())
def test_a_way_out_that_is_taken_makes_it_possible(case: tuple[dict[str, Any], TeamRules]) -> None:
    """And nothing else is broken: each rule gives way where it was said, and as far as that."""
    given_, rules = case
    problem = office(**given_)
    answer = compose(problem, rules)
    for found in answer.impossible:
        way = found.relaxations[0]
        eased = replace(
            rules,
            concessions={
                (one.rule, one.project_id, one.employee_id, one.subject_id): one.given
                for one in way.breaches
            },
        )
        at = [problem.projects.tolist().index(one) for one in found.project_ids]
        again = compose(problem.part(at), eased)
        assert again.status == OPTIMAL
        assert again.appraisal.breaches == ()


@settings(deadline=None, max_examples=EXAMPLES)
@given(small_offices(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    case: tuple[dict[str, Any], TeamRules], dice: Any
) -> None:
    given_, rules = case
    shuffled = dict(given_)
    for name in ("people", "projects", "needs", "pinned", "forbidden", "refused"):
        shuffled[name] = dice.sample(given_[name], len(given_[name]))
    shuffled["levels"] = dict(dice.sample(list(given_["levels"].items()), len(given_["levels"])))
    first, second = compose(office(**given_), rules), compose(office(**shuffled), rules)
    assert first.appraisal == second.appraisal
    assert first.impossible == second.impossible


def synthetic(people: int, projects: int, seed: int = 1) -> TeamProblem:
    """An office of 20 sections and 12 competencies that few hold at a high level."""
    dice = np.random.default_rng(seed)
    levels = {
        (person, competency): int(dice.choice([0, 1, 2, 3], p=[0.4, 0.3, 0.2, 0.1]))
        for person in range(1, people + 1)
        for competency in range(1, 13)
        if dice.random() < 0.6
    }
    needs = [
        WantedSkill(project, int(competency), int(dice.integers(1, 4)), must=number < 2)
        for project in range(1, projects + 1)
        for number, competency in enumerate(dice.choice(np.arange(1, 13), 4, replace=False))
    ]
    return office(
        people=[
            (person, int(dice.integers(1, 21)), int(dice.integers(1, 6)))
            for person in range(1, people + 1)
        ],
        levels=levels,
        projects=[Wanted(project, 4, 4) for project in range(1, projects + 1)],
        needs=needs,
    )


def test_pruning_keeps_the_best_teams() -> None:
    problem, rules = synthetic(1000, 25), TeamRules(hours_per_person=4)
    pruned = candidates(problem, rules, width=1)
    assert not pruned.is_whole
    assert pruned.person.size < 0.15 * 25 * 1000
    few = compose_teams(problem, rules, seconds=60, in_child=False)
    # The relaxation over everybody: no teams at all have more points.
    everybody = candidates(problem, rules, width=None)
    whole = solve(build_model(problem, rules, everybody), seconds=60, gaps=(), in_child=False)
    assert everybody.is_whole
    assert whole.bound is not None
    assert few.appraisal.score >= 0.99 * -whole.bound


def test_a_child_process_finds_the_same_and_is_killed_in_time() -> None:
    problem, rules = synthetic(120, 6), TeamRules()
    model = build_model(problem, rules, candidates(problem, rules))
    here = solve(model, seconds=30, in_child=False)
    there = solve(model, seconds=30)
    assert here.state == there.state == PROVEN
    assert here.chosen.tolist() == there.chosen.tolist()
    # Too short for Python itself to start: nothing is said, and nothing hangs.
    cut = solve(model, seconds=0.01)
    assert (cut.state, cut.chosen.size, cut.bound) == (UNKNOWN, 0, None)


def test_out_of_time_the_greedy_answer_stays_and_says_so() -> None:
    answer = compose_teams(synthetic(60, 4), TeamRules(), seconds=0.01)
    assert answer.status == GREEDY
    assert answer.bound is None
    assert [len(team.employee_ids) for team in answer.appraisal.teams] == [4] * 4
