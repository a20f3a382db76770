"""What residents send (来件): one row whatever its kind; who sent it stands apart, in a row that is deleted."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openness.disclosures.fields import QuietForeignKey, QuietOneToOneField
from openness.disclosures.models import Disclosure
from openness.disclosures.shown_at import shown_at
from openness.units.models import Unit

TITLE_LENGTH = 40


class Kind(models.TextChoices):
    MESSAGE = "message", _("留言")
    CORRECTION = "correction", _("内容有错")
    OBJECTION = "objection", _("不同意见")
    REQUEST = "request", _("信息公开申请")


class State(models.TextChoices):
    RECEIVED = "received", _("已收到")
    REFERRED = "referred", _("已转办")
    WORKING = "working", _("办理中")
    CORRECTING = "correcting", _("等您补正")
    CONSULTING = "consulting", _("征求第三方意见")
    DRAFTED = "drafted", _("答复在审核")
    ANSWERED = "answered", _("已回复")


OPEN = tuple(state for state in State if state != State.ANSWERED)


class Source(models.TextChoices):
    WEB = "web", _("网上")
    PHONE = "phone", _("电话")
    COUNTER = "counter", _("当面")
    LETTER = "letter", _("信件、传真")


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def open(self) -> "SubmissionQuerySet":
        return self.exclude(state=State.ANSWERED)

    def overdue(self, today: date) -> "SubmissionQuerySet":
        """Not answered, and the last day has passed. While a clock stands still there is no last day."""
        return self.open().filter(due_on__lt=today)

    def on_board(self) -> "SubmissionQuerySet":
        """Messages that a person has looked at and let the public see."""
        return self.filter(kind=Kind.MESSAGE, shown_at__isnull=False)

    def below(self, unit: Unit) -> "SubmissionQuerySet":
        return self.filter(unit__path__startswith=unit.path)

    def update(self, **columns: Any) -> int:
        """As Django's, and the outbox rows in the same transaction."""
        from ..search import tell

        with transaction.atomic(using=self.db):
            keys = list(self.values_list("pk", flat=True))
            changed = super(SubmissionQuerySet, self.filter(pk__in=keys)).update(**columns)
            tell(keys)
        return changed

    update.alters_data = True  # type: ignore[attr-defined]


class Submission(models.Model):
    """`text` is as it was written; `public_text` is what a person read, masked and let through. Steps: rules/steps.py.

    `begun_on` is the day from which the term counts; `due_on` the last day in time, None while the clock stands still.
    """

    number = models.CharField(_("编号"), max_length=16, unique=True)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("办理单位"))
    disclosure = QuietForeignKey(
        Disclosure, on_delete=models.SET_NULL, null=True, blank=True, related_name="submissions", verbose_name=_("关于哪条公开")
    )
    text = models.TextField(_("内容"), max_length=1000)
    public_text = models.TextField(_("公开的文字"), max_length=1000, blank=True)
    wants_public = models.BooleanField(_("同意公开"), default=False)
    hidden_reason = models.CharField(_("不公开的原因"), max_length=300, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.RECEIVED)
    source = models.CharField(_("怎么来的"), max_length=8, choices=Source.choices, default=Source.WEB)
    received_at = models.DateTimeField(_("收到时间"))
    begun_on = models.DateField(_("从哪天算起"))
    due_on = models.DateField(_("哪天前答复"), null=True)
    shown_at = models.DateTimeField(_("公开时间"), null=True, blank=True)
    reply = models.TextField(_("答复"), max_length=2000, blank=True)
    reply_unit = QuietForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("答复单位"))
    drafter = QuietForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("拟稿人"))
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    in_time = models.BooleanField(_("按时答复"), null=True)
    rating = models.PositiveSmallIntegerField(_("评价"), null=True, choices=[(3, _("满意")), (2, _("一般")), (1, _("不满意"))])
    once = models.CharField(max_length=40, unique=True, null=True, editable=False)  # noqa: DJ001  (many rows have none)
    forgotten_at = models.DateTimeField(_("删去个人信息的时间"), null=True, editable=False)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("来件")
        verbose_name_plural = _("来件")
        indexes: ClassVar = [
            models.Index(fields=["state", "due_on"], name="submission_due"),
            models.Index(fields=["unit", "kind", "-received_at"], name="submission_unit"),
            models.Index(fields=["disclosure", "kind"], name="submission_disclosure"),
            models.Index(fields=["-received_at"], condition=Q(kind="message", shown_at__isnull=False), name="submission_on_board"),
            models.Index(fields=["answered_at"], condition=Q(forgotten_at=None), name="submission_to_forget"),
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The row and its outbox row stand or fall together."""
        from ..search import tell

        with shown_at(self.unit), transaction.atomic():
            super().save(*args, **kwargs)
            if self.kind == Kind.MESSAGE:
                tell([self.pk])

    def get_absolute_url(self) -> str:
        return reverse("message", args=[self.number])

    @property
    def title(self) -> str:
        """The beginning of the public words."""
        words = " ".join(self.public_text.split())
        return words if len(words) <= TITLE_LENGTH else f"{words[: TITLE_LENGTH - 1]}…"

    @property
    def is_on_board(self) -> bool:
        return self.kind == Kind.MESSAGE and self.shown_at is not None

    @property
    def told_state(self) -> str:
        """The state in the words that residents read."""
        if self.state == State.REFERRED:
            return gettext("转给{unit}").format(unit=self.unit)
        return str(State.WORKING.label if self.state == State.DRAFTED else self.get_state_display())

    def is_overdue(self, today: date) -> bool:
        return self.state != State.ANSWERED and self.due_on is not None and self.due_on < today


class Contact(models.Model):
    """Who sent it: never public, for those who answer only (`participation.contact` in grants), gone some time after the answer."""

    submission = QuietOneToOneField(Submission, on_delete=models.CASCADE, related_name="contact", verbose_name=_("来件"))
    name = models.CharField(_("怎么称呼"), max_length=40)
    phone = models.CharField(_("电话"), max_length=20)
    certificate = models.CharField(_("证件名称和号码"), max_length=60, blank=True)
    address = models.CharField(_("通信地址"), max_length=120, blank=True)
    email = models.EmailField(_("电子邮箱"), blank=True)

    class Meta:
        verbose_name = _("联系方式")
        verbose_name_plural = _("联系方式")

    def __str__(self) -> str:
        return f"#{self.pk}"


class InformationRequest(models.Model):
    """依申请公开: what a request has beside other submissions (政府信息公开条例 art. 29 to 40).

    `left` is how many working days remained when the clock stopped; `waits_until` the last day of whom it waits for.
    """

    submission = QuietOneToOneField(Submission, on_delete=models.CASCADE, related_name="request", verbose_name=_("来件"))
    applicant = models.CharField(_("申请人类别"), max_length=10)
    form_wanted = models.CharField(_("要什么形式"), max_length=10, blank=True)
    delivery_wanted = models.CharField(_("怎么给您"), max_length=10, blank=True)
    first_received_on = models.DateField(_("第一次收到的日子"))
    correction_asked_on = models.DateField(_("哪天要求补正"), null=True)
    left = models.SmallIntegerField(_("还剩几个工作日"), null=True)
    waits_until = models.DateField(_("等到哪天"), null=True)
    extended = models.BooleanField(_("延长过"), default=False)
    result = models.CharField(_("怎么答复"), max_length=16, blank=True)
    delivered_on = models.DateField(_("哪天送达"), null=True)
    delivered_by = models.CharField(_("怎么送达"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("申请")
        verbose_name_plural = _("申请")

    def __str__(self) -> str:
        return str(self.submission)
