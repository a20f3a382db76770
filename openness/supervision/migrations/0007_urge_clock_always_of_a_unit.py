import django.db.models.deletion
from django.db import migrations

import openness.disclosures.fields


class Migration(migrations.Migration):
    """By itself: PostgreSQL alters no table whose rows the same transaction has changed."""

    dependencies = [("supervision", "0006_urge_clock_unit")]

    operations = [
        migrations.AlterField(
            "urgeclock",
            "unit",
            openness.disclosures.fields.QuietForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="units.unit"
            ),
        ),
    ]
