"""一起公开: choose two or more texts of one unit; see how far each is; take them apart with a reason."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access

from openness.disclosures.models import Disclosure
from openness.disclosures.services.standing import standings
from openness.units.admin.common import may_for, may_somewhere, needs, page_of, place_asked, seen_or_404, tells_refusals, within
from openness.units.names import Level

from ..models import Bundle, BundleText
from ..services.bundles import LABEL, bundle_up, take_apart

_TO_CHOOSE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@needs(LABEL, "view")
@tells_refusals
def bundles(request: HttpRequest) -> HttpResponse:
    """GET lists; POST makes one of the texts that were ticked."""
    if request.method == "POST":
        made = bundle_up(_ticked(request), request.user)
        messages.success(request, _("定好了。最后一条审核通过的时候，一起公开。"))
        return redirect("bundle", made.pk)
    rows = Bundle.objects.filter(within(request.user, LABEL, "view")).select_related("unit").prefetch_related("texts__disclosure")
    may_add = may_somewhere(request.user, LABEL, "add")
    context = {
        "page": page_of(rows, request),
        "texts": _to_choose(request) if may_add else (),
        "may_add": may_add,
        "place": place_asked(request),
    }
    return render(request, "channels/admin/bundles.html", context)


def _ticked(request: HttpRequest) -> list[Disclosure]:
    """Only what the person may see exists."""
    keys = [one for one in request.POST.getlist("text") if one.isascii() and one.isdecimal() and len(one) < 15]
    return list(_own(request).filter(pk__in=keys[:_TO_CHOOSE]).select_related("unit").defer("body"))


def _own(request: HttpRequest) -> Any:
    return Disclosure.objects.filter(within(request.user, LABEL, "add"), Q(live=False, withdrawn_at=None) | Q(has_unpublished_changes=True))


def _to_choose(request: HttpRequest) -> Any:
    """Texts that are not public yet, of the place that the address names; the newest first."""
    place, taken = place_asked(request), BundleText.objects.filter(is_open=True).values("disclosure")
    rows = _own(request).exclude(pk__in=taken).select_related("unit").defer("body").order_by("unit__path", "-pk")
    rows = rows.filter(unit=place) if place else rows.filter(unit__level__gte=Level.COUNTY)
    return rows[:_TO_CHOOSE]


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def bundle(request: HttpRequest, pk: int) -> HttpResponse:
    row = seen_or_404(Bundle, request.user, pk)
    if request.method == "POST":
        take_apart(row, request.user, request.POST.get("reason", ""))
        messages.success(request, _("拆开了。审核过、还没有公开的，要重新交审。"))
        return redirect("bundle", pk)
    texts = list(row.texts.select_related("disclosure__unit", "disclosure__item__field").defer("disclosure__body"))
    steps = standings(one.disclosure for one in texts)
    context = {
        "bundle": row, "texts": [(one, steps.get(one.disclosure_id)) for one in texts], "open": not (row.released_at or row.dissolved_at),
        "may_add": may_for(request.user, LABEL, "add", row.unit),
    }  # fmt: skip
    return render(request, "channels/admin/bundle.html", context)
