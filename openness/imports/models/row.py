"""One row of the file, what was found in it, and the draft that it became."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from openness.disclosures.fields import QuietForeignKey
from openness.disclosures.models import Disclosure

from .job import ImportJob


class RowState(models.TextChoices):
    NEW = "new", _("还没检查")
    GOOD = "good", _("没问题")
    BAD = "bad", _("要改")
    DONE = "done", _("导入了")
    UNDONE = "undone", _("撤销了")
    KEPT = "kept", _("留下了")


class ImportRow(models.Model):
    """`number` is the row's in the file. `findings` are [level, sentence]; no sentence holds a number of a person in full.

    `key` is the fingerprint of unit, item, period and title. `revision` and `at` tell whether the draft is still as it came.
    """

    job = QuietForeignKey(ImportJob, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("第几行"))
    cells = models.JSONField(default=list)
    state = models.CharField(_("怎么样"), max_length=6, choices=RowState.choices, default=RowState.NEW)
    findings = models.JSONField(default=list)
    key = models.CharField(max_length=64, blank=True)
    disclosure = QuietForeignKey(Disclosure, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("公开内容"))
    revision = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField(null=True)
    note = models.CharField(_("为什么留下"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("导入的一行")
        verbose_name_plural = _("导入的行")
        ordering: ClassVar = ["job", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["job", "number"], name="import_row_once")]
        indexes: ClassVar = [
            models.Index(fields=["job", "state", "number"], name="import_row_by_state"),
            models.Index(fields=["job", "key"], name="import_row_by_key"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id}: {self.number}"
