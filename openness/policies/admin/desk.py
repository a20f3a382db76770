"""政策: the list of the staff, by what is to be done."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from openness.units.admin.common import may_somewhere, needs, page_of, within

from ..models import Card, Interpretation, Policy, Stage
from ..services.needs import overdue
from ..services.rights import CARD, INTERPRETATION, NEED_RULE, POLICY, TOKEN

SHOWN = {
    "work": _("在写的、退回的"),
    "sent": _("等审核的"),
    "card": _("要点还没核对的"),
    "interpretation": _("解读超期的"),
    "public": _("公开的"),
    "all": _("全部"),
}
_LONGEST = 60


@require_safe
@needs(POLICY, "view")
def desk(request: HttpRequest) -> HttpResponse:
    """`show` is a key of SHOWN, `q` words of the title or the number."""
    show = request.GET.get("show", "work")
    show = show if show in SHOWN else "work"
    mine, text = Policy.objects.filter(within(request.user, POLICY, "view")), request.GET.get("q", "").strip()[:_LONGEST]
    counts = mine.order_by().aggregate(**{name: Count("pk", filter=_condition(name)) for name in SHOWN if name != "all"})
    rows = mine.filter(_condition(show)).select_related("unit").defer("text", "sketch").order_by("-pk")
    rows = rows.filter(Q(title__icontains=text) | Q(number__icontains=text)) if text else rows
    context = {
        "page": page_of(rows, request), "show": show, "text": text, "tabs": [(name, label, counts.get(name)) for name, label in SHOWN.items()],
        "interpretations": _interpretations(request.user), "may_add": may_somewhere(request.user, POLICY, "add"),
        "may_rules": may_somewhere(request.user, NEED_RULE, "view"), "may_tokens": may_somewhere(request.user, TOKEN, "view"),
        "may_check": may_somewhere(request.user, CARD, "check"),
    }  # fmt: skip
    return render(request, "policies/admin/desk.html", context)


def _condition(show: str) -> Q:
    unchecked = Q(~Exists(Card.objects.filter(policy=OuterRef("pk"), checked_on__isnull=False, checked_text=OuterRef("text_hash"))))
    conditions: dict[str, Q] = {
        "work": Q(stage__in=(Stage.WRITING, Stage.RETURNED)),
        "sent": Q(stage=Stage.SENT),
        "card": Q(live=True) & ~Q(needs=[]) & unchecked,
        "interpretation": Q(pk__in=overdue().values("pk")),
        "public": Q(live=True),
        "all": Q(),
    }
    return conditions[show]


def _interpretations(user: Any) -> QuerySet[Interpretation]:
    """Those that are still being worked on; few."""
    rows = Interpretation.objects.filter(within(user, INTERPRETATION, "view")).exclude(stage=Stage.DONE)
    return rows.select_related("unit").defer("text").order_by("-pk")[:20]
