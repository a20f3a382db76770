"""零报告 of many cells at once: a unit's whole list at the end of a quarter, an import, the demo.

The rules, the signature and the settling are those of one declaration; only the statements are fewer.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ..models import NilDeclaration, Obligation
from .declare import check_nil
from .settle import settle

Clock = Callable[[Obligation], datetime]
_BATCH = 400
_READ = ("unit", "duty", "period", "opens_on", "state")


@transaction.atomic
def declare_many(cells: Sequence[int], by: str, reason: str, clock: Clock | None = None) -> int:
    """Declare these cells (primary keys), all or none. `by` is the name as `person` writes it.

    `clock` tells the time of each declaration; it is now, except in the demo, which plays a year.

    Returns:
        How many were declared.

    Raises:
        DeclarationRefused: the first that cannot be declared nil; nothing was changed.
    """
    for start in range(0, len(cells), _BATCH):
        keys = cells[start : start + _BATCH]
        rows = list(Obligation.objects.select_for_update(of=("self",)).filter(pk__in=keys).only(*_READ).order_by("pk"))
        for row in rows:
            check_nil(row, reason)
        NilDeclaration.objects.bulk_create(_declaration(row, by, reason.strip(), clock(row) if clock else timezone.now()) for row in rows)
        settle(Obligation.objects.filter(pk__in=keys))
    return len(cells)


def _declaration(row: Obligation, by: str, reason: str, at: datetime) -> NilDeclaration:
    return NilDeclaration(unit_id=row.unit_id, duty_id=row.duty_id, period=row.period, reason=reason, declared_by=by, declared_at=at)
