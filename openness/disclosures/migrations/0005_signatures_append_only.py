"""Triggers that keep signatures append-only."""

from django.db import migrations

from openness.disclosures.append_only import SIGNATURES


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0004_signing")]
    operations = [migrations.RunPython(SIGNATURES.add_triggers, SIGNATURES.drop_triggers)]
