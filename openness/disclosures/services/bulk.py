"""Publishing many disclosures at once: for imports of a year's notices, for the demo and for the benchmark.

The rules, the receipts and the outbox are those of a single publication; only the statements are fewer.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from openness.units.models import Unit

from ..models import Disclosure, Receipt, Serial, Verb
from ..rules import Issue, Level
from ..signals import receipts_written
from .check import check_many
from .places import towns_and_counties
from .publish import use_files
from .receipts import build_receipt, last_receipts

Clock = Callable[[Disclosure], datetime]
_BATCH = 500


class BulkRefused(Exception):
    """Some rows break a rule; nothing was written. `rows` maps the position of a draft to its issues."""

    def __init__(self, rows: dict[int, list[Issue]]) -> None:
        self.rows = rows
        first, issues = next(iter(rows.items()))
        super().__init__(f"第 {first + 1} 条：{' '.join(issue.sentence for issue in issues)}")


def publish_many(drafts: Sequence[Disclosure], actor: str, approver: str, clock: Clock | None = None) -> list[Disclosure]:
    """Create and publish these unsaved disclosures, all or none. Their `unit` and `item.field.standard` must be loaded.

    `clock` tells the time of each publication; it is now, except in the demo, which plays a year.

    Raises:
        BulkRefused: with every issue of every row.
    """
    if refused := _refused(drafts):
        raise BulkRefused(refused)
    times = [clock(draft) for draft in drafts] if clock else [timezone.now()] * len(drafts)
    with transaction.atomic():
        _prepare(drafts, times)
        made = Disclosure.objects.bulk_create(drafts, batch_size=_BATCH)
        use_files(made)
        Receipt.objects.bulk_create(_receipts(made, times, actor, approver), batch_size=_BATCH)
        receipts_written.send(sender=Disclosure, disclosures=made)
    return made


def _refused(drafts: Sequence[Disclosure]) -> dict[int, list[Issue]]:
    pages = range(0, len(drafts), _BATCH)
    said = [issues for start in pages for issues in check_many(drafts[start : start + _BATCH], softest=Level.BLOCK)]
    return {number: issues for number, issues in enumerate(said) if issues}


def _prepare(drafts: Sequence[Disclosure], times: Sequence[datetime]) -> None:
    list(Unit.objects.select_for_update().filter(pk__in={draft.unit_id for draft in drafts}).order_by("pk").values_list("pk"))
    places = towns_and_counties(draft.unit_id for draft in drafts)
    numbers = _Serials(drafts, times)
    for draft, at in zip(drafts, times, strict=True):
        draft.town_id, draft.county_id = places[draft.unit_id]
        draft.live, draft.has_unpublished_changes = True, False
        draft.first_published_at = draft.last_published_at = at
        draft.index_number = numbers.next(draft, at.year)
    numbers.save()


class _Serials:
    """Index numbers for a batch: the last numbers are read once and written once."""

    def __init__(self, drafts: Iterable[Disclosure], times: Sequence[datetime]) -> None:
        units, years = {draft.unit_id for draft in drafts}, {at.year for at in times}
        rows = Serial.objects.filter(unit__in=units, year__in=years).values_list("unit_id", "year", "last")
        self.last: dict[tuple[int, int], int] = defaultdict(int, {(unit, year): last for unit, year, last in rows})

    def next(self, draft: Disclosure, year: int) -> str:
        self.last[draft.unit_id, year] += 1
        return f"{draft.unit.credit_code or draft.unit.code.ljust(12, '0')}/{year}-{self.last[draft.unit_id, year]:05d}"

    def save(self) -> None:
        Serial.objects.bulk_create(
            [Serial(unit_id=unit, year=year, last=last) for (unit, year), last in self.last.items()],
            update_conflicts=True, unique_fields=["unit", "year"], update_fields=["last"], batch_size=_BATCH,
        )  # fmt: skip


def _receipts(made: Sequence[Disclosure], times: Sequence[datetime], actor: str, approver: str) -> list[Receipt]:
    last = last_receipts({disclosure.unit_id for disclosure in made})
    receipts = []
    for disclosure, at in zip(made, times, strict=True):
        receipt = build_receipt(disclosure, Verb.PUBLISH, actor, approver, at=at, previous=last.get(disclosure.unit_id))
        last[disclosure.unit_id] = receipt
        receipts.append(receipt)
    return receipts
