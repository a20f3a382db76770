"""The outbox: one row a document, with a version that only the database increments."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .suggest.models import Term, TermKey, TermsState, TermTop  # noqa: F401  (Django looks for models here)


class Entry(models.Model):
    """What the index should know of one document. `pending` until the version sent is the version here."""

    kind = models.CharField(_("种类"), max_length=20)
    key = models.CharField(_("编号"), max_length=40)
    version = models.PositiveBigIntegerField(_("版本"))
    pending = models.BooleanField(_("待更新"), default=True)
    queued_at = models.DateTimeField(_("排队时间"))
    attempts = models.PositiveSmallIntegerField(_("试过几次"), default=0)
    next_try_at = models.DateTimeField(_("下次再试"), null=True)
    parked_reason = models.TextField(_("搁置原因"), blank=True)
    sent_at = models.DateTimeField(_("更新时间"), null=True)

    class Meta:
        verbose_name = _("索引登记")
        verbose_name_plural = _("索引登记")
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "key"], name="entry_once")]
        indexes: ClassVar = [models.Index(fields=["queued_at"], condition=models.Q(pending=True), name="entry_pending")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key} v{self.version}"
