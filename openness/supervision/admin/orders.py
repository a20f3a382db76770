"""整改: the list with its four numbers, a new order, one order with its history and what may be done now."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openness.units.admin import UnitCodeField
from openness.units.admin.common import at_or_below, back, may_somewhere, needs, page_of, place_asked, seen_or_404, tells_refusals, within
from openness.units.grants import roles_for
from openness.units.models import Unit
from openness.units.roles import roles_of

from ..models import Finding, Obligation, OrderState, Rectification, Sample, Step, TermName
from ..models.orders import WORKING
from ..rules.steps import ORDER
from ..services.rectify import AlreadyIssued, Demand, StepRefused, issue, progress, steps_for, take
from ..services.terms import place_of, working_days_after

_SHOWN: dict[str, Q] = {
    "working": Q(state__in=WORKING),
    "answered": Q(state=OrderState.ANSWERED),
    "closed": Q(state=OrderState.CLOSED),
    "cancelled": Q(state=OrderState.CANCELLED),
}


@require_safe
@needs(ORDER, "view")
def orders(request: HttpRequest) -> HttpResponse:
    place = place_asked(request)
    mine = within(request.user, ORDER, "view") & at_or_below(place)
    today, show = timezone.localdate(), request.GET.get("show", "")
    rows: QuerySet[Rectification] = Rectification.objects.filter(mine).select_related("unit")
    if show == "overdue":
        rows = rows.overdue(today)  # type: ignore[attr-defined]
    elif show in _SHOWN:
        rows = rows.filter(_SHOWN[show])
    page = page_of(rows.order_by("due_on", "pk"), request)
    for row in page["rows"]:
        row.late = row.is_overdue(today)
    may_add = may_somewhere(request.user, ORDER, "add")
    context = {"page": page, "show": show, "place": place, "progress": progress(mine), "may_add": may_add}
    return render(request, "supervision/admin/orders.html", context)


class SupervisedUnitField(UnitCodeField):
    """A unit, by its code, that the person supervises."""

    def clean(self, value: str) -> Unit:
        code = forms.CharField.clean(self, value)
        units = Unit.objects.filter(active=True, code=code)
        if not self.user.is_superuser:
            units = units.filter(roles_of(self.user).within(roles_for(ORDER, "add")))
        unit = units.first()
        if unit is None:
            raise forms.ValidationError(_("没有代码是“{code}”的单位，或者不归您管。").format(code=code))
        return unit


class OrderForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("什么问题"), max_length=200)
    words = forms.CharField(label=gettext_lazy("要怎么改"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    due_on = forms.DateField(label=gettext_lazy("哪天前办完"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = SupervisedUnitField(user, label=_("整改单位"), help_text=_("区划代码，例如 220204101200"))
        self.order_fields(["unit", "title", "words", "due_on"])


@needs(ORDER, "add")
def new_order(request: HttpRequest) -> HttpResponse:
    """`cell`, `finding` or `sample` says what the order comes from; then one press is enough."""
    origin = _origin(request)
    initial = {**_words_of(origin), "due_on": working_days_after(timezone.localdate(), TermName.ORDER)}
    form = OrderForm(request.POST if "title" in request.POST else None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = _issued(request, form, Demand(**form.cleaned_data, **origin, disclosure=_disclosure_of(origin)))
        if made is not None:
            return redirect("supervision_order", pk=made.pk)
    return render(request, "supervision/admin/new_order.html", {"form": form, "origin": origin})


def _issued(request: HttpRequest, form: OrderForm, demand: Demand) -> Rectification | None:
    """The order, or the one that was there; None if it was refused: then the words stay in the form, with the sentence why."""
    try:
        made = issue(request.user, demand)
    except AlreadyIssued as already:
        messages.warning(request, already.sentences[0])
        return already.order
    except StepRefused as refused:
        form.add_error(None, list(refused.sentences))
        return None
    messages.success(request, _("整改已经下达，{day} 前办完。").format(day=made.due_on.isoformat()))
    return made


def _origin(request: HttpRequest) -> dict[str, Any]:
    """What the address names, if it is of a unit that the person supervises."""
    kinds: dict[str, Any] = {
        "cell": Obligation.objects.select_related("unit", "town", "item"),
        "finding": Finding.objects.select_related("unit", "disclosure"),
        "sample": Sample.objects.select_related("unit", "disclosure", "check_of"),
    }
    for name, rows in kinds.items():
        key = request.GET.get(name, "")
        if key.isascii() and key.isdecimal() and len(key) < 19:
            row = rows.filter(within(request.user, ORDER, "add"), pk=int(key)).first()
            if row is not None:
                return {name: row}
    return {}


def _words_of(origin: dict[str, Any]) -> dict[str, Any]:
    if cell := origin.get("cell"):
        title = _("{place}“{item}”{period}没有公开").format(place=place_of(cell), item=cell.item.name, period=cell.period_label)
        return {"unit": cell.unit.code, "title": title, "words": _("请公开，或说明原因。")}
    if finding := origin.get("finding"):
        words = _("{place}：{sentence}请改正后更正公开。").format(place=finding.place, sentence=finding.sentence)
        return {"unit": finding.unit.code, "title": f"{finding.get_check_name_display()}：{finding.disclosure.title}"[:200], "words": words}
    if sample := origin.get("sample"):
        return {"unit": sample.unit.code, "title": _("抽查：{title}").format(title=sample.disclosure.title)[:200], "words": sample.note}
    return {}


def _disclosure_of(origin: dict[str, Any]) -> Any:
    return next((getattr(row, "disclosure", None) for row in origin.values()), None)


@tells_refusals
def order(request: HttpRequest, pk: int) -> HttpResponse:
    row = seen_or_404(Rectification, request.user, pk, "disclosure", "cell__item")
    if request.method == "POST":
        step = request.POST.get("step", "")
        if step in Step:
            take(row, Step(step), request.user, request.POST.get("note", "")[:1000])
            messages.success(request, _("已经记下。"))
        return redirect(back(request, request.path))
    row.late = row.is_overdue(timezone.localdate())
    context = {"order": row, "events": row.events.all(), "steps": steps_for(request.user, row)}
    return render(request, "supervision/admin/order.html", context)
