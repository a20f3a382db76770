"""Making the cells: what the catalogues in force ask of every unit in use, for the periods up to the next one.

Idempotent: a cell that exists stays as it is. The dates are reckoned once an item and period, the cells are made by one statement in
the database, so that a province's period takes seconds. Cells of closed periods are never touched by a new version: a period is judged
by the version in force on its last day.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from catalog.limits import Limit
from catalog.models import Item, Standard
from catalog.services.calendar import working_calendar
from catalog.workdays import WorkingCalendar
from openness.disclosures.models import Disclosure
from openness.disclosures.periods import parse_period
from openness.units.models import Unit
from search.sending import pages

from ..models import Duty, LedgerField, Obligation, State
from ..rules.plan import Planned, planned
from .cells import Fresh, drop_cells, make_cells
from .settle import settle_for

_PAGE = 1000


@dataclass(frozen=True)
class Generated:
    """How many cells were made and how many of a version that no longer applies were taken away."""

    made: int
    dropped: int = 0


@transaction.atomic
def generate(areas: Iterable[str] | None = None, *, since: date | None = None, today: date | None = None) -> Generated:
    """Make what is missing, in these counties or in all.

    `since` is the first day that the ledger covers; by default the first of January, or the day a version came into force.
    """
    today = today or timezone.localdate()
    since = since or date(today.year, 1, 1)
    calendar = working_calendar()
    standards = Standard.objects.order_by("area", "series", "version")
    if areas is not None:
        standards = standards.filter(area__in=list(areas))
    dropped = drop_superseded(standards) + drop_retired(today)
    fresh = [row for standard in standards for row in _of_standard(standard, since, today, calendar)]
    if made := make_cells(fresh):
        _settle_published(fresh)
    return Generated(made, dropped)


def _of_standard(standard: Standard, since: date, today: date, calendar: WorkingCalendar) -> Iterator[Fresh]:
    """What one version asks for: its items' periods that end while it is in force."""
    begin = max(since, standard.effective_from)
    items = list(Item.objects.filter(field__standard=standard, limit_data__isnull=False).select_related("field"))
    duties, plans = _duties(standard, items), _Plans(begin, today, calendar)
    for item in items:
        for cell in plans.of(item.limit) if item.limit else ():
            if _in_force_at_end(standard, cell.period):
                yield Fresh(standard.area, duties[item.key], item, cell)


class _Plans:
    """Items that share their words share their dates: each limit is reckoned once."""

    def __init__(self, begin: date, today: date, calendar: WorkingCalendar) -> None:
        self.begin, self.today, self.calendar = begin, today, calendar
        self.known: dict[Limit, tuple[Planned, ...]] = {}

    def of(self, limit: Limit) -> tuple[Planned, ...]:
        if limit not in self.known:
            self.known[limit] = tuple(planned(limit, self.begin, self.today, self.calendar))
        return self.known[limit]


def drop_superseded(standards: QuerySet[Standard]) -> int:
    """Cells of a version that was no longer in force at the end of their period: the new version makes its own. Closed ones stay."""
    dropped = 0
    for standard in standards.filter(effective_to__isnull=False):
        cells = Obligation.objects.filter(item__field__standard=standard)
        codes = set(cells.order_by().values_list("period", flat=True).distinct())
        gone = [code for code in codes if not _in_force_at_end(standard, code)]
        dropped += drop_cells(cells.filter(period__in=gone)) if gone else 0
    return dropped


def drop_retired(today: date) -> int:
    """Blanks of units that are no longer in use and were not yet due; what was due before stays as it was."""
    return drop_cells(
        Obligation.objects.filter(unit__in=Unit.objects.filter(active=False).values("pk"), state=State.OPEN, due_on__gte=today)
    )


def _in_force_at_end(standard: Standard, code: str) -> bool:
    period = parse_period(code)
    if period is None:
        return standard.effective_to is None
    return standard.effective_from <= period.last and (standard.effective_to is None or period.last < standard.effective_to)


def _duties(standard: Standard, items: Sequence[Item]) -> dict[str, Duty]:
    """The duties of these items, made where they are new, and pointing at the newest version."""
    fields = _fields({item.field.name for item in items})
    wanted = [Duty(area=standard.area, key=item.key, item=item, field=fields[item.field.name]) for item in items]
    Duty.objects.bulk_create(wanted, update_conflicts=True, unique_fields=["area", "key"], update_fields=["item", "field"], batch_size=500)
    return {duty.key: duty for duty in Duty.objects.filter(area=standard.area, key__in=[item.key for item in items])}


def _fields(names: Iterable[str]) -> dict[str, LedgerField]:
    names = set(names)
    LedgerField.objects.bulk_create([LedgerField(name=name) for name in sorted(names)], ignore_conflicts=True)
    return {field.name: field for field in LedgerField.objects.filter(name__in=names)}


def _settle_published(fresh: Sequence[Fresh]) -> None:
    """What was published before its cells existed: nothing older than the earliest period made, but for what stands all the time."""
    firsts = [period.first for row in fresh if (period := parse_period(row.cell.period))]
    standing = {row.duty.key for row in fresh if not row.cell.period}
    wanted = Q(item__key__in=standing)
    if firsts:
        wanted |= Q(first_published_at__date__gte=min(firsts))
    rows = Disclosure.objects.filter(wanted, first_published_at__isnull=False, item__field__standard__area__in={row.area for row in fresh})
    narrow = rows.select_related("item__field__standard").defer("body", "item__raw", "item__elements", "item__basis")
    for page in pages(narrow.order_by("unit_id").iterator(chunk_size=_PAGE), _PAGE):
        settle_for(page)
