"""Who may see whose data, where, and whether the look is logged. Rows to read; no code but reading.

A new address of the API or the admin belongs into `ROWS` if it can show what is known about
somebody, else into `SHOWS_NOBODY`; `test_every_address_is_judged` fails until it does.
"""

from typing import NamedTuple

Door = dict[str, frozenset[str]]


def door(text: str) -> Door:
    """Viewer -> the subjects whose data the viewer is shown."""
    head, *lines = (line.split() for line in text.strip().splitlines())
    return {
        viewer: frozenset(name for name, mark in zip(head, marks, strict=True) if mark == "x")
        for viewer, *marks in lines
    }


# The people, at the same time subjects: `staff` and `mate` work in 税務課, which `head` heads;
# `carer` in 介護課, which `carehead` heads; `director` heads the division above both. `seconded`
# has the main posting in 介護課 and helps in 税務課; `retiree` left 税務課 and kept the account.
#
# Further viewers: `closed` is an employee whose account is deactivated; `author` writes courses;
# `hr` has all of HR's permissions, `desk` the same without that for the matrix, `planner` only
# that for the matrix, `root` is a superuser without a person, `stranger` an account with nothing.

EVERYBODY = frozenset(("staff", "mate", "head", "carer", "seconded", "retiree"))

# One's own: by whoever is a person with an account that works.
OWN = door("""
            staff mate head carer seconded retiree
 anonymous  .     .    .    .     .        .
 closed     .     .    .    .     .        .
 stranger   .     .    .    .     .        .
 author     .     .    .    .     .        .
 staff      x     .    .    .     .        .
 mate       .     x    .    .     .        .
 head       .     .    x    .     .        .
 carer      .     .    .    x     .        .
 seconded   .     .    .    .     x        .
 retiree    .     .    .    .     .        x
 carehead   .     .    .    .     .        .
 director   .     .    .    .     .        .
 hr         .     .    .    .     .        .
 desk       .     .    .    .     .        .
 planner    .     .    .    .     .        .
 root       .     .    .    .     .        .
""")

NOBODY: Door = dict.fromkeys(OWN, frozenset())

# What one is told: whoever answers corrections is told who asks for one.
TOLD = NOBODY | dict.fromkeys(("hr", "planner"), EVERYBODY)

# The same of whoever is in office: who has left is asked for nothing and has no levels.
OWN_IN_OFFICE = OWN | {"retiree": frozenset()}

# The matrix of today: heads see their section and themselves, HR everybody in office.
MATRIX = door("""
            staff mate head carer seconded retiree
 anonymous  .     .    .    .     .        .
 closed     .     .    .    .     .        .
 stranger   .     .    .    .     .        .
 author     .     .    .    .     .        .
 staff      .     .    .    .     .        .
 mate       .     .    .    .     .        .
 head       x     x    x    .     .        .
 carer      .     .    .    .     .        .
 seconded   .     .    .    .     .        .
 retiree    .     .    .    .     .        .
 carehead   .     .    .    x     x        .
 director   x     x    x    x     x        .
 hr         x     x    x    x     x        .
 desk       .     .    .    .     .        .
 planner    .     .    .    .     .        .
 root       x     x    x    x     x        .
""")

# The matrix of a day on which the retiree was in office: to a head, whoever is in the section now.
MATRIX_THEN = MATRIX | {viewer: MATRIX[viewer] | {"retiree"} for viewer in ("hr", "root")}

# One cell: everybody one's own, and those who see the matrix theirs.
CELL = {viewer: OWN[viewer] | MATRIX_THEN[viewer] for viewer in OWN}

# The section without its head; who sees the whole matrix sees all.
JUDGED = door("""
            staff mate head carer seconded retiree
 anonymous  .     .    .    .     .        .
 closed     .     .    .    .     .        .
 stranger   .     .    .    .     .        .
 author     .     .    .    .     .        .
 staff      .     .    .    .     .        .
 mate       .     .    .    .     .        .
 head       x     x    .    .     .        .
 carer      .     .    .    .     .        .
 seconded   .     .    .    .     .        .
 retiree    .     .    .    .     .        .
 carehead   .     .    .    x     x        .
 director   x     x    x    x     x        .
 hr         .     .    .    .     .        .
 desk       .     .    .    .     .        .
 planner    .     .    .    .     .        .
 root       .     .    .    .     .        .
""")
COMPARED = JUDGED | {viewer: MATRIX_THEN[viewer] for viewer in ("hr", "root")}

# `staff` leads a project, `mate` is in it: the team, who looks after it, and HR know who they are.
TEAM = NOBODY | {
    "staff": frozenset(("staff", "mate")),
    "mate": frozenset(("staff", "mate")),
    **dict.fromkeys(("hr", "desk", "root"), frozenset(("staff", "mate"))),
}
JOINABLE = NOBODY | dict.fromkeys(("staff", "hr", "desk", "root"), EVERYBODY - {"retiree"})
# What its members learned, of those whose skills one sees.
CHAIN = {viewer: CELL[viewer] & {"staff", "mate"} for viewer in OWN}
# `carer` would like to be in it: told to the lead and the DX office.
INTERESTED = NOBODY | dict.fromkeys(("staff", "hr", "desk", "root"), frozenset(("carer",)))
# `staff` is the mentor of `mate`: theirs alone.
PAIR = NOBODY | dict.fromkeys(("staff", "mate"), frozenset(("staff", "mate")))
PAIRS = NOBODY | dict.fromkeys(("hr", "desk", "root"), frozenset(("staff", "mate")))

# Who stands where in mandatory training: without a permission for the matrix, too.
IN_OFFICE = EVERYBODY - {"retiree"}
OVERSEEN = JUDGED | dict.fromkeys(("hr", "desk", "root"), IN_OFFICE)

# What only HR opens in the admin, whether or not it may see the matrix; or only if it may.
HR_DESK = NOBODY | dict.fromkeys(("hr", "desk", "root"), EVERYBODY)
HR_DESK_IN_OFFICE = NOBODY | dict.fromkeys(("hr", "desk", "root"), IN_OFFICE)
HR_MATRIX = NOBODY | dict.fromkeys(("hr", "root"), EVERYBODY)
HR_MOVES = NOBODY | {"hr": EVERYBODY, "root": EVERYBODY}
# Whoever somebody gives the code of a certificate, or the address of a calendar.
ANYBODY = dict.fromkeys(OWN, EVERYBODY)


class Row(NamedTuple):
    """One address, asked in one way.

    `each`: the address stands once for each subject, under that name in `Office.of`. `fields`: what
    of a subject it shows besides who it is; see `Office.marks`. `log`: how the purpose of the look
    at skills that it leaves begins; `record` = a look at learning; empty = none, since the data is
    one's own, or names without what they know. `send`: posted instead of read.
    """

    address: str
    door: Door
    fields: tuple[str, ...] = ()
    log: str = ""
    each: str = ""
    ask: str = ""
    scope: str = ""
    send: str = ""


A = "api/v1/"
ROWS = (
    # --- skills
    Row(A + "skills/me/", OWN_IN_OFFICE, ("level", "expiry"), scope="skills:read"),
    Row(A + "skills/trend/", OWN, ("level",), scope="skills:read"),
    Row(A + "skills/looks/", OWN, ("look",), scope="skills:read"),
    Row(A + "skills/corrections/", OWN, ("correction",), scope="skills:read"),
    Row(A + "suggestions/me/", OWN, ("level",), scope="projects:read"),
    Row(
        A + "suggestions/people/<lms_staff_number:staff_number>/",
        CELL,
        ("level",),
        "suggestions",
        each="staff_number",
        scope="skills:read",
    ),
    Row(A + "plans/me/", OWN, ask="project=PJ", scope="skills:read"),
    Row(
        A + "plans/people/<lms_staff_number:staff_number>/",
        CELL,
        (),
        "plan",
        each="staff_number",
        ask="project=PJ",
        scope="skills:read",
    ),
    Row(A + "skills/matrix/", MATRIX, ("level", "expiry"), "matrix", scope="matrix:read"),
    Row(
        A + "skills/matrix/",
        MATRIX,
        (),
        "export",
        ask="format=csv",
        scope="matrix:read",
    ),
    Row(A + "skills/matrix/", MATRIX, (), "export", ask="format=xlsx", scope="matrix:read"),
    Row(
        A + "skills/matrix/",
        MATRIX_THEN,
        ("level", "expiry"),
        "matrix",
        ask="as_of=2024-06-01",
        scope="matrix:read",
    ),
    Row(A + "skills/matrix/rows/", MATRIX, ("level", "expiry"), "matrix", scope="matrix:read"),
    Row(A + "skills/matrix/fiscal-year/", NOBODY, ask="fiscal_year=2025", scope="matrix:read"),
    Row(
        A + "skills/cells/<lms_staff_number:staff_number>/<lms_key:competency_key>/",
        CELL,
        ("level", "expiry"),
        "cell",
        each="staff_number",
        scope="skills:read",
    ),
    Row(A + "skills/coverage/", NOBODY, scope="matrix:read"),
    Row(A + "skills/coverage/", NOBODY, ask="format=csv&list=coverage", scope="matrix:read"),
    Row(
        A + "skills/coverage/<lms_key:kind>/<lms_key:key>/",
        MATRIX,
        ("expiry",),
        "coverage",
        each="section",
        scope="matrix:read",
    ),
    Row(A + "skills/expiring/", MATRIX, ("expiry",), "expiring", scope="matrix:read"),
    Row(
        A + "skills/what-if/",
        HR_MOVES,
        (),
        "what-if",
        each="move",
        send='{"on": "TODAY", "moves": [{"staff_number": "EACH"}]}',
        scope="matrix:read",
    ),
    Row(
        A + "skills/what-if/people/",
        HR_MATRIX,
        each="staff_number",
        ask="search=EACH",
        scope="matrix:read",
    ),
    Row(A + "skills/what-if/personnel/<uuid:uuid>/", HR_MOVES, (), "what-if", scope="matrix:read"),
    # --- assessments
    Row(A + "skills/campaigns/", OWN, ("self",), scope="skills:read"),
    Row(A + "skills/campaigns/<lms_key:campaign_key>/self/", OWN, ("self",), scope="skills:read"),
    Row(
        A + "skills/campaigns/<lms_key:campaign_key>/team/",
        JUDGED,
        ("self", "head"),
        scope="oversight:read",
    ),
    Row(
        A + "skills/campaigns/<lms_key:campaign_key>/team/<lms_staff_number:staff_number>/",
        JUDGED,
        ("head",),
        "assessment",
        each="staff_number",
        scope="oversight:read",
    ),
    Row(
        A + "skills/campaigns/<lms_key:campaign_key>/differences/",
        COMPARED,
        (),
        "calibration",
        scope="oversight:read",
    ),
    # Only of whoever has a character that the file cannot hold; in this office nobody has.
    Row(A + "skills/matrix/characters/", NOBODY, scope="matrix:read"),
    # --- projects
    Row(A + "projects/<lms_key:key>/members/", TEAM, scope="projects:read"),
    Row(
        A + "projects/<lms_key:key>/interested/",
        INTERESTED,
        (),
        "interested",
        scope="projects:read",
    ),
    Row(A + "projects/<lms_key:key>/chain/", CHAIN, (), "value-chain", scope="projects:read"),
    # Who may be taken into it: names and postings, for its lead and the DX office.
    Row(
        A + "projects/<lms_key:key>/people/",
        JOINABLE,
        each="staff_number",
        ask="search=EACH",
        scope="projects:read",
    ),
    Row(A + "mentoring/me/", OWN, scope="mentoring:read"),
    Row(A + "mentoring/pairs/", PAIR, (), "mentoring", scope="mentoring:read"),
    Row(A + "mentoring/pairs/", PAIRS, (), "mentoring", ask="whose=all", scope="mentoring:read"),
    Row(A + "mentoring/pairs/<uuid:uuid>/", PAIR, (), "mentoring", scope="mentoring:read"),
    # Nobody has offered or wished anything; who sees pairs that would suit: `test_mentoring.py`.
    Row(A + "mentoring/proposals/", NOBODY, scope="teams:read"),
    Row(
        A + "teams/people/",
        HR_DESK_IN_OFFICE,
        each="staff_number",
        ask="search=EACH",
        scope="teams:read",
    ),
    # Nobody is in these teams yet; who sees whom in others is told by `test_teams.py`.
    Row(A + "teams/", NOBODY, scope="teams:read"),
    Row(A + "teams/<uuid:uuid>/", NOBODY, scope="teams:read"),
    # --- learning
    Row(A + "me/", OWN, scope="me:read"),
    Row(A + "me/notices/", TOLD, scope="notices:read"),
    Row(A + "me/notice-preferences/", OWN, scope="notices:read"),
    Row(A + "learning/", OWN, ("due",), scope="learning:read"),
    Row(
        A + "learning/record/",
        OWN,
        ("record", "certificate", "due", "score"),
        scope="learning:read",
    ),
    Row(
        A + "learning/record/",
        OWN,
        ("certificate", "due"),
        ask="format=csv",
        scope="learning:read",
    ),
    Row(A + "learning/calendar.ics", OWN, ("due",), scope="learning:read"),
    Row(A + "learning/calendar-link/", OWN, scope="learning:read"),
    Row(A + "learning/calendar/<str:token>.ics", ANYBODY, ("due",), each="calendar"),
    Row(A + "paths/", OWN, scope="learning:read"),
    Row(A + "courses/", OWN, scope="courses:read"),
    Row(A + "courses/<lms_key:key>/", OWN, ("record", "score"), scope="courses:read"),
    Row(A + "workshops/", OWN, scope="workshops:read"),
    Row(
        A + "certificates/<uuid:uuid>/pdf/",
        OWN,
        ("certificate",),
        each="certificate",
        scope="learning:read",
    ),
    Row(A + "certificates/<uuid:uuid>/badge/", OWN, each="certificate", scope="learning:read"),
    Row(A + "certificates/verify/<str:code>/", ANYBODY, ("certificate",), each="code"),
    Row(A + "xapi/statements", OWN, ("statement",), scope="xapi:read"),
    Row(A + "oversight/", NOBODY, scope="oversight:read"),
    Row(A + "oversight/duties/", OVERSEEN, ("due",), "record", scope="oversight:read"),
    Row(
        A + "oversight/duties/",
        OVERSEEN,
        ("due",),
        "record",
        ask="format=csv",
        scope="oversight:read",
    ),
    # --- HR's desk
    Row("admin/duties/", HR_DESK_IN_OFFICE, ("due",), "record", ask="state=any"),
    Row(
        "admin/duties/file/duties.<str:ending>",
        HR_DESK_IN_OFFICE,
        ("due",),
        "record",
        ask="state=any",
    ),
    Row("admin/duties/exemptions/", HR_DESK, ("exemption",)),
    Row("admin/personnel/<uuid:uuid>/", HR_DESK),
    Row("admin/personnel/<uuid:uuid>/export/", HR_DESK),
    Row("admin/courses/<int:course_id>/sessions/<uuid:uuid>/", HR_DESK, (), "record"),
    Row("admin/courses/<int:course_id>/sessions/<uuid:uuid>/attendance.csv", HR_DESK, (), "record"),
    Row("admin/skills-corrections/", HR_MATRIX, ("correction",), "correction"),
    Row(
        "admin/skills-corrections/<uuid:uuid>/",
        HR_MATRIX,
        ("correction",),
        "correction",
        each="correction",
    ),
)

# Expressions for addresses that show nothing of anybody but, at the most, of who asks.
SHOWS_NOBODY = (
    "api/v1/(schema|docs)/",
    "api/v1/",
    "api/v1/(search|badges/(issuer|revocations|keys))/.*",
    "api/v1/benefits/(chain/(<int:fiscal_year>/)?|entries/)?",
    "api/v1/project-(board|templates|choices)/",
    "api/v1/projects/(similar/|<lms_key:key>/(moves/(undo/)?|copies/|figures/)?)?",
    "api/v1/projects/<lms_key:key>/members/<lms_staff_number:staff_number>/(confirmation/.*)?",
    "api/v1/suggestions/me/(answers|notices|projects/<lms_key:key>(/answer)?)/",
    "api/v1/mentoring/pairs/(by-hand|<uuid:uuid>/(answer|end|sessions))/",
    "api/v1/mentoring/sessions/<uuid:uuid>/(confirmation/)?",
    "api/v1/teams/<uuid:uuid>/(adoption|compared)/",
    "api/v1/teams/choices/",
    "api/v1/badges/keys/<str:kid>/",
    "api/v1/paths/<lms_key:key>/",
    "api/v1/plans/choices/",
    "api/v1/courses/<lms_key:key>/enrolment/",
    "api/v1/courses/<lms_key:key>/activities/<lms_key:activity_key>/launch/",
    "api/v1/courses/<lms_key:key>/workshops/<lms_key:activity_key>/sessions/",
    "api/v1/sessions/<uuid:session_uuid>/registration/",
    "api/v1/courses/<lms_key:key>/exercises/<lms_key:activity_key>/(file/)?",
    "api/v1/courses/<lms_key:key>/exercises/<lms_key:activity_key>/attempts/",
    "api/v1/courses/<lms_key:key>/exercises/<lms_key:activity_key>/attempts/<int:number>/(file/)?",
    "api/v1/xapi/(activities|about|activities/(state|profile)|agents|agents/profile)",
    "api/v1/me/matrix-views/(<uuid:uuid>/)?",
    "api/v1/me/notices/(<uuid:uuid>/)?read/",
    "api/v1/oversight/nudges/",
    "api/v1/skills/campaigns/<lms_key:campaign_key>/settlements/",
    "api/v1/reviews/<str:token>/.*",
    "_allauth/.*",
    "admin/(test404|jobs|processes|data-exercises|h5p|h5p-libraries|paths|personnel)/",
    "admin/processes/(new|<int:pk>)/",
    "admin/dx-projects/(templates/|<int:pk>/(edit/)?)?",
    "admin/courses/",
    "admin/courses/<int:course_id>/(awards|check|grading|lessons|prerequisites|audience|sessions)/",
    "admin/courses/<int:course_id>/sessions/(new|<uuid:uuid>/(edit|cancel))/",
    "admin/paths/(add|<int:path_id>(/delete|/audience)?)/",
    "admin/(data-exercises|h5p|h5p-libraries|course-review|course-translation|course-versions)/.*",
    "admin/skills-campaign-progress/<int:pk>/",
    "admin/skills-files/(framework/.*|standards/)",
    "admin/skills-files/judgements/(template/|<uuid:uuid>/)?",
    "admin/duties/(extend|nudge)/",
    "admin/duties/extensions/(<uuid:uuid>/)?",
    "admin/duties/exemptions/(new|<int:pk>(/end)?)/",
    "admin/duties/named/(new/|<int:pk>/)?",
    "admin/personnel/<uuid:uuid>/(apply|undo)/",
    "admin/snippets/(choose/)?lms_skills/(target|ageingrule|competencymapping|levelrule|campaign|hourlyrate)/.*",
    "admin/snippets/(choose/)?lms_courses/(course|activity)/.*",
    "documents/.*",
    "pages/.*",
)
