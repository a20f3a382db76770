"""Publishing a version: its number, its print, what it changed, and the outbox, in one transaction; frozen from then on."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.shown_at import shown_at
from openness.units.admin.common import may_for
from openness.units.people import person
from openness.units.refusal import Refused

from ..columns import LABELS
from ..models import Adjustment, Change, ListVersion, Matter, PowerList
from ..rules.compare import Adjusted, Comparison, compare
from ..rules.content import Content
from ..search import tell_versions
from .drafts import LABEL, contents_of, newest


def publish(draft: ListVersion, user: Any, now: datetime | None = None) -> ListVersion:
    """Make the draft the newest public version.

    Raises:
        PermissionDenied: not a reviewer of the unit.
        Refused: the own draft, nothing in it, nothing changed, no day, no basis, or a day before that of the version before.
    """
    if not may_for(user, LABEL, "publish", draft.power_list.unit):
        raise PermissionDenied
    with shown_at(draft.power_list.unit), transaction.atomic():
        PowerList.objects.select_for_update().get(pk=draft.power_list_id)
        draft.refresh_from_db()
        before = newest(draft.power_list)
        entries, change = contents_of(draft), compare(contents_of(before), contents_of(draft))
        if faults := list(_faults(draft, before, change, user)):
            raise Refused(*faults)
        _seal(draft, before, entries, user, now or timezone.now())
        if before is not None:
            Adjustment.objects.bulk_create(_adjustments(draft, change), batch_size=500)
        tell_versions([draft.pk, *([before.pk] if before else [])])
    return draft


def _faults(draft: ListVersion, before: ListVersion | None, change: Comparison, user: Any) -> Iterator[str]:
    if not draft.is_draft:
        yield _("这一版已经公布了。")
    if user.pk == draft.author_id and not user.is_superuser:
        yield _("自己做的版本不能自己公布，请别的审核人来看。")
    if not draft.entries.exists():
        yield _("清单里一项都没有。")
    elif before is not None and change.is_empty:
        yield _("和现在的版本一模一样，不用公布。")
    if draft.in_force_from is None:
        yield _("没有写施行日期。")
    elif before is not None and before.in_force_from and draft.in_force_from < before.in_force_from:
        yield _("施行日期不能早于上一版的 {day}。").format(day=before.in_force_from.isoformat())
    if not draft.document_number.strip() and not draft.basis.strip():
        yield _("文号和依据，至少写一个。")


def _seal(draft: ListVersion, before: ListVersion | None, entries: list[Content], user: Any, now: datetime) -> None:
    draft.number = before.number + 1 if before else 1
    draft.published_at, draft.published_by = now, person(user)
    draft.previous_hash = before.hash if before else ""
    draft.hash = print_of(draft, entries)
    draft.save()


def print_of(version: ListVersion, entries: list[Content]) -> str:
    """SHA-256 over the list, the number, days, people, every entry in order, and the print of the version before."""
    said = {
        "list": version.power_list_id, "number": version.number, "from": str(version.in_force_from), "document": version.document_number,
        "basis": version.basis, "written": version.written_by, "published": version.published_by,
        "at": version.published_at.timestamp() if version.published_at else 0, "entries": [entry.as_dict() for entry in entries],
        "previous": version.previous_hash,
    }  # fmt: skip
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _adjustments(version: ListVersion, change: Comparison) -> Iterator[Adjustment]:
    for kind, entries in ((Change.ADDED, change.added), (Change.REMOVED, change.removed)):
        for entry in entries:
            yield _adjustment(version, kind, entry)
    for one in change.adjusted:
        row = _adjustment(version, Change.ADJUSTED, one.after)
        row.old_key, row.fields = one.before.key, fields_in_words(one)
        yield row


def _adjustment(version: Any, kind: Change, entry: Content) -> Adjustment:
    """Of a version that has its day and its moment."""
    return Adjustment(
        version=version, change=kind, key=entry.key, old_key=entry.key, code=entry.code, name=entry.name, matter=entry.matter,
        day=version.in_force_from, at=version.published_at,
    )  # fmt: skip


def fields_in_words(one: Adjusted) -> list[list[str]]:
    """[[heading, before, after], …]"""
    return [[str(LABELS[name]), in_words(name, old), in_words(name, new)] for name, old, new in one.fields]


def in_words(column: str, value: str) -> str:
    return str(Matter(value).label) if column == "matter" and value in Matter else value


def broken_versions() -> Iterator[tuple[ListVersion, str]]:
    """Walk every list and yield the versions that do not fit, with the reason in Chinese. Two queries a version."""
    power_list, number, last = None, 0, ""
    for version in ListVersion.objects.public().select_related("power_list__unit").order_by("power_list", "number").iterator():
        if version.power_list_id != power_list:
            power_list, number, last = version.power_list_id, 0, ""
        if version.number != number + 1:
            yield version, _("少了第 {n} 版").format(n=number + 1)
        elif version.previous_hash != last:
            yield version, _("和上一版接不上")
        if version.hash != print_of(version, contents_of(version)):
            yield version, _("内容和指纹不符")
        number, last = version.number, version.hash
