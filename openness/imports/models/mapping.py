"""Which column of an old site's export is what, remembered for the next file with the same head."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Item
from openness.disclosures.fields import QuietForeignKey
from openness.units.models import Unit


class ColumnMemory(models.Model):
    """`head` is the fingerprint of the names of the columns; `columns` as in `ImportJob`."""

    owner = QuietForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    head = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    unit = QuietForeignKey(Unit, on_delete=models.SET_NULL, null=True, related_name="+")
    item = QuietForeignKey(Item, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("记住的列")
        verbose_name_plural = _("记住的列")
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "head"], name="column_memory_once")]

    def __str__(self) -> str:
        return f"{self.owner_id}: {self.head[:8]}"
