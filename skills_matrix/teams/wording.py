"""What the composer says, in words with numbers."""

from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skills_matrix.engine.arrays import ABSENT
from skills_matrix.engine.teams import rules
from skills_matrix.engine.teams.appraise import Breach
from skills_matrix.engine.teams.relax import Impossible, Relaxation
from skills_matrix.teams.models import TeamRequest
from skills_matrix.teams.selectors import Names

RULE_TITLES: Final[dict[str, Any]] = {
    rules.MUST: gettext_lazy("Every must-need is covered"),
    rules.CRITICAL: gettext_lazy("A critical skill has several holders"),
    rules.LEARNER: gettext_lazy("Each team has a learner"),
    rules.HOURS: gettext_lazy("Hours a week for each person"),
    rules.SECTION: gettext_lazy("People from one section"),
    rules.TIER: gettext_lazy("People from one tier"),
    rules.PLACES: gettext_lazy("Places of the project"),
    rules.PIN: gettext_lazy("People put into the team"),
    rules.REFUSAL: gettext_lazy("People who said no"),
    rules.FORBID: gettext_lazy("People kept out of the team"),
}


def status_text(request: TeamRequest) -> str:
    """How good the answer is, and whether a better one may come."""
    answer = request.answer
    if answer is None:
        return _("The teams are being composed.")
    status = TeamRequest.Status
    if request.status == status.OPTIMAL:
        if answer["is_whole"]:
            return _("Proven: no teams that keep the rules have more points.")
        return _("Proven best among the candidates who suit each project most.")
    if request.status == status.IMPOSSIBLE:
        return _("No teams keep every rule.")
    if answer["gap"] is not None:
        percent = {"percent": f"{100 * answer['gap']:.1f}"}
        if request.status == status.WITHIN:
            return _("At most %(percent)s %% below the best there can be.") % percent
        return _("A first answer, at most %(percent)s %% below the best there can be.") % percent
    return _("A first answer, made at once. How good it is is not known.")


def breach_text(breach: Breach, names: Names) -> str:
    """One rule that is not kept, or would have to give way."""
    return _BREACHES[breach.rule](breach, _words(breach, names))


def relaxation_text(way: Relaxation, names: Names) -> str:
    """What giving up these rules would mean."""
    parts = [breach_text(breach, names) for breach in way.breaches]
    return " ".join(parts)


def impossible_text(found: Impossible, names: Names) -> str:
    """Which rule it is, and the cheapest way out."""
    titles = {
        "projects": "、".join(
            names.projects[one].title for one in found.project_ids if one in names.projects
        )
    }
    if not found.relaxations:
        return (
            _("%(projects)s: no team keeps every rule, and no way out was found in time.") % titles
        )
    way = found.relaxations[0]
    titles["rules"] = "、".join(str(RULE_TITLES[rule]) for rule in way.rules)
    head = _("%(projects)s: no team keeps every rule. Cheapest to relax: %(rules)s.") % titles
    return f"{head} {relaxation_text(way, names)}"


def _words(breach: Breach, names: Names) -> dict[str, Any]:
    skill = names.competencies.get(breach.subject_id)
    section, tier = names.sections.get(breach.subject_id), names.tiers.get(breach.subject_id)
    person, project = names.people.get(breach.employee_id), names.projects.get(breach.project_id)
    return {
        "skill": skill.title if skill else "",
        "section": section.title if section else "",
        "tier": tier.title if tier else "",
        "person": person.name if person else "",
        "project": project.title if project else "",
        "asked": breach.asked,
        "given": breach.given,
        "amount": breach.amount,
        "available": max(breach.available, 0),
    }


def _holders(breach: Breach, words: dict[str, Any]) -> str:
    text = _(
        "%(project)s: holders of “%(skill)s” that are missing: %(amount)d"
        " (%(asked)d needed, %(given)d in the team)."
    )
    if breach.available == ABSENT:
        return text % words
    return f"{text} {_('In the whole office %(available)d could be chosen.')}" % words


def _learners(breach: Breach, words: dict[str, Any]) -> str:
    text = _(
        "%(project)s: %(asked)d learners are asked for, the team has %(given)d."
        " In the whole office %(available)d could be chosen."
    )
    return text % words


def _places(breach: Breach, words: dict[str, Any]) -> str:
    if breach.given > breach.asked:
        return (
            _("%(project)s: %(given)d people, %(amount)d more than there are places for.") % words
        )
    return _("%(project)s: %(amount)d of %(asked)d places stay empty.") % words


def _plain(text: Any) -> Callable[[Breach, dict[str, Any]], str]:
    return lambda breach, words: str(text) % words


_BREACHES: Final[dict[str, Callable[[Breach, dict[str, Any]], str]]] = {
    rules.MUST: _holders,
    rules.CRITICAL: _holders,
    rules.LEARNER: _learners,
    rules.PLACES: _places,
    rules.HOURS: _plain(
        gettext_lazy("%(person)s: %(given)d hours a week, %(amount)d more than allowed.")
    ),
    rules.SECTION: _plain(
        gettext_lazy("%(project)s: %(given)d people from %(section)s, where %(asked)d may be.")
    ),
    rules.TIER: _plain(
        gettext_lazy("%(project)s: %(given)d people of the tier %(tier)s, where %(asked)d may be.")
    ),
    rules.PIN: _plain(gettext_lazy("%(project)s: %(person)s is not in the team.")),
    rules.REFUSAL: _plain(gettext_lazy("%(project)s: %(person)s said no, but is in the team.")),
    rules.FORBID: _plain(gettext_lazy("%(project)s: %(person)s was kept out, but is in the team.")),
}
