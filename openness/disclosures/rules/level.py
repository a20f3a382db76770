"""How hard a rule is: it stands in the way, it asks for a look, or it only says something."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    BLOCK = "block", _("必须改")
    WARN = "warn", _("请看一看")
    NOTE = "note", _("提示")

    @property
    def rank(self) -> int:
        """The harder, the greater."""
        return {"block": 2, "warn": 1, "note": 0}[self.value]


def harder(one: Level, other: Level) -> Level:
    return one if one.rank >= other.rank else other
