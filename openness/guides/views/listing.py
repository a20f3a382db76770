"""办事指南: by place, by who one is, by what one comes for; one form, plain links."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openness.pagecache.keeping import keep
from openness.pagecache.topics import ANY, of_place
from openness.units.models import Unit
from openness.units.names import Level

from ..models import Audience, ServiceGuide, Theme
from ..models.guide import GuideQuerySet

_PER_PAGE = 20
_LONGEST = 60


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """`unit` is a code, `who` and `theme` keys, `q` words; whatever else they say counts for nothing. A fixed number of queries."""
    asked = _asked(request)
    line = _line(asked["unit"])
    page = Paginator(_rows(asked, line), _PER_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        **asked, "page": page, "themes": Theme.choices, "audiences": Audience.choices[:2], "query": kept.urlencode(),
        "above": line,
    }  # fmt: skip
    response = render(request, "guides/list.html", context)
    if asked["q"]:
        return response  # as many pages as there are words
    return keep(response, of_place(line[0].path) if line else ANY)


def _asked(request: HttpRequest) -> dict[str, Any]:
    who, theme = request.GET.get("who", ""), request.GET.get("theme", "")
    return {
        "unit": _unit(request.GET.get("unit", "")),
        "who": who if who in (Audience.PERSON, Audience.BUSINESS) else "",
        "theme": theme if theme in Theme else "",
        "q": " ".join(request.GET.get("q", "").split())[:_LONGEST],
    }


def _unit(code: str) -> Unit | None:
    """Of a code that could be one: PostgreSQL refuses to look for certain characters at all."""
    known = code.isascii() and code.isdecimal()
    return Unit.objects.filter(code=code[:12], level__gte=Level.COUNTY).first() if known else None


def _line(unit: Unit | None) -> list[Unit]:
    """From the county down to the place itself; none where no place is asked for."""
    return [*unit.get_ancestors().filter(level__gte=Level.COUNTY), unit] if unit else []


def _rows(asked: dict[str, Any], line: Sequence[Unit]) -> GuideQuerySet:
    rows = ServiceGuide.objects.public()
    if line:
        rows = rows.serving(line)
    if asked["who"]:
        rows = rows.filter(audience__in=(asked["who"], Audience.BOTH))
    if asked["theme"]:
        rows = rows.filter(theme=asked["theme"])
    return (
        rows.asked(asked["q"])
        .select_related("unit")
        .defer("materials", "steps", "questions", "basis", "conditions")
        .order_by("name", "unit__path")
    )
