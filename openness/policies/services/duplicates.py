"""The same document twice: by number, by title, or by nearly the same words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from openness.disclosures.rules.prints import ALIKE, Print, likeness, print_of
from search.analysis import normalise

from ..models import Band, Policy

_SIGNS = re.compile(r"[\W_]+")
_WRAPPING = re.compile(r"^.{0,40}?关于(?:印发|转发|公布|修订|修改)(.+?)的?通知$")
_MOST_CANDIDATES = 50


@dataclass(frozen=True)
class Found:
    policy: Policy
    why: str


def title_key(title: str) -> str:
    """The title as compared: 关于印发《办法》的通知 and 《办法》 are one; signs, width and script make no difference."""
    plain = _SIGNS.sub("", normalise(title))
    found = _WRAPPING.match(plain)
    return (found[1] if found else plain)[:200]


def remember(policy: Policy, draft: Policy) -> None:
    """Keep the prints of the newest draft; four statements."""
    found = print_of(draft.text, (draft.issuer, policy.unit.name))
    policy.title_key, policy.digest, policy.sketch = title_key(draft.title), found.digest, found.sketch
    Policy.objects.filter(pk=policy.pk).update(title_key=policy.title_key, digest=found.digest, sketch=found.sketch)
    Band.objects.filter(policy=policy).delete()
    Band.objects.bulk_create(Band(policy=policy, band=band) for band in set(found.bands()))


def duplicates(policy: Policy, draft: Policy) -> list[Found]:
    """Policies that seem to be this one: public ones, and those of its own unit. What it replaces, and what somebody found different, is left out."""
    own = Print(policy.digest, bytes(policy.sketch))
    alike = Band.objects.filter(band__in=own.bands()).values("policy") if own.digest else []
    same = Q(title_key=policy.title_key) | Q(pk__in=alike)
    same |= Q(number=draft.number) if draft.number else Q()
    known = Policy.objects.filter(Q(live=True) | Q(unit=policy.unit_id)).exclude(pk__in=[policy.pk, *policy.not_same, *draft.replaces])
    rows = known.filter(same).defer("text").order_by("pk")[:_MOST_CANDIDATES]
    return list(_judged(rows, draft, policy.title_key, own))


def _judged(rows: Iterable[Policy], draft: Policy, key: str, own: Print) -> Iterable[Found]:
    for row in rows:
        if draft.number and row.number == draft.number:
            yield Found(row, _("文号一样"))
        elif row.title_key == key:
            yield Found(row, _("标题一样"))
        elif likeness(own, Print(row.digest, bytes(row.sketch))) >= ALIKE:
            yield Found(row, _("正文几乎一样"))
