"""/admin/subscriptions/: who follows what, in numbers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openness.units.admin.common import page_of, tells_refusals
from search.following import many_in_words

from ..models import Followed
from ..services.figures import figures, followed_searches, send_again, stop_sending

VIEW, CHANGE = "subscriptions.view_followed", "subscriptions.change_followed"


@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def followed(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    if request.method == "POST":
        return _act(request)
    page = page_of(followed_searches(), request)
    for row, words in zip(page["rows"], many_in_words([row.query for row in page["rows"]]), strict=True):
        row.said = words
    context = {"page": page, "figures": figures(), "may_change": request.user.has_perm(CHANGE)}
    return render(request, "subscriptions/admin/followed.html", context)


def _act(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    key = request.POST.get("row", "")
    row = get_object_or_404(Followed, pk=int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else 0)
    if "again" in request.POST:
        send_again(row)
        messages.success(request, _("又开始发了。停发期间新公开的，下一封里一起发。"))
    else:
        stop_sending(row, request.user, request.POST.get("reason", ""))
        messages.success(request, _("停发了。订的人在自己的订阅页上会看到原因。"))
    return redirect("subscriptions_followed")
