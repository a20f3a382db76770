"""Where a text stands on its way to the public, in words for its clerk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from openness.units.people import name_of

from ..models import Disclosure, SignTask
from .signing import SigningBook, day_words
from .waiting import REVIEW, SIGN

RETURNED = "returned"


@dataclass(frozen=True)
class Standing:
    """`step` is sign, review or returned; `said` the words with which it came back, `by` who sent it back."""

    step: str
    words: str
    since: datetime
    by: str = ""
    said: str = ""


def standing_of(text: Disclosure) -> Standing | None:
    return standings([text]).get(text.pk)


def standings(texts: Iterable[Disclosure]) -> Mapping[int, Standing]:
    """Key -> standing, for those that are on their way or came back. Three queries; units, items and fields are loaded."""
    found = {str(text.pk): text for text in texts}
    rows = WorkflowState.objects.active().filter(
        base_content_type=ContentType.objects.get_for_model(Disclosure), object_id__in=list(found)
    ).select_related("current_task_state__task", "current_task_state__finished_by")  # fmt: skip
    states = [row for row in rows if row.current_task_state is not None]
    book = SigningBook({found[row.object_id].county_id for row in states}) if states else SigningBook([])
    signing = ContentType.objects.get_for_model(SignTask).pk
    return {
        int(row.object_id): _standing(row, found[row.object_id], row.current_task_state.task.content_type_id == signing, book)
        for row in states
    }


def _standing(row: Any, text: Disclosure, signing: bool, book: SigningBook) -> Standing:
    state = row.current_task_state
    if row.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return _returned(state, signing)
    today = timezone.localdate()
    if signing:
        return Standing(SIGN, _("等{who}签字").format(who=_who(book, text, today)), state.started_at)
    return Standing(REVIEW, _("等镇里审") if text.unit.is_leaf_level else _("等审核"), state.started_at)


def _who(book: SigningBook, text: Disclosure, today: date) -> str:
    rule = book.rule(text, today)
    return str(rule.who) if rule else str(_("监督委员会"))


def _returned(state: Any, signing: bool) -> Standing:
    at, by = state.finished_at or state.started_at, state.finished_by
    where = _("监督委员会") if signing else _("审核人")
    name = _("{where} {name}").format(where=where, name=name_of(by)) if by else where
    return Standing(RETURNED, _("{day}{name}退回").format(day=day_words(timezone.localdate(at)), name=name), at, name, state.comment)
