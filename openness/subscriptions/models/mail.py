"""Mails: written in the transaction that counts their things as told, sent afterwards. No text and no address is kept in them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openness.disclosures.fields import QuietForeignKey

from .subscriber import Subscription


class MailKind(models.TextChoices):
    CONFIRM = "confirm", _("请确认")
    KNOWN = "known", _("已经订阅")
    NEWS = "news", _("新公开")


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self) -> "MailQuerySet":
        return self.filter(sent_at=None, given_up=False)


class Mail(models.Model):
    """`documents` are uids of the search; what a document says is read when the mail is sent. `upto` is the number up to which it tells."""

    subscription = QuietForeignKey(Subscription, on_delete=models.CASCADE, related_name="mails", verbose_name=_("订阅"))
    kind = models.CharField(_("什么信"), max_length=7, choices=MailKind.choices)
    documents = models.JSONField(_("哪些内容"), default=list)
    upto = models.PositiveBigIntegerField(_("到第几个"), default=0)
    made_at = models.DateTimeField(_("写好时间"))
    next_try_at = models.DateTimeField(_("下次再试"))
    attempts = models.PositiveSmallIntegerField(_("试过几次"), default=0)
    fault = models.CharField(_("没发成的原因"), max_length=100, blank=True)
    sent_at = models.DateTimeField(_("发出时间"), null=True)
    given_up = models.BooleanField(_("不再发"), default=False)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("订阅的信")
        verbose_name_plural = _("订阅的信")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subscription", "upto"], condition=Q(kind="news"), name="mail_of_news_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_try_at"], condition=Q(sent_at=None, given_up=False), name="mail_waiting"),
            models.Index(fields=["made_at"], name="mail_made"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Told(models.Model):
    """What a subscription was told, or will be by a mail that waits: nothing is told twice, also if it is withdrawn and comes back."""

    subscription = QuietForeignKey(Subscription, on_delete=models.CASCADE, related_name="told", verbose_name=_("订阅"))
    uid = models.CharField(_("内容"), max_length=61)

    class Meta:
        verbose_name = _("告诉过的")
        verbose_name_plural = _("告诉过的")
        constraints: ClassVar = [models.UniqueConstraint(fields=["subscription", "uid"], name="told_once")]

    def __str__(self) -> str:
        return f"#{self.subscription_id} {self.uid}"
