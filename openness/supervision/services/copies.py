"""Who copied from whom. Only texts that are no copies keep bands, so that many copies of one text stay one question each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db.models import Q
from django.utils import timezone

from openness.disclosures.models import Disclosure
from openness.disclosures.periods import period_label
from openness.disclosures.rules.prints import ALIKE, Print, likeness, print_of
from openness.disclosures.rules.text import Source, Text

from ..models import TextBand, TextPrint

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class _Original:
    """A text that others may have copied."""

    key: int
    at: datetime
    cell: tuple[int, int, str]
    title: str
    where: str
    print: Print


def find_copies(rows: Sequence[Disclosure], texts: Sequence[Text]) -> tuple[dict[int, Print], dict[int, Source]]:
    """`rows` in the order of publication. Two queries: bands, and the originals behind them.

    Returns:
        The print of each text, and the source of each that was copied.
    """
    prints = {text.key: print_of(text.body, text.own_names) for text in texts}
    known = _known(prints, {row.pk for row in rows})
    copies: dict[int, Source] = {}
    for row in rows:
        own = _original(row, prints[row.pk])
        source = _source(own, known)
        if source is not None:
            copies[row.pk] = Source(source.key, source.title, source.where)
        elif own.print.digest:
            for band in own.print.bands():
                known[band].append(own)
    return prints, copies


def sources_of(rows: Sequence[Disclosure], texts: Sequence[Text]) -> dict[int, Source]:
    """For texts before they are public: what each repeats, the same item and period included. As known since the last night; two queries."""
    prints = {text.key: print_of(text.body, text.own_names) for text in texts}
    known = _known(prints, [row.pk for row in rows if row.pk])
    now = timezone.now()
    found: dict[int, Source] = {}
    for row, text in zip(rows, texts, strict=True):
        own = _original(row, prints[text.key])
        own = replace(own, key=text.key, at=row.first_published_at or now)
        source = _source(own, known, again=True)
        if source is not None:
            found[text.key] = Source(source.key, source.title, source.where, source.cell == own.cell)
    return found


def _known(prints: Mapping[int, Print], batch: Iterable[int]) -> dict[int, list[_Original]]:
    """Originals stored before, by band, but for those that are read anew now."""
    found: dict[int, list[_Original]] = defaultdict(list)
    bands = {band for one in prints.values() for band in one.bands()}
    pairs = list(TextBand.objects.filter(band__in=bands).exclude(disclosure__in=list(batch)).values_list("disclosure", "band"))
    stored = TextPrint.objects.filter(disclosure__in={key for key, _band in pairs}, disclosure__live=True)
    rows = {row.disclosure_id: row for row in stored.select_related("disclosure__unit").defer("disclosure__body")}
    for key, band in pairs:
        if key in rows:
            found[band].append(_original(rows[key].disclosure, Print(rows[key].digest, bytes(rows[key].sketch))))
    return found


def _original(row: Disclosure, print_: Print) -> _Original:
    where = f"{row.unit.short_name}{period_label(row.period)}"
    at = row.first_published_at or _LONG_AGO
    return _Original(row.pk, at, (row.unit_id, row.item_id, row.period), row.title, where, print_)


def _source(own: _Original, known: Mapping[int, list[_Original]], again: bool = False) -> _Original | None:
    """The earliest text of another unit, item or period that is so much alike; with `again` also one of the same."""
    candidates = {one.key: one for band in own.print.bands() for one in known.get(band, ())}
    alike = [
        one
        for one in candidates.values()
        if (again or one.cell != own.cell) and _is_earlier(one, own) and likeness(one.print, own.print) >= ALIKE
    ]
    return min(alike, key=lambda one: (one.at, one.key)) if alike else None


def _is_earlier(one: _Original, own: _Original) -> bool:
    return (one.at, one.key) < (own.at, own.key)


@dataclass(frozen=True)
class Checking:
    """By which rules texts were read, when, and whether each was complete."""

    rules: str
    at: datetime
    complete: Mapping[int, bool | None]


def keep_prints(
    rows: Sequence[Disclosure], texts: Sequence[Text], prints: Mapping[int, Print], copies: Mapping[int, Source], checking: Checking
) -> None:
    """What was read, so that it is not read again; three statements."""
    links = {text.key: bool(text.links) for text in texts}
    TextPrint.objects.bulk_create(
        (
            TextPrint(
                disclosure=row, published_at=row.last_published_at, rules=checking.rules, checked_at=checking.at,
                has_links=links[row.pk], digest=prints[row.pk].digest, sketch=prints[row.pk].sketch, complete=checking.complete[row.pk],
            )
            for row in rows
        ),
        update_conflicts=True, unique_fields=["disclosure"], batch_size=100,
        update_fields=["published_at", "rules", "checked_at", "has_links", "digest", "sketch", "complete"],
    )  # fmt: skip
    TextBand.objects.filter(Q(disclosure__in=[row.pk for row in rows])).delete()
    originals = ((row.pk, band) for row in rows if row.pk not in copies for band in prints[row.pk].bands())
    TextBand.objects.bulk_create((TextBand(disclosure_id=key, band=band) for key, band in originals), batch_size=200)
