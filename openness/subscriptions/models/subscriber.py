"""Who wants to be told. The address stands here and nowhere else: in no log, index, page or history; it goes with the last subscription."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openness.disclosures.fields import QuietForeignKey

from .followed import Followed


class HowOften(models.TextChoices):
    DAILY = "daily", _("每天")
    WEEKLY = "weekly", _("每周一")
    MONTHLY = "monthly", _("每月 1 号")

    def begins(self, day: date) -> date:
        """The first day of the stretch that a day lies in: one mail belongs to each."""
        if self == HowOften.WEEKLY:
            return day - timedelta(days=day.weekday())
        return day.replace(day=1) if self == HowOften.MONTHLY else day


class Subscriber(models.Model):
    """`secret` stands in the links of the mails; `bounces` are refusals of the mail server in a row."""

    address = models.EmailField(_("邮箱"), unique=True)
    secret = models.CharField(max_length=32, editable=False)
    made_at = models.DateTimeField(_("什么时候留的"))
    bounces = models.PositiveSmallIntegerField(_("退信次数"), default=0)
    stopped_at = models.DateTimeField(_("因退信停发"), null=True)

    class Meta:
        verbose_name = _("订阅人")
        verbose_name_plural = _("订阅人")

    def __str__(self) -> str:
        return f"#{self.pk}"


class Subscription(models.Model):
    """`since`: everything that came with a greater number is still to be told; `done_on` the last day on which it was seen to."""

    subscriber = QuietForeignKey(Subscriber, on_delete=models.CASCADE, related_name="subscriptions", verbose_name=_("订阅人"))
    followed = QuietForeignKey(Followed, on_delete=models.CASCADE, related_name="subscriptions", verbose_name=_("订阅的搜索"))
    how_often = models.CharField(_("多久一封"), max_length=7, choices=HowOften.choices, default=HowOften.DAILY)
    asked_at = models.DateTimeField(_("什么时候要的"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)
    since = models.PositiveBigIntegerField(_("从第几个起"), default=0)
    done_on = models.DateField(_("上次处理"), null=True)

    class Meta:
        verbose_name = _("订阅")
        verbose_name_plural = _("订阅")
        constraints: ClassVar = [models.UniqueConstraint(fields=["subscriber", "followed"], name="subscription_once")]
        indexes: ClassVar = [
            models.Index(fields=["how_often", "done_on"], condition=Q(confirmed_at__isnull=False), name="subscription_due"),
            models.Index(fields=["asked_at"], condition=Q(confirmed_at=None), name="subscription_unconfirmed"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
