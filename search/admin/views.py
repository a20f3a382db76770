"""The operations page: /admin/search-state/."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ..operations import operations, retry_parked

VIEW, CHANGE = "search.view_entry", "search.change_entry"


@require_http_methods(["GET", "HEAD", "POST"])
def state(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    if request.method == "POST":
        return _retry(request)
    context = {"state": operations(), "may_retry": request.user.has_perm(CHANGE)}
    return render(request, "search/admin/state.html", context)


def _retry(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    chosen = request.POST.getlist("row")
    pks = None if "all" in request.POST else [int(pk) for pk in chosen if pk.isascii() and pk.isdecimal() and len(pk) < 19]
    number = retry_parked(pks)
    if number:
        messages.success(request, ngettext("%d 条重新排队了。", "%d 条重新排队了。", number) % number)
    else:
        messages.warning(request, _("没有选中要重试的。"))
    return redirect("search_state")
