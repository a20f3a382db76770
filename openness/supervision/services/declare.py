"""What people say of a cell, each in one transaction with the cell and its sums: nil, undo, waiver, extension, exemption."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.services.receipts import person
from openness.disclosures.shown_at import shown_at
from openness.units.models import Unit
from openness.units.refusal import Refused

from ..models import Duty, Exemption, Extension, NilDeclaration, Obligation, State, UrgeClock, Waiver
from .cells import drop_cells
from .settle import settle
from .tallies import Deltas


class DeclarationRefused(Refused):
    """The declaration cannot be made; nothing was changed."""


def declare_nil(cell: Obligation, user: Any, reason: str) -> NilDeclaration:
    """零报告 for one period, signed by the person.

    Raises:
        DeclarationRefused: no period, no reason, the period has not begun, or something was disclosed.
    """
    with shown_at(cell.unit), transaction.atomic():
        cell = Obligation.objects.select_for_update(of=("self",)).get(pk=cell.pk)
        check_nil(cell, reason)
        made = NilDeclaration.objects.create(
            unit_id=cell.unit_id, duty_id=cell.duty_id, period=cell.period, reason=reason.strip(),
            declared_by=person(user), declared_at=timezone.now(),
        )  # fmt: skip
        settle(Obligation.objects.filter(pk=cell.pk))
    return made


def check_nil(cell: Obligation, reason: str) -> None:
    if not reason.strip():
        raise DeclarationRefused(_("请选一个原因。"))
    if not cell.period:
        raise DeclarationRefused(_("这一项要长期公开，不能报“本期无此事项”。"))
    if cell.opens_on > timezone.localdate():
        raise DeclarationRefused(_("{period}还没有过完，到 {day} 再报。").format(period=cell.period_label, day=cell.opens_on.isoformat()))
    if cell.state in (State.ON_TIME, State.LATE):
        raise DeclarationRefused(_("这一期已经公开过了，不用报“本期无此事项”。"))
    if cell.state == State.NIL:
        raise DeclarationRefused(_("这一期已经报过“本期无此事项”。"))


def undo_nil(declaration: NilDeclaration, user: Any) -> None:
    """Take a declaration back; the row stays with the name of who did it."""
    with shown_at(declaration.unit), transaction.atomic():
        undone = NilDeclaration.objects.filter(pk=declaration.pk, undone_at=None).update(undone_by=person(user), undone_at=timezone.now())
        if not undone:
            raise DeclarationRefused(_("这份零报告已经撤回了。"))
        settle(cells_of(declaration.unit, declaration.duty, declaration.period))


def waive(unit: Unit, duty: Duty, period: str, user: Any, reason: str, expires_on: date) -> Waiver:
    """Not to be disclosed until a day; an empty period is for all periods.

    Raises:
        DeclarationRefused: no reason, or a day that has passed.
    """
    _check(reason, expires_on)
    with transaction.atomic():
        made = Waiver.objects.create(
            unit=unit, duty=duty, period=period, reason=reason.strip(), approved_by=person(user),
            approved_at=timezone.now(), expires_on=expires_on,
        )  # fmt: skip
        settle(cells_of(unit, duty, period))
    return made


def reopen_expired_waivers() -> int:
    """Cells whose waiver has come to its end are blanks again.

    Returns:
        How many.
    """
    ended = Waiver.objects.filter(expires_on__lt=timezone.localdate()).values("unit", "duty")
    cells = Obligation.objects.filter(state=State.WAIVED, unit__in=ended.values("unit"), duty__in=ended.values("duty"))
    return settle(cells)


def extend(cell: Obligation, user: Any, reason: str, due_on: date) -> Extension:
    """A later day for one cell; its sums move to the new day.

    Raises:
        DeclarationRefused: no reason, or a day that is not later.
    """
    _check(reason, due_on)
    with transaction.atomic():
        cell = Obligation.objects.select_related("duty").select_for_update(of=("self",)).get(pk=cell.pk)
        if due_on <= cell.due_on:
            raise DeclarationRefused(_("新的日期要晚于原来的 {day}。").format(day=cell.due_on.isoformat()))
        made = Extension.objects.create(
            unit_id=cell.unit_id, duty_id=cell.duty_id, period=cell.period, reason=reason.strip(), due_on=due_on,
            was_due_on=cell.due_on, approved_by=person(user), approved_at=timezone.now(),
        )  # fmt: skip
        _move(cell, due_on)
        settle(Obligation.objects.filter(pk=cell.pk))
    return made


def _move(cell: Obligation, due_on: date) -> None:
    deltas = Deltas()
    deltas.cell(cell.unit_id, cell.duty.field_id, cell.due_on, cell.state, -1, complete=cell.complete)
    deltas.cell(cell.unit_id, cell.duty.field_id, due_on, cell.state, complete=cell.complete)
    Obligation.objects.filter(pk=cell.pk).update(due_on=due_on)
    UrgeClock.objects.filter(cell=cell).delete()
    deltas.save()


def exempt(unit: Unit, duty: Duty, user: Any, reason: str, since: date, until: date | None = None) -> Exemption:
    """The duty does not bind the unit and those below it: blanks due from then on go, what was done stays.

    Raises:
        DeclarationRefused: no reason.
    """
    if not reason.strip():
        raise DeclarationRefused(_("要写明原因。"))
    with transaction.atomic():
        made = Exemption.objects.create(unit=unit, duty=duty, reason=reason.strip(), decided_by=person(user), since=since, until=until)
        blanks = Obligation.objects.below(unit).filter(duty=duty, state=State.OPEN, due_on__gte=since)
        drop_cells(blanks if until is None else blanks.filter(due_on__lte=until))
    return made


def cells_of(unit: Unit, duty: Duty, period: str) -> Any:
    cells = Obligation.objects.filter(unit=unit, duty=duty)
    return cells.filter(period=period) if period else cells


def _check(reason: str, day: date) -> None:
    if not reason.strip():
        raise DeclarationRefused(_("要写明原因。"))
    if day < timezone.localdate():
        raise DeclarationRefused(_("日期不能早于今天。"))
