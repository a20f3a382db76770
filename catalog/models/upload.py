"""A spreadsheet that somebody sent and nobody has confirmed yet. Nothing of it is in the catalogue before that."""

from typing import ClassVar

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils.functional import LazyObject
from django.utils.translation import gettext_lazy as _


class _PrivateStorage(LazyObject):  # type: ignore[type-arg]
    """Outside MEDIA_ROOT: no address leads here."""

    def _setup(self) -> None:
        self._wrapped = FileSystemStorage(location=settings.VAR_DIR / "private")


private_storage = _PrivateStorage()


def private() -> FileSystemStorage:
    return private_storage  # type: ignore[return-value]  # a lazy stand-in for the storage


class Upload(models.Model):
    file = models.FileField(_("文件"), storage=private, upload_to="catalogues/%Y/%m/")
    name = models.CharField(_("文件名"), max_length=200)
    area = models.CharField(_("县级区划代码"), max_length=12)
    series = models.CharField(_("目录"), max_length=80)
    uploaded_by = models.CharField(_("上传人"), max_length=150)
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("待确认的目录文件")
        verbose_name_plural = _("待确认的目录文件")
        ordering: ClassVar = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.name
