"""来件: what waits, overdue first; whoever answers, approves or watches sees what belongs to the own places."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.menu import MenuItem

from catalog.services.calendar import working_calendar
from catalog.workdays import WorkingCalendar
from openness.disclosures.rules.personal import mask
from openness.units.admin.common import at_or_below, may_somewhere, needs, page_of, place_asked, within

from ..models import Kind, State, Submission
from ..rules.steps import SUBMISSION
from ..services.figures import beyond_red_line

_BEGINNING = 60
_MOST_COUNTED = 99
SHOWN = {
    "open": gettext_lazy("没答复的"),
    "late": gettext_lazy("超期的"),
    "drafted": gettext_lazy("等审核的"),
    "red": gettext_lazy("三个月没答复的"),
    "answered": gettext_lazy("答复过的"),
}


def _condition(show: str, today: date) -> Q:
    open_ones = ~Q(state=State.ANSWERED)
    return {
        "open": open_ones,
        "late": open_ones & Q(due_on__lt=today),
        "drafted": Q(state=State.DRAFTED),
        "red": beyond_red_line(today),
        "answered": Q(state=State.ANSWERED),
    }[show]


@require_safe
@needs(SUBMISSION, "view")
def queue(request: HttpRequest) -> HttpResponse:
    today, place, kind = timezone.localdate(), place_asked(request), request.GET.get("kind", "")
    show = request.GET.get("show", "open")
    show = show if show in SHOWN else "open"
    rows = Submission.objects.filter(within(request.user, SUBMISSION, "view") & at_or_below(place))
    rows = rows.filter(kind=kind) if kind in Kind else rows
    counts = rows.order_by().aggregate(**{name: Count("pk", filter=_condition(name, today)) for name in SHOWN if name != "answered"})
    order = ["-answered_at", "-pk"] if show == "answered" else [F("due_on").asc(nulls_last=True), "pk"]
    page = page_of(rows.filter(_condition(show, today)).select_related("unit").order_by(*order), request)
    _say(page["rows"], today, working_calendar())
    context = {
        "page": page, "show": show, "kind": kind if kind in Kind else "", "kinds": Kind.choices, "place": place,
        "tabs": [(name, label, counts.get(name)) for name, label in SHOWN.items() if name != "red" or counts["red"] or show == "red"],
        "may_add": may_somewhere(request.user, SUBMISSION, "add"),
    }  # fmt: skip
    return render(request, "participation/admin/queue.html", context)


def _say(rows: Iterable[Any], today: date, calendar: WorkingCalendar) -> None:
    for row in rows:
        row.beginning = " ".join(mask(row.text).split())[:_BEGINNING]
        row.late = row.is_overdue(today)
        row.how_long = days_words(row, today, calendar)


def days_words(row: Submission, today: date, calendar: WorkingCalendar) -> str:
    """还剩 3 个工作日; 超期 2 个工作日; "" where nothing runs."""
    if row.state == State.ANSWERED or row.due_on is None:
        return ""
    left = calendar.working_days_between(today, row.due_on)
    if row.due_on < today:
        return _("超期 {n} 个工作日").format(n=max(-left, 1))
    return _("还剩 {n} 个工作日").format(n=left) if left else _("今天到期")


class MessagesMenuItem(MenuItem):
    """With the number that waits for the person: one query a page, for those who answer or approve."""

    def __init__(self) -> None:
        super().__init__(gettext_lazy("留言"), reverse("submissions"), name="messages", icon_name="comment", order=130)

    def is_shown(self, request: HttpRequest) -> bool:
        return may_somewhere(request.user, SUBMISSION, "view")

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        number = 0 if request.user.is_superuser else _waiting(request.user)
        if number:
            words = _("{n}") if number <= _MOST_COUNTED else _("{n} 以上")
            component.label = f"{self.label}（{words.format(n=min(number, _MOST_COUNTED))}）"
        return component


def _waiting(user: Any) -> int:
    """Drafts to approve, for whoever approves; whatever has no answer, for whoever writes them."""
    if may_somewhere(user, SUBMISSION, "approve"):
        rows = Submission.objects.filter(within(user, SUBMISSION, "approve"), state=State.DRAFTED).exclude(drafter=user)
    elif may_somewhere(user, SUBMISSION, "answer"):
        rows = Submission.objects.filter(within(user, SUBMISSION, "answer")).exclude(state__in=(State.ANSWERED, State.DRAFTED))
    else:
        return 0
    return rows.order_by()[: _MOST_COUNTED + 1].count()
