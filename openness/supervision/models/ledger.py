"""The obligation ledger: every cell that must be filled, before anything is published.

A cell is one duty of one unit for one period. What is stored is a fact; whether a cell is not due, due soon or overdue is read from
its dates against today, so nothing has to be rewritten at midnight.
"""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _said
from django.utils.translation import gettext_lazy as _

from catalog.models import Item
from catalog.remembering import by_language
from openness.disclosures.fields import QuietForeignKey
from openness.disclosures.models import Disclosure
from openness.disclosures.periods import period_label
from openness.units.models import Unit
from openness.units.names import Level

from .indexes import ListIndex

SOON_DAYS = 7
# A province's cells are made by one statement from the very tables that they point at, and those rows are protected by the ORM: the
# database would look five references up again for each of millions of rows, and take longer for that than for all the rest. Indexes
# are named below, one for each question.
_MADE_BY_STATEMENT: dict[str, Any] = {"on_delete": models.PROTECT, "db_constraint": False, "db_index": False}


class LedgerField(models.Model):
    """A field (领域) by its name: the same for every county and every version, so that a province has one column for it."""

    name = models.CharField(_("领域"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("领域")
        verbose_name_plural = _("领域")

    def __str__(self) -> str:
        return self.name


class Duty(models.Model):
    """An item (公开事项) of a county through all versions of its catalogue; `item` is the version in force, or the last one."""

    area = models.CharField(_("县级区划代码"), max_length=12)
    key = models.CharField(_("事项标识"), max_length=16)
    item = QuietForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("公开事项"))
    field = QuietForeignKey(LedgerField, on_delete=models.PROTECT, related_name="duties", verbose_name=_("领域"))

    class Meta:
        verbose_name = _("应公开事项")
        verbose_name_plural = _("应公开事项")
        constraints: ClassVar = [models.UniqueConstraint(fields=["area", "key"], name="duty_once")]

    def __str__(self) -> str:
        return self.item.name


class State(models.IntegerChoices):
    """What is known of a cell. OPEN is a blank; the dates tell whether that is early or late."""

    OPEN = 0, _("还没有公开")
    ON_TIME = 1, _("按时公开")
    LATE = 2, _("逾期后公开")
    NIL = 3, _("本期无此事项")
    WAIVED = 4, _("经批准不公开")


@by_language
def state_words(state: int, days_left: int, not_open: bool) -> str:
    if state != State.OPEN:
        return str(State(state).label)
    if days_left < 0:
        return _said("逾期 {n} 天").format(n=-days_left)
    return _said("未到时间") if not_open else _said("还剩 {n} 天").format(n=days_left)


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def overdue(self, today: date) -> "ObligationQuerySet":
        return self.filter(state=State.OPEN, due_on__lt=today)

    def due(self, today: date) -> "ObligationQuerySet":
        """Open, and time to do them."""
        return self.filter(state=State.OPEN, opens_on__lte=today)

    def below(self, unit: Unit) -> "ObligationQuerySet":
        """Of a unit and of all units below it. A township's few units are named: so their own index answers (one query more)."""
        if unit.level == Level.COUNTY:
            return self.filter(county=unit.pk)
        if unit.is_leaf_level:
            return self.filter(unit=unit.pk)
        if unit.level == Level.TOWNSHIP:
            return self.filter(unit__in=list(Unit.objects.filter(path__startswith=unit.path).values_list("pk", flat=True)))
        return self.filter(unit__path__startswith=unit.path) if unit.depth > 1 else self


class Obligation(models.Model):
    """One cell. `item` is the version that it is judged by; `period` is empty for what must stand public all the time.

    `complete` is what the machine saw of the answer: every element that the item asks for is in it, or one seems to be missing; empty
    while nobody has looked, where the item names no elements, and where a file cannot be read.
    """

    id: models.BigAutoField[int, int]
    unit = QuietForeignKey(Unit, related_name="obligations", verbose_name=_("单位"), **_MADE_BY_STATEMENT)
    duty = QuietForeignKey(Duty, related_name="obligations", verbose_name=_("应公开事项"), **_MADE_BY_STATEMENT)
    item = QuietForeignKey(Item, related_name="+", verbose_name=_("公开事项"), **_MADE_BY_STATEMENT)
    period = models.CharField(_("期次"), max_length=7, blank=True)
    opens_on = models.DateField(_("什么时候开始公开"))
    due_on = models.DateField(_("最迟哪天公开"))
    state = models.PositiveSmallIntegerField(_("状态"), choices=State.choices, default=State.OPEN)
    done_on = models.DateField(_("哪天公开的"), null=True)
    disclosure = QuietForeignKey(Disclosure, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    complete = models.BooleanField(_("要素齐全"), null=True)
    town = QuietForeignKey(Unit, null=True, related_name="+", **_MADE_BY_STATEMENT)
    county = QuietForeignKey(Unit, related_name="+", **_MADE_BY_STATEMENT)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("应公开的一格")
        verbose_name_plural = _("应公开台账")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "duty", "period"], name="obligation_once"),
            models.CheckConstraint(condition=Q(complete=None) | Q(state__in=(1, 2)), name="obligation_complete_if_done"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "due_on"], name="obligation_of_unit_by_state"),
            ListIndex(fields=["due_on"], name="obligation_by_day"),
            ListIndex(fields=["state", "due_on"], name="obligation_by_state"),
            ListIndex(fields=["county", "due_on"], name="obligation_of_county"),
            ListIndex(fields=["county", "state", "due_on"], name="obligation_of_county_by_state"),
            models.Index(fields=["county", "due_on"], condition=Q(complete=False), name="obligation_lacks_county"),
            models.Index(fields=["due_on"], condition=Q(complete=False), name="obligation_lacks"),
            models.Index(fields=["disclosure"], condition=Q(disclosure__isnull=False), name="obligation_answered_by"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.duty} · {self.period}"

    @property
    def period_label(self) -> str:
        return period_label(self.period)

    def words(self, today: date) -> str:
        """How it stands, in the words of the state tags."""
        return state_words(self.state, (self.due_on - today).days, today < self.opens_on)

    def is_due_soon(self, today: date) -> bool:
        return self.state == State.OPEN and self.opens_on <= today <= self.due_on <= today + timedelta(days=SOON_DAYS)


class Tally(models.Model):
    """Sums of the cells of a unit and of everything below it, by field and due date, kept with each change of a cell.

    Any overview reads tens or hundreds of these rows, never the cells. open = total - on_time - late - nil - waived.
    `checked` counts the cells whose answer the machine has looked at for its elements, `complete` those of them that lack none.
    """

    id: models.BigAutoField[int, int]
    unit = QuietForeignKey(Unit, related_name="+", **{**_MADE_BY_STATEMENT, "on_delete": models.CASCADE})
    field = QuietForeignKey(LedgerField, related_name="+", **_MADE_BY_STATEMENT)
    due_on = models.DateField()
    total = models.IntegerField(default=0)
    on_time = models.IntegerField(default=0)
    late = models.IntegerField(default=0)
    nil = models.IntegerField(default=0)
    waived = models.IntegerField(default=0)
    checked = models.IntegerField(default=0, db_default=0)
    complete = models.IntegerField(default=0, db_default=0)

    class Meta:
        verbose_name = _("台账合计")
        verbose_name_plural = _("台账合计")
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "due_on", "field"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.due_on}: {self.total}"
