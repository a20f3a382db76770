"""张贴记录: that a public text was on the wall, or went out by another channel. Rows are only added; triggers refuse UPDATE and DELETE."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from openness.disclosures.fields import QuietForeignKey
from openness.disclosures.models import Attachment, Disclosure
from openness.units.models import Unit


class Act(models.TextChoices):
    UP = "up", _("贴上了")
    DOWN = "down", _("撕下了")
    VOID = "void", _("记错了，作废")


class PostingQuerySet(models.QuerySet["Posting"]):
    def valid(self) -> "PostingQuerySet":
        """Without what was written by mistake."""
        return self.exclude(act=Act.VOID).exclude(Exists(Posting.objects.filter(of=OuterRef("pk"), act=Act.VOID)))

    def hanging(self) -> "PostingQuerySet":
        """What was put up and neither taken down nor written by mistake."""
        later = Posting.objects.filter(of=OuterRef("pk"))
        down = later.filter(act=Act.DOWN).exclude(Exists(Posting.objects.filter(of=OuterRef("pk"), act=Act.VOID)))
        return self.valid().filter(act=Act.UP).exclude(Exists(down))


class Posting(models.Model):
    """`of` is the row that a later one takes down or makes void. `content_hash` is the public text's on that day: a corrected text has
    to be put up anew. `until` is the last day on which it has to hang.
    """

    disclosure = QuietForeignKey(Disclosure, on_delete=models.PROTECT, related_name="postings", verbose_name=_("公开内容"))
    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    act = models.CharField(_("做了什么"), max_length=4, choices=Act.choices)
    channel = models.CharField(_("渠道"), max_length=100)
    is_board = models.BooleanField(_("是公示栏"), default=False)
    on = models.DateField(_("哪天"))
    until = models.DateField(_("最少贴到哪天"), null=True)
    place = models.CharField(_("贴在哪里"), max_length=120, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    photo = QuietForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("照片"))
    content_hash = models.CharField(_("内容指纹"), max_length=64)
    of = QuietForeignKey("self", on_delete=models.PROTECT, null=True, related_name="later", verbose_name=_("是哪一条的"))
    recorder = models.PositiveBigIntegerField(null=True)
    recorded_by = models.CharField(_("谁登记的"), max_length=170)
    at = models.DateTimeField(_("什么时候登记的"))

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("张贴记录")
        verbose_name_plural = _("张贴记录")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["disclosure", "content_hash"], name="posting_of_text"),
            models.Index(fields=["unit", "until"], condition=Q(act="up", is_board=True), name="posting_until"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.on} {self.get_act_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only ever added."""
        super().save(*args, **{**kwargs, "force_insert": True})
