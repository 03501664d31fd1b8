"""One packed row per person, and what is out of date."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.people.models import Employee


class SkillVector(models.Model):
    """One row per person with a main posting: that person's row of the matrix, packed.

    Each array has one value per competency of the state's list (see `packing`). Right from
    `made_at` until `valid_until` (absent = until a fact or rule changes).
    """

    employee = models.OneToOneField(
        Employee, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    department_id = models.BigIntegerField()
    tier_id = models.BigIntegerField(null=True)
    levels = models.BinaryField()
    details = models.BinaryField()
    made_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("skill vector")
        verbose_name_plural = _("skill vectors")
        indexes = [models.Index(fields=["valid_until"], name="lms_skills_vector_until")]

    def __str__(self) -> str:
        return str(self.employee_id)


class StaleSkill(models.Model):
    """One row per change that a trigger noted: whose cells are out of date; None = everybody's."""

    employee_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("out-of-date skills")
        verbose_name_plural = _("out-of-date skills")

    def __str__(self) -> str:
        return str(self.employee_id)


class MatrixState(models.Model):
    """The one row that says what the vectors are about: `competencies` in order, by which rule.

    `version` grows with every change of any vector. `stamp` is another one each time, so that what
    was derived elsewhere can say of which facts: no two states of any database have the same.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    competencies = models.JSONField(default=list)
    rule = models.JSONField(default=dict)
    valid_until = models.DateTimeField(null=True)
    version = models.PositiveBigIntegerField(default=0)
    stamp = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name = _("state of the matrix")
        verbose_name_plural = _("states of the matrix")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="lms_skills_one_matrix_state")
        ]

    def __str__(self) -> str:
        return str(self.version)
