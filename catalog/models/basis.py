"""Legal bases as objects with versions, so that an item that cites a superseded article is known."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .standard import Item


class Law(models.Model):
    """A law, regulation or rule, by its full title without marks: 中华人民共和国村民委员会组织法."""

    name = models.CharField(_("名称"), max_length=160, unique=True)
    short_name = models.CharField(_("简称"), max_length=120, db_index=True)

    class Meta:
        verbose_name = _("法规")
        verbose_name_plural = _("法规")

    def __str__(self) -> str:
        return f"《{self.name}》"


class LawVersion(models.Model):
    law = models.ForeignKey(Law, on_delete=models.CASCADE, related_name="versions", verbose_name=_("法规"))
    adopted_on = models.DateField(_("通过或修订日期"))
    effective_from = models.DateField(_("施行日期"))

    class Meta:
        verbose_name = _("法规版本")
        verbose_name_plural = _("法规版本")
        ordering: ClassVar = ["law", "effective_from"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["law", "effective_from"], name="law_version_once")]

    def __str__(self) -> str:
        return _("{law}（{day}起施行）").format(law=self.law, day=self.effective_from.isoformat())


class Article(models.Model):
    """An article of one version. Only its number and subject are kept: statutes are cited, not copied."""

    version = models.ForeignKey(LawVersion, on_delete=models.CASCADE, related_name="articles", verbose_name=_("版本"))
    number = models.PositiveSmallIntegerField(_("第几条"))
    subject = models.CharField(_("管什么"), max_length=80)
    successor = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="predecessors", verbose_name=_("被哪一条代替")
    )

    class Meta:
        verbose_name = _("条文")
        verbose_name_plural = _("条文")
        ordering: ClassVar = ["version", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "number"], name="article_once")]

    def __str__(self) -> str:
        return _("{law}第{number}条").format(law=self.version.law, number=self.number)


class Citation(models.Model):
    """An item's basis, understood: which law, and which article of which version if the text names one."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="citations", verbose_name=_("公开事项"))
    law = models.ForeignKey(Law, on_delete=models.PROTECT, related_name="citations", verbose_name=_("法规"))
    number = models.PositiveSmallIntegerField(_("第几条"), null=True, blank=True)
    article = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, blank=True, related_name="citations", verbose_name=_("条文"))

    class Meta:
        verbose_name = _("引用")
        verbose_name_plural = _("引用")

    def __str__(self) -> str:
        return f"{self.law}" if self.number is None else _("{law}第{number}条").format(law=self.law, number=self.number)
