"""A service guide (办事指南): the elements that inspectors look for, and that a resident needs before leaving the house.

Elements: 国办秘函〔2019〕19号 (服务不实用: 事项名称、设定依据、申请条件、办理材料…) and the State Council's rules for 政务服务事项实施清单.
"""

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from openness.disclosures.fields import QuietForeignKey
from openness.disclosures.shown_at import shown_at
from openness.pagecache.topics import changing
from openness.units.models import Unit
from openness.units.refusal import Refused

from ..blocks import MATERIALS, QUESTIONS, STEPS
from ..forms import GuideForm
from ..panels import ElementsPanel

_OF_DRAFTS = frozenset({"latest_revision", "has_unpublished_changes", "missing"})


class Matter(models.TextChoices):
    """事项类型: the ten kinds of administrative power, and public service."""

    LICENCE = "licence", _("行政许可")
    BENEFIT = "benefit", _("行政给付")
    CONFIRMATION = "confirmation", _("行政确认")
    REWARD = "reward", _("行政奖励")
    RULING = "ruling", _("行政裁决")
    LEVY = "levy", _("行政征收")
    INSPECTION = "inspection", _("行政检查")
    SERVICE = "service", _("公共服务")
    OTHER = "other", _("其他行政权力")


class Theme(models.TextChoices):
    """By what people come for; in this order on the list."""

    RELIEF = "relief", _("救助和低保")
    AGED = "aged", _("养老和高龄")
    DISABLED = "disabled", _("残疾人")
    HEALTH = "health", _("看病和医保")
    INSURANCE = "insurance", _("就业和社保")
    FAMILY = "family", _("结婚生育和户口")
    SCHOOL = "school", _("上学")
    HOUSE = "house", _("建房和土地")
    FARM = "farm", _("种地和养殖")
    BUSINESS = "business", _("做生意")
    PROOF = "proof", _("开证明和盖章")
    OTHER = "other", _("其他")


class Audience(models.TextChoices):
    PERSON = "person", _("个人")
    BUSINESS = "business", _("企业和组织")
    BOTH = "both", _("个人和企业都可以")


class DayKind(models.TextChoices):
    WORKING = "working", _("个工作日")
    CALENDAR = "calendar", _("天")
    NONE = "none", _("法律没有规定")


class GuideQuerySet(models.QuerySet["ServiceGuide"]):
    def public(self) -> "GuideQuerySet":
        return self.filter(live=True)

    def below(self, unit: Unit) -> "GuideQuerySet":
        return self.filter(unit__path__startswith=unit.path)

    def serving(self, line: Sequence[Unit]) -> "GuideQuerySet":
        """What people of the last place of the line can have done: there, in the places below, and at the offices above it."""
        return self.filter(Q(unit__path__startswith=line[-1].path) | Q(unit__in=line))

    def asked(self, words: str) -> "GuideQuerySet":
        """Every word somewhere in name, other names or code; eight words at most."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(Q(name__icontains=word) | Q(also_called__icontains=word) | Q(code=word))
        return found

    def update(self, **columns: Any) -> int:
        """As Django's, and the outbox rows in the same transaction."""
        with transaction.atomic(using=self.db):
            keys = list(self.values_list("pk", flat=True))
            changed = super(GuideQuerySet, self.filter(pk__in=keys)).update(**columns)
            tell(keys)
        return changed

    update.alters_data = True  # type: ignore[attr-defined]


class ServiceGuide(PreviewableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """The row is what the public reads; drafts are revisions. `missing` holds what the rules said of the newest draft."""

    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="guides", verbose_name=_("哪个单位的指南"))
    name = models.CharField(_("事项名称"), max_length=120)
    also_called = models.CharField(_("老百姓怎么叫"), max_length=120, blank=True, help_text=_("用空格隔开，例如：吃低保 低保户"))
    code = models.CharField(_("事项编码"), max_length=40, blank=True, db_index=True, help_text=_("和权责清单、许可清单上的编码一样"))
    matter = models.CharField(_("事项类型"), max_length=12, choices=Matter.choices, default=Matter.SERVICE)
    theme = models.CharField(_("办什么事"), max_length=10, choices=Theme.choices, default=Theme.OTHER)
    audience = models.CharField(_("服务对象"), max_length=8, choices=Audience.choices, default=Audience.PERSON)
    implementer = models.CharField(_("实施主体"), max_length=120, blank=True, help_text=_("写单位全称"))
    basis = models.TextField(_("设定依据"), max_length=2000, blank=True, help_text=_("写《法规名称》第几条，一行一部"))
    conditions = models.TextField(_("受理条件"), max_length=2000, blank=True, help_text=_("一行一条"))
    no_materials = models.BooleanField(_("不用带材料"), default=False)
    materials = StreamField(MATERIALS, verbose_name=_("申请材料"), blank=True)
    steps = StreamField(STEPS, verbose_name=_("办理流程"), blank=True)
    place = models.CharField(_("办理地点"), max_length=160, blank=True, help_text=_("到门牌号、几楼、几号窗口"))
    hours = models.CharField(_("办理时间"), max_length=160, blank=True, help_text=_("例如：周一至周五 8:30–11:30，13:00–16:30"))
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    complaint_phone = models.CharField(_("监督电话"), max_length=40, blank=True)
    legal_kind = models.CharField(_("法定时限的单位"), max_length=8, choices=DayKind.choices, default=DayKind.WORKING)
    legal_days = models.PositiveSmallIntegerField(_("法定时限"), null=True, blank=True)
    promised_kind = models.CharField(_("承诺时限的单位"), max_length=8, choices=DayKind.choices[:2], default=DayKind.WORKING)
    promised_days = models.PositiveSmallIntegerField(_("承诺时限"), null=True, blank=True, help_text=_("当场办结写 0"))
    charges = models.BooleanField(_("收费"), default=False)
    fee = models.CharField(_("收费标准"), max_length=300, blank=True, help_text=_("不收费的空着"))
    fee_basis = models.CharField(_("收费依据"), max_length=300, blank=True)
    result = models.CharField(_("办理结果"), max_length=160, blank=True, help_text=_("办完拿到什么，例如：宅基地批准书"))
    visits = models.PositiveSmallIntegerField(_("最多跑几次"), null=True, blank=True, help_text=_("全程网上办写 0"))
    online_url = models.URLField(_("网上办理"), max_length=300, blank=True, help_text=_("省一网通办上这件事的网址"))
    questions = StreamField(QUESTIONS, verbose_name=_("常见问题"), blank=True)
    missing = models.JSONField(_("缺什么"), default=list, editable=False)
    author = QuietForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("经办人")
    )
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True, editable=False)
    withdrawn_reason = models.CharField(_("撤下原因"), max_length=300, blank=True, editable=False)

    base_form_class = GuideForm
    panels: ClassVar = [
        ElementsPanel(),
        FieldPanel("unit"),
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("also_called"), FieldPanel("code")]),
        FieldRowPanel([FieldPanel("theme"), FieldPanel("matter"), FieldPanel("audience")]),
        FieldPanel("implementer"),
        FieldPanel("basis"),
        FieldPanel("conditions"),
        MultiFieldPanel([FieldPanel("no_materials"), FieldPanel("materials")], heading=_("带什么")),
        FieldPanel("steps"),
        MultiFieldPanel(
            [
                FieldPanel("place"),
                FieldPanel("hours"),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("complaint_phone")]),
                FieldRowPanel([FieldPanel("visits"), FieldPanel("online_url")]),
            ],
            heading=_("去哪办"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("legal_days"), FieldPanel("legal_kind")]),
                FieldRowPanel([FieldPanel("promised_days"), FieldPanel("promised_kind")]),
            ],
            heading=_("多久"),
        ),
        MultiFieldPanel([FieldPanel("charges"), FieldRowPanel([FieldPanel("fee"), FieldPanel("fee_basis")])], heading=_("多少钱")),
        FieldPanel("result"),
        FieldPanel("questions"),
    ]
    objects = GuideQuerySet.as_manager()

    class Meta:
        verbose_name = _("办事指南")
        verbose_name_plural = _("办事指南")
        indexes: ClassVar = [
            models.Index(fields=["theme", "name"], condition=Q(live=True), name="guide_live_theme"),
            models.Index(fields=["unit", "name"], name="guide_unit"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The row and its outbox row stand or fall together."""
        with self._reach(kwargs.get("update_fields")), transaction.atomic():
            super().save(*args, **kwargs)
            tell([self.pk])

    def _reach(self, columns: Collection[str] | None) -> AbstractContextManager[None]:
        """Which public pages a save changes: none before the first publication, none where only the draft goes on."""
        if not self.first_published_at or (columns and _OF_DRAFTS.issuperset(columns)):
            return changing(())
        return shown_at(self.unit)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises Refused for what was public: its address stays."""
        if self.first_published_at:
            raise Refused(gettext("公开过的指南不能删，只能撤下。"))
        key = self.pk
        with self._reach(None), transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            tell([key])
        return deleted

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Keeps what the rules say of this draft, for the lists of those who watch."""
        from ..services.check import sentences_of

        self.missing = sentences_of(self)
        with changing(()), transaction.atomic():
            revision = super().save_revision(*args, **kwargs)
            models.QuerySet(type(self)).filter(pk=self.pk).update(missing=self.missing)
        return revision

    def with_content_json(self, content: dict[str, Any]) -> "ServiceGuide":
        """A revision is the text; who began it, and what was said of the newest draft, are the row's."""
        text: ServiceGuide = super().with_content_json(content)
        for name in ("author_id", "missing", "withdrawn_at", "withdrawn_reason"):
            setattr(text, name, getattr(self, name))
        return text

    def publish(self, revision: Any, user: Any = None, **options: Any) -> None:
        from ..services.publish import publish

        publish(self, revision, user, lambda: super(ServiceGuide, self).publish(revision, user=user, **options))

    def unpublish(self, set_expired: bool = False, commit: bool = True, user: Any = None, log_action: Any = True) -> None:
        from ..services.publish import take_down

        take_down(
            self,
            lambda: super(ServiceGuide, self).unpublish(set_expired=set_expired, commit=commit, user=user, log_action=log_action),
        )

    def get_absolute_url(self) -> str:
        return reverse("guide", args=[self.pk])

    @property
    def legal_time(self) -> str:
        """20 个工作日; 法律没有规定; "" where nobody said."""
        if self.legal_kind == DayKind.NONE:
            return str(DayKind.NONE.label)
        return _days(self.legal_days, self.legal_kind)

    @property
    def promised_time(self) -> str:
        return gettext("当场办结") if self.promised_days == 0 else _days(self.promised_days, self.promised_kind)

    @property
    def how_long(self) -> str:
        """The promise, else the law's."""
        return self.promised_time or self.legal_time

    @property
    def how_much(self) -> str:
        return self.fee if self.charges else gettext("不收费")

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "guides/guide.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from ..services.showing import guide_context

        return {**guide_context(self), "request": request}


def _days(number: int | None, kind: str) -> str:
    return f"{number} {DayKind(kind).label}" if number is not None else ""


def tell(keys: Iterable[int]) -> None:
    from ..search import tell as tell_search

    tell_search(keys)
