"""Published versions, their entries and the adjustments cannot be changed."""

from django.db import migrations

from openness.powers.frozen import add_triggers, drop_triggers


class Migration(migrations.Migration):
    dependencies = [("powers", "0001_tables")]
    operations = [migrations.RunPython(add_triggers, drop_triggers)]
