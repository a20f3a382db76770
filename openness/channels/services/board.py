"""The sheet for the notice board: the text in large type with all that the wall needs to prove it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.models import Disclosure, UnitKind, unit_kind
from openness.disclosures.previews import Preview
from openness.disclosures.services.showing import address_of, downloads, proof, qr

from ..papers import PAPERS, SMALLEST, Paper, type_of

TEMPLATE = "channels/board.html"
TIGHT = f"type-{SMALLEST} tight"


def board_of(text: Disclosure, paper: Paper = PAPERS[0], *, draft: bool = False) -> dict[str, Any]:
    """What the template shows. Four queries at most, none for each row of a table.

    `draft` marks a sheet that must not hang anywhere: a preview of what is not public.
    """
    told = proof(text)
    words = [line for passage in text.passages() for line in passage.words.split("\n")]
    points = type_of(paper, words)
    crowded = points == SMALLEST and not paper.fits(words, SMALLEST)
    return {
        "disclosure": text, "unit": text.unit, "draft": draft, "paper": paper, "papers": PAPERS, "points": points,
        "type": TIGHT if crowded else f"type-{points}", "numbered": crowded, "files": downloads(text),
        "receipt": next(iter(told["receipts"]), None), "signature": told.get("signature"), "address": address_of(text),
        "qr": qr(address_of(text)) if text.pk else "", "days": _notice_days(text), "phones": _phones(text) if _may_object(text) else (),
        "lines": _sign_lines(text),
    }  # fmt: skip


def _notice_days(text: Disclosure) -> int:
    """Both the first and the last day count."""
    return (text.notice_until - text.notice_from).days + 1 if text.notice_from and text.notice_until else 0


def _may_object(text: Disclosure) -> bool:
    """While the notice runs, and before it begins: the sheet is hung up then."""
    return bool(text.notice_from and text.notice_until and text.notice_until >= timezone.localdate())


def _phones(text: Disclosure) -> list[tuple[str, str]]:
    unit, town = text.unit, text.town
    found = [(body_of(text), unit.supervisor_phone), (str(unit), unit.phone)]
    if town is not None and town.pk != unit.pk:
        found.append((str(town), town.phone))
    return [(name, number) for name, number in found if number]


def body_of(text: Disclosure) -> str:
    """Who watches over the unit, as people call it."""
    watching: dict[str, str] = {UnitKind.VILLAGE: _("村务监督委员会"), UnitKind.COMMUNITY: _("居务监督委员会")}
    return watching.get(unit_kind(text.unit), _("监督电话"))


def _sign_lines(text: Disclosure) -> list[str]:
    seals: dict[str, str] = {UnitKind.VILLAGE: _("村民委员会（盖章）"), UnitKind.COMMUNITY: _("居民委员会（盖章）")}
    seal = seals.get(unit_kind(text.unit))
    if seal is None:
        return [_("{unit}（盖章）").format(unit=text.unit), _("负责人（签字）")]
    return [seal, _("{body}（签字）").format(body=body_of(text))]


def preview() -> Preview:
    """The editor's own look at it, before anything is public."""
    return Preview(TEMPLATE, lambda text: board_of(text, draft=True))
