"""While somebody is away (代办), and when somebody leaves (交接)."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .membership import Role
from .unit import Unit


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def not_ended(self, day: date) -> "DelegationQuerySet":
        """Those that run on this day or will."""
        return self.filter(ended_at=None, until__gte=day)

    def on(self, day: date) -> "DelegationQuerySet":
        return self.not_ended(day).filter(since__lte=day)


class Delegation(models.Model):
    """From one day to another the taker has the giver's role on this unit. It ends by itself; it holds only while the giver has the role."""

    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="delegations_given", verbose_name=_("谁请人代办")
    )
    taker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="delegations_taken", verbose_name=_("谁来代办")
    )
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="delegations", verbose_name=_("单位"))
    role = models.CharField(_("角色"), max_length=14, choices=Role.choices)
    since = models.DateField(_("从哪天起"))
    until = models.DateField(_("到哪天为止"))
    reason = models.CharField(_("原因"), max_length=200)
    made_by = models.CharField(_("谁办的"), max_length=170)
    made_at = models.DateTimeField(_("什么时候办的"))
    ended_at = models.DateTimeField(_("提前结束的时间"), null=True, blank=True)
    ended_by = models.CharField(_("谁提前结束的"), max_length=170, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("代办")
        verbose_name_plural = _("代办")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="delegation_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="delegation_to_another"),
        ]
        indexes: ClassVar = [models.Index(fields=["taker", "until"], name="delegation_of_taker")]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker} · {self.unit} · {self.get_role_display()}"


class HandOver(models.Model):
    """One account's work went to another. `moved` says exactly what, so that a second hand-over can give it back.

    `moved` is {"memberships": [[unit pk, role, whether the taker had it before]], "delegations": [pk], "parts": {name: [pk]}}.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    leaver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("谁离开"))
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("谁接手"))
    leaver_name = models.CharField(_("谁离开"), max_length=170)
    taker_name = models.CharField(_("谁接手"), max_length=170)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    made_by = models.CharField(_("谁办的"), max_length=170)
    made_at = models.DateTimeField(_("什么时候办的"))
    moved: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by", verbose_name=_("交回的是哪一次"))

    class Meta:
        verbose_name = _("工作交接")
        verbose_name_plural = _("工作交接")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.leaver_name} → {self.taker_name}"

    @property
    def in_words(self) -> str:
        """How much moved: 分工 2 项、稿子 3 篇."""
        numbers = {_("分工"): len(self.moved["memberships"]), _("稿子和审核"): sum(map(len, self.moved["parts"].values()))}
        return "、".join(_("{what} {n} 项").format(what=what, n=n) for what, n in numbers.items() if n) or str(_("没有"))
