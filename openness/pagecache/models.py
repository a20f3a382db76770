"""What pages depend on, as numbers that change with each change. Written and read by `changes`, never by hand."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Version(models.Model):
    """How often a topic has changed."""

    topic = models.CharField(primary_key=True, max_length=255)
    number = models.BigIntegerField(default=1)

    class Meta:
        verbose_name = _("网页版本")
        verbose_name_plural = _("网页版本")

    def __str__(self) -> str:
        return f"{self.topic} {self.number}"


class Pending(models.Model):
    """A change that was committed with its act and is not counted yet: pages of its topic are made anew until it is."""

    topic = models.CharField(max_length=255)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("未计入的变化")
        verbose_name_plural = _("未计入的变化")
        indexes: ClassVar = [models.Index(fields=["topic"])]

    def __str__(self) -> str:
        return self.topic
