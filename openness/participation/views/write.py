"""Sending: the form of each kind, without account and captcha; then the number."""

from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from openness.disclosures.models import Disclosure
from openness.units.kept import csrf_failure
from openness.units.models import Unit
from openness.units.names import Level
from openness.units.origin import came_from
from openness.units.refusal import Refused

from ..models import Kind, Submission
from ..rules.kinds import KINDS
from ..services.knocks import SEND_BY_ADDRESS, SEND_BY_PHONE, TooOften, knock
from ..services.receive import Sent, Wanted, may_be_sent, receive
from ..services.stamp import new_stamp
from .forms import FORMS_BY_KIND, SendForm

_SENT = "participation.sent"
_SENT_FOR = 24 * 3600
_LONGEST_KEY = 19


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, kind: Kind, pk: int | None = None) -> HttpResponse:
    """`pk` is the disclosure that it is about; a message may name one by `?d=`, and its unit by `?unit=`."""
    about = _about(request, pk)
    unit = about.unit if about and kind != Kind.REQUEST else _unit(request, kind)
    if unit is None:
        return render(request, "participation/where.html", {"kind": kind, "rule": KINDS[kind], **_places(request)})
    if why_not := may_be_sent(kind, unit, about):
        return render(request, "participation/not_here.html", {"why_not": why_not, "about": about, "unit": unit}, status=404)
    form = FORMS_BY_KIND[kind](request.POST or None, initial={"stamp": new_stamp()})
    if request.method == "POST" and form.is_valid() and (row := _received(request, form, unit, about)):
        return redirect(f"{reverse('message_sent')}?s={signing.dumps(row.number, salt=_SENT)}")
    return _show(request, form, unit, about)


def _show(request: HttpRequest, form: SendForm, unit: Unit, about: Disclosure | None) -> HttpResponse:
    """A form that is shown again gets a new stamp, and keeps all that was written."""
    if form.is_bound:
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["stamp"] = new_stamp()  # type: ignore[index]
    get_token(request)
    context = {"form": form, "kind": form.kind, "rule": KINDS[form.kind], "unit": unit, "about": about}
    return render(request, "participation/write.html", context)


def _received(request: HttpRequest, form: SendForm, unit: Unit, about: Disclosure | None) -> Submission | None:
    """None where a limit or a rule said no: the form then says so."""
    data = form.cleaned_data
    known = Submission.objects.filter(once=data["once"]).first()
    if known:
        return known
    try:
        knock(SEND_BY_ADDRESS, came_from(request))
        knock(SEND_BY_PHONE, data["phone"])
        return receive(_sent(form, unit, about))
    except TooOften:
        phone = unit.phone or "12345"
        form.add_error(None, ValidationError(_("这个电话或者这个网络今天交得太多了，明天再来，或者打电话：{phone}。").format(phone=phone)))
    except Refused as refused:
        form.add_error(None, ValidationError(list(refused.sentences)))
    return None


def _sent(form: SendForm, unit: Unit, about: Disclosure | None) -> Sent:
    data = form.cleaned_data
    wanted = (
        Wanted(**{name: data[name] for name in ("applicant", "form", "delivery", "certificate", "address", "email")})
        if form.kind == Kind.REQUEST
        else Wanted()
    )
    return Sent(
        kind=form.kind, unit=unit, text=data["text"], name=data["name"], phone=data["phone"], wants_public=data.get("wants_public", False),
        disclosure=about, once=data["once"], wanted=wanted,
    )  # fmt: skip


def _about(request: HttpRequest, pk: int | None) -> Disclosure | None:
    """Raises: Http404: nothing public has this number."""
    text = str(pk or request.GET.get("d", ""))
    if not text:
        return None
    rows = Disclosure.objects.public().select_related("unit").defer("body")
    found = rows.filter(pk=int(text)).first() if text.isascii() and text.isdecimal() and len(text) < _LONGEST_KEY else None
    if found is None:
        raise Http404
    return found


def _unit(request: HttpRequest, kind: Kind) -> Unit | None:
    units = Unit.objects.filter(active=True, level__in=KINDS[kind].levels)
    return units.filter(code=request.GET.get("unit", "")[:12]).first()


def _places(request: HttpRequest) -> dict[str, Any]:
    """Township first, then its villages: works without scripts."""
    towns = list(Unit.objects.filter(level=Level.TOWNSHIP, active=True).order_by("path"))
    town = next((one for one in towns if one.code == request.GET.get("town")), None)
    villages = town.get_children().filter(active=True) if town else ()
    return {"towns": towns, "town": town, "villages": villages, "county": town.get_parent() if town else None}


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The number, for whoever just sent it."""
    try:
        number = signing.loads(request.GET.get("s", ""), salt=_SENT, max_age=_SENT_FOR)
    except signing.BadSignature:
        return redirect("message_follow")
    row = Submission.objects.select_related("unit").filter(number=number).first()
    if row is None:
        return redirect("message_follow")
    return render(request, "participation/sent.html", {"row": row, "rule": KINDS[row.kind]})


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page that was kept too long, by a browser or a cache: the words come back in a fresh form. Elsewhere as the admin and Django answer."""
    match = request.resolver_match
    if match is None or match.func is not write:
        return csrf_failure(request, reason)
    kind, pk = match.kwargs["kind"], match.kwargs.get("pk")
    about = _about(request, pk)
    unit = about.unit if about and kind != Kind.REQUEST else _unit(request, kind)
    if unit is None:
        return redirect(request.get_full_path())
    form = FORMS_BY_KIND[kind](request.POST)
    form.full_clean()
    form.errors.pop("__all__", None)
    form.add_error(None, ValidationError(_("这一页放得太久了，写的都在，请再按一次“提交”。")))
    return _show(request, form, unit, about)
