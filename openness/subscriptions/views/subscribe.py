"""Asking for a subscription. The answer is the same for every address; no cookie is set, so none can be missing when the form comes back."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from openness.participation.services.knocks import knock
from openness.participation.services.stamp import new_stamp
from openness.units.origin import came_from
from openness.units.refusal import Refused
from search.documents import Document
from search.engines import EngineAway
from search.following import address_of, in_words, newest
from search.query import Query, parse

from ..services.subscribe import ask
from .forms import SubscribeForm
from .limits import BY_MAILBOX, BY_ORIGIN

_EXAMPLES = 3


@csrf_exempt  # nobody is signed in here: a forged post could do no more than a real one
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """The address is that of the search, `?q=低保&place=220204101`."""
    query = parse(request.GET)
    form = SubscribeForm(request.POST or None, initial={"stamp": new_stamp()})
    may = settings.SUBSCRIPTIONS_MAIL
    if may and request.method == "POST" and form.is_valid() and _asked(request, form, query):
        return redirect("subscription_sent")
    if form.is_bound:
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["stamp"] = new_stamp()  # type: ignore[index]
    context = {"form": form, "may": may, "words": in_words(query), "query_string": address_of(query), "examples": _examples(query)}
    return render(request, "subscriptions/new.html", context)


def _asked(request: HttpRequest, form: SubscribeForm, query: Query) -> bool:
    """False where a limit said no, or the search is stopped: the form then says so."""
    try:
        knock(BY_ORIGIN, came_from(request))
        knock(BY_MAILBOX, form.cleaned_data["address"])
        ask(query, form.cleaned_data["address"], form.cleaned_data["how_often"])
    except Refused as refused:
        form.add_error(None, ValidationError(list(refused.sentences)))
        return False
    return True


def _examples(query: Query) -> list[Document]:
    """What would have come last; nothing while nobody can tell."""
    try:
        return newest(query, _EXAMPLES)
    except EngineAway:
        return []


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "subscriptions/sent.html")
