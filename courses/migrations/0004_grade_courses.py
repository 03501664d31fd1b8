from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('lms_courses', '0003_h5p_media'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='course',
            options={'ordering': ['position', 'key'], 'permissions': [('grade_courses', 'Can set the pass marks of every course')], 'verbose_name': 'course', 'verbose_name_plural': 'courses'},
        ),
    ]
