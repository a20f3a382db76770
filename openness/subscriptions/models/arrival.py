"""What became public, in one order that nobody can shift: numbers are given by one process at a time (services/arrivals.py)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Clock(models.Model):
    """The last number given, and until when the outbox has been looked at. One row; whoever gives numbers holds it."""

    last = models.PositiveBigIntegerField(_("最后一号"), default=0)
    looked_at = models.DateTimeField(_("看到什么时候"), null=True)

    class Meta:
        verbose_name = _("新公开的编号")
        verbose_name_plural = _("新公开的编号")

    def __str__(self) -> str:
        return str(self.last)


class Arrival(models.Model):
    """A public document and when it came, as a number; 0 for what was there before anybody could subscribe.

    `version` is the outbox's of when it was looked at. What was withdrawn keeps its row; if it becomes public again it gets a new number.
    """

    kind = models.CharField(_("种类"), max_length=20)
    key = models.CharField(_("编号"), max_length=40)
    version = models.PositiveBigIntegerField(_("版本"))
    number = models.PositiveBigIntegerField(_("第几个公开的"))
    public = models.BooleanField(_("公开着"), default=True)

    class Meta:
        verbose_name = _("新公开的")
        verbose_name_plural = _("新公开的")
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "key"], name="arrival_once")]
        indexes: ClassVar = [models.Index(fields=["number"], name="arrival_number")]

    def __str__(self) -> str:
        return f"{self.uid} {self.number}"

    @property
    def uid(self) -> str:
        return f"{self.kind}:{self.key}"
