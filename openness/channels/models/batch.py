"""一文多村: one notice of a township that became a draft in each of its villages, in one act that can be undone as one."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Item
from openness.disclosures.fields import QuietForeignKey
from openness.disclosures.models import Disclosure
from openness.units.models import Unit


class Batch(models.Model):
    """`revision` is the source's, as it was: the same notice does not go to the same village twice."""

    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    source = QuietForeignKey(Disclosure, on_delete=models.SET_NULL, null=True, related_name="batches", verbose_name=_("用哪一条发的"))
    revision = models.PositiveBigIntegerField(_("版本号"), null=True)
    item = QuietForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("公开事项"))
    title = models.CharField(_("标题"), max_length=200)
    maker = models.PositiveBigIntegerField(null=True)
    made_by = models.CharField(_("谁发的"), max_length=170)
    made_at = models.DateTimeField(_("什么时候发的"))
    undone_by = models.CharField(_("谁收回的"), max_length=170, blank=True)
    undone_at = models.DateTimeField(_("什么时候收回的"), null=True)

    class Meta:
        verbose_name = _("一文多村")
        verbose_name_plural = _("一文多村")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.title


class BatchText(models.Model):
    """One village's draft. `revision` is the one it began with: while it is the latest, nobody has touched the draft."""

    batch = QuietForeignKey(Batch, on_delete=models.PROTECT, related_name="texts", verbose_name=_("哪一批"))
    village = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("村"))
    disclosure = QuietForeignKey(Disclosure, on_delete=models.SET_NULL, null=True, related_name="batch_texts", verbose_name=_("公开内容"))
    revision = models.PositiveBigIntegerField(_("版本号"), null=True)
    rows = models.PositiveIntegerField(_("几行"), default=0)

    class Meta:
        verbose_name = _("一文多村的稿子")
        verbose_name_plural = _("一文多村的稿子")
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "village"], name="batch_once_a_village")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.village_id}"
