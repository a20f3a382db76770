"""帮我遮住: numbers of persons are hidden in the draft and in every version of it; the words as they were stay with those who may see them.

Why earlier versions are masked too, instead of being locked: docs/adr/0008-masking-rewrites-every-version.md.
"""

import json
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.models import FormState
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Revision

from openness.units.grants import roles_for
from openness.units.models import Unit
from openness.units.refusal import Refused
from openness.units.roles import roles_of

from ..models.masked import MaskedOriginal, OriginalLook
from ..rules.personal import Severity, mask
from ..rules.personal_data import private
from ..spots import Content, spots
from .receipts import person
from .texts import content_of, own_phones

if TYPE_CHECKING:
    from ..models import Disclosure

MASKED, RESTORED = "disclosures.mask", "disclosures.restore"
_HEAD = ("title", "summary", "change_note")
_MOST_PASSES = 8


class MaskingRefused(Refused):
    """Nothing was changed."""


@dataclass(frozen=True)
class Masked:
    """`number` of places hidden in the text itself; `revision` is the new one, None where nothing was hidden."""

    number: int
    revision: Any = None


def hide(content: Content, phones: frozenset[str]) -> int:
    """Put asterisks over what `rules.personal` blocks, in place. Other words, and the unit's own telephones, stay as they are.

    Hiding one cell may make another of its row read differently, so it is done until nothing is left.

    Returns:
        How many were hidden.
    """
    number = 0
    for _pass in range(_MOST_PASSES):
        hidden = sum(_hide_spot(spot, phones) for spot in list(spots(content)))
        if not hidden:
            break
        number += hidden
    return number


def _hide_spot(spot: Any, phones: frozenset[str]) -> int:
    found = [one for one in private(spot, phones) if one.severity is Severity.BLOCK and one.hidden]
    if found:
        spot.hide({place for one in found for place in one.hidden})
    return len(found)


@transaction.atomic
def mask_draft(disclosure: "Disclosure", user: Any) -> Masked:
    """Mask the latest version, save it as a new one, and take the numbers out of everything older.

    Public words stay until the new version is published: only that writes a receipt.
    """
    row = type(disclosure).objects.select_for_update(of=("self",)).select_related("latest_revision").get(pk=disclosure.pk)
    latest = row.get_latest_revision_as_object()
    phones = own_phones(latest)
    original = deepcopy(content_of(latest))
    content = deepcopy(original)
    number = hide(content, phones)
    if not number:
        return Masked(0)
    written = row.latest_revision_id
    revision = _save(latest, content, user, MASKED)
    act = _Act(row, revision.pk, written, phones, user)
    act.mask_versions(original, number)
    _mask_row(row, phones)
    _mask_traces(row)
    return Masked(number, revision)


def _save(version: "Disclosure", content: Content, user: Any, action: str) -> Any:
    """A new revision with these words, and its line in the history."""
    _put(version, content)
    revision = version.save_revision(user=user, clean=False)
    log(instance=version, action=action, user=user, revision=revision, content_changed=True)
    return revision


def _put(row: "Disclosure", content: Content) -> None:
    for name in _HEAD:
        setattr(row, name, content[name])
    stream: Any = type(row)._meta.get_field("body")
    row.body = stream.to_python(content["body"])


@dataclass(frozen=True)
class _Act:
    """One tap: all originals that it leaves share `into`."""

    row: "Disclosure"
    into: int
    written: int | None
    phones: frozenset[str]
    user: Any

    def mask_versions(self, original: Content, number: int) -> None:
        """Every revision that held a number is rewritten; what it was is kept beside."""
        self._keep(self.written, original, number, is_main=True)
        keys = list(self.row.revisions.exclude(pk=self.into).order_by("pk").values_list("pk", flat=True))
        for key in keys:  # one at a time: a long table has many versions
            revision = Revision.objects.get(pk=key)
            before = _content_in(revision)
            content = deepcopy(before)
            if hidden := hide(content, self.phones):
                _rewrite(revision, content)
                if revision.pk != self.written:
                    self._keep(revision.pk, before, hidden)

    def _keep(self, revision: int | None, content: Content, number: int, *, is_main: bool = False) -> None:
        MaskedOriginal.objects.create(
            disclosure=self.row, unit_id=self.row.unit_id, revision=revision, into=self.into, is_main=is_main, number=min(number, 30_000),
            content=content, masked_by=person(self.user), masked_at=timezone.now(),
        )  # fmt: skip


def _content_in(revision: Revision) -> Content:
    content: dict[str, Any] = revision.content
    return {**{name: content.get(name) or "" for name in _HEAD}, "body": json.loads(content.get("body") or "[]")}


def _rewrite(revision: Revision, content: Content) -> None:
    stored = {**revision.content, **{name: content[name] for name in _HEAD}, "body": json.dumps(content["body"], ensure_ascii=False)}
    Revision.objects.filter(pk=revision.pk).update(content=stored, object_str=mask(revision.object_str))


def _mask_row(row: "Disclosure", phones: frozenset[str]) -> None:
    """The row of a text that is not public holds the words of its last save."""
    if row.live:
        return
    content = deepcopy(content_of(row))
    if hide(content, phones):
        _put(row, content)
        type(row).objects.filter(pk=row.pk).update(**{name: getattr(row, name) for name in (*_HEAD, "body")})


def _mask_traces(row: "Disclosure") -> None:
    """Where Wagtail keeps words of a form beside its revisions: previews, and titles in the history."""
    FormState.objects.for_instance(row).delete()
    for entry in ModelLogEntry.objects.for_instance(row):
        if (label := mask(entry.label)) != entry.label:
            ModelLogEntry.objects.filter(pk=entry.pk).update(label=label)


def originals_of(disclosure: "Disclosure") -> Any:
    """What taps left, the latest first; the words themselves stay in the database."""
    rows = MaskedOriginal.objects.filter(disclosure=disclosure.pk, is_main=True)
    return rows.defer("content").order_by("-masked_at", "-pk")


def look_at(original: MaskedOriginal, user: Any) -> Content:
    """The words as they were. Who looks is written down first."""
    OriginalLook.objects.create(original=original, user=user, by=person(user), at=timezone.now())
    content: Content = original.content
    return content


def can_restore(original: MaskedOriginal) -> bool:
    """Until a version since then was published, and only what was masked last."""
    row = original.disclosure
    if original.restored_at is not None or not original.is_main:
        return False
    published_since = row.live_revision_id is not None and row.live_revision_id >= original.into
    later = MaskedOriginal.objects.filter(disclosure=row, is_main=True, into__gt=original.into).exists()
    return not published_since and not later


@transaction.atomic
def restore(original: MaskedOriginal, user: Any) -> Any:
    """还原: a new version with the words as they were. What was written since then in other fields stays.

    Raises:
        MaskingRefused: published since, restored already, or masked again.
    """
    locked = MaskedOriginal.objects.select_for_update(of=("self",)).select_related("disclosure__latest_revision").get(pk=original.pk)
    if not can_restore(locked):
        raise MaskingRefused(_("还原不了：遮住以后已经公开过，或者已经还原过。"))
    latest = locked.disclosure.get_latest_revision_as_object()
    revision = _save(latest, locked.content, user, RESTORED)
    locked.restored_by, locked.restored_at = person(user), timezone.now()
    locked.save(update_fields=["restored_by", "restored_at"])
    return revision


def may_see(user: Any, unit: Unit) -> bool:
    """Reviewers and administrators of the unit or of one above it."""
    return bool(user.is_superuser or roles_of(user).cover(unit, roles_for("disclosures.maskedoriginal", "view")))
