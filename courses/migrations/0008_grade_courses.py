from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('lms_courses', '0007_review'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='course',
            options={'ordering': ['position', 'key'], 'permissions': [('grade_courses', 'Can set the pass marks of every course')], 'verbose_name': 'course', 'verbose_name_plural': 'courses'},
        ),
    ]
