from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('supervision', '0003_indicators_and_reports'),
    ]

    operations = [
        migrations.AddField('obligation', 'complete', models.BooleanField(null=True, verbose_name='要素齐全')),
        migrations.AddField('tally', 'checked', models.IntegerField(db_default=0, default=0)),
        migrations.AddField('tally', 'complete', models.IntegerField(db_default=0, default=0)),
        migrations.AddField('textprint', 'complete', models.BooleanField(null=True)),
        migrations.AddIndex('obligation', models.Index(condition=Q(complete=False), fields=['county', 'due_on'], name='obligation_lacks_county')),
        migrations.AddIndex('obligation', models.Index(condition=Q(complete=False), fields=['due_on'], name='obligation_lacks')),
        migrations.AddConstraint(
            'obligation',
            models.CheckConstraint(condition=Q(complete=None) | Q(state__in=(1, 2)), name='obligation_complete_if_done'),
        ),
    ]
