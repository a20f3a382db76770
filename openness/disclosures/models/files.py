"""Attachments and photographs carry their unit; who may use them follows from it, not from collections."""

import hashlib
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from openness.pagecache.topics import changing
from openness.units.models import Unit

from ..fields import QuietForeignKey


class _OfUnit(models.Model):
    """A file of a unit, with the fingerprint that receipts quote. No unit: a file of the site itself, always public."""

    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("单位"))
    sha256 = models.CharField(_("指纹"), max_length=64, editable=False, blank=True)

    if TYPE_CHECKING:
        file: Any

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.file and (not self.sha256 or not self.file._committed):
            self.sha256 = _fingerprint(self.file)
            self.file_size = self.file.size
        unseen = changing(()) if self._state.adding else nullcontext()  # nothing shows a new file yet
        with unseen, transaction.atomic():  # with the outbox rows of what shows it
            super().save(*args, **kwargs)


def _fingerprint(file: Any) -> str:
    digest = hashlib.sha256()
    file.open("rb")
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


class Attachment(_OfUnit, AbstractDocument):  # type: ignore[django-manager-missing]
    private = models.BooleanField(_("不公开"), default=False, editable=False, help_text=_("例如签字单的照片：只给审核人看"))

    admin_form_fields = ("title", "file", "unit")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("附件")
        verbose_name_plural = _("附件")


class Photo(_OfUnit, AbstractImage):  # type: ignore[django-manager-missing]
    admin_form_fields = ("title", "file", "unit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("照片")
        verbose_name_plural = _("照片")


class PhotoRendition(AbstractRendition):
    image = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")]


class FileUse(models.Model):
    """The files that the public version of a disclosure shows. A file without such a row answers 404 to strangers."""

    disclosure = QuietForeignKey("disclosures.Disclosure", on_delete=models.CASCADE, related_name="file_uses")
    attachment = QuietForeignKey(Attachment, on_delete=models.CASCADE, null=True, related_name="uses")
    photo = QuietForeignKey(Photo, on_delete=models.CASCADE, null=True, related_name="uses")

    class Meta:
        verbose_name = _("文件引用")
        verbose_name_plural = _("文件引用")

    def __str__(self) -> str:
        return f"{self.disclosure_id}: {self.attachment_id or self.photo_id}"
