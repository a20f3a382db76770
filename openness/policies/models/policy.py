"""A policy document (政策文件): its record, its text, whether it is in force, and whom it helps."""

import hashlib
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from openness.disclosures.fields import QuietForeignKey

from .text import PublicText, PublicTextQuerySet


class Tier(models.TextChoices):
    """级别: who issued it."""

    NATION = "nation", _("国家")
    PROVINCE = "province", pgettext_lazy("tier", "省")
    CITY = "city", _("市（州）")
    COUNTY = "county", pgettext_lazy("tier", "县（市、区）")


class Genre(models.TextChoices):
    """体裁 of official documents (党政机关公文处理工作条例 art. 8) and the names that policies have beside them."""

    NOTICE = "notice", _("通知")
    MEASURES = "measures", _("办法")
    RULES = "rules", _("规定")
    OPINIONS = "opinions", _("意见")
    PLAN = "plan", _("方案")
    ANNOUNCEMENT = "announcement", _("公告")
    REPLY = "reply", _("批复")
    DECISION = "decision", _("决定")
    OTHER = "other", _("其他")


class PolicyQuerySet(PublicTextQuerySet):
    def void(self, today: date) -> "PolicyQuerySet":
        """失效 or 废止 on this day."""
        return self.filter(_void(today))

    def in_force(self, today: date) -> "PolicyQuerySet":
        """Not void; what takes effect later counts as in force."""
        return self.exclude(_void(today))

    def with_checked_card(self) -> "PolicyQuerySet":
        """Whose 政策要点 somebody has checked against this very text."""
        return self.filter(card__checked_on__isnull=False, card__checked_text=F("text_hash"))


def _void(today: date) -> Q:
    """Columns that may be empty stand behind `isnull`, so that `exclude` keeps their rows."""
    ended = Q(expires_on__isnull=False, expires_on__lt=today)
    return ended | Q(repealed_on__isnull=False, repealed_on__lte=today)


class Policy(PublicText):
    """`number` is canonical (rules/number.py). `expires_on` is the last day in force; `repealed_on` the first day out of it.

    `replaces`: keys of policies that this one repeals when it is published. `audiences`, `needs`, `covers`, `conditions`, `questions`: rules/matching.py.
    """

    tier = models.CharField(_("级别"), max_length=8, choices=Tier.choices, default=Tier.COUNTY)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    number_word = models.CharField(_("机关代字"), max_length=40, blank=True)
    number_year = models.PositiveSmallIntegerField(_("年份"), null=True, blank=True)
    number_serial = models.PositiveIntegerField(_("顺序号"), null=True, blank=True)
    genre = models.CharField(_("体裁"), max_length=12, choices=Genre.choices, default=Genre.NOTICE)
    subject = models.CharField(_("主题分类"), max_length=30, blank=True)
    field = models.CharField(_("领域"), max_length=80, blank=True)  # a field's name: catalogues change their versions, policies stay
    formed_on = models.DateField(_("成文日期"), null=True, blank=True)
    issued_on = models.DateField(_("发布日期"), null=True, blank=True)
    effective_on = models.DateField(_("施行日期"), null=True, blank=True)
    expires_on = models.DateField(_("有效期到"), null=True, blank=True)
    index_number = models.CharField(_("索引号"), max_length=60, blank=True, editable=False, db_index=True)
    tag_words = models.JSONField(_("标签"), default=list, blank=True)
    replaces = models.JSONField(_("代替哪几份"), default=list, blank=True)
    audiences = models.JSONField(_("给谁"), default=list, blank=True)
    needs = models.JSONField(_("办什么"), default=list, blank=True)
    covers = models.JSONField(_("管哪些地方"), default=list, blank=True)
    conditions = models.JSONField(_("数字条件"), default=list, blank=True)
    questions = models.JSONField(_("谁家符合"), default=list, blank=True)
    text_hash = models.CharField(max_length=64, editable=False)
    title_key = models.CharField(max_length=200, editable=False, db_index=True)
    digest = models.CharField(max_length=64, editable=False, blank=True)
    sketch = models.BinaryField(editable=False, default=bytes)
    not_same = models.JSONField(default=list, editable=False)  # keys that somebody looked at and found different
    department = models.CharField(_("报送部门"), max_length=80, blank=True, editable=False)
    repealed_by = QuietForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="repeals", verbose_name=_("被哪份废止")
    )
    repealed_on = models.DateField(_("废止日期"), null=True, editable=False)
    without_interpretation = models.CharField(_("为什么没有解读"), max_length=300, blank=True, editable=False)
    interpretation_due_on = models.DateField(_("解读哪天前补上"), null=True, editable=False)

    tags = TaggableManager(blank=True)
    objects = PolicyQuerySet.as_manager()
    kind = "policy"
    category = "政策文件"
    of_row = (
        *PublicText.of_row, "index_number", "title_key", "digest", "sketch", "not_same", "department", "repealed_by_id", "repealed_on",
        "without_interpretation", "interpretation_due_on",
    )  # fmt: skip

    class Meta:
        verbose_name = _("政策")
        verbose_name_plural = _("政策")
        indexes: ClassVar = [
            models.Index(fields=["-issued_on", "-id"], condition=Q(live=True), name="policy_live_recent"),
            models.Index(fields=["number"], name="policy_number"),
            models.Index(fields=["stage"], name="policy_stage"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tier", "number"], condition=Q(live=True) & ~Q(number=""), name="policy_number_once")
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text_hash = hashlib.sha256(self.text.encode()).hexdigest()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("policy", args=[self.pk])

    @property
    def is_repealed(self) -> bool:
        return self.repealed_on is not None and self.repealed_on <= timezone.localdate()

    @property
    def is_void(self) -> bool:
        return self.is_repealed or (self.expires_on is not None and self.expires_on < timezone.localdate())

    @property
    def validity(self) -> str:
        """有效, 还没施行, 已失效 or 已废止, today."""
        if self.is_repealed:
            return gettext("已废止")
        if self.is_void:
            return gettext("已失效")
        later = self.effective_on is not None and self.effective_on > timezone.localdate()
        return gettext("还没施行") if later else gettext("有效")

    @property
    def void_since(self) -> date | None:
        """The first day out of force for a repeal, the last day in force for an end by date: as the red line says it."""
        return self.repealed_on if self.is_repealed else self.expires_on if self.is_void else None


class Band(models.Model):
    """A part of a policy's print: near copies share one (rules/prints.py of disclosures)."""

    policy = QuietForeignKey(Policy, on_delete=models.CASCADE, related_name="bands")
    band = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("指纹段")
        verbose_name_plural = _("指纹段")

    def __str__(self) -> str:
        return f"{self.policy_id}: {self.band}"
