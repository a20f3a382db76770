"""Records cannot be changed; and the first rules on which policies need an interpretation."""

from django.db import migrations
from django.utils import timezone

from openness.policies.append_only import add_triggers, drop_triggers

_BASIS = "吉政公组〔2019〕1号：政策文件和解读同步组织、同步审签、同步公开"


def add_rules(apps, schema_editor):
    rule = apps.get_model("policies", "NeedRule")
    now = timezone.now()
    genres = ("measures", "rules", "opinions", "plan")
    rule.objects.bulk_create(rule(tier="county", genre=genre, needed=True, reason=_BASIS, by="系统", at=now) for genre in genres)


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_library")]
    operations = [
        migrations.RunPython(add_triggers, drop_triggers),
        migrations.RunPython(add_rules, migrations.RunPython.noop),
    ]
