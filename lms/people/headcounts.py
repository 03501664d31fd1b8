"""How many people, said to those who may not know who they are. No Django models."""

from django.utils.translation import gettext as _


def headcount(number: int, *, exact: bool, group: int) -> str:
    """A number of people in words; not `exact` = rounded to multiples of `group`.

    Rounding every number, totals too, is what keeps a group of one or two from being worked out
    from the numbers around it. Below `group` only that is said; nobody is nobody.
    """
    if exact or number == 0:
        return _("%(number)d people") % {"number": number}
    if number < group:
        return _("fewer than %(number)d people") % {"number": group}
    return _("about %(number)d people") % {"number": round(number / group) * group}
