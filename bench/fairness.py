"""How suggestions and teams spread over the sections and tiers of the sample office.

    python bench/fairness.py [database]

The database is one in which the demo is set up (an address as in DATABASE_URL); without one the
demo is set up in a file of SQLite, which takes some minutes. Nothing is written to it.

For every project that may be suggested, the people whom it suits best (the first 5, then the first
20, by the score that they are shown themselves, ties by id) are counted by section and tier beside
the share of staff. *Apart* is the index of dissimilarity: the share of the places in these lists
that would have to go to other groups for every group to have as many as it has people. *By chance*
is its mean when as many are drawn from all staff at random, which is not 0 where groups are small.
The same is told of the teams that the composer makes for all of these projects at once under the
usual rules. Last: who is in no list, and who meets no need of any project.
"""

import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

SEED, DRAWS, LENGTHS, SECONDS = 20260401, 200, (5, 20), 60.0


def main() -> None:
    given = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "DJANGO_SETTINGS_MODULE": "host.settings.demo",
            "DATABASE_URL": given[0] if given else f"sqlite:///{folder}/demo.sqlite3",
        }
        if not given:
            subprocess.run(
                [sys.executable, "manage.py", "set_up_demo"],
                cwd=ROOT,
                env=os.environ | settings | {"LMS_VAR_DIR": folder},
                stdout=subprocess.DEVNULL,
                check=True,
            )
        os.environ.update(settings)
        import django

        django.setup()
        report()


def apart(chosen: Sequence[int], group_of: Mapping[int, str]) -> float:
    """The index of dissimilarity of those chosen, each as often as chosen, from all staff."""
    staff = Counter(group_of.values())
    places = Counter(group_of[one] for one in chosen)
    total = max(len(chosen), 1)
    return sum(abs(places[g] / total - staff[g] / len(group_of)) for g in staff) / 2


def by_chance(lists: Sequence[int], group_of: Mapping[int, str]) -> float:
    """Its mean when lists of these lengths are drawn at random, nobody twice in one list."""
    dice = np.random.default_rng(SEED)
    ids = np.array(sorted(group_of))
    drawn = [
        np.concatenate([dice.choice(ids, length, replace=False) for length in lists]).tolist()
        for _ in range(DRAWS)
    ]
    return float(np.mean([apart(one, group_of) for one in drawn]))


def report() -> None:
    from django.utils import timezone

    from courses.catalogue.selectors import published_courses
    from lms.enrolment.selectors import open_course_ids
    from lms.people.models import Employee
    from skills_matrix.chain import derive_chain
    from skills_matrix.competencies.selectors import competencies_held
    from skills_matrix.conf import conf
    from skills_matrix.engine.closing import closing_courses, demands_of
    from skills_matrix.engine.suggestions import match_projects
    from skills_matrix.engine.teams.compose import compose_teams
    from skills_matrix.engine.teams.problem import Wanted, WantedSkill, team_problem
    from skills_matrix.engine.teams.rules import TeamRules
    from skills_matrix.frames import (
        courses_frame,
        frame_of_access,
        needs_frame,
        office_day,
        projects_frame,
        relevance_frame,
    )
    from skills_matrix.projects.selectors import projects_to_suggest
    from skills_matrix.reports.values import rows_of

    now = timezone.now()
    today = office_day(now)
    everybody = Employee.objects.all()
    chain = derive_chain(employees=everybody, competencies=competencies_held(today), as_of=now)
    people = chain.frames.people
    ids = people["employee_id"].tolist()
    projects = projects_to_suggest()
    needs = needs_frame(projects)
    matches = match_projects(
        people=people,
        person_roles=chain.frames.person_roles,
        levels=chain.levels,
        projects=projects_frame(projects),
        needs=needs,
        relevance=relevance_frame(projects),
        closing_courses=closing_courses(
            demands_of(needs),
            chain.awards,
            courses_frame(published_courses()),
            frame_of_access(open_course_ids(ids, today)),
            as_of=now,
            minimum_assurance=chain.rule.minimum_assurance,
        ),
        weights=conf.SUGGESTION_WEIGHTS,
    )
    sections, tiers = groups(ids, today)
    print(
        f"{len(ids)} people, {len(set(sections.values()))} sections, {len(set(tiers.values()))}"
        f" tiers, {len(projects)} projects"
    )
    ordered = matches.scores.sort_values(["score", "employee_id"], ascending=[False, True])
    by_project = {key: rows["employee_id"].tolist() for key, rows in ordered.groupby("project_id")}
    for length in LENGTHS:
        lists = [rows[:length] for rows in by_project.values()]
        print(f"\nThe {length} people whom each project suits best")
        tell(lists, sections, tiers)

    problem = team_problem(
        people=people,
        levels=chain.levels,
        projects=[Wanted(row.pk, row.places, row.hours_per_week) for row in projects],
        needs=[
            WantedSkill(row.project_id, row.competency_id, row.level, must=row.must)
            for row in rows_of(needs)
        ],
    )
    answer = compose_teams(problem, TeamRules(), seconds=SECONDS)
    print(f"\nTeams for all projects: {answer.status}, impossible {len(answer.impossible)}")
    tell([list(team.employee_ids) for team in answer.appraisal.teams], sections, tiers)

    met = matches.reasons[matches.reasons["status"] == "met"]
    none = set(ids) - set(met["employee_id"])
    print(f"\nMeet no need of any project: {len(none)} of {len(ids)}; share of each tier:")
    size, without = Counter(tiers.values()), Counter(tiers[one] for one in none)
    print("  " + ", ".join(f"{tier} {without[tier] / size[tier]:.0%}" for tier in sorted(size)))


def groups(ids: Sequence[int], today: date) -> tuple[dict[int, str], dict[int, str]]:
    """Section and tier of each person's main posting, by key."""
    from lms.people.selectors import postings_on

    rows = postings_on(today).filter(is_main=True, employee__in=ids)
    found = list(rows.values_list("employee_id", "department__key", "tier__key"))
    return {pk: key for pk, key, _ in found}, {pk: tier or "" for pk, _, tier in found}


def tell(
    lists: Sequence[Sequence[int]], sections: Mapping[int, str], tiers: Mapping[int, str]
) -> None:
    chosen = [one for rows in lists for one in rows]
    for name, group_of in (("sections", sections), ("tiers", tiers)):
        chance = by_chance([len(rows) for rows in lists], group_of)
        print(f"  {name:8} apart {apart(chosen, group_of):.0%}, by chance {chance:.0%}")
    for name, group_of, most in (("sections", sections, 5), ("tiers", tiers, 20)):
        staff, places = Counter(group_of.values()), Counter(group_of[one] for one in chosen)
        rows = [
            (places[key] / max(len(chosen), 1) - number / len(group_of), key)
            for key, number in staff.items()
        ]
        rows.sort(key=lambda row: (-row[0], row[1]))
        shown = rows if len(rows) <= 2 * most else rows[:most] + rows[-most:]
        print(
            f"  {name}, share of places beside share of staff: "
            + ", ".join(
                f"{key} {places[key] / max(len(chosen), 1):.1%} / {staff[key] / len(group_of):.1%}"
                for _, key in shown
            )
        )
    often = Counter(chosen)
    share, most = len(often) / len(sections), max(often.values(), default=0)
    print(
        f"  {len(chosen)} places, {len(often)} people ({share:.0%} of staff) in at least one list,"
        f" {len(sections) - len(often)} in none; the most lists of one person: {most}"
    )


if __name__ == "__main__":
    main()
