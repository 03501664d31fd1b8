from typing import Any

from rest_framework import serializers

from api.fields import LevelField, UtcDateTimeField
from api.v1.outputs import Titled
from lms.people.models import Employee
from skills_matrix.mentoring.models import MentorPair, MentorSession

OTHER = "What I am in the pair; null = neither, as the DX office."


class WishOut(serializers.Serializer[Any]):
    competency = Titled()
    level = LevelField()


class MyMentoringOut(serializers.Serializer[Any]):
    learners = serializers.IntegerField()
    wishes = WishOut(many=True)


class MentoringPersonOut(serializers.Serializer[Any]):
    staff_number = serializers.CharField()
    name = serializers.CharField()


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
                *("proposed_at", "ended_at", "state"),
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
