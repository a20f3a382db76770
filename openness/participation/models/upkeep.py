"""Running numbers of a day, counts of attempts, and ready words for answers."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .submission import Kind


class DayCount(models.Model):
    """The last running number of a day."""

    day = models.DateField(_("日子"), primary_key=True)
    last = models.PositiveIntegerField(_("到几号"), default=0)

    class Meta:
        verbose_name = _("当天编号")
        verbose_name_plural = _("当天编号")

    def __str__(self) -> str:
        return f"{self.day} {self.last}"


class Knock(models.Model):
    """How often somebody tried something since a moment. `mark` is a keyed hash that changes every day; the row is deleted a day later."""

    mark = models.CharField(_("记号"), max_length=40)
    since = models.DateTimeField(_("从什么时候"))
    number = models.PositiveIntegerField(_("几次"), default=0)

    class Meta:
        verbose_name = _("次数")
        verbose_name_plural = _("次数")
        constraints: ClassVar = [models.UniqueConstraint(fields=["mark", "since"], name="knock_once")]
        indexes: ClassVar = [models.Index(fields=["since"], name="knock_since")]

    def __str__(self) -> str:
        return f"{self.since} {self.number}"


class AnswerTemplate(models.Model):
    """Words that an answer may begin with (答复模板)."""

    kind = models.CharField(_("用在哪里"), max_length=10, choices=Kind.choices, default=Kind.MESSAGE)
    name = models.CharField(_("名称"), max_length=40)
    text = models.TextField(_("文字"), max_length=1000)

    class Meta:
        verbose_name = _("答复模板")
        verbose_name_plural = _("答复模板")
        ordering: ClassVar[Any] = ["kind", "name"]

    def __str__(self) -> str:
        return self.name
