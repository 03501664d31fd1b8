"""Composing teams for projects under rules the office sets: pure, NumPy and SciPy's HiGHS.

::

    problem.TeamProblem + rules.TeamRules
            │
            ├── pruning.candidates ──► greedy.greedy_teams ──► a first answer at once
            │         │
            │         └── model.build_model ──► solver.solve (in a child process) ──► the best one
            │                                        │
            │                          no answer: relax.explain ──► which rule, by how much
            │
            └── appraise.appraise ──► score, coverage, learners, hours, rules broken, of any teams

``compose.compose_teams`` names the whole way. Rows are put in the order of their ids before
anything is reckoned, and equal scores are settled by a term made of the ids, so that the answer
does not depend on the order of the input.
"""
