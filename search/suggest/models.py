"""Terms that can be offered, and the keys they are found by. Derived from what apps register: nothing here is entered by hand."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Term(models.Model):
    """A text that the box may offer, or, without a source, a word of one: the vocabulary that spelling is judged by.

    `also` holds other names that lead here, one a line. `pinyin` has one syllable a character, separated by spaces; `uses` counts the registered texts that contain the word.
    """

    text = models.CharField(_("词"), max_length=60, unique=True)
    also = models.TextField(_("也叫"), blank=True)
    pinyin = models.CharField(_("拼音"), max_length=480)
    initials = models.CharField(_("首字母"), max_length=60)
    weight = models.PositiveIntegerField(_("分量"), default=0)
    uses = models.PositiveIntegerField(_("用到几次"), default=0)
    source = models.CharField(_("来源"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("搜索提示词")
        verbose_name_plural = _("搜索提示词")

    def __str__(self) -> str:
        return self.text


class TermKey(models.Model):
    """One way to find a term. Keys are bytes: both databases order them alike, whatever their collation, so a prefix is a range."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="keys")
    kind = models.PositiveSmallIntegerField()
    key = models.BinaryField(db_index=True)

    class Meta:
        verbose_name = _("提示词的查法")
        verbose_name_plural = _("提示词的查法")

    def __str__(self) -> str:
        return f"{self.kind}:{bytes(self.key)!r}"


class TermTop(models.Model):
    """The best terms, [text, source], of a prefix that too many keys share to be sorted while somebody waits."""

    prefix = models.BinaryField(unique=True)
    terms = models.JSONField()

    class Meta:
        verbose_name = _("常见开头的提示")
        verbose_name_plural = _("常见开头的提示")

    def __str__(self) -> str:
        return bytes(self.prefix).decode()


class TermsState(models.Model):
    """One row: how often the terms were asked to be refreshed, how often of these they were, and how the keys were made."""

    asked = models.PositiveBigIntegerField(_("要更新几次"), default=0)
    done = models.PositiveBigIntegerField(_("更新到第几次"), default=0)
    recipe = models.PositiveSmallIntegerField(_("做法"), default=0)

    class Meta:
        verbose_name = _("提示词的状态")
        verbose_name_plural = _("提示词的状态")
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="terms_state_one_row")]

    def __str__(self) -> str:
        return f"{self.done}/{self.asked}"
