"""Who may do what to an activity: whoever may do it to the course, nobody else."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from courses.authoring.policy import courses_for
from courses.catalogue.models import Activity

# What must be allowed on the course. Activities are published with their course, so no action
# here publishes one by itself.
COURSE_ACTIONS = {
    "view": "view",
    "add": "edit",
    "change": "edit",
    "lock": "edit",
    "unlock": "edit",
}

# An activity has records: it is taken out of its lesson, not deleted.
ADMINISTRATORS = frozenset({"delete"})


def _is_administrators(user: Any, action: str) -> bool:
    return bool(action in ADMINISTRATORS and user.is_active and user.is_superuser)


class ActivityPermissionPolicy(ModelPermissionPolicy):
    """Wagtail asks it about every activity; the answer is that of `courses.authoring.policy`."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        course_action = COURSE_ACTIONS.get(action)
        if course_action is None:
            return _is_administrators(user, action)
        return courses_for(user, course_action).exists()

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        course_action = COURSE_ACTIONS.get(action)
        if course_action is None:
            return _is_administrators(user, action)
        return courses_for(user, course_action).filter(pk=instance.course_id).exists()

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Any
    ) -> bool:
        return any(
            self.user_has_permission_for_instance(user, action, instance) for action in actions
        )

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[Activity]:
        found = Activity.objects.none()
        for action in {COURSE_ACTIONS[name] for name in actions if name in COURSE_ACTIONS}:
            found = found | Activity.objects.filter(course__in=courses_for(user, action))
        return found


policy = ActivityPermissionPolicy(Activity)


def register_policy() -> None:
    """Tells Wagtail of the policy, before anybody asks for one of this model."""
    try:
        from wagtail.permissions import register_permission_policy
    except ImportError:  # Wagtail 7.4 takes it from the viewsets
        return
    register_permission_policy(Activity, policy)
