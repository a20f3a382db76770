from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

import openness.disclosures.fields


def fill(apps: Any, _editor: Any) -> None:
    """A clock knows its unit, and goes with its blank (state 0)."""
    clocks, cells = apps.get_model("supervision", "UrgeClock").objects, apps.get_model("supervision", "Obligation").objects
    clocks.exclude(cell__state=0).delete()
    clocks.update(unit_id=Subquery(cells.filter(pk=OuterRef("cell_id")).values("unit_id")[:1]))


class Migration(migrations.Migration):
    dependencies = [("units", "0002_unit_short_name"), ("supervision", "0005_ledger_without_lookups")]

    operations = [
        migrations.AddField(
            "urgeclock",
            "unit",
            openness.disclosures.fields.QuietForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="units.unit"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
