"""缺要素的指南: for those who write, publish and watch; what the rules said of each newest draft."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from openness.units.admin.common import at_or_below, may_for, needs, page_of, place_asked, within

from ..forms import LABEL
from ..models import ServiceGuide

SHOWN = {"gaps": _("缺要素、有矛盾的"), "waiting": _("等公开的"), "public": _("已公开的")}
_CONDITIONS = {
    "gaps": ~Q(missing=[]),
    "waiting": Q(live=False, withdrawn_at=None) | Q(has_unpublished_changes=True),
    "public": Q(live=True),
}


@require_safe
@needs(LABEL, "view")
def gaps(request: HttpRequest) -> HttpResponse:
    """`show` is one of SHOWN, `place` a code; whatever else they say counts for nothing."""
    show = request.GET.get("show", "gaps")
    show = show if show in SHOWN else "gaps"
    place = place_asked(request)
    rows = ServiceGuide.objects.filter(within(request.user, LABEL, "view") & at_or_below(place), _CONDITIONS[show])
    rows = rows.select_related("unit").only(
        "name", "live", "missing", "has_unpublished_changes", "unit__short_name", "unit__code", "unit__path"
    )
    page = page_of(rows.order_by("unit__path", "pk"), request)
    for row in page["rows"]:
        row.may_change = may_for(request.user, LABEL, "change", row.unit)
    context: dict[str, Any] = {"page": page, "show": show, "tabs": SHOWN.items(), "place": place}
    return render(request, "guides/admin/gaps.html", context)
