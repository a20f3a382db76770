"""What the file of an attachment says, as far as it could be read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..extraction import State
from ..fields import QuietOneToOneField
from .files import Attachment


class TextState(models.TextChoices):
    """The ends of reading, and the time before."""

    WAITING = "waiting", _("还没有读")
    READABLE = State.READABLE.value, _("能搜到里面的文字")
    SCANNED = State.SCANNED.value, _("扫描件")
    ENCRYPTED = State.ENCRYPTED.value, _("有密码")
    UNSUPPORTED = State.UNSUPPORTED.value, _("读不了的格式")
    DAMAGED = State.DAMAGED.value, _("打不开")
    TOO_LARGE = State.TOO_LARGE.value, _("太大")
    TOO_SLOW = State.TOO_SLOW.value, _("没有读完")


class AttachmentText(models.Model):
    """The words of one file. They count only while `sha256` is the attachment's own: otherwise they are another file's.

    `pages` is a list of [label, text]; `extracted_at` is the time of the last try; `attempts` counts tries at this file.
    """

    attachment = QuietOneToOneField(Attachment, on_delete=models.CASCADE, related_name="text")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=TextState.choices, default=TextState.WAITING)
    sentence = models.CharField(max_length=200, blank=True)
    pages = models.JSONField(default=list)
    attempts = models.PositiveSmallIntegerField(default=0)
    extracted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("附件文字")
        verbose_name_plural = _("附件文字")

    def __str__(self) -> str:
        return f"{self.attachment_id}: {self.state}"

    @property
    def words(self) -> str:
        """For the clerk: the sentence, or the state's name where there is nothing more to say."""
        return self.sentence or str(self.get_state_display())
