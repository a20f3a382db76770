"""提醒和催办: what a clerk must answer, what a supervisor must look at, what may be urged."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from openness.units.admin.common import (
    at_or_below,
    back,
    may_for,
    may_somewhere,
    needs,
    page_of,
    place_asked,
    seen_or_404,
    tells_refusals,
    within,
)

from ..models import AnswerKind, Delivery, Escalation, Judgement, Obligation, Reminder, State, UrgeClock, Urging, UrgingAnswer
from ..services.rectify import urged_cells
from ..services.urge import answer, judge, urge

LABEL = "supervision.urging"
_MOST = 500


def _cells(user: Any, action: str) -> Any:
    urged = UrgeClock.objects.filter(cell=OuterRef("pk")).values("times")[:1]
    rows = Obligation.objects.filter(within(user, LABEL, action), state=State.OPEN).annotate(times=Subquery(urged))
    return rows.select_related("unit", "town", "item").defer("item__raw", "item__elements", "item__basis").order_by("due_on", "pk")


def _urgings(user: Any, action: str) -> Any:
    """With the last answer, and whether the cell is still blank."""
    last = UrgingAnswer.objects.filter(urging=OuterRef("pk")).order_by("-pk")
    rows = Urging.objects.filter(within(user, LABEL, action)).annotate(
        last_kind=Subquery(last.values("kind")[:1]), last_judgement=Subquery(last.values("judgement")[:1]), cell_state=F("cell__state")
    )
    return rows.select_related("unit").order_by("-urged_at", "-pk")


def to_answer(user: Any) -> QuerySet[Urging]:
    """Urgings of blanks that nobody has answered, or whose answer came back."""
    rows = _urgings(user, "answer").filter(cell__state=State.OPEN)
    return rows.filter(Q(last_judgement=None) | Q(last_judgement=Judgement.RETURNED)).order_by("reply_by", "pk")


def to_judge(user: Any) -> QuerySet[Urging]:
    return _urgings(user, "judge").filter(last_judgement=Judgement.WAITING).order_by("urged_at")


def reminded(user: Any) -> QuerySet[Obligation]:
    """Blanks that were reminded of."""
    return _cells(user, "answer").filter(Exists(Reminder.objects.filter(cell=OuterRef("pk"), due_on=OuterRef("due_on"))))


def _told(user: Any) -> QuerySet[Escalation]:
    return Escalation.objects.filter(within(user, LABEL, "judge", "told__")).select_related("told").order_by("-pk")


# What a tab shows: who sees it, its words, its rows.
TABS: dict[str, tuple[str, Any, Callable[[Any], QuerySet[Any]]]] = {
    "answer": ("answer", gettext_lazy("要我答复的催办"), to_answer),
    "remind": ("answer", gettext_lazy("提醒我公开的"), reminded),
    "judge": ("judge", gettext_lazy("等我看的答复"), to_judge),
    "overdue": ("add", gettext_lazy("逾期没有公开的"), lambda user: _cells(user, "add").overdue(timezone.localdate())),
    "urged": ("view", gettext_lazy("催过还没公开的"), lambda user: urged_cells(within(user, LABEL, "view"), _cells(user, "view"))),
    "told": ("judge", gettext_lazy("报上来的"), _told),
    "all": ("view", gettext_lazy("全部催办"), lambda user: _urgings(user, "view")),
}


@require_safe
@needs(LABEL, "view")
def pursuit(request: HttpRequest) -> HttpResponse:
    tabs = [(key, words) for key, (action, words, _rows) in TABS.items() if may_somewhere(request.user, LABEL, action)]
    wanted = request.GET.get("show", "")
    show = wanted if wanted in dict(tabs) else tabs[0][0]
    place = place_asked(request)
    page = page_of(TABS[show][2](request.user).filter(at_or_below(place)), request)
    for row in page["rows"]:
        if isinstance(row, Obligation):
            row.words_today = row.words(timezone.localdate())  # type: ignore[attr-defined]
    context = {"tabs": tabs, "show": show, "place": place, "page": page, "undelivered": _undelivered(request.user)}
    return render(request, "supervision/admin/pursuit.html", context)


def _undelivered(user: Any) -> int:
    return Delivery.objects.filter(sent_at=None, given_up=True).count() if user.has_perm("supervision.view_delivery") else 0


@require_POST
@needs(LABEL, "add")
def send(request: HttpRequest) -> HttpResponse:
    """给选中的发催办: `id` once for each cell; cells of other people's units do not exist."""
    keys = [int(key) for key in request.POST.getlist("id")[:_MOST] if key.isascii() and key.isdecimal() and len(key) < 19]
    own = list(Obligation.objects.filter(within(request.user, LABEL, "add"), pk__in=keys).values_list("pk", flat=True))
    result = urge(own, request.user)
    if result.made:
        messages.success(request, ngettext("已催办 %d 项。", "已催办 %d 项。", len(result.made)) % len(result.made))
    for cell, sentence in result.refused[:10]:
        messages.warning(request, f"{cell.unit}“{cell.item.name}”：{sentence}")
    if not own:
        messages.warning(request, _("没有选中要催办的。"))
    return redirect(back(request, reverse("supervision_pursuit") + "?show=overdue"))


class AnswerForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("怎么样了"), choices=AnswerKind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=300, required=False, help_text=gettext_lazy("要延期、无此事项的要写"))
    until = forms.DateField(
        label=gettext_lazy("延到哪天"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class JudgeForm(forms.Form):
    note = forms.CharField(label=gettext_lazy("说明"), max_length=300, required=False, help_text=gettext_lazy("退回的要写明为什么"))


@tells_refusals
def urging(request: HttpRequest, pk: int) -> HttpResponse:
    row = seen_or_404(Urging, request.user, pk, "cell__item")
    answers = list(row.answers.all())
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        return _act(request, row, answers, form)
    last = answers[-1] if answers else None
    filled = row.cell is None or row.cell.state != State.OPEN
    context = {
        "urging": row, "answers": answers, "form": form, "judge_form": JudgeForm(), "filled": filled,
        "may_answer": may_for(request.user, LABEL, "answer", row.unit) and (last is None or last.judgement == Judgement.RETURNED),
        "may_judge": may_for(request.user, LABEL, "judge", row.unit) and last is not None and last.judgement == Judgement.WAITING,
    }  # fmt: skip
    return render(request, "supervision/admin/urging.html", context)


def _act(request: HttpRequest, row: Urging, answers: list[UrgingAnswer], form: AnswerForm) -> HttpResponse:
    if "judgement" in request.POST:
        return _judge(request, row, answers)
    if not may_for(request.user, LABEL, "answer", row.unit):
        raise PermissionDenied
    if form.is_valid():
        answer(row, request.user, **form.cleaned_data)
        messages.success(request, _("答复已经交给监督人。"))
    else:
        messages.error(request, _("请选一项，日期写成 2026-10-15 这样。"))
    return redirect("supervision_urging", pk=row.pk)


def _judge(request: HttpRequest, row: Urging, answers: list[UrgingAnswer]) -> HttpResponse:
    if not may_for(request.user, LABEL, "judge", row.unit):
        raise PermissionDenied
    if answers:
        judge(answers[-1], request.user, passed=request.POST["judgement"] == Judgement.PASSED, note=request.POST.get("note", "")[:300])
        messages.success(request, _("已经记下您的意见。"))
    return redirect("supervision_urging", pk=row.pk)
