from datetime import datetime
from typing import Any

from rest_framework import serializers

from api.fields import LevelField, UtcDateTimeField
from api.v1.outputs import Titled
from lms.people.models import Employee
from skills_matrix.competencies.models import Competency
from skills_matrix.mentoring.models import LearningWish, MentorOffer, MentorPair, MentorSession
from skills_matrix.mentoring.selectors import Distance, Proposals, distance, sections_of

OTHER = "What I am in the pair; null = neither, as the DX office."


class WishOut(serializers.Serializer[Any]):
    competency = Titled()
    level = LevelField()


class MyMentoringOut(serializers.Serializer[Any]):
    learners = serializers.IntegerField()
    hours_per_month = serializers.IntegerField()
    teaches = Titled(many=True, help_text="Empty = whatever I hold.")
    wishes = WishOut(many=True)
    skills = Titled(many=True, help_text="All there are to wish for.")


class MentoringPersonOut(serializers.Serializer[Any]):
    staff_number = serializers.CharField()
    name = serializers.CharField()


class SuitedPersonOut(MentoringPersonOut):
    section = serializers.CharField(allow_blank=True)


class SuitedSkillOut(serializers.Serializer[Any]):
    """A skill wanted; `learner_level` null = never assessed."""

    competency = Titled()
    level = LevelField(help_text="Wanted.")
    mentor_level = LevelField()
    learner_level = LevelField(allow_null=True)


class SuitedPairOut(serializers.Serializer[Any]):
    """A pair that would suit, and why."""

    learner = SuitedPersonOut()
    mentor = SuitedPersonOut()
    points = serializers.IntegerField()
    hours_per_month = serializers.IntegerField(help_text="That the mentor would give to mentoring.")
    pair_hours = serializers.IntegerField(help_text="A month, that a pair takes of each.")
    distance = serializers.ChoiceField([one.value for one in Distance])
    skills = SuitedSkillOut(many=True)


class SuitedPairsOut(serializers.Serializer[Any]):
    """`offers` and `wishes`: people who would teach, and who want to learn."""

    pairs = SuitedPairOut(many=True)
    offers = serializers.IntegerField()
    wishes = serializers.IntegerField()


class MentorSessionOut(serializers.Serializer[Any]):
    """A session that one side wrote down. `may_confirm`: it waits for me."""

    uuid = serializers.UUIDField()
    competency = Titled(source="skill.competency")
    held_on = serializers.DateField()
    minutes = serializers.IntegerField()
    text = serializers.CharField()
    level = LevelField()
    logged_by = MentoringPersonOut()
    confirmed_at = UtcDateTimeField(allow_null=True)
    may_confirm = serializers.BooleanField()
    may_withdraw = serializers.BooleanField()


class MentorPairOut(serializers.Serializer[Any]):
    """A pair. What the sessions were about is shown to its two sides only."""

    uuid = serializers.UUIDField()
    learner = MentoringPersonOut()
    mentor = MentoringPersonOut()
    side = serializers.ChoiceField(["learner", "mentor"], allow_null=True, help_text=OTHER)
    state = serializers.ChoiceField(MentorPair.State.choices)
    state_title = serializers.CharField()
    learner_agrees = serializers.BooleanField(allow_null=True)
    mentor_agrees = serializers.BooleanField(allow_null=True)
    decline_reason = serializers.CharField(allow_blank=True)
    points = serializers.IntegerField()
    skills = WishOut(many=True)
    proposed_at = UtcDateTimeField()
    ended_at = UtcDateTimeField(allow_null=True)
    end_reason = serializers.CharField(allow_blank=True)
    minutes = serializers.IntegerField(help_text="Of the sessions that both confirm.")
    sessions = MentorSessionOut(many=True)


class MentorPairsOut(serializers.Serializer[Any]):
    pairs = MentorPairOut(many=True)


def shown_pair(pair: MentorPair, viewer: Employee | None) -> dict[str, Any]:
    """What MentorPairOut shows to this person; reads nothing that is not prefetched."""
    own = viewer.pk if viewer else None
    side = {pair.learner_id: "learner", pair.mentor_id: "mentor"}.get(own) if own else None
    sessions = list(pair.sessions.all())
    return {
        **{
            name: getattr(pair, name)
            for name in (
                *("uuid", "learner", "mentor", "learner_agrees", "mentor_agrees"),
                *("proposed_at", "ended_at", "state", "points", "decline_reason"),
            )
        },
        "state_title": str(pair.state.label),
        "side": side,
        "skills": list(pair.skills.all()),
        "end_reason": pair.end_reason if side else "",
        "minutes": sum(one.minutes for one in sessions if one.confirmed_at is not None),
        "sessions": [_session(one, own) for one in sessions] if side else [],
    }


def _session(session: MentorSession, own: int | None) -> dict[str, Any]:
    waits, is_mine = session.confirmed_at is None, session.logged_by_id == own
    return {
        **{
            name: getattr(session, name)
            for name in (
                *("uuid", "skill", "held_on", "minutes", "text", "level"),
                *("logged_by", "confirmed_at"),
            )
        },
        "may_confirm": waits and not is_mine,
        "may_withdraw": waits and is_mine,
    }


def people_in(found: Proposals) -> set[int]:
    """Ids of everybody the proposals name."""
    return {one for pair in found.pairs for one in (pair.learner_id, pair.mentor_id)}


def shown_proposals(found: Proposals, as_of: datetime) -> dict[str, Any]:
    """What SuitedPairsOut shows. The number of queries is fixed."""
    ids = people_in(found)
    people, sections = Employee.objects.in_bulk(ids), sections_of(ids, as_of)
    competencies = Competency.objects.in_bulk(
        {one for pair in found.pairs for one in pair.competency_ids}
    )
    hours = dict(MentorOffer.objects.values_list("employee_id", "hours_per_month"))

    def person(pk: int) -> dict[str, Any]:
        section = sections.get(pk)
        return {
            "staff_number": people[pk].staff_number,
            "name": people[pk].name,
            "section": section.title if section else "",
        }

    return {
        "pairs": [
            {
                "learner": person(pair.learner_id),
                "mentor": person(pair.mentor_id),
                "points": pair.points,
                "hours_per_month": hours[pair.mentor_id],
                "pair_hours": found.rules.hours,
                "distance": distance(
                    sections.get(pair.learner_id), sections.get(pair.mentor_id)
                ).value,
                "skills": [
                    {
                        "competency": competencies[one],
                        "level": found.wanted[pair.learner_id, one],
                        "mentor_level": found.held[pair.mentor_id, one],
                        "learner_level": found.held.get((pair.learner_id, one)),
                    }
                    for one in pair.competency_ids
                ],
            }
            for pair in sorted(found.pairs, key=lambda pair: (-pair.points, pair.learner_id))
        ],
        "offers": MentorOffer.objects.count(),
        "wishes": LearningWish.objects.values("employee").distinct().count(),
    }
