import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('lms_courses', '0006_translations'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CourseReviewTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('groups', models.ManyToManyField(help_text='Their members may approve the course.', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': 'course review',
                'verbose_name_plural': 'course reviews',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='CourseSecondApprovalTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('groups', models.ManyToManyField(help_text='Their members may approve the course.', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': 'second approval of a course',
                'verbose_name_plural': 'second approvals of a course',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='ReviewLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=16, verbose_name='language')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('name', models.CharField(max_length=100, verbose_name='name of the reviewer')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('is_guest', models.BooleanField(default=True)),
                ('may_approve', models.BooleanField(default=False, verbose_name='may approve')),
                ('created_at', models.DateTimeField(verbose_name='created at')),
                ('expires_at', models.DateTimeField(verbose_name='expires at')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='taken back at')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_links', to='lms_courses.course')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_links_given', to=settings.AUTH_USER_MODEL)),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_links', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'review link',
                'verbose_name_plural': 'review links',
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='lms_courses_review_link_expires_later')],
            },
        ),
    ]
