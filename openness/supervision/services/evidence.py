"""Gathering what speaks of cells, for one as for many: a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from catalog.limits import Limit
from catalog.services.calendar import working_calendar
from catalog.workdays import WorkingCalendar
from openness.disclosures.models import Receipt

from ..models import NilDeclaration, Obligation, Waiver
from ..rules.judge import Done, Evidence, public_since
from ..rules.plan import has_own_clock, own_due_date, period_answered

Cell = tuple[int, int, str]  # unit, duty, period


def evidence_for(cells: Sequence[Obligation], today: date) -> dict[Cell, Evidence]:
    """The cells must have `duty` and `item` loaded. Four queries; one or two where a disclosure answers every cell: it outweighs the rest."""
    done = _done(cells)
    unanswered = [cell for cell in cells if key_of(cell) not in done]
    nil, waived = (_nil(unanswered), _waived(unanswered, today)) if unanswered else ({}, set())
    keys = [key_of(cell) for cell in cells]
    return {key: Evidence(tuple(done.get(key, ())), nil.get(key), _is_waived(key, waived)) for key in keys}


def key_of(cell: Obligation) -> Cell:
    return cell.unit_id, cell.duty_id, cell.period


def _done(cells: Sequence[Obligation]) -> dict[Cell, list[Done]]:
    """The disclosures of these units under these items, in whichever version, put into their cells."""
    duties = {(cell.duty.area, cell.duty.key): cell.duty_id for cell in cells}
    limits = {(cell.duty_id, cell.period): cell.item.limit for cell in cells}
    calendar = _Calendar()
    found: dict[Cell, list[Done]] = defaultdict(list)
    for (disclosure, unit, area, key, period, formed_on), receipts in _receipts(cells).items():
        duty, since = duties.get((area, key)), public_since(receipts)
        if duty is None or since is None:
            continue
        for period_of_cell in {code for of, code in limits if of == duty}:
            limit = limits[duty, period_of_cell]
            if limit and period_answered(limit, period, formed_on) == period_of_cell:
                found[unit, duty, period_of_cell].append(_one(disclosure, since, limit, formed_on, calendar))
    return found


class _Calendar:
    """The working calendar, read if somebody needs it."""

    @cached_property
    def days(self) -> WorkingCalendar:
        return working_calendar()


def _one(disclosure: int, since: date, limit: Limit, formed_on: date, calendar: _Calendar) -> Done:
    own = own_due_date(limit, formed_on, calendar.days) if has_own_clock(limit) else None
    return Done(disclosure, since, own)


def _receipts(cells: Sequence[Obligation]) -> dict[tuple[int, int, str, str, str, date], list[tuple[str, date]]]:
    rows = (
        Receipt.objects.filter(
            unit__in={cell.unit_id for cell in cells},
            disclosure__item__key__in={cell.duty.key for cell in cells},
            disclosure__item__field__standard__area__in={cell.duty.area for cell in cells},
        )
        .order_by("unit_id", "seq")
        .values_list(
            "disclosure_id", "unit_id", "disclosure__item__field__standard__area", "disclosure__item__key",
            "disclosure__period", "disclosure__formed_on", "verb", "at",
        )
    )  # fmt: skip
    found: dict[tuple[int, int, str, str, str, date], list[tuple[str, date]]] = defaultdict(list)
    for disclosure, unit, area, key, period, formed_on, verb, at in rows.iterator():
        found[disclosure, unit, area, key, period, formed_on].append((verb, timezone.localdate(at)))
    return found


def _nil(cells: Sequence[Obligation]) -> dict[Cell, date]:
    rows = NilDeclaration.objects.filter(
        undone_at=None, unit__in={cell.unit_id for cell in cells}, duty__in={cell.duty_id for cell in cells}
    ).values_list("unit_id", "duty_id", "period", "declared_at")
    return {(unit, duty, period): timezone.localdate(at) for unit, duty, period, at in rows}


def _waived(cells: Sequence[Obligation], today: date) -> set[Cell]:
    rows = Waiver.objects.filter(
        Q(expires_on__gte=today), unit__in={cell.unit_id for cell in cells}, duty__in={cell.duty_id for cell in cells}
    )
    return set(rows.values_list("unit_id", "duty_id", "period"))


def _is_waived(key: Cell, waived: set[Cell]) -> bool:
    """A waiver without a period is for all of them."""
    return key in waived or (key[0], key[1], "") in waived
