"""What stood in a text before 帮我遮住, for the few who may see it, and who looked."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openness.units.models import Unit

from ..fields import QuietForeignKey


class MaskedOriginal(models.Model):
    """One version as it was: `content` holds title, summary, change_note and body (blocks). Wagtail's own revision holds the masked words.

    `into` is the revision that masking made; all versions that were masked by that tap share it, `is_main` is the one that was being written.
    """

    disclosure = QuietForeignKey("disclosures.Disclosure", on_delete=models.CASCADE, related_name="originals", verbose_name=_("公开内容"))
    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    revision = models.PositiveBigIntegerField(_("版本号"), null=True)
    into = models.PositiveBigIntegerField(_("遮住以后的版本号"))
    is_main = models.BooleanField(default=False)
    number = models.PositiveSmallIntegerField(_("遮住几处"))
    content = models.JSONField(_("原文"))
    masked_by = models.CharField(_("谁遮的"), max_length=170)
    masked_at = models.DateTimeField(_("什么时候遮的"))
    restored_by = models.CharField(_("谁还原的"), max_length=170, blank=True)
    restored_at = models.DateTimeField(_("什么时候还原的"), null=True)

    class Meta:
        verbose_name = _("遮住前的原文")
        verbose_name_plural = _("遮住前的原文")
        indexes: ClassVar = [models.Index(fields=["disclosure", "-masked_at"], name="original_of_disclosure")]

    def __str__(self) -> str:
        return f"{self.disclosure_id}-{self.revision}"


class OriginalLook(models.Model):
    """Somebody looked at an original. The account may go; the name stays."""

    original = QuietForeignKey(MaskedOriginal, on_delete=models.CASCADE, related_name="looks")
    user = QuietForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.CharField(_("谁看的"), max_length=170)
    at = models.DateTimeField(_("什么时候看的"))

    class Meta:
        verbose_name = _("看原文的记录")
        verbose_name_plural = _("看原文的记录")
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.by} {self.at}"
