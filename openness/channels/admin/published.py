"""已公开: what is left to do with a text that is public: look at it, print it, put it up, send it on, take the next one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access

from openness.disclosures.models import Disclosure
from openness.units.admin.common import may_for, seen_or_404, tells_refusals

from ..models import Act, Posting
from ..services.naming import channels_of, is_board
from ..services.posting import LABEL, Up, fingerprint, make_void, put_up, take_off
from ..services.wechat import wechat_text
from .forms import UpForm

_MODEL = "disclosures.disclosure"


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def published(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows, POST does one act of `ACTS`. What is not public has its own page."""
    row = seen_or_404(Disclosure, request.user, pk, "town", "item__field")
    if not row.live or row.is_over:
        return redirect("review_text", pk)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        return act(request, row)
    return _page(request, row)


def _page(request: HttpRequest, row: Disclosure, form: UpForm | None = None) -> HttpResponse:
    channels = channels_of(row)
    may_add = may_for(request.user, LABEL, "add", row.unit)
    context = {
        "row": row, "unit": row.unit, "wechat": wechat_text(row), "may_add": may_add, "states": _states(row, channels),
        "rows": list(Posting.objects.filter(disclosure=row).select_related("photo").order_by("-pk")[:50]),
        "form": form or (UpForm(channels=channels, place=row.unit.board_place) if may_add and channels else None),
        "may_write": may_for(request.user, _MODEL, "add", row.unit),
    }  # fmt: skip
    return render(request, "channels/admin/published.html", context)


def _states(row: Disclosure, channels: list[str]) -> list[dict[str, Any]]:
    """For each channel of the catalogue: what hangs with the present words, or what hung with older ones."""
    now, newest = fingerprint(row), {one.channel: one for one in Posting.objects.valid().filter(disclosure=row, act=Act.UP).order_by("pk")}
    hanging = set(Posting.objects.hanging().filter(disclosure=row).values_list("pk", flat=True))
    return [_state(channel, newest.get(channel), now, hanging) for channel in channels]


def _state(channel: str, up: Posting | None, now: str, hanging: set[int]) -> dict[str, Any]:
    current = up is not None and up.content_hash == now
    return {"channel": channel, "is_board": is_board(channel), "up": up, "current": current, "hangs": up is not None and up.pk in hanging}


def _up(request: HttpRequest, row: Disclosure) -> HttpResponse:
    form = UpForm(request.POST, request.FILES, channels=channels_of(row))
    if not form.is_valid():
        for sentence in form.errors.get("channel", ()):  # where there is one channel its field is hidden
            messages.error(request, str(sentence))
        return _page(request, row, form)
    put_up(row, request.user, Up(**form.cleaned_data))
    messages.success(request, _("登记好了：{channel}。").format(channel=form.cleaned_data["channel"]))
    return _back(request, row)


def _down(request: HttpRequest, row: Disclosure) -> HttpResponse:
    take_off(_posting(request, row), request.user)
    messages.success(request, _("登记好了：撕下了。"))
    return _back(request, row)


def _void(request: HttpRequest, row: Disclosure) -> HttpResponse:
    make_void(_posting(request, row), request.user, request.POST.get("note", ""))
    messages.success(request, _("这一条作废了，原来的记录还在。"))
    return _back(request, row)


def _posting(request: HttpRequest, row: Disclosure) -> Posting:
    number = request.POST.get("posting", "")
    known = number.isascii() and number.isdecimal() and len(number) < 15
    found = Posting.objects.filter(pk=number, disclosure=row).first() if known else None
    if found is None:
        raise Http404
    return found


def _back(request: HttpRequest, row: Disclosure) -> HttpResponse:
    return redirect("walls") if request.POST.get("from") == "walls" else redirect("published", row.pk)


ACTS: dict[str, Callable[[HttpRequest, Disclosure], HttpResponse]] = {"up": _up, "down": _down, "void": _void}
