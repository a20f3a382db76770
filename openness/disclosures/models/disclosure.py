"""What a unit disclosed: one answer to one item of its catalogue for one period."""

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from catalog.models import Item
from openness.pagecache.topics import changing
from openness.units.models import Unit

from ..admin.check_panel import CheckPanel
from ..blocks import Body
from ..fields import QuietForeignKey
from ..forms import DisclosureForm
from ..panels import GuidePanel
from ..periods import PERIOD_PATTERN, period_label
from ..previews import preview_of
from ..shown_at import shown_at
from ..text import Passage, passages
from .queryset import DisclosureQuerySet
from .tag import DisclosureTag

_OF_DRAFTS = frozenset({"latest_revision", "has_unpublished_changes", "locked", "locked_by", "locked_at"})


class Category(models.TextChoices):
    NOTICE = "notice", _("公告公示")
    FINANCE = "finance", _("财务收支")
    ROSTER = "roster", _("名单和发放")
    POLICY = "policy", _("政策文件")
    RULES = "rules", _("制度规定")
    REPORT = "report", _("工作情况")
    GUIDE = "guide", _("办事指南")
    PROJECT = "project", _("工程项目")


class Disclosure(PreviewableMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel, models.Model):
    """Draft, revisions, workflow, lock and preview are Wagtail's; receipt, state and outbox are written with each publication."""

    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="disclosures", verbose_name=_("公开单位"))
    item = QuietForeignKey(Item, on_delete=models.PROTECT, related_name="disclosures", verbose_name=_("公开事项"))
    town = QuietForeignKey(Unit, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    county = QuietForeignKey(Unit, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    title = models.CharField(_("标题"), max_length=200)
    category = models.CharField(_("类别"), max_length=10, choices=Category.choices, default=Category.NOTICE)
    period = models.CharField(_("公开的是哪一期"), max_length=7, blank=True, validators=[PERIOD_PATTERN])
    formed_on = models.DateField(_("信息形成日期"), default=timezone.localdate)
    document_number = models.CharField(_("文号"), max_length=80, blank=True)
    index_number = models.CharField(_("索引号"), max_length=60, blank=True, editable=False, db_index=True)
    summary = models.CharField(_("一句话看懂"), max_length=200, blank=True)
    body = StreamField(Body(), verbose_name=_("内容"), blank=True)
    notice_from = models.DateField(_("公示开始"), null=True, blank=True)
    notice_until = models.DateField(_("公示结束"), null=True, blank=True)
    comes_down = models.BooleanField(
        _("公示期满后撤下"), default=False, help_text=_("含个人信息的公示要选这一项；记录会留下，内容不再显示")
    )
    change_note = models.CharField(_("这次改了什么"), max_length=300, blank=True, help_text=_("更正已公开的内容时必填，会显示给群众"))
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True, editable=False)
    withdrawn_reason = models.CharField(_("撤下原因"), max_length=300, blank=True, editable=False)
    author = QuietForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("经办人")
    )
    originally_published_on = models.DateField(
        _("原网站发布日期"), null=True, editable=False, help_text=_("从旧网站搬来的文章原来的日期；不算按时公开的凭据")
    )

    tags = ClusterTaggableManager(through=DisclosureTag, blank=True, verbose_name=_("标签"), help_text=_("最多 8 个词"))

    base_form_class = DisclosureForm
    panels: ClassVar = [
        CheckPanel(),
        FieldPanel("unit"),
        FieldPanel("item"),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("category"), FieldPanel("period")]),
        FieldRowPanel([FieldPanel("formed_on"), FieldPanel("document_number")]),
        FieldPanel("summary"),
        GuidePanel(),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("notice_from"), FieldPanel("notice_until")]), FieldPanel("comes_down")], heading=_("公示期")
        ),
        FieldPanel("change_note"),
        MultiFieldPanel([FieldPanel("tags")], heading=_("更多"), classname="collapsed"),
    ]

    objects = DisclosureQuerySet.as_manager()
    preview_modes: ClassVar = [("", _("电脑上的样子")), ("phone", _("手机上的样子")), ("board", _("贴在公示栏上的样子"))]

    class Meta:
        verbose_name = _("公开内容")
        verbose_name_plural = _("公开内容")
        indexes: ClassVar = [
            models.Index(fields=["unit", "-first_published_at"]),
            models.Index(fields=["town", "-first_published_at"]),
            models.Index(fields=["county", "-first_published_at"]),
            models.Index(fields=["unit", "item", "period"]),
            models.Index(fields=["-first_published_at"], condition=Q(live=True), name="disclosure_live_recent"),
            models.Index(fields=["notice_until"], condition=Q(live=True), name="disclosure_on_notice"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The row and its outbox row stand or fall together."""
        self._place_in_tree()
        with self._reach(kwargs.get("update_fields")), transaction.atomic():
            super().save(*args, **kwargs)

    def _reach(self, columns: Collection[str] | None) -> AbstractContextManager[None]:
        """Which public pages a save changes: none before the first publication, and none where only the draft goes on."""
        if not self.first_published_at or (columns and _OF_DRAFTS.issuperset(columns)):
            return changing(())
        return shown_at(self.unit)

    def _place_in_tree(self) -> None:
        """Keep the unit's town and county in the row: a path prefix scans the table on SQLite."""
        from ..services.places import town_and_county

        self.town_id, self.county_id = town_and_county(self.unit_id)

    def get_absolute_url(self) -> str:
        return reverse("disclosure", args=[self.pk])

    def with_content_json(self, content: dict[str, Any]) -> "Disclosure":
        """A revision is the text; who is responsible for it, where its unit stands, its number and the old site's date are the row's."""
        text: Disclosure = super().with_content_json(content)
        for name in ("author_id", "town_id", "county_id", "index_number", "originally_published_on"):
            setattr(text, name, getattr(self, name))
        return text

    @property
    def period_label(self) -> str:
        return period_label(self.period)

    @property
    def notice_days_left(self) -> int | None:
        """Whole days until the notice ends, 0 on its last day; None when no notice runs today."""
        today = timezone.localdate()
        if self.notice_from is None or self.notice_until is None or not self.notice_from <= today <= self.notice_until:
            return None
        return (self.notice_until - today).days

    @property
    def is_over(self) -> bool:
        """The notice was to come down and its last day has passed, whether or not the clock has taken it down yet."""
        return bool(self.comes_down and self.notice_until and self.notice_until < timezone.localdate())

    def passages(self) -> Iterator[Passage]:
        return passages(self.body)

    def publish(self, revision: Any, user: Any = None, **options: Any) -> None:
        from ..services.publish import Publish

        Publish(self, revision, user).execute(lambda: super(Disclosure, self).publish(revision, user=user, **options))

    def unpublish(self, set_expired: bool = False, commit: bool = True, user: Any = None, log_action: Any = True) -> None:
        from ..services.take_down import TakeDown

        TakeDown(self, user, expired=set_expired).execute(
            lambda: super(Disclosure, self).unpublish(set_expired=set_expired, commit=commit, user=user, log_action=log_action)
        )

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        preview = preview_of(mode_name)
        return preview.template if preview else "disclosures/preview/phone.html" if mode_name == "phone" else "disclosures/disclosure.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from ..services.showing import disclosure_context

        preview = preview_of(mode_name)
        return {**(preview.context if preview else disclosure_context)(self), "request": request}
