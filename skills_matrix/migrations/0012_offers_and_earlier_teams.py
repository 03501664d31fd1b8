import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lms_skills", "0011_answers_to_suggestions"),
    ]

    operations = [
        migrations.AddField(
            model_name="teamrequest",
            name="earlier",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="lms_skills.teamrequest",
                verbose_name="made from",
            ),
        ),
        migrations.AddField(
            model_name="mentoroffer",
            name="hours_per_month",
            field=models.PositiveSmallIntegerField(
                default=4,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(40),
                ],
                verbose_name="hours a month for mentoring",
            ),
        ),
        migrations.AddField(
            model_name="mentoroffer",
            name="skills",
            field=models.ManyToManyField(
                blank=True,
                related_name="+",
                to="lms_skills.competency",
                verbose_name="skills offered",
            ),
        ),
        migrations.AddConstraint(
            model_name="mentoroffer",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours_per_month__range", (1, 40))),
                name="lms_skills_offer_hours",
            ),
        ),
        migrations.AddField(
            model_name="mentorpair",
            name="decline_reason",
            field=models.CharField(blank=True, max_length=500),
        ),
    ]
