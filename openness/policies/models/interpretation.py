"""解读: by the body that drafted the policy, published together with it (吉政公组〔2019〕1号)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from openness.disclosures.fields import QuietForeignKey, QuietOneToOneField
from openness.units.models import Unit

from .policy import Genre, Policy, Tier
from .text import PublicText, PublicTextQuerySet


class Form(models.TextChoices):
    TEXT = "text", _("文字")
    PICTURE = "picture", _("图解")
    ANSWERS = "answers", _("问答")
    VIDEO = "video", _("视频")


class Interpretation(PublicText):
    """Whatever its form, `text` says it in words; a video is linked."""

    form = models.CharField(_("形式"), max_length=8, choices=Form.choices, default=Form.TEXT)
    video = models.URLField(_("视频地址"), blank=True)
    policies = models.ManyToManyField(Policy, related_name="interpretations", verbose_name=_("解读哪份政策"))

    objects = PublicTextQuerySet.as_manager()
    kind = "interpretation"
    category = "政策解读"

    class Meta:
        verbose_name = _("政策解读")
        verbose_name_plural = _("政策解读")

    def get_absolute_url(self) -> str:
        return reverse("interpretation", args=[self.pk])


class NeedRule(models.Model):
    """Which policies must have an interpretation: in a county, or everywhere. Rows are only added; services/needs.py says which counts."""

    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("县（市、区）"))
    tier = models.CharField(_("级别"), max_length=8, choices=Tier.choices)
    genre = models.CharField(_("体裁"), max_length=12, choices=Genre.choices, blank=True)
    needed = models.BooleanField(_("要有解读"), default=True)
    reason = models.CharField(_("依据"), max_length=200)
    by = models.CharField(_("谁定的"), max_length=170)
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("解读规定")
        verbose_name_plural = _("解读规定")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_tier_display()} {self.get_genre_display()}"


class Card(models.Model):
    """政策要点 of a policy. `lines`: place -> {"text", "anchor"} (rules/card.py). Shown only with a checker, and only for the text that was checked."""

    policy = QuietOneToOneField(Policy, on_delete=models.CASCADE, related_name="card", verbose_name=_("政策"))
    lines = models.JSONField(_("要点"), default=dict)
    writer = QuietForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("谁写的"))
    written_by = models.CharField(_("谁写的"), max_length=170)
    checker = models.CharField(_("谁核对的"), max_length=170, blank=True)
    office = models.CharField(_("哪个单位核对的"), max_length=80, blank=True)
    checked_on = models.DateField(_("哪天核对的"), null=True)
    checked_text = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("政策要点")
        verbose_name_plural = _("政策要点")

    def __str__(self) -> str:
        return str(self.policy)
