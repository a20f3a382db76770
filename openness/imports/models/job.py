"""One file that somebody brought in: where it stands, and the record of who imported and who took it back."""

import secrets
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from catalog.models import Item
from catalog.models.upload import private
from openness.disclosures.fields import QuietForeignKey
from openness.units.models import Unit

from ..limits import UNDO_MINUTES


class Kind(models.TextChoices):
    TABLE = "table", _("公开内容表格")
    ARTICLES = "articles", _("旧网站的文章")


class Phase(models.TextChoices):
    MAPPING = "mapping", _("等您对列")
    READING = "reading", _("正在读")
    CHECKING = "checking", _("正在检查")
    CHECKED = "checked", _("检查好了，等您定")
    IMPORTING = "importing", _("正在导入")
    DONE = "done", _("导好了")
    UNDOING = "undoing", _("正在撤销")
    UNDONE = "undone", _("撤销了")
    GIVEN_UP = "given_up", _("没有导，删掉了")


class Mode(models.TextChoices):
    ALL = "all", _("全部都对才导")
    GOOD = "good", _("只导没问题的")


AT_WORK = (Phase.READING, Phase.CHECKING, Phase.IMPORTING, Phase.UNDOING)


def _nameless(_job: Any, _name: str) -> str:
    """What people call their files may name somebody: the stored one says nothing."""
    return timezone.localdate().strftime("imports/%Y/%m/") + secrets.token_hex(16)


class ImportJob(models.Model):
    """`file` holds the rows as they were read, a line a row; it is deleted with the rows' cells, `settings.IMPORT_KEEP_DAYS` later.

    `columns` says which column is what: {"title": 0}. `offset` is where in the file reading goes on.
    """

    kind = models.CharField(_("导什么"), max_length=10, choices=Kind.choices)
    owner = QuietForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("谁导的"))
    owner_name = models.CharField(_("谁导的"), max_length=170)
    file = models.FileField(_("文件"), storage=private, upload_to=_nameless, blank=True)
    file_name = models.CharField(_("文件名"), max_length=200)
    head = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("都放到哪个单位"))
    item = QuietForeignKey(Item, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("都归到哪一项"))
    units = models.ManyToManyField(Unit, through="ImportUnit", related_name="+")
    said = models.JSONField(default=list)
    phase = models.CharField(_("到哪一步"), max_length=10, choices=Phase.choices, default=Phase.READING)
    mode = models.CharField(_("怎么导"), max_length=4, choices=Mode.choices, blank=True)
    offset = models.PositiveBigIntegerField(default=0)
    total = models.PositiveIntegerField(_("多少行"), default=0)
    read = models.PositiveIntegerField(_("读了"), default=0)
    checked = models.PositiveIntegerField(_("检查了"), default=0)
    good = models.PositiveIntegerField(_("没问题"), default=0)
    bad = models.PositiveIntegerField(_("要改"), default=0)
    imported = models.PositiveIntegerField(_("导入了"), default=0)
    undone = models.PositiveIntegerField(_("撤销了"), default=0)
    kept = models.PositiveIntegerField(_("留下了"), default=0)
    fault = models.CharField(_("为什么停了"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("什么时候传的"), default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(_("什么时候定的"), null=True)
    finished_at = models.DateTimeField(_("什么时候导完的"), null=True)
    undone_at = models.DateTimeField(_("什么时候撤销的"), null=True)
    undone_by = models.CharField(_("谁撤销的"), max_length=170, blank=True)
    emptied_at = models.DateTimeField(_("什么时候删的文件"), null=True)

    class Meta:
        verbose_name = _("批量导入")
        verbose_name_plural = _("批量导入")
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["owner", "-made_at"], name="import_of_owner"),
            models.Index(fields=["phase", "made_at"], name="import_by_phase"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.file_name}"

    @property
    def at_work(self) -> bool:
        return self.phase in AT_WORK

    @property
    def progress(self) -> tuple[int, int]:
        """How many of how many, of what is going on."""
        came = self.imported
        return {
            Phase.READING: (self.read, self.total),
            Phase.CHECKING: (self.checked, self.total),
            Phase.IMPORTING: (came, self.good),
            Phase.UNDOING: (self.undone + self.kept, came),
        }.get(Phase(self.phase), (1, 1))

    @property
    def undo_until(self) -> datetime | None:
        return self.finished_at + timedelta(minutes=UNDO_MINUTES) if self.finished_at else None

    @property
    def can_be_undone(self) -> bool:
        until = self.undo_until
        return self.phase == Phase.DONE and bool(self.imported) and until is not None and timezone.now() < until

    @property
    def in_words(self) -> str:
        """One line for lists."""
        if self.phase in (Phase.DONE, Phase.UNDONE):
            words = _t("导入 {n} 条").format(n=self.imported)
            return words + (_t("，撤销 {n} 条").format(n=self.undone) if self.undone else "")
        return (
            _t("共 {n} 行").format(n=self.total)
            if self.phase in (Phase.MAPPING, Phase.READING)
            else _t("没问题 {good} 行，要改 {bad} 行").format(good=self.good, bad=self.bad)
        )


class ImportUnit(models.Model):
    """A unit that a row of the file names: who may see the job follows from all of them."""

    job = QuietForeignKey(ImportJob, on_delete=models.CASCADE, related_name="named")
    unit = QuietForeignKey(Unit, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("导入涉及的单位")
        verbose_name_plural = _("导入涉及的单位")
        constraints: ClassVar = [models.UniqueConstraint(fields=["job", "unit"], name="import_unit_once")]

    def __str__(self) -> str:
        return f"{self.job_id}: {self.unit_id}"
