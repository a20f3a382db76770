"""Who works for which unit."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .unit import Unit


class Role(models.TextChoices):
    CLERK = "clerk", _("经办人")
    SIGNER = "signer", _("签字人")
    REVIEWER = "reviewer", _("审核人")
    SUPERVISOR = "supervisor", _("监督人")
    ADMINISTRATOR = "administrator", _("县级管理员")
    AUDITOR = "auditor", _("审计人")


class Membership(models.Model):
    """One row of the only table of rights: this person has this role on this unit and on every unit below it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("人员"))
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("单位"))
    role = models.CharField(_("角色"), max_length=14, choices=Role.choices)

    class Meta:
        verbose_name = _("人员分工")
        verbose_name_plural = _("人员分工")
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "unit", "role"], name="membership_once")]
        indexes: ClassVar = [models.Index(fields=["unit", "role"])]

    base_form_class: Any = None  # set in admin.py: forms need the models first

    def __str__(self) -> str:
        return f"{self.user} · {self.unit} · {self.get_role_display()}"
