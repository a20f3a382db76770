"""Triggers that keep postings append-only."""

from django.db import migrations

from openness.channels.append_only import POSTINGS


class Migration(migrations.Migration):
    dependencies = [("channels", "0001_postings")]
    operations = [migrations.RunPython(POSTINGS.add_triggers, POSTINGS.drop_triggers)]
