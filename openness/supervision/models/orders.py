"""Rectification orders (整改) and spot checks (抽查)."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from openness.disclosures.fields import QuietForeignKey
from openness.disclosures.models import Disclosure
from openness.units.models import Unit

from .ledger import Obligation


class Checklist(ClusterableModel):
    """Questions of a spot check. A check keeps its own copy, so a later change touches no result."""

    name = models.CharField(_("名称"), max_length=60)
    active = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = _("抽查表")
        verbose_name_plural = _("抽查表")

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    checklist = ParentalKey(Checklist, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(_("看什么"), max_length=120)
    weight = models.PositiveSmallIntegerField(_("分值"), default=10)
    sort_order = models.PositiveSmallIntegerField(_("顺序"), default=0)

    class Meta:
        verbose_name = _("抽查问题")
        verbose_name_plural = _("抽查问题")
        ordering: ClassVar = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.text


class SpotCheck(models.Model):
    """A random sample of what a place has disclosed. Seed, query and size give the same sample again (rules/sampling.py)."""

    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("查哪里"))
    name = models.CharField(_("名称"), max_length=80)
    seed = models.CharField(_("种子"), max_length=40)
    size = models.PositiveSmallIntegerField(_("抽几条"))
    query = models.JSONField(_("从哪些里面抽"), default=dict)
    population = models.PositiveIntegerField(_("一共几条"))
    population_hash = models.CharField(_("总体指纹"), max_length=64)
    questions = models.JSONField(_("抽查表"), default=list)
    made_by = models.CharField(_("抽查人"), max_length=170)
    made_at = models.DateTimeField(_("抽查时间"))

    class Meta:
        verbose_name = _("抽查")
        verbose_name_plural = _("抽查")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.name


class Sample(models.Model):
    """One sampled disclosure. `answers` maps a question's number to yes, no or na; `score` is out of 100."""

    check_of = QuietForeignKey(SpotCheck, on_delete=models.CASCADE, related_name="samples", verbose_name=_("抽查"))
    position = models.PositiveSmallIntegerField(_("第几条"))
    disclosure = QuietForeignKey(Disclosure, on_delete=models.PROTECT, related_name="+", verbose_name=_("公开内容"))
    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    answers = models.JSONField(_("各项"), default=dict)
    note = models.CharField(_("发现的问题"), max_length=500, blank=True)
    score = models.DecimalField(_("得分"), max_digits=5, decimal_places=1, null=True)
    judged_by = models.CharField(_("谁看的"), max_length=170, blank=True)
    judged_at = models.DateTimeField(_("什么时候看的"), null=True)

    class Meta:
        verbose_name = _("抽到的一条")
        verbose_name_plural = _("抽到的各条")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["check_of", "disclosure"], name="sample_once")]

    def __str__(self) -> str:
        return f"{self.check_of_id}-{self.position}"


class OrderState(models.TextChoices):
    ISSUED = "issued", _("整改中")
    RETURNED = "returned", _("退回再改")
    ANSWERED = "answered", _("等复核")
    CLOSED = "closed", _("已办结")
    CANCELLED = "cancelled", _("已撤销")


WORKING = (OrderState.ISSUED, OrderState.RETURNED)


class RectificationQuerySet(models.QuerySet["Rectification"]):
    def overdue(self, today: date) -> "RectificationQuerySet":
        """Not done in time, or not re-checked in time."""
        return self.filter(Q(state__in=WORKING, due_on__lt=today) | Q(state=OrderState.ANSWERED, recheck_by__lt=today))


class Rectification(models.Model):
    """整改: what is to be put right, until when. Who may take which step: rules/steps.py."""

    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("整改单位"))
    title = models.CharField(_("什么问题"), max_length=200)
    demand = models.TextField(_("要怎么改"), max_length=1000)
    state = models.CharField(_("状态"), max_length=10, choices=OrderState.choices, default=OrderState.ISSUED)
    due_on = models.DateField(_("哪天前办完"))
    recheck_by = models.DateField(_("哪天前复核"), null=True)
    issued_at = models.DateTimeField(_("下达时间"))
    closed_at = models.DateTimeField(_("办结时间"), null=True)
    cell = QuietForeignKey(Obligation, on_delete=models.SET_NULL, null=True, related_name="rectifications")
    finding = QuietForeignKey("supervision.Finding", on_delete=models.SET_NULL, null=True, related_name="rectifications")
    sample = QuietForeignKey(Sample, on_delete=models.SET_NULL, null=True, related_name="rectifications")
    disclosure = QuietForeignKey(Disclosure, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RectificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("整改")
        verbose_name_plural = _("整改")
        indexes: ClassVar = [models.Index(fields=["state", "due_on"], name="rectification_state")]

    def __str__(self) -> str:
        return self.title

    def is_overdue(self, today: date) -> bool:
        if self.state == OrderState.ANSWERED:
            return self.recheck_by is not None and self.recheck_by < today
        return self.state in WORKING and self.due_on < today


class Step(models.TextChoices):
    ISSUE = "issue", _("下达")
    ANSWER = "answer", _("答复")
    CLOSE = "close", _("办结")
    SEND_BACK = "send_back", _("退回")
    CANCEL = "cancel", _("撤销")


class RectificationEvent(models.Model):
    """One step of an order: append-only, triggers refuse UPDATE and DELETE."""

    order = QuietForeignKey(Rectification, on_delete=models.PROTECT, related_name="events", verbose_name=_("整改"))
    step = models.CharField(_("做了什么"), max_length=10, choices=Step.choices)
    state = models.CharField(_("变成"), max_length=10, choices=OrderState.choices)
    note = models.TextField(_("说明"), max_length=1000, blank=True)
    due_on = models.DateField(_("哪天前办完"))
    by = models.CharField(_("谁"), max_length=170)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("整改经过")
        verbose_name_plural = _("整改经过")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.order_id} {self.get_step_display()}"
