"""The figures at the head of the desk, and how rates and changes are written: all of it in whole tenths of a percent, never rounded up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .overview import Sums

if TYPE_CHECKING:
    from .desk import Choice


@dataclass(frozen=True)
class Figure:
    """One number with what it is made of, the change against the stretch before (in points or cells), and the list behind it.

    The list is that of the ledger's `state`, or stands at `url` for a number that is not of the ledger.
    """

    label: str
    value: str
    detail: str
    change: str
    state: str = ""
    url: str = ""


# Numbers that are not of the ledger, such as 留言按时回复 once there is a message board: each source answers for what was chosen, as it
# stands on a day, or with nothing where there is nothing to count.
Source = Callable[["Choice", date], Figure | None]
SOURCES: list[Source] = []


def figures_elsewhere(choice: "Choice", today: date) -> tuple[Figure, ...]:
    return tuple(figure for source in SOURCES if (figure := source(choice, today)))


def figures(now: Sums, before: Sums, than: str) -> tuple[Figure, ...]:
    """`than` names what `before` is of, such as 上季度同期."""
    owed = _("应公开 {n} 项").format(n=now.owed)
    return (
        Figure(
            _("公开率"), percent(now.done, now.owed), _("{owed}，已公开 {n} 项").format(owed=owed, n=now.done),
            _points(_tenths(now.done, now.owed), _tenths(before.done, before.owed), than), "done",
        ),
        Figure(
            _("及时率"), percent(now.on_time, now.owed), _("{owed}，按时 {n} 项").format(owed=owed, n=now.on_time),
            _points(_tenths(now.on_time, now.owed), _tenths(before.on_time, before.owed), than), "on_time",
        ),
        Figure(
            _("要素齐全率"), percent(now.complete, now.checked),
            _("机器查过 {n} 项，要素齐全 {complete} 项").format(n=now.checked, complete=now.complete),
            _points(_tenths(now.complete, now.checked), _tenths(before.complete, before.checked), than), "complete",
        ),
        Figure(_("逾期没公开"), str(now.overdue), owed, _cells(now.overdue, before.overdue if before.total else None, than), "overdue"),
        Figure(_("逾期后公开"), str(now.late), _("已公开 {n} 项").format(n=now.done), _cells(now.late, before.late if before.total else None, than), "late"),
    )  # fmt: skip


def percent(part: int, whole: int) -> str:
    """One decimal, cut and not rounded: never 100 while something is missing. A dash where there is nothing."""
    tenths = _tenths(part, whole)
    return "–" if tenths is None else f"{tenths / 10:g}%"


def rate_number(part: int, whole: int) -> float | None:
    """The same number for a drawing."""
    tenths = _tenths(part, whole)
    return None if tenths is None else tenths / 10


def _tenths(part: int, whole: int) -> int | None:
    return part * 1000 // whole if whole else None


def _points(now: int | None, before: int | None, than: str) -> str:
    if now is None or before is None:
        return _("{than}没有可比的").format(than=than)
    if now == before:
        return _("和{than}持平").format(than=than)
    words = _("比{than}高 {n:g} 个百分点") if now > before else _("比{than}低 {n:g} 个百分点")
    return words.format(than=than, n=abs(now - before) / 10)


def _cells(now: int, before: int | None, than: str) -> str:
    if before is None:
        return _("{than}没有可比的").format(than=than)
    if now == before:
        return _("和{than}持平").format(than=than)
    words = _("比{than}多 {n} 项") if now > before else _("比{than}少 {n} 项")
    return words.format(than=than, n=abs(now - before))
