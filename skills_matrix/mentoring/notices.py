"""What the two sides of a pair are told, and when they need not read it any more."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from lms.notices.kinds import NoticeKind
from lms.notices.models import MailChoice, Notice
from lms.notices.services import Topic, settle_topic, tell_of_topic
from lms.people.calendar import office_today
from skills_matrix.mentoring.models import MentorPair

ENDED: Final = "mentor_ended"
ENDED_KIND = NoticeKind(
    _("%(name)s has ended the mentoring “%(course)s”."),
    lambda notice: notice.path,
    MailChoice.When.DAILY,
    title=_("mentoring ended"),
)
LONGEST_TITLE = 200


def tell_side(
    kind: str, pair: MentorPair, topic: str, *, to: int, about: int, by: Any = None
) -> None:
    """Tell one side of the pair, about the other."""
    skills = [row.competency for row in pair.skills.select_related("competency")]
    tell_of_topic(
        kind=kind,
        topic=Topic(
            topic,
            "、".join(one.title_ja for one in skills)[:LONGEST_TITLE],
            ", ".join(one.title_en or one.title_ja for one in skills)[:LONGEST_TITLE],
            f"/mentoring#{pair.uuid}",
        ),
        recipients=[to],
        about=about,
        occasion=office_today(),
        sent_by=by,
    )


def settle_answered(pair: MentorPair) -> None:
    """Whoever has answered, or can no more, is not asked to answer any longer."""
    both = {pair.learner_id: pair.learner_agrees, pair.mentor_id: pair.mentor_agrees}
    is_open = pair.state == MentorPair.State.PROPOSED
    done = [who for who, agrees in both.items() if agrees is not None or not is_open]
    settle_topic(kind=Notice.Kind.MENTOR_PAIR, topic=str(pair.uuid), recipients=done)
