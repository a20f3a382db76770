"""政策直达: three questions in the address, nothing stored."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openness.units.models import Unit
from openness.units.names import Level

from ..rules.matching import AUDIENCE_WORDS, AUDIENCES, NEED_WORDS, NEEDS
from ..services.match import asked_of, matches


@require_safe
def match(request: HttpRequest) -> HttpResponse:
    asked = asked_of(request.GET)
    context = {
        "asked": asked, "who": AUDIENCES, "needs": NEEDS, "towns": Unit.objects.filter(level=Level.TOWNSHIP, active=True).order_by("path"),
        "where": request.GET.get("where", ""), "found": matches(asked) if asked.is_complete else [], "tried": bool(request.GET),
        "who_words": AUDIENCE_WORDS.get(asked.who, ""), "need_words": NEED_WORDS.get(asked.need, ""),
    }  # fmt: skip
    return render(request, "policies/match.html", context)
