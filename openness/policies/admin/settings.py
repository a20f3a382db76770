"""部门密钥 and 哪些政策要解读: for administrators."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from openness.disclosures.forms import units_for
from openness.units.admin.common import counties_of, may_for, needs, within
from openness.units.models import Unit
from openness.units.names import Level
from openness.units.refusal import Refused

from ..models import DepartmentToken, Genre, NeedRule, Tier
from ..services.needs import NewRule, add_rule
from ..services.rights import NEED_RULE, TOKEN
from ..services.tokens import MOST_AN_HOUR, issue, revoke


@never_cache
@needs(TOKEN, "view")
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """A new key is shown in the answer to its making, and never again."""
    units = list(
        units_for(request.user, TOKEN, "add")
        .filter(level__in=(Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE))
        .order_by("depth", "path")[:200]
    )
    context: dict[str, Any] = {"units": units, "refused": (), "department": request.POST.get("department", ""), "most": MOST_AN_HOUR}
    if request.method == "POST":
        if "revoke" in request.POST:
            return _revoked(request)
        try:
            context["made"], context["key"] = _issued(request, units)
        except Refused as refused:
            context["refused"] = refused.sentences
    context["rows"] = DepartmentToken.objects.filter(within(request.user, TOKEN, "view")).select_related("unit")[:200]
    return render(request, "policies/admin/tokens.html", context)


def _issued(request: HttpRequest, units: list[Any]) -> tuple[DepartmentToken, str]:
    unit = next((one for one in units if one.code == request.POST.get("unit")), None)
    if unit is None:
        raise PermissionDenied if not units else Http404
    return issue(unit, request.POST.get("department", ""), request.user)


def _revoked(request: HttpRequest) -> HttpResponse:
    key = request.POST["revoke"]
    rows = DepartmentToken.objects.filter(within(request.user, TOKEN, "change")).select_related("unit")
    token = rows.filter(pk=int(key)).first() if key.isascii() and key.isdecimal() and len(key) < 19 else None
    if token is None:
        raise Http404
    revoke(token, request.user)
    messages.success(request, _("停用了，从现在起用不了。"))
    return redirect("policy_tokens")


@needs(NEED_RULE, "view")
@require_http_methods(["GET", "HEAD", "POST"])
def need_rules(request: HttpRequest) -> HttpResponse:
    """The newest rule of each 级别 and 体裁 counts, the county's own before the site's; older ones stay readable."""
    counties = [one for one in counties_of(request.user) if may_for(request.user, NEED_RULE, "add", one)]
    refused: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            _added(request, counties)
        except Refused as why:
            refused = why.sentences
        else:
            messages.success(request, _("定好了，从现在起算。"))
            return redirect("policy_need_rules")
    seen = [one.pk for one in counties_of(request.user)]
    rows = NeedRule.objects.filter(Q(unit=None) | Q(unit__in=seen)).select_related("unit")[:200]
    context = {
        "rows": rows,
        "tiers": Tier.choices,
        "genres": Genre.choices,
        "counties": counties,
        "refused": refused,
        "written": request.POST,
    }
    return render(request, "policies/admin/need_rules.html", context)


def _added(request: HttpRequest, counties: list[Unit]) -> None:
    """Raises: PermissionDenied, Refused."""
    county = next((one for one in counties if one.code == request.POST.get("unit")), None)
    if county is None:
        raise PermissionDenied
    needed = request.POST.get("needed") == "yes"
    add_rule(
        NewRule(county, request.POST.get("tier", ""), request.POST.get("genre", ""), needed, request.POST.get("reason", "")), request.user
    )
