"""A sheet that somebody sent and nobody has confirmed yet: its rows as understood. Nothing of it is in the list before that."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openness.disclosures.fields import QuietForeignKey

from .power_list import PowerList


class PowerUpload(models.Model):
    """`rows` are contents as dictionaries; `said` sentences about the file that stop nobody."""

    power_list = QuietForeignKey(PowerList, on_delete=models.CASCADE, related_name="uploads", verbose_name=_("清单"))
    owner = QuietForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("谁传的"))
    file_name = models.CharField(_("文件名"), max_length=200)
    rows = models.JSONField(_("读到的"))
    said = models.JSONField(_("说明"), default=list)
    at = models.DateTimeField(_("什么时候"), auto_now_add=True)

    class Meta:
        verbose_name = _("待确认的清单文件")
        verbose_name_plural = _("待确认的清单文件")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.file_name
