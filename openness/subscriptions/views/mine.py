"""What the links of the mails open. A link is enough: no cookie is asked for, so that one click of a mail program ends a subscription.

Opening alone changes nothing: programs that look at every link of a mail would confirm, or end, what nobody wanted.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from openness.units.refusal import Refused
from search.following import many_in_words

from ..models import HowOften, Subscriber
from ..services import links
from ..services import subscribe as verbs

_METHODS = ["GET", "HEAD", "POST"]


@csrf_exempt
@never_cache
@require_http_methods(_METHODS)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    one = links.to_confirm(token)
    if one is None:
        return _void(request)
    if request.method == "POST":
        verbs.confirm(one)
        manage = links.manage_link(one.subscriber)
        return render(request, "subscriptions/confirmed.html", {"one": one, "words": one.followed.words, "manage": manage})
    return render(request, "subscriptions/confirm.html", {"one": one, "words": one.followed.words})


@csrf_exempt
@never_cache
@require_http_methods(_METHODS)
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: a mail program posts `List-Unsubscribe=One-Click` without a person; a person gets a button."""
    one = links.to_stop(token)
    if one is None:
        return _void(request, ok=request.method == "POST")
    words = one.followed.words
    if request.method == "POST":
        verbs.stop(one)
        return render(request, "subscriptions/stopped.html", {"words": words})
    return render(request, "subscriptions/stop.html", {"words": words, "manage": links.manage_link(one.subscriber)})


@csrf_exempt
@never_cache
@require_http_methods(_METHODS)
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """Change how often, end one, end all and delete the address."""
    who, said = links.owner(token), ""
    if who is None:
        return _void(request)
    if request.method == "POST":
        if "all" in request.POST:
            verbs.stop_all(who)
            return render(request, "subscriptions/stopped.html", {"words": ""})
        said = _acted(request, who)
        if not said:
            return redirect(f"{request.path}#said" if Subscriber.objects.filter(pk=who.pk).exists() else "subscriptions_none")
    rows = list(who.subscriptions.select_related("followed").order_by("pk"))
    named = list(zip(rows, many_in_words([row.followed.query for row in rows]), strict=True))
    return render(request, "subscriptions/mine.html", {"rows": named, "choices": HowOften.choices, "said": said})


def _acted(request: HttpRequest, who: Subscriber) -> str:
    """A sentence why not; "" where it was done."""
    key = request.POST.get("one", "")
    one = who.subscriptions.filter(pk=key).first() if key.isascii() and key.isdecimal() and len(key) < 19 else None
    if one is None:
        return _("这个订阅已经没有了。")
    try:
        if "stop" in request.POST:
            verbs.stop(one)
        else:
            verbs.change(one, request.POST.get("how_often", ""))
    except Refused as refused:
        return " ".join(refused.sentences)
    return ""


@never_cache
def none(request: HttpRequest) -> HttpResponse:
    return render(request, "subscriptions/stopped.html", {"words": ""})


def _void(request: HttpRequest, *, ok: bool = False) -> HttpResponse:
    """The link is old, or what it names is gone, which is what whoever unsubscribes twice wants."""
    return render(request, "subscriptions/void.html", status=200 if ok else 404)
