"""What was done with a submission: append-only, triggers refuse UPDATE and DELETE. Notes are masked before they are written."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from openness.disclosures.fields import QuietForeignKey
from openness.units.models import Unit

from .submission import State, Submission


class Step(models.TextChoices):
    RECEIVE = "receive", _("收到")
    ACCEPT = "accept", _("接办")
    REFER = "refer", _("转办")
    SHOW = "show", _("公开来件")
    HIDE = "hide", _("不公开")
    ASK_CORRECTION = "ask_correction", _("要求补正")
    CORRECT = "correct", _("收到补正")
    LAPSE = "lapse", _("逾期没补正，不再处理")
    CONSULT = "consult", _("征求第三方意见")
    CONSULTED = "consulted", _("第三方意见办完")
    EXTEND = "extend", _("延长期限")
    DRAFT = "draft", _("答复交审")
    ANSWER = "answer", _("答复")
    APPROVE = "approve", _("审核通过")
    SEND_BACK = "send_back", _("退回")
    DELIVER = "deliver", _("送达登记")
    URGE = "urge", _("催办")
    RATE = "rate", _("评价")


class Event(models.Model):
    submission = QuietForeignKey(Submission, on_delete=models.PROTECT, related_name="events", verbose_name=_("来件"))
    step = models.CharField(_("做了什么"), max_length=14, choices=Step.choices)
    state = models.CharField(_("变成"), max_length=10, choices=State.choices)
    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("办理单位"))
    note = models.TextField(_("说明"), max_length=1000, blank=True)
    due_on = models.DateField(_("哪天前答复"), null=True)
    by = models.CharField(_("谁"), max_length=170)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("来件经过")
        verbose_name_plural = _("来件经过")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.get_step_display()}"
