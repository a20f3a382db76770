"""What machines find in public texts, and what they remember so that only what changed is read again."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from openness.disclosures.fields import QuietForeignKey
from openness.disclosures.models import Disclosure
from openness.units.models import Unit


class CheckName(models.TextChoices):
    BLANK = "blank", _("没有实质内容")
    COPIED = "copied", _("照抄")
    ATTACHMENT = "attachment", _("附件读不了")
    LINK = "link", _("链接打不开")
    PERIOD = "period", _("期次对不上")
    ELEMENT = "element", _("可能缺要素")
    PERSONAL = "personal", _("个人信息")
    WORD = "word", _("错敏词")


class FindingState(models.TextChoices):
    OPEN = "open", _("待核对")
    CONFIRMED = "confirmed", _("属实")
    IGNORED = "ignored", _("不是问题")
    GONE = "gone", _("已改好")


class Finding(models.Model):
    """One thing at one place of one text. `mark` tells several at a place apart and, for personal data, gives nothing away."""

    disclosure = QuietForeignKey(Disclosure, on_delete=models.CASCADE, related_name="findings", verbose_name=_("公开内容"), db_index=False)
    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    check_name = models.CharField(_("查出什么"), max_length=10, choices=CheckName.choices)
    place = models.CharField(_("在哪里"), max_length=40)
    mark = models.CharField(max_length=16, blank=True)
    quote = models.CharField(_("原文"), max_length=200, blank=True)
    sentence = models.CharField(_("说明"), max_length=400)
    source = QuietForeignKey(Disclosure, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("照抄自"))
    state = models.CharField(_("状态"), max_length=10, choices=FindingState.choices, default=FindingState.OPEN)
    reason = models.CharField(_("为什么不是问题"), max_length=200, blank=True)
    judged_by = models.CharField(_("谁核对的"), max_length=170, blank=True)
    judged_at = models.DateTimeField(_("核对时间"), null=True)
    found_at = models.DateTimeField(_("查出时间"))
    gone_at = models.DateTimeField(_("改好时间"), null=True)

    class Meta:
        verbose_name = _("自动检查结果")
        verbose_name_plural = _("自动检查结果")
        constraints: ClassVar = [models.UniqueConstraint(fields=["disclosure", "check_name", "place", "mark"], name="finding_once")]
        indexes: ClassVar = [models.Index(fields=["state", "check_name"], name="finding_state")]

    def __str__(self) -> str:
        return self.sentence


class TextPrint(models.Model):
    """What a public text was when it was checked: `published_at` and `rules` tell whether it must be read again.

    `digest` is of the normalised text, `sketch` its 32 smallest shingles by bucket (4 bytes each): see openness/disclosures/rules/prints.py.
    `complete`: no element that the item asks for seems to be missing; empty where that cannot be told.
    """

    disclosure = QuietForeignKey(Disclosure, on_delete=models.CASCADE, related_name="prints", db_index=False)
    published_at = models.DateTimeField(null=True)
    rules = models.CharField(max_length=16)
    checked_at = models.DateTimeField()
    has_links = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    sketch = models.BinaryField(default=b"")
    complete = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("文字指纹")
        verbose_name_plural = _("文字指纹")
        constraints: ClassVar = [models.UniqueConstraint(fields=["disclosure"], name="text_print_once")]

    def __str__(self) -> str:
        return f"{self.disclosure_id} {self.digest[:8]}"


class TextBand(models.Model):
    """Texts that share a band may be near copies."""

    id: models.BigAutoField[int, int]
    disclosure = QuietForeignKey(Disclosure, on_delete=models.CASCADE, related_name="+")
    band = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("文字指纹带")
        verbose_name_plural = _("文字指纹带")

    def __str__(self) -> str:
        return f"{self.disclosure_id}: {self.band}"


class ErrorWord(models.Model):
    """错敏词: a word that should not stand in a public text, and what to write instead. Staff keep the list."""

    word = models.CharField(_("错的写法"), max_length=40, unique=True)
    suggestion = models.CharField(_("应当写成"), max_length=40, blank=True)
    note = models.CharField(_("说明"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("错敏词")
        verbose_name_plural = _("错敏词")
        ordering: ClassVar = ["word"]

    def __str__(self) -> str:
        return self.word


class LinkCheck(models.Model):
    """What a foreign address answered last; asked again only when that is old."""

    url = models.CharField(_("链接"), max_length=1000)
    digest = models.CharField(max_length=64, unique=True)
    status = models.PositiveSmallIntegerField(_("答复"), default=0)
    fault = models.CharField(_("为什么"), max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField(_("连着几次打不开"), default=0)
    checked_at = models.DateTimeField(_("查的时间"))

    class Meta:
        verbose_name = _("链接检查")
        verbose_name_plural = _("链接检查")

    def __str__(self) -> str:
        return self.url
