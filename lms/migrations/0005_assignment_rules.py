import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import lms.enrolment.rules.condition
from django.db import migrations, models


def conditions_from_columns(apps, schema_editor):
    """Tier, role and department of a row become its condition; a due date its policy."""
    rows = apps.get_model('lms_core', 'AudienceRule').objects.select_related('tier', 'role', 'department')
    for row in rows:
        # Sorted by their JSON, as `stored_form` has them.
        parts = [
            {name: [getattr(row, name).key]}
            for name in ('department', 'role', 'tier')
            if getattr(row, name + '_id') is not None
        ]
        row.condition = parts[0] if len(parts) == 1 else {'all': parts}
        row.due = 'never' if row.due_on is None else 'date'
        row.save(update_fields=['condition', 'due'])


def columns_from_conditions(apps, schema_editor):
    """Only what the columns could say goes back; the rest would mean other people."""
    for row in apps.get_model('lms_core', 'AudienceRule').objects.all():
        parts = row.condition['all'] if 'all' in row.condition else [row.condition]
        for part in parts:
            ((name, keys),) = part.items()
            if name not in ('tier', 'role', 'department') or len(keys) != 1 or getattr(row, name):
                raise ValueError(f'Audience rule {row.pk} has no older form; change it first.')
            setattr(row, name, apps.get_model('lms_core', MODELS[name]).objects.get(key=keys[0]))
        row.save()


MODELS = {'tier': 'JobTier', 'role': 'Role', 'department': 'Department'}


class Migration(migrations.Migration):

    dependencies = [
        ('lms_core', '0004_jobs_and_personnel'),
        ('lms_courses', '0010_translated_instructions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('condition', models.JSONField()),
                ('period', models.PositiveIntegerField()),
                ('entered_on', models.DateField(help_text='The day on which this period first was theirs.')),
                ('starts_on', models.DateField(help_text='What the due date counts from.')),
                ('due_on', models.DateField(null=True, verbose_name='due on')),
                ('extended_to', models.DateField(null=True, verbose_name='extended to')),
                ('counts_from', models.DateTimeField(help_text='An earlier completion does not count; absent: any does.', null=True)),
                ('completed_at', models.DateTimeField(null=True)),
                ('ended_on', models.DateField(help_text='First day it no longer holds: left, exempt, or a new period.', null=True)),
            ],
            options={
                'verbose_name': 'assignment',
                'verbose_name_plural': 'assignments',
                'ordering': ['employee', 'course', 'entered_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Exemption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('leave', 'leave of absence'), ('secondment', 'secondment'), ('other', 'other reason')], max_length=16, verbose_name='kind')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(verbose_name='until (exclusive)')),
            ],
            options={
                'verbose_name': 'exemption',
                'verbose_name_plural': 'exemptions',
                'ordering': ['employee', 'starts_on'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='audiencerule',
            name='lms_core_audience_rule_once',
        ),
        migrations.RemoveConstraint(
            model_name='audiencerule',
            name='lms_core_audience_due_only_if_mandatory',
        ),
        migrations.AddField(
            model_name='audiencerule',
            name='condition',
            field=models.JSONField(default=lms.enrolment.rules.condition.everybody, verbose_name='condition'),
        ),
        migrations.AddField(
            model_name='audiencerule',
            name='credit_months',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='months that earlier learning counts'),
        ),
        migrations.AddField(
            model_name='audiencerule',
            name='due',
            field=models.CharField(choices=[('never', 'no due date'), ('days', 'days after it became theirs'), ('date', 'on a date'), ('fiscal_year_end', 'at the end of the fiscal year')], default='never', max_length=16, verbose_name='due'),
        ),
        migrations.AddField(
            model_name='audiencerule',
            name='due_days',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='days until due'),
        ),
        migrations.AddField(
            model_name='audiencerule',
            name='equal_courses',
            field=models.ManyToManyField(blank=True, related_name='+', to='lms_courses.course', verbose_name='courses that count as this one'),
        ),
        migrations.AddField(
            model_name='audiencerule',
            name='repeat_months',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='months'),
        ),
        migrations.AddField(
            model_name='audiencerule',
            name='repeats',
            field=models.CharField(choices=[('once', 'taken once'), ('fiscal_year', 'every fiscal year'), ('months', 'every so many months')], default='once', max_length=16, verbose_name='repeats'),
        ),
        migrations.RunPython(conditions_from_columns, columns_from_conditions),
        migrations.RemoveField(
            model_name='audiencerule',
            name='department',
        ),
        migrations.RemoveField(
            model_name='audiencerule',
            name='role',
        ),
        migrations.RemoveField(
            model_name='audiencerule',
            name='tier',
        ),
        migrations.AddConstraint(
            model_name='audiencerule',
            constraint=models.UniqueConstraint(models.F('course'), django.db.models.functions.text.MD5(django.db.models.functions.comparison.Cast('condition', models.TextField())), name='lms_core_audience_rule_once'),
        ),
        migrations.AddConstraint(
            model_name='audiencerule',
            constraint=models.CheckConstraint(condition=models.Q(('is_mandatory', True), models.Q(('due', 'never'), ('repeats', 'once')), _connector='OR'), name='lms_core_audience_due_only_if_mandatory'),
        ),
        migrations.AddConstraint(
            model_name='audiencerule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due', 'days'), ('due_days__isnull', False)), models.Q(models.Q(('due', 'days'), _negated=True), ('due_days__isnull', True)), _connector='OR'), name='lms_core_audience_due_days'),
        ),
        migrations.AddConstraint(
            model_name='audiencerule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due', 'date'), ('due_on__isnull', False)), models.Q(models.Q(('due', 'date'), _negated=True), ('due_on__isnull', True)), _connector='OR'), name='lms_core_audience_due_date'),
        ),
        migrations.AddConstraint(
            model_name='audiencerule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('repeat_months__gte', 1), ('repeats', 'months')), models.Q(models.Q(('repeats', 'months'), _negated=True), ('repeat_months__isnull', True)), _connector='OR'), name='lms_core_audience_repeat_months'),
        ),
        migrations.AddConstraint(
            model_name='audiencerule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due', 'date'), _negated=True), ('repeats', 'once'), _connector='OR'), name='lms_core_audience_date_once'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='course',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='lms_courses.course', verbose_name='course'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='employee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='lms_core.employee', verbose_name='employee'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='posting',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='lms_core.posting'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='rule',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='assignments', to='lms_core.audiencerule', verbose_name='audience rule'),
        ),
        migrations.AddField(
            model_name='exemption',
            name='course',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='lms_courses.course', verbose_name='course'),
        ),
        migrations.AddField(
            model_name='exemption',
            name='employee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exemptions', to='lms_core.employee', verbose_name='employee'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(condition=models.Q(('ended_on__isnull', True)), fields=['employee', 'course'], name='lms_core_assignment_open'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(fields=('rule', 'employee', 'period'), name='lms_core_assignment_once'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('extended_to__isnull', True), ('due_on__isnull', False), _connector='OR'), name='lms_core_assignment_extends_a_due_date'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='lms_core_exemption_ends_after_start'),
        ),
    ]
