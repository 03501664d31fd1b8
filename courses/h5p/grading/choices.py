"""Types in which one chooses among what is given."""

from collections.abc import Mapping
from typing import Any

from courses.h5p.grading.points import Answer, Points, group, groups, indices, number


def true_false(params: Mapping[str, Any], answer: Answer) -> Points:
    """One point. The response is `true` or `false`, the key the text `params.correct`.

    Source: h5p-true-false, scripts/h5p-true-false.js (`addResponseToXAPI`).
    """
    key = str(params.get("correct", "")).lower()
    return Points(float(key in ("true", "false") and answer.response == key), 1)


def multi_choice(params: Mapping[str, Any], answer: Answer) -> Points:
    """The response holds the original places of the choices, also where they are shuffled.

    With one right choice (or type `single`) one chooses one; otherwise each right choice gives
    its weight and each wrong one takes it. `singlePoint`: all or nothing at `passPercentage`.

    Source: h5p-multi-choice, js/multichoice.js (`calcScore`, `getMaxScore`, `addResponseToXAPI`).
    """
    behaviour = group(params, "behaviour")
    choices = groups(params, "answers")
    right = {place for place, choice in enumerate(choices) if choice.get("correct") is True}
    chosen = indices(answer)
    whole = number(params, "weight", 1)
    kind = behaviour.get("type", "auto")
    is_single = len(right) == 1 if kind == "auto" else kind == "single"
    if not right:
        return Points(0 if chosen else whole, whole)
    if is_single:
        return Points(whole if len(chosen) == 1 and chosen <= right else 0, whole)
    most = sum([number(choices[place], "weight", 1) for place in right])
    taken = sum(
        [number(choices[place], "weight", 1) for place in chosen - right if place < len(choices)]
    )
    missed = sum([number(choices[place], "weight", 1) for place in right - chosen])
    earned = max(0.0, most - missed - taken)
    if behaviour.get("singlePoint", True) is not True:
        return Points(earned, most)
    is_passed = most > 0 and 100 * earned / most >= number(behaviour, "passPercentage", 100)
    return Points(whole if is_passed else 0, whole)


def single_choice_set(params: Mapping[str, Any], answer: Answer) -> Points | None:
    """One point per question; the first alternative as written is the right one, `0`.

    Each question answers under its own sub-content id. None: a question has none.

    Source: h5p-single-choice-set, scripts/single-choice-set.js (`createXApiAnsweredEvent`,
    `getXAPIData`).
    """
    questions = [item for item in groups(params, "choices") if item.get("answers")]
    names = [item.get("subContentId") for item in questions]
    if not names or not all(isinstance(name, str) and name for name in names):
        return None
    return Points(sum(answer.parts.get(str(name)) == "0" for name in names), len(names))
