"""What must be disclosed: a standard (目录) of a county, its fields (领域) and its items (公开事项)."""

import hashlib
from datetime import date
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..limits import Limit

TIER_COLUMNS = {"县级": "at_county", "乡级": "at_township", "村级": "at_village"}


class Status(models.TextChoices):
    IN_FORCE = "in_force", _("现行")
    SUPERSEDED = "superseded", _("已被新版代替")


class StandardQuerySet(models.QuerySet["Standard"]):
    def in_force(self) -> "StandardQuerySet":
        return self.filter(status=Status.IN_FORCE)

    def of_area(self, code: str) -> "StandardQuerySet":
        """Standards of the county that a unit code (6 digits or more) lies in."""
        return self.filter(area=code[:6])


class Standard(models.Model):
    """One version of one catalogue. A change of law or catalogue makes a new version; past periods stay judged by theirs."""

    area = models.CharField(_("县级区划代码"), max_length=12, db_index=True)
    series = models.CharField(_("目录"), max_length=80)
    name = models.CharField(_("名称"), max_length=160)
    issuer = models.CharField(_("制定单位"), max_length=80)
    document_number = models.CharField(_("文号"), max_length=80, blank=True)
    version = models.PositiveIntegerField(_("版本"))
    status = models.CharField(_("状态"), max_length=12, choices=Status.choices, default=Status.IN_FORCE)
    effective_from = models.DateField(_("施行日期"))
    effective_to = models.DateField(_("停止日期"), null=True, blank=True)
    adapted = models.BooleanField(_("改编"), default=False, help_text=_("由别处的目录改编，不是本县原文"))
    source = models.CharField(_("来源"), max_length=200, blank=True)
    imported_at = models.DateTimeField(_("导入时间"), auto_now_add=True)
    imported_by = models.CharField(_("导入人"), max_length=150, blank=True)

    objects = StandardQuerySet.as_manager()

    class Meta:
        verbose_name = _("标准目录")
        verbose_name_plural = _("标准目录")
        ordering: ClassVar = ["area", "series", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "series", "version"], name="standard_version_once"),
            models.UniqueConstraint(fields=["area", "series"], condition=Q(status="in_force"), name="standard_one_in_force"),
        ]

    def __str__(self) -> str:
        return _("{name}（第 {version} 版）").format(name=self.name, version=self.version)


class Field(models.Model):
    """One field of matters (领域), with the layout of the sheet that it came from."""

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="fields", verbose_name=_("标准目录"))
    name = models.CharField(_("领域"), max_length=80)
    blurb = models.CharField(_("一句话说明"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(_("顺序"))
    sheet = models.CharField(_("工作表"), max_length=80, blank=True)
    title = models.CharField(_("表题"), max_length=200, blank=True)
    layout = models.JSONField(_("版式"), default=list, encoder=DjangoJSONEncoder)
    notes = models.JSONField(_("表下的注"), default=list)

    class Meta:
        verbose_name = _("领域")
        verbose_name_plural = _("领域")
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.name


class ItemQuerySet(models.QuerySet["Item"]):
    def in_force(self) -> "ItemQuerySet":
        return self.filter(field__standard__status=Status.IN_FORCE)

    def for_unit(self, code: str, tier: str, kind: str = "") -> "ItemQuerySet":
        """Items that a unit with this division code, of this tier (县级, 乡级, 村级) and kind (village, community …), must disclose."""
        items = self.in_force().filter(field__standard__area=code[:6], **{TIER_COLUMNS[tier]: True})
        binding = {"village": "binds_villages", "community": "binds_communities"}.get(kind)
        return items.filter(**{binding: True}) if binding else items


class Item(models.Model):
    """One item (公开事项): each official column as published, beside its parsed form."""

    field = models.ForeignKey(Field, on_delete=models.CASCADE, related_name="items", verbose_name=_("领域"))
    key = models.CharField(_("事项标识"), max_length=16, db_index=True, help_text=_("同一事项在各版目录里相同"))
    position = models.PositiveIntegerField(_("顺序"))
    seq = models.CharField(_("序号"), max_length=20, blank=True)
    level1 = models.CharField(_("一级事项"), max_length=300)
    level2 = models.CharField(_("二级事项"), max_length=300, blank=True)
    level3 = models.CharField(_("三级事项"), max_length=300, blank=True)
    elements = models.TextField(_("公开内容（要素）"), blank=True)
    basis = models.TextField(_("公开依据"), blank=True)
    time_limit = models.TextField(_("公开时限"), blank=True)
    publisher = models.TextField(_("公开主体"), blank=True)
    channels = models.JSONField(_("公开渠道和载体"), default=list)
    audience = models.JSONField(_("公开对象"), default=list)
    method = models.JSONField(_("公开方式"), default=list)
    tiers = models.JSONField(_("公开层级"), default=list)
    limit_data = models.JSONField(_("时限（结构）"), null=True, blank=True)
    cadence = models.CharField(_("周期"), max_length=10, blank=True)
    raw = models.JSONField(_("各列原文"), default=dict)
    problems = models.JSONField(_("要人来定的"), default=list)
    at_county = models.BooleanField(_("县级公开"), default=False)
    at_township = models.BooleanField(_("乡级公开"), default=False)
    at_village = models.BooleanField(_("村级公开"), default=False)
    binds_villages = models.BooleanField(_("村委会要公开"), default=True)
    binds_communities = models.BooleanField(_("居委会要公开"), default=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("公开事项")
        verbose_name_plural = _("公开事项")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["field", "key"], name="item_once_a_field")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("item", args=[self.pk])

    @property
    def name(self) -> str:
        """What people call it: the deepest level that has words."""
        return self.level3 or self.level2 or self.level1

    @property
    def limit(self) -> Limit | None:
        return Limit.from_json(self.limit_data) if self.limit_data else None

    @limit.setter
    def limit(self, limit: Limit | None) -> None:
        self.limit_data = limit.as_json() if limit else None
        self.cadence = (limit.cadence or "") if limit else ""

    def set_tiers(self, tiers: list[str]) -> None:
        self.tiers = tiers
        for tier, column in TIER_COLUMNS.items():
            setattr(self, column, tier in tiers)


def item_key(field: str, *levels: str) -> str:
    """Identity of an item across versions: its field and its names, whatever its number and position."""
    return hashlib.sha256("\x1f".join((field, *levels)).encode()).hexdigest()[:16]


def in_force_on(standard: Standard, day: date) -> bool:
    return standard.effective_from <= day and (standard.effective_to is None or day < standard.effective_to)


def element_list(elements: str) -> list[str]:
    """Content elements as the clerk ticks them: the cell cut at its own separators, nothing added."""
    return [part for part in _cut(elements) if part]


def _cut(text: str) -> list[Any]:
    for separator in ("\n", "；", ";"):
        if separator in text:
            return [part.strip(" 。；;") for part in text.split(separator)]
    return [text.strip()]
