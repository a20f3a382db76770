"""工作交接: who leaves hands everything to who stays, in one transaction, with a log row that says exactly what; undone by a second one.

What is of other apps (drafts, for one) they add themselves as a `Part`: units know nobody.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..grants import roles_for
from ..models import Delegation, HandOver, Membership
from ..people import county_of, name_of, person
from ..refusal import Refused
from ..roles import forget_roles, roles_of

LABEL = "units.handover"


class Part(Protocol):
    """Something that belongs to an account and goes over with it."""

    name: str
    words: Any

    def found(self, leaver: Any) -> list[tuple[int, str]]:
        """(key, what a person calls it) of everything that would move."""

    def move(self, keys: Sequence[int], leaver: Any, taker: Any) -> list[int]:
        """Move those of the keys that are still the leaver's; returns them."""


PARTS: list[Part] = []


@dataclass
class Summary:
    """What a hand-over would do. `seen` is its fingerprint: what is confirmed is what was shown."""

    leaver: Any
    taker: Any
    memberships: list[Membership] = field(default_factory=list)
    delegations: list[Delegation] = field(default_factory=list)
    parts: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    kept: set[tuple[int, str]] = field(default_factory=set)  # what the taker has already

    @property
    def seen(self) -> str:
        rows = [
            (self.leaver.pk, self.taker.pk),
            sorted((row.unit_id, row.role) for row in self.memberships),
            sorted(row.pk for row in self.delegations),
            sorted((name, sorted(key for key, _words in rows)) for name, rows in self.parts.items()),
        ]
        return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]

    @property
    def lines(self) -> list[tuple[str, list[str]]]:
        """What moves, in words, part by part."""
        named = [(part.words, [words for _key, words in self.parts[part.name]]) for part in PARTS if self.parts[part.name]]
        ends = [str(row) for row in self.delegations]
        return [
            (_("分工"), [f"{row.unit} · {row.get_role_display()}" for row in self.memberships]),
            *named,
            *([(_("结束的代办"), ends)] if ends else []),
        ]


def summarize(leaver: Any, taker: Any) -> Summary:
    today = timezone.localdate()
    memberships = list(Membership.objects.filter(user=leaver).select_related("unit").order_by("unit__path", "role"))
    ends = Delegation.objects.not_ended(today).filter(giver=leaver) | Delegation.objects.not_ended(today).filter(taker=leaver)
    return Summary(
        leaver, taker, memberships, list(ends.select_related("giver", "taker", "unit").order_by("pk")),
        {part.name: part.found(leaver) for part in PARTS}, set(Membership.objects.filter(user=taker).values_list("unit_id", "role")),
    )  # fmt: skip


@transaction.atomic
def hand_over(by: Any, leaver: Any, taker: Any, reason: str = "", seen: str | None = None) -> HandOver:
    """Memberships and parts move, delegations end, the account is closed. All or nothing.

    `seen` is the fingerprint of the summary that was shown; None where nobody looked.

    Raises:
        Refused: whoever may not, to whom it cannot go, or what has changed since it was shown.
    """
    list(get_user_model().objects.select_for_update().filter(pk__in=[leaver.pk, taker.pk]).order_by("pk"))
    summary = summarize(leaver, taker)
    _check(by, summary)
    if seen is not None and seen != summary.seen:
        raise Refused(_("刚才有变化，和给您看的不一样了。请再看一遍，再确定。"))
    moved = {"memberships": _move_memberships(summary), "delegations": _end(summary, by), "parts": _move_parts(summary)}
    _set_active(leaver, active=False)
    return _log(by, summary, reason, moved)


def _check(by: Any, summary: Summary) -> None:
    leaver, taker, rows = summary.leaver, summary.taker, summary.memberships
    if not rows:
        raise Refused(_("{name}没有分工，没有要交接的。").format(name=name_of(leaver)))
    if leaver == taker or not taker.is_active or taker.is_superuser or leaver.is_superuser:
        raise Refused(_("请选一个在用的帐号来接手，不能是本人。"))
    if not by.is_superuser and by in (leaver, taker):
        raise Refused(_("不能给自己办交接，请别的管理员来办。"))
    if not may_hand_over(by, rows):
        raise Refused(_("{name}有的分工不归您管，请上一级管理员来办。").format(name=name_of(leaver)))


def may_hand_over(by: Any, memberships: Sequence[Membership]) -> bool:
    """Whether all of them lie where the person is an administrator."""
    roles = roles_for(LABEL, "add")
    return bool(by.is_superuser or all(roles_of(by).cover(row.unit, roles) for row in memberships))


def _move_memberships(summary: Summary) -> list[list[Any]]:
    moved = [[row.unit_id, row.role, (row.unit_id, row.role) in summary.kept] for row in summary.memberships]
    Membership.objects.filter(user=summary.leaver).delete()
    _give(summary.taker, moved)
    return moved


def _give(user: Any, rows: Sequence[Sequence[Any]]) -> None:
    Membership.objects.bulk_create([Membership(user=user, unit_id=unit, role=role) for unit, role, *_had in rows], ignore_conflicts=True)
    forget_roles(user)


def _end(summary: Summary, by: Any) -> list[int]:
    keys = [row.pk for row in summary.delegations]
    Delegation.objects.filter(pk__in=keys).update(ended_at=timezone.now(), ended_by=person(by))
    return keys


def _move_parts(summary: Summary) -> dict[str, list[int]]:
    return {part.name: part.move([key for key, _words in summary.parts[part.name]], summary.leaver, summary.taker) for part in PARTS}


def _set_active(user: Any, *, active: bool) -> None:
    get_user_model().objects.filter(pk=user.pk).update(is_active=active)
    user.is_active = active
    forget_roles(user)


def _log(by: Any, summary: Summary, reason: str, moved: dict[str, Any], undoes: HandOver | None = None) -> HandOver:
    unit = county_of(summary.memberships[0].unit) if undoes is None else undoes.unit
    return HandOver.objects.create(
        unit=unit, leaver=summary.leaver, taker=summary.taker, leaver_name=person(summary.leaver), taker_name=person(summary.taker),
        reason=reason.strip()[:200], made_by=person(by), made_at=timezone.now(), moved=moved, undoes=undoes,
    )  # fmt: skip


@transaction.atomic
def give_back(by: Any, first: HandOver) -> HandOver:
    """A second hand-over that undoes the first: the account opens again and gets back what the taker still has of it.

    Ended delegations stay ended: their days may be over.

    Raises:
        Refused: it was undone already, somebody's account is gone, or it is not the person's to undo.
    """
    first = HandOver.objects.select_for_update().select_related("unit").get(pk=first.pk)
    back, taker = first.leaver, first.taker
    if HandOver.objects.filter(undoes=first).exists() or first.undoes_id:
        raise Refused(_("这次交接已经交回过了。"))
    if back is None or taker is None:
        raise Refused(_("当事人的帐号已经没有了，不能交回。"))
    if not by.is_superuser and not roles_of(by).cover(first.unit, roles_for(LABEL, "add")):
        raise Refused(_("这次交接不归您管。"))
    _set_active(back, active=True)
    moved = {"memberships": _return_memberships(first, back, taker), "delegations": [], "parts": _return_parts(first, back, taker)}
    return _log(by, Summary(taker, back), _("交回"), moved, first)


def _return_memberships(first: HandOver, back: Any, taker: Any) -> list[list[Any]]:
    """Only what the taker still has: what an administrator has taken away since stays away."""
    held = set(Membership.objects.filter(user=taker).values_list("unit_id", "role"))
    moved = [row for row in first.moved["memberships"] if (row[0], row[1]) in held]
    _give(back, moved)
    for unit, role, had in moved:
        if not had:
            Membership.objects.filter(user=taker, unit_id=unit, role=role).delete()
    forget_roles(taker)
    return moved


def _return_parts(first: HandOver, back: Any, taker: Any) -> dict[str, list[int]]:
    return {part.name: part.move(first.moved["parts"].get(part.name, []), taker, back) for part in PARTS}
