"""一起公开: texts of one unit that are public together or not at all, such as a policy and what explains it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openness.disclosures.fields import QuietForeignKey
from openness.disclosures.models import Disclosure
from openness.units.models import Unit


class BundleQuerySet(models.QuerySet["Bundle"]):
    def open(self) -> "BundleQuerySet":
        return self.filter(released_at=None, dissolved_at=None)


class Bundle(models.Model):
    """Open until its texts are published together or it is taken apart with a reason."""

    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    made_by = models.CharField(_("谁定的"), max_length=170)
    made_at = models.DateTimeField(_("什么时候定的"))
    released_at = models.DateTimeField(_("什么时候一起公开的"), null=True)
    dissolved_at = models.DateTimeField(_("什么时候拆开的"), null=True)
    dissolved_by = models.CharField(_("谁拆开的"), max_length=170, blank=True)
    reason = models.CharField(_("为什么拆开"), max_length=200, blank=True)

    objects = BundleQuerySet.as_manager()

    class Meta:
        verbose_name = _("一起公开")
        verbose_name_plural = _("一起公开")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.unit} {self.made_at:%Y-%m-%d}"


class BundleText(models.Model):
    """`revision` is the one that was approved, by `approver` (number of the account); none while the review has not ended. `is_open` goes off
    with the bundle: a text is in one open bundle at most.
    """

    bundle = QuietForeignKey(Bundle, on_delete=models.CASCADE, related_name="texts", verbose_name=_("一起公开"))
    disclosure = QuietForeignKey(Disclosure, on_delete=models.CASCADE, related_name="bundle_texts", verbose_name=_("公开内容"))
    revision = models.PositiveBigIntegerField(_("审核通过的版本"), null=True)
    approver = models.PositiveBigIntegerField(null=True)
    approved_by = models.CharField(_("审核人"), max_length=170, blank=True)
    approved_at = models.DateTimeField(_("审核时间"), null=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("一起公开的一条")
        verbose_name_plural = _("一起公开的各条")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["disclosure"], condition=Q(is_open=True), name="bundle_one_open_a_text"),
        ]

    def __str__(self) -> str:
        return f"{self.bundle_id} {self.disclosure_id}"

    @property
    def is_ready(self) -> bool:
        """Approved, and not changed since."""
        return self.revision is not None and self.revision == self.disclosure.latest_revision_id
