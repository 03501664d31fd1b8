"""The engine's answer as the database keeps it, and back. Ids stay ids."""

from typing import Any

from skills_matrix.engine.teams.appraise import Appraisal, Breach, Covered, Lesson, TeamView
from skills_matrix.engine.teams.compose import Answer
from skills_matrix.engine.teams.relax import Impossible, Relaxation


def record_of(answer: Answer) -> dict[str, Any]:
    """Plain values: JSON keeps them as they are."""
    return {
        "bound": answer.bound,
        "gap": answer.gap,
        "looked_at": answer.looked_at,
        "is_whole": answer.is_whole,
        "seconds": round(answer.seconds, 3),
        "score": answer.appraisal.score,
        "teams": [
            team._asdict()
            | {
                "needs": [need._asdict() for need in team.needs],
                "lessons": [lesson._asdict() for lesson in team.lessons],
            }
            for team in answer.appraisal.teams
        ],
        "breaches": [breach._asdict() for breach in answer.appraisal.breaches],
        "impossible": [
            {
                "project_ids": found.project_ids,
                "relaxations": [
                    way._asdict() | {"breaches": [breach._asdict() for breach in way.breaches]}
                    for way in found.relaxations
                ],
            }
            for found in answer.impossible
        ],
    }


def appraisal_of(record: dict[str, Any]) -> Appraisal:
    """Teams and the rules they break."""
    return Appraisal(
        score=record["score"],
        teams=tuple(
            TeamView(
                **team
                | {
                    "employee_ids": tuple(team["employee_ids"]),
                    "needs": tuple(
                        Covered(**need | {"holder_ids": tuple(need["holder_ids"])})
                        for need in team["needs"]
                    ),
                    "lessons": tuple(Lesson(**lesson) for lesson in team["lessons"]),
                }
            )
            for team in record["teams"]
        ),
        breaches=breaches_of(record["breaches"]),
    )


def impossible_of(record: dict[str, Any]) -> tuple[Impossible, ...]:
    """What makes it impossible."""
    return tuple(
        Impossible(
            project_ids=tuple(found["project_ids"]),
            relaxations=tuple(
                Relaxation(
                    rules=tuple(way["rules"]),
                    cost=way["cost"],
                    breaches=breaches_of(way["breaches"]),
                    is_least=way["is_least"],
                )
                for way in found["relaxations"]
            ),
        )
        for found in record["impossible"]
    )


def breaches_of(rows: list[dict[str, Any]]) -> tuple[Breach, ...]:
    """What was kept of rules that are broken, or that give way."""
    return tuple(Breach(**row) for row in rows)
