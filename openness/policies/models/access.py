"""Keys of departments that send policies by program, what they sent, and how often."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from openness.disclosures.fields import QuietForeignKey
from openness.units.models import Unit

from .policy import Policy


class DepartmentToken(models.Model):
    """Only the SHA-256 of the key is kept; `hint`, its beginning, tells keys apart in the list."""

    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    department = models.CharField(_("部门"), max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(_("开头"), max_length=8, editable=False)
    issued_by = models.CharField(_("谁发的"), max_length=170, editable=False)
    issued_at = models.DateTimeField(_("哪天发的"), auto_now_add=True)
    revoked_by = models.CharField(_("谁停的"), max_length=170, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("哪天停的"), null=True, editable=False)
    used_at = models.DateTimeField(_("最近用过"), null=True, editable=False)

    class Meta:
        verbose_name = _("部门密钥")
        verbose_name_plural = _("部门密钥")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.department} {self.hint}…"


class Sending(models.Model):
    """One accepted request under its idempotency key: asked again, the same answer is given and nothing is stored twice."""

    token = QuietForeignKey(DepartmentToken, on_delete=models.CASCADE, related_name="sendings")
    key = models.CharField(max_length=80)
    body = models.CharField(max_length=64)  # SHA-256 of the request
    policy = QuietForeignKey(Policy, on_delete=models.SET_NULL, null=True, related_name="+")
    answer = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("接口来件")
        verbose_name_plural = _("接口来件")
        constraints: ClassVar = [models.UniqueConstraint(fields=["token", "key"], name="sending_once")]

    def __str__(self) -> str:
        return f"{self.token_id}: {self.key}"


class HourCount(models.Model):
    """Requests of a key in the hour that begins at `hour`."""

    token = QuietForeignKey(DepartmentToken, on_delete=models.CASCADE, related_name="+")
    hour = models.DateTimeField()
    number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("接口次数")
        verbose_name_plural = _("接口次数")
        constraints: ClassVar = [models.UniqueConstraint(fields=["token", "hour"], name="hour_count_once")]

    def __str__(self) -> str:
        return f"{self.token_id} {self.hour}: {self.number}"
