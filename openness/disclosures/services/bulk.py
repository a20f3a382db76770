"""Publishing many disclosures at once: for imports of a year's notices, for the demo and for the benchmark.

The rules, the receipts and the outbox are those of a single publication; only the statements are fewer.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.units.models import Unit

from ..models import Disclosure, How, Receipt, Serial, Signature, SigningRule, Verb
from ..rules import Issue, Level
from ..shown_at import shown_at
from ..signals import receipts_written
from .check import check_many
from .places import towns_and_counties
from .publish import use_files
from .receipts import build_receipt, last_receipts
from .signing import Paper, SigningBook

Signer = Callable[[Disclosure, SigningRule, datetime], Paper]
Clock = Callable[[Disclosure], datetime]
_BATCH = 500


class BulkRefused(Exception):
    """Some rows break a rule; nothing was written. `rows` maps the position of a draft to its issues."""

    def __init__(self, rows: dict[int, list[Issue]]) -> None:
        self.rows = rows
        first, issues = next(iter(rows.items()))
        super().__init__(f"第 {first + 1} 条：{' '.join(issue.sentence for issue in issues)}")


def publish_many(
    drafts: Sequence[Disclosure], actor: str, approver: str, clock: Clock | None = None, signer: Signer | None = None
) -> list[Disclosure]:
    """Create and publish these unsaved disclosures, all or none. Their `unit` and `item.field.standard` must be loaded.

    `clock` tells the time of each publication; it is now, except in the demo, which plays a year. `signer` tells for a text that a rule
    wants signed who signed it on paper.

    Raises:
        BulkRefused: with every issue of every row.
    """
    times = [clock(draft) for draft in drafts] if clock else [timezone.now()] * len(drafts)
    rules = _rules(drafts, times)
    if refused := _refused(drafts, rules if signer is None else {}):
        raise BulkRefused(refused)
    with shown_at(*{draft.unit for draft in drafts}), transaction.atomic():
        _prepare(drafts, times)
        made = Disclosure.objects.bulk_create(drafts, batch_size=_BATCH)
        use_files(made)
        receipts = Receipt.objects.bulk_create(_receipts(made, times, actor, approver), batch_size=_BATCH)
        if signer is not None:
            signatures = [_signature(receipts[n], rule, signer(made[n], rule, times[n]), actor) for n, rule in rules.items()]
            Signature.objects.bulk_create(signatures, batch_size=_BATCH)
        receipts_written.send(sender=Disclosure, disclosures=made)
    return made


def _refused(drafts: Sequence[Disclosure], unsigned: Mapping[int, SigningRule]) -> dict[int, list[Issue]]:
    pages = range(0, len(drafts), _BATCH)
    said = [issues for start in pages for issues in check_many(drafts[start : start + _BATCH], softest=Level.BLOCK)]
    for number in unsigned:
        said[number] = [*said[number], Issue("", _("还没有监督委员会签字。"))]
    return {number: issues for number, issues in enumerate(said) if issues}


def _rules(drafts: Sequence[Disclosure], times: Sequence[datetime]) -> Mapping[int, SigningRule]:
    """Position of a draft -> the rule by which it had to be signed on the day it went out."""
    places = towns_and_counties(draft.unit_id for draft in drafts)
    for draft in drafts:
        draft.town_id, draft.county_id = places[draft.unit_id]
    book = SigningBook(draft.county_id for draft in drafts)
    found = ((n, book.rule(draft, timezone.localdate(at))) for n, (draft, at) in enumerate(zip(drafts, times, strict=True)))
    return {n: rule for n, rule in found if rule is not None}


def _signature(receipt: Receipt, rule: SigningRule, paper: Paper, actor: str) -> Signature:
    return Signature(
        disclosure_id=receipt.disclosure_id, unit_id=receipt.unit_id, revision=receipt.revision, content_hash=receipt.content_hash,
        body=paper.body or rule.body, names=paper.names, names_public=rule.names_public, signed_on=paper.signed_on, how=How.PAPER,
        recorded_by=actor, at=receipt.at,
    )  # fmt: skip


def _prepare(drafts: Sequence[Disclosure], times: Sequence[datetime]) -> None:
    list(Unit.objects.select_for_update().filter(pk__in={draft.unit_id for draft in drafts}).order_by("pk").values_list("pk"))
    numbers = _Serials(drafts, times)
    for draft, at in zip(drafts, times, strict=True):
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
