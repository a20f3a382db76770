"""Texts that wait too long for a signature or a review: in the digests of those who could act, then told to an administrator above."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.models import Disclosure
from openness.disclosures.services.waiting import REVIEW, SIGN, STEPS, Waiting, in_full, waiting, with_details
from openness.units.grants import roles_for
from openness.units.models import Role, Unit
from openness.units.people import holders, name_of

from ..models import Channel, Delivery, ReviewEscalation, TermName
from .deliver import webhook
from .people import upwards
from .terms import day_words, place_of, term

TERMS = {SIGN: TermName.SIGN, REVIEW: TermName.REVIEW}
_BATCH, _LINES = 500, 30
Holders = dict[str, list[Any]]


def usual_days(day: date) -> dict[str, int]:
    """Step -> how many working days it should take, as configured."""
    return {step: term(name, day) for step, name in TERMS.items()}


def overdue(step: str, day: date, longer_than: int) -> Iterator[Waiting]:
    """What waits longer than so many working days, the oldest first, five hundred at a time."""
    rows, start = with_details(waiting(step, Q())), 0
    while batch := list(rows[start : start + _BATCH]):
        found = [one for one in in_full(batch, step, day) if one.days > longer_than]
        yield from found
        if len(found) < len(batch):
            return  # the rest came in later
        start += _BATCH


def remind_reviewers(day: date, add: Callable[[Any, str], None]) -> list[Delivery]:
    """Say to every person who could act what waits too long. `add` puts one line into a person's digest.

    Returns:
        The same for the gateway, one message a unit and step, not yet saved.
    """
    messages: list[Delivery] = []
    for step in STEPS:
        late = list(overdue(step, day, term(TERMS[step], day)))
        people = holders(roles_for(*STEPS[step].may)) if late else {}
        told = [(one, upwards(one.text.unit.path, people, but=one.text.author_id)) for one in late]
        for one, users in told:
            for user in users:
                add(user, line_of(one))
        messages += _of_units(told, step, day)
    return messages


def _of_units(told: Sequence[tuple[Waiting, list[Any]]], step: str, day: date) -> list[Delivery]:
    by_unit: dict[Unit, tuple[list[str], set[Any]]] = {}
    for one, users in told:
        lines, people = by_unit.setdefault(one.text.unit, ([], set()))
        lines.append(line_of(one))
        people.update(users)
    return [
        message
        for unit, (lines, people) in by_unit.items()
        for message in webhook(f"waiting:{step}:{unit.code}:{day}", "review", unit, "\n".join(lines[:_LINES]), people)
    ]


def line_of(one: Waiting) -> str:
    """搜登站镇搜登站村：“2026年第三季度财务收支”等您审核，已经 4 个工作日。"""
    words = (
        _("{place}：“{title}”等您签字，已经 {n} 个工作日。") if one.step == SIGN else _("{place}：“{title}”等您审核，已经 {n} 个工作日。")
    )
    return words.format(place=place_of(one.text), title=one.text.title[:80], n=one.days)


def escalate_reviews(today: date | None = None) -> int:
    """Tell the administrators above, once for each time that a text waits. Running twice tells nobody twice.

    Returns:
        How many were told.
    """
    day = today or timezone.localdate()
    limit = term(TermName.REVIEW_UP, day)
    with transaction.atomic():
        late = [one for step in STEPS for one in overdue(step, day, limit)]
        known = set(ReviewEscalation.objects.filter(state__in=[one.state for one in late]).values_list("state", flat=True))
        made = ReviewEscalation.objects.bulk_create([_escalation(one, day) for one in late if one.state not in known], batch_size=200)
        people = holders([Role.ADMINISTRATOR]) if made else {}
        Delivery.objects.bulk_create(_messages(made, people), batch_size=200, ignore_conflicts=True)
    return len(made)


def _escalation(one: Waiting, day: date) -> ReviewEscalation:
    words = (
        _("{place}：“{title}”等签字 {n} 个工作日了，请督促。")
        if one.step == SIGN
        else _("{place}：“{title}”等审核 {n} 个工作日了，请督促。")
    )
    text = words.format(place=place_of(one.text), title=one.text.title[:200], n=one.days)
    return ReviewEscalation(state=one.state, disclosure=one.text, unit=one.text.unit, text=text, day=day)


def _messages(made: Iterable[ReviewEscalation], people: Holders) -> list[Delivery]:
    return [
        message for row in made for message in webhook(f"review:{row.state}", "review", row.unit, row.text, upwards(row.unit.path, people))
    ]


def add_escalations(day: date, add: Callable[[Any, str], None]) -> None:
    """Into the digests of administrators what no digest has carried yet."""
    rows = list(ReviewEscalation.objects.filter(digested_on=None).select_related("unit").order_by("pk"))
    if not rows:
        return
    people = holders([Role.ADMINISTRATOR])
    for row in rows:
        for user in upwards(row.unit.path, people):
            add(user, row.text)
    ReviewEscalation.objects.filter(pk__in=[row.pk for row in rows]).update(digested_on=day)


def tell_of_return(instance: Any, user: Any = None, **_kwargs: Any) -> None:
    """A text came back: its clerk gets a mail with the words. Written with the act, sent later."""
    text = instance.content_object
    state = instance.current_task_state
    if not settings.SUPERVISION_MAIL or not isinstance(text, Disclosure) or state is None:
        return
    now = timezone.now()
    people = {person.pk: person for person in (text.author, instance.requested_by) if person and person.is_active and person.email}
    body = _("“{title}”{day}退回来了。\n{who}说：{said}\n\n{address}").format(
        title=text.title, day=day_words(timezone.localdate(now), timezone.localdate(now)), who=name_of(user) if user else _("审核人"),
        said=state.comment, address=f"{settings.WAGTAILADMIN_BASE_URL}/admin/",
    )  # fmt: skip
    Delivery.objects.bulk_create(
        [
            Delivery(
                channel=Channel.MAIL, key=f"returned:{state.pk}:{person.pk}", recipient=person.email, made_at=now, next_try_at=now,
                payload={"subject": _("退回来要改：{title}").format(title=text.title[:60]), "text": body},
            )
            for person in people.values()
        ],
        ignore_conflicts=True,
    )  # fmt: skip
