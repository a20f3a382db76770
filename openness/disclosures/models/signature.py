"""Who signed for a text: append-only rows, bound to the text by its fingerprint. Triggers refuse UPDATE and DELETE."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from openness.units.models import Unit

from ..fields import QuietForeignKey
from .files import Attachment
from .signing_rule import Body


class How(models.TextChoices):
    PERSON = "person", _("网上签")
    PAPER = "paper", _("纸上签")


class Signature(models.Model):
    """`signer`, `giver` and `recorder` are numbers of accounts, kept as numbers so that a left account changes nothing.

    `giver` is for whom the signer stood in; `recorder` who wrote down a signature on paper.
    """

    disclosure = QuietForeignKey("disclosures.Disclosure", on_delete=models.PROTECT, related_name="signatures", verbose_name=_("公开内容"))
    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    revision = models.PositiveBigIntegerField(_("版本号"), null=True)
    content_hash = models.CharField(_("内容指纹"), max_length=64)
    body = models.CharField(_("谁签的"), max_length=12, choices=Body.choices)
    names = models.CharField(_("签字人"), max_length=200)
    names_public = models.BooleanField(_("公开签字人姓名"), default=False)
    signed_on = models.DateField(_("签字日期"))
    how = models.CharField(_("怎么签的"), max_length=6, choices=How.choices)
    signer = models.PositiveBigIntegerField(null=True)
    giver = models.PositiveBigIntegerField(null=True)
    recorder = models.PositiveBigIntegerField(null=True)
    recorded_by = models.CharField(_("谁登记的"), max_length=170)
    at = models.DateTimeField(_("什么时候登记的"))
    sheet = QuietForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("签字单照片"))

    class Meta:
        verbose_name = _("签字")
        verbose_name_plural = _("签字")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["disclosure", "content_hash"], name="signature_of_text")]

    def __str__(self) -> str:
        return f"{self.get_body_display()} {self.signed_on}"

    @property
    def people(self) -> set[Any]:
        """Numbers of the accounts that had a hand in it: none of them approves the same text."""
        return {self.signer, self.giver, self.recorder} - {None}
