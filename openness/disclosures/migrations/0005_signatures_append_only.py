"""Triggers that keep signatures append-only."""

from django.db import migrations

from openness.disclosures.append_only import add_triggers, drop_triggers


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0004_signing")]
    operations = [migrations.RunPython(add_triggers, drop_triggers)]
