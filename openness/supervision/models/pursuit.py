"""What is done about cells that are not filled: reminders, urging (催办), telling the level above, and what is still to be sent."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openness.disclosures.fields import QuietForeignKey
from openness.units.models import Unit

from .ledger import Duty, Obligation


class ReminderStep(models.Model):
    """A day, counted from the due date, on which a blank is reminded of: -7 is a week before, 0 the day itself."""

    days = models.SmallIntegerField(_("到期日前后几天"), help_text=_("-7 是到期前 7 天，0 是当天，7 是逾期 7 天"))
    since = models.DateField(_("从哪天起"))
    until = models.DateField(_("到哪天为止"), null=True, blank=True)

    class Meta:
        verbose_name = _("提醒日子")
        verbose_name_plural = _("提醒日子")
        ordering: ClassVar = ["days", "since"]

    def __str__(self) -> str:
        return step_words(self.days)


def step_words(days: int) -> str:
    if days < 0:
        return str(_("到期前 {n} 天")).format(n=-days)
    return str(_("逾期 {n} 天")).format(n=days) if days else str(_("今天到期"))


class TermName(models.TextChoices):
    """Numbers that the acts go by. Days are working days."""

    URGE_REPLY = "urge_reply", _("催办后几个工作日内公开或说明")
    URGES = "urges", _("催办几次没有结果就报上一级")
    ESCALATE = "escalate", _("催办后几个工作日没有结果报上一级")
    ORDER = "order", _("整改几个工作日内办完")
    RECHECK = "recheck", _("整改回复后几个工作日内复核")
    SIGN = "sign", _("等签字几个工作日以后提醒签字人")
    REVIEW = "review", _("等审核几个工作日以后提醒审核人")
    REVIEW_UP = "review_up", _("等签字、等审核几个工作日以后报管理员")


class Term(models.Model):
    """One such number, from a day on; the newest that has begun counts."""

    name = models.CharField(_("规定"), max_length=12, choices=TermName.choices)
    number = models.PositiveSmallIntegerField(_("几"))
    since = models.DateField(_("从哪天起"))

    class Meta:
        verbose_name = _("期限规定")
        verbose_name_plural = _("期限规定")
        ordering: ClassVar = ["name", "-since"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["name", "since"], name="term_once")]

    def __str__(self) -> str:
        return f"{self.get_name_display()}：{self.number}"


class Reminder(models.Model):
    """A blank was reminded of. A cell whose due date was moved is reminded of anew."""

    id: models.BigAutoField[int, int]
    cell = QuietForeignKey(Obligation, on_delete=models.CASCADE, related_name="reminders", db_index=False)
    unit = QuietForeignKey(Unit, on_delete=models.CASCADE, related_name="+", db_index=False)
    due_on = models.DateField(_("最迟哪天公开"))
    days = models.SmallIntegerField(_("到期日前后几天"))
    day = models.DateField(_("哪天提醒的"))

    class Meta:
        verbose_name = _("提醒")
        verbose_name_plural = _("提醒")
        constraints: ClassVar = [models.UniqueConstraint(fields=["cell", "due_on", "days"], name="reminder_once")]
        indexes: ClassVar = [models.Index(fields=["day", "unit"], name="reminder_of_day")]

    def __str__(self) -> str:
        return f"{self.cell_id} {step_words(self.days)}"


class UrgeClock(models.Model):
    """When a blank was urged last, and how often. Its one statement keeps the rule of 24 hours whoever asks at the same moment.

    It goes when the cell is filled or gets a later day: then the urging came to something. So these few rows are all that is urged
    and still blank, and nobody has to look through the cells for them.
    """

    cell = QuietForeignKey(Obligation, on_delete=models.CASCADE, related_name="clocks", db_index=False)
    unit = QuietForeignKey(Unit, on_delete=models.CASCADE, related_name="+", db_index=False)
    last_at = models.DateTimeField()
    times = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("催办计时")
        verbose_name_plural = _("催办计时")
        constraints: ClassVar = [models.UniqueConstraint(fields=["cell"], name="urge_clock_once")]

    def __str__(self) -> str:
        return f"{self.cell_id} × {self.times}"


class _AboutCell(models.Model):
    """Keeps what it was about also when the cell itself has gone."""

    cell = QuietForeignKey(Obligation, on_delete=models.SET_NULL, null=True, related_name="+")
    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    duty = QuietForeignKey(Duty, on_delete=models.PROTECT, related_name="+", verbose_name=_("应公开事项"))
    period = models.CharField(_("期次"), max_length=7, blank=True)
    due_on = models.DateField(_("最迟哪天公开"))
    text = models.CharField(_("内容"), max_length=500)
    digested_on = models.DateField(null=True, editable=False, db_index=True)

    class Meta:
        abstract = True


class Urging(_AboutCell):
    """催办: a supervisor asks for one overdue cell. The words are the system's own."""

    number = models.PositiveSmallIntegerField(_("第几次"))
    reply_by = models.DateField(_("请在哪天前"))
    urged_by = models.CharField(_("催办人"), max_length=170)
    urged_at = models.DateTimeField(_("催办时间"))

    class Meta:
        verbose_name = _("催办")
        verbose_name_plural = _("催办")
        indexes: ClassVar = [models.Index(fields=["unit", "-urged_at"], name="urging_of_unit")]

    def __str__(self) -> str:
        return self.text


class AnswerKind(models.TextChoices):
    DONE = "done", _("已补上")
    LATER = "later", _("要延期")
    NIL = "nil", _("本期无此事项")


class Judgement(models.TextChoices):
    WAITING = "", _("等监督人看")
    PASSED = "passed", _("通过")
    RETURNED = "returned", _("退回")


class UrgingAnswer(models.Model):
    """What the clerk says, and what the supervisor says to that. A new answer is a new row."""

    urging = QuietForeignKey(Urging, on_delete=models.CASCADE, related_name="answers", verbose_name=_("催办"))
    kind = models.CharField(_("答复"), max_length=6, choices=AnswerKind.choices)
    reason = models.CharField(_("原因"), max_length=300, blank=True)
    until = models.DateField(_("延到哪天"), null=True, blank=True)
    author = QuietForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_by = models.CharField(_("答复人"), max_length=170)
    answered_at = models.DateTimeField(_("答复时间"))
    judgement = models.CharField(_("监督人意见"), max_length=8, choices=Judgement.choices, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    judged_by = models.CharField(_("监督人"), max_length=170, blank=True)
    judged_at = models.DateTimeField(_("什么时候看的"), null=True)

    class Meta:
        verbose_name = _("催办答复")
        verbose_name_plural = _("催办答复")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_judgement_display()}"


class Escalation(_AboutCell):
    """The level above was told that urging had no result."""

    told = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("报给"))
    day = models.DateField(_("哪天报的"))

    class Meta:
        verbose_name = _("逐级上报")
        verbose_name_plural = _("逐级上报")
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "duty", "period", "due_on", "told"], name="escalation_once")]

    def __str__(self) -> str:
        return self.text


class ReviewEscalation(models.Model):
    """An administrator was told that a text has waited too long for a signature or a review; once for each time that it waits."""

    state = models.PositiveBigIntegerField(unique=True)  # of the step: Wagtail's TaskState, which may be cleaned away
    disclosure = QuietForeignKey("disclosures.Disclosure", on_delete=models.CASCADE, related_name="+", verbose_name=_("公开内容"))
    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    text = models.CharField(_("内容"), max_length=500)
    day = models.DateField(_("哪天报的"))
    digested_on = models.DateField(null=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("审核超时上报")
        verbose_name_plural = _("审核超时上报")

    def __str__(self) -> str:
        return self.text


class Channel(models.TextChoices):
    MAIL = "mail", _("邮件")
    WEBHOOK = "webhook", _("短信、微信网关")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> "DeliveryQuerySet":
        return self.filter(sent_at=None, given_up=False)


class Delivery(models.Model):
    """Something to be sent, written with the act that caused it, sent later, tried again with growing pauses. `key` is sent once."""

    channel = models.CharField(_("怎么送"), max_length=8, choices=Channel.choices)
    key = models.CharField(_("编号"), max_length=80, unique=True)
    recipient = models.CharField(_("送给"), max_length=254, blank=True)
    payload: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    made_at = models.DateTimeField(_("什么时候要送的"))
    next_try_at = models.DateTimeField(_("下次什么时候送"))
    attempts = models.PositiveSmallIntegerField(_("试过几次"), default=0)
    sent_at = models.DateTimeField(_("送到时间"), null=True)
    given_up = models.BooleanField(_("不再送"), default=False)
    fault = models.CharField(_("为什么没送到"), max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("要送出的消息")
        verbose_name_plural = _("要送出的消息")
        indexes: ClassVar = [
            models.Index(fields=["next_try_at"], condition=models.Q(sent_at=None, given_up=False), name="delivery_waiting"),
        ]

    def __str__(self) -> str:
        return self.key


class DailyRun(models.Model):
    """The daily job of one day: begun, finished, and whether the digests have been written."""

    day = models.DateField(unique=True)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    digested = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("每天的监督工作")
        verbose_name_plural = _("每天的监督工作")

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


def last_digest_before(day: date) -> date | None:
    """The day of the last digests before this one."""
    return DailyRun.objects.filter(day__lt=day, digested=True).order_by("-day").values_list("day", flat=True).first()
