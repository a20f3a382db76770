"""The outbox, what staff teach the search, and what it knows of itself."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .analysis import squeezed
from .suggest.models import Term, TermKey, TermsState, TermTop  # noqa: F401  (Django looks for models here)


def one_address(value: str) -> None:
    """An address of this site, or a safe one elsewhere."""
    if not (value.startswith("https://") or (value.startswith("/") and not value.startswith("//"))):
        raise ValidationError(_("网址要以 https:// 或 / 开头。"))


class Entry(models.Model):
    """What the index should know of one document. `pending` until the version sent is the version here."""

    kind = models.CharField(_("种类"), max_length=20)
    key = models.CharField(_("编号"), max_length=40)
    version = models.PositiveBigIntegerField(_("版本"))
    pending = models.BooleanField(_("待更新"), default=True)
    queued_at = models.DateTimeField(_("排队时间"))
    attempts = models.PositiveSmallIntegerField(_("试过几次"), default=0)
    next_try_at = models.DateTimeField(_("下次再试"), null=True)
    parked_reason = models.TextField(_("搁置原因"), blank=True)
    sent_at = models.DateTimeField(_("更新时间"), null=True)

    class Meta:
        verbose_name = _("索引登记")
        verbose_name_plural = _("索引登记")
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "key"], name="entry_once")]
        indexes: ClassVar = [models.Index(fields=["queued_at"], condition=models.Q(pending=True), name="entry_pending")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key} v{self.version}"


class Synonym(models.Model):
    """Who types `word` also finds `term`, never the other way round: residents say 低保, documents 最低生活保障."""

    word = models.CharField(_("老百姓的说法"), max_length=20)
    term = models.CharField(_("文件里的说法"), max_length=40)
    weight = models.FloatField(
        _("分量"),
        default=0.5,
        validators=[MinValueValidator(0.1), MaxValueValidator(1.0)],
        help_text=_("0.1 到 1：越大，只有文件说法的内容排得越靠前。"),
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("同义词")
        verbose_name_plural = _("同义词")
        ordering: ClassVar = ["word", "term"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["word", "term"], name="synonym_once")]

    def __str__(self) -> str:
        return f"{self.word} → {self.term}"

    def clean(self) -> None:
        self.word, self.term = "".join(self.word.split()), "".join(self.term.split())
        if len(squeezed(self.word)) < 2 or len(squeezed(self.term)) < 2:
            raise ValidationError(_("两边都至少要有两个字。"))
        if squeezed(self.word) == squeezed(self.term):
            raise ValidationError(_("两边是同一个词。"))


class PinnedAnswer(models.Model):
    """An answer that staff put above the results of certain words, such as where to apply for 低保."""

    words = models.TextField(_("查这些词时显示"), help_text=_("一行一个词，要和居民打的一模一样。"))
    title = models.CharField(_("标题"), max_length=60)
    text = models.TextField(_("回答"), max_length=300)
    url = models.CharField(_("详细内容的网址"), max_length=300, blank=True, validators=[one_address])
    until = models.DateField(_("显示到哪天"), null=True, blank=True, help_text=_("不填就一直显示。"))

    class Meta:
        verbose_name = _("置顶回答")
        verbose_name_plural = _("置顶回答")
        ordering: ClassVar = ["title"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if not any(squeezed(word) for word in self.words.splitlines()):
            raise ValidationError({"words": _("至少写一个词。")})


class PinnedWord(models.Model):
    """One of an answer's words, as it is looked up."""

    answer = models.ForeignKey(PinnedAnswer, on_delete=models.CASCADE, related_name="looked_up")
    word = models.CharField(max_length=200, db_index=True)

    def __str__(self) -> str:
        return self.word


class QueryCount(models.Model):
    """How often something was searched on a day, once enough people did: no time, no address, no person."""

    day = models.DateField(_("日期"))
    text = models.CharField(_("查的内容"), max_length=40)
    times = models.PositiveIntegerField(_("次数"), default=0)
    empty = models.PositiveIntegerField(_("没有结果的次数"), default=0)

    class Meta:
        verbose_name = _("查询统计")
        verbose_name_plural = _("查询统计")
        constraints: ClassVar = [models.UniqueConstraint(fields=["day", "text"], name="query_count_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.text} × {self.times}"


class Run(models.Model):
    """One rebuild or one sweep: when, how much, and what did not agree."""

    class Kind(models.TextChoices):
        REBUILD = "rebuild", _("重建")
        SWEEP = "sweep", _("核对")

    kind = models.CharField(_("做了什么"), max_length=10, choices=Kind.choices)
    started_at = models.DateTimeField(_("开始"))
    ended_at = models.DateTimeField(_("结束"), null=True)
    position = models.BigIntegerField(_("走到哪里"), default=0)
    documents = models.PositiveIntegerField(_("条数"), default=0)
    missing = models.PositiveIntegerField(_("缺"), default=0)
    ghosts = models.PositiveIntegerField(_("多"), default=0)
    stale = models.PositiveIntegerField(_("内容不同"), default=0)
    fault = models.TextField(_("没做成的原因"), blank=True)

    class Meta:
        verbose_name = _("重建和核对")
        verbose_name_plural = _("重建和核对")
        indexes: ClassVar = [models.Index(fields=["kind", "-started_at"], name="run_latest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.started_at:%Y-%m-%d %H:%M}"
