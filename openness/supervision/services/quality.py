"""Checking public texts by machine, a hundred at a time, and only those that changed since: texts, words of the list, checkers, files."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.models import Disclosure
from openness.disclosures.models.queryset import DisclosureQuerySet
from openness.disclosures.rules.all import OF_PUBLIC_TEXTS, VERSION
from openness.disclosures.rules.elements import tells_elements
from openness.disclosures.rules.personal import mask
from openness.disclosures.rules.text import Batch, Found
from openness.disclosures.services.own_links import broken_own_links
from openness.disclosures.services.receipts import person
from openness.disclosures.services.texts import read_files, read_texts
from openness.units.models import Unit
from openness.units.refusal import Refused

from ..models import CheckName, Finding, FindingState, TextPrint
from .completeness import completeness, judged, mark_cells, mark_left_out
from .copies import Checking, find_copies, keep_prints
from .known import error_words
from .links import broken_links

_PAGE = 100
_LINKS_AGAIN = timedelta(days=30)
_BROKEN_AGAIN = timedelta(hours=20)
_SHOWN = (FindingState.OPEN, FindingState.CONFIRMED)
Key = tuple[int, str, str, str]


@dataclass
class Checked:
    """How many texts were read, how many findings are new, how many are gone."""

    texts: int = 0
    found: int = 0
    gone: int = 0


def check_quality(*, everything: bool = False, place: Unit | None = None, now: datetime | None = None) -> Checked:
    """Check what changed since the last time, in the order of publication, so that a copy is found after its source.

    `place` leaves out what is not of this unit or of those below it.
    """
    moment, result = now or timezone.now(), Checked()
    words = error_words()
    rules = rules_mark(words)
    rows = stale(rules, moment, everything)
    for keys in _pages(rows.below(place) if place else rows):
        _check(keys, words, rules, moment, result)
    result.gone += _close_hidden(moment)
    mark_left_out()
    return result


def rules_mark(words: Mapping[str, str]) -> str:
    """Changes with the checkers and with the list of words: every text is then read again."""
    return hashlib.sha256(repr((VERSION, sorted(words.items()))).encode()).hexdigest()[:16]


def stale(rules: str, now: datetime, everything: bool = False) -> DisclosureQuerySet:
    """Public texts to be read: changed, never read, read by other rules; with files read since; with links that may have changed."""
    public = Disclosure.objects.public().order_by("first_published_at", "pk")
    if everything:
        return public
    same = TextPrint.objects.filter(disclosure=OuterRef("pk"), rules=rules).filter(
        Q(published_at=OuterRef("last_published_at")) | Q(published_at=None, disclosure__last_published_at=None)
    )
    return public.filter(~Exists(same) | Q(pk__in=_again(now).values("pk")))


def _again(now: datetime) -> QuerySet[Disclosure]:
    broken = Finding.objects.filter(check_name=CheckName.LINK, state__in=_SHOWN).values("disclosure")
    wanted = _read_since() | Q(prints__checked_at__lt=now - _BROKEN_AGAIN, pk__in=broken)
    if settings.SUPERVISION_CHECK_LINKS:
        wanted |= Q(prints__has_links=True, prints__checked_at__lt=now - _LINKS_AGAIN)
    return Disclosure.objects.public().filter(wanted).order_by()


def _read_since() -> Q:
    """Disclosures with a file that was read after their check."""
    read_at: Any = F("file_uses__attachment__text__extracted_at")
    return Q(prints__checked_at__lt=read_at)


def _pages(rows: QuerySet[Disclosure]) -> Iterator[list[int]]:
    """The keys first: the checks themselves change what is stale."""
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), _PAGE):
        yield keys[start : start + _PAGE]


def _check(keys: Sequence[int], words: Mapping[str, str], rules: str, now: datetime, result: Checked) -> None:
    """Foreign hosts are asked before the transaction begins: none is held open for them."""
    rows = list(Disclosure.objects.public().filter(pk__in=keys).select_related("unit", "item").order_by("first_published_at", "pk"))
    texts = read_texts(rows)
    addresses = [address for text in texts for _label, address in text.links]
    broken = broken_own_links(addresses) | broken_links(addresses, now)
    with transaction.atomic():
        prints, copies = find_copies(rows, texts)
        batch = Batch(words, read_files(texts), broken=broken, copies=copies)
        found = {
            text.key: [(CheckName(rule.check), one) for rule in OF_PUBLIC_TEXTS for one in rule.findings(text, batch)] for text in texts
        }
        _sync(rows, found, now, result)
        complete = completeness({text.key: tells_elements(text, batch) for text in texts})
        keep_prints(rows, texts, prints, copies, Checking(rules, now, complete))
        mark_cells(complete, (row.unit_id for row in rows))
    result.texts += len(rows)


def _sync(rows: Sequence[Disclosure], found: Mapping[int, list[tuple[CheckName, Found]]], now: datetime, result: Checked) -> None:
    units = {row.pk: row.unit_id for row in rows}
    wanted: dict[Key, Finding] = {}
    for key, ones in found.items():
        for row in (_finding(key, units[key], name, one, now) for name, one in ones):
            wanted.setdefault(_key(row), row)
    stored = {_key(row): row for row in Finding.objects.select_for_update().filter(disclosure__in=units).order_by("pk")}
    fresh = [row for key, row in wanted.items() if key not in stored]
    Finding.objects.bulk_create(fresh, batch_size=200)
    changed = [row for key, row in stored.items() if _renew(row, wanted.get(key), now)]
    Finding.objects.bulk_update(changed, ["state", "gone_at", "sentence", "quote", "source"], batch_size=100)
    result.found += len(fresh)
    result.gone += sum(row.state == FindingState.GONE for row in changed)


def _key(row: Finding) -> Key:
    return row.disclosure_id, row.check_name, row.place, row.mark


def _finding(key: int, unit: int, name: CheckName, one: Found, now: datetime) -> Finding:
    return Finding(
        disclosure_id=key, unit_id=unit, check_name=name, place=one.place[:40], mark=one.mark[:16], quote=mask(one.quote)[:200],
        sentence=mask(one.sentence)[:400], source_id=one.source, found_at=now,
    )  # fmt: skip


def _renew(row: Finding, now_found: Finding | None, now: datetime) -> bool:
    """Bring a stored finding up to date; what a person ignored stays ignored. Whether anything changed."""
    before = (row.state, row.sentence, row.quote, row.source_id)
    if now_found is None:
        if row.state in _SHOWN:
            row.state, row.gone_at = FindingState.GONE, now
    else:
        if row.state == FindingState.GONE:
            row.state, row.gone_at = FindingState.OPEN, None
        row.sentence, row.quote, row.source_id = now_found.sentence, now_found.quote, now_found.source_id
    return before != (row.state, row.sentence, row.quote, row.source_id)


def _close_hidden(now: datetime) -> int:
    """What is not public any more shows nothing."""
    hidden = Finding.objects.filter(state__in=_SHOWN, disclosure__live=False)
    return hidden.update(state=FindingState.GONE, gone_at=now)


class FindingRefused(Refused):
    """The judgement cannot be; nothing was changed."""


def judge_finding(finding: Finding, user: Any, state: str, reason: str = "") -> Finding:
    """属实 or 不是问题 (with a reason).

    Raises:
        FindingRefused: another state, no reason, or the finding has gone meanwhile.
    """
    if state not in (FindingState.CONFIRMED, FindingState.IGNORED):
        raise FindingRefused(_("只能选“属实”或“不是问题”。"))
    if state == FindingState.IGNORED and not reason.strip():
        raise FindingRefused(_("请写明为什么不是问题。"))
    with transaction.atomic():
        locked = Finding.objects.select_for_update().get(pk=finding.pk)
        if locked.state == FindingState.GONE:
            raise FindingRefused(_("这一处已经改好了。"))
        locked.state, locked.reason = state, reason.strip()
        locked.judged_by, locked.judged_at = person(user), timezone.now()
        locked.save(update_fields=["state", "reason", "judged_by", "judged_at"])
        judged(locked)
    return locked
