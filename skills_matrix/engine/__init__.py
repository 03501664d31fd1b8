"""The skills engine: frames in, frames out.

It knows no database, no request and no Django; ``frames.py`` beside this package turns rows into
the input frames and ``reports.py`` names the whole chain. Each function is pure, takes ``as_of``
where time matters, returns the same rows whatever the order of its input, and looks at no person
but the one whose row it writes, so it runs as it is on the partitions of a larger office.

::

    completions  awards  assessments
          └────────┼─────────┘
          evidence.derive_evidence ──────► evidence ──► levels.self_levels ──► self_levels
                                              │                                    │
                                   levels.current_levels                           │
                                              │                                    │
    people  person_roles  targets             ▼                                    │
       └──────────┼──────────┘              levels ─────────────────┐              │
       cells.effective_targets                │                     │              │
                  │                           ▼                     │              │
                  └──────────────────► cells.matrix_cells ◄─────────┼──────────────┘
                                              │                     │
                                            cells                   │
                                              │                     │
                       aggregates.department_levels                 │
                       standing.category_standings                  │
                                                                    ▼
    demands  awards  courses  course_access             suggestions.match_projects
       └────────┼──────┴─────────┘                        ▲                │
       closing.closing_courses ──► closing_courses ───────┘        scores, reasons
                                                    (with people, person_roles, projects,
                                                     needs, relevance)
    reasons (and all that was matched) ──► gains.gained_scores ──► gains
    demands  needs  people  relevance ──► showing.showing_projects ──► showing_projects

    postings  units  unit_departments        evidence  levels
          └─────┼──────┘                         └──┬────┘
      members.unit_members        falling.levels_until, falling_levels, steps.level_steps
                │                                   │
             members ──► coverage.asked_needs       │
                │                │                  │
                └────► coverage.coverage ◄──────────┘   (and cells, laid out by table.py)
                                 │
              coverage.coverage_risks, whatif.coverage_changes

Beside the chain, from ``people`` and ``levels``: ``teams`` composes teams for projects, and
``mentors`` pairs those who teach with those who learn. These look at everybody at once.

``schema.FRAMES`` says what each frame is, column by column. ``explain.explain_cell`` walks the
left-hand side again for one person and competency, with the same functions.

Conventions: ids are ``int64`` and never negative, ids that may be absent ``Int64``; levels are
``Int8`` from 0 to 4, and NA is "never assessed", which is not level 0; instants are
``datetime64[us, UTC]``. A thing holds at ``as_of`` when start <= as_of < end, and NaT is an open
end. Scores are fractions 0..1.
"""
