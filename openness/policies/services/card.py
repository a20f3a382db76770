"""政策要点: written by one, checked by another against the very text that is public."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.pagecache.topics import changing
from openness.units.admin.common import may_for
from openness.units.people import name_of, person
from openness.units.refusal import Refused

from ..models import Card, Policy, Verb
from ..rules.articles import parse
from ..rules.card import PLACES, faults
from ..shown import policies_shown_at
from .records import write_record
from .rights import CARD

Lines = Mapping[str, Mapping[str, str]]


@transaction.atomic
def write_card(policy: Policy, lines: Lines, user: Any) -> Card:
    """Words are kept as they are, whatever is wrong with them; they have to be right when they are checked. Raises: PermissionDenied."""
    _check_may(user, policy, "change")
    plain = {
        place: {"text": text, "anchor": lines[place].get("anchor", "")[:20]} for place, _label in PLACES if (text := _said(lines, place))
    }
    values = {
        "lines": plain,
        "writer": user,
        "written_by": person(user),
        "checker": "",
        "office": "",
        "checked_on": None,
        "checked_text": "",
    }
    with policies_shown_at(policy.unit) if policy.live else changing(()):
        card, _made = Card.objects.update_or_create(policy=policy, defaults=values)
    return card


@transaction.atomic
def check_card(policy: Policy, office: str, user: Any) -> Card:
    """By another person than the writer, who answers with name, office and day.

    Raises:
        PermissionDenied; Refused: nothing written, own words, a line too long or without a clause.
    """
    _check_may(user, policy, "check")
    card = Card.objects.select_for_update().filter(policy=policy).first()
    if card is None or not card.lines:
        raise Refused(_("政策要点还没有写。"))
    if card.writer_id == user.pk:
        raise Refused(_("要点是您写的，请别的人来核对。"))
    if not office.strip():
        raise Refused(_("请写是哪个单位核对的。"))
    if found := faults(card.lines, parse(policy.text)):
        raise Refused(*found)
    card.checker, card.office, card.checked_on, card.checked_text = (
        name_of(user),
        office.strip()[:80],
        timezone.localdate(),
        policy.text_hash,
    )
    with policies_shown_at(policy.unit) if policy.live else changing(()):
        card.save()
        if policy.live:
            record_check(policy, card, person(user))
    return card


def record_check(policy: Policy, card: Card, checker: str) -> None:
    """What residents see is on record: with the check, or with the publication of a policy whose card was checked before."""
    write_record(policy, Verb.CHECK, card.written_by, checker, card.office, shown={"lines": card.lines, "text": card.checked_text})


def is_checked(policy: Policy, card: Card | None) -> bool:
    """Whether residents may see the card: somebody has checked it, against the text as it is."""
    return card is not None and card.checked_on is not None and card.checked_text == policy.text_hash


def _said(lines: Lines, place: str) -> str:
    return " ".join(lines.get(place, {}).get("text", "").split())[:200]


def _check_may(user: Any, policy: Policy, action: str) -> None:
    if not may_for(user, CARD, action, policy.unit):
        raise PermissionDenied
