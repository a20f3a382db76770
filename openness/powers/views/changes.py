"""动态调整: what versions added, took away and changed; as a page and as a feed, by the same query string."""

from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openness.pagecache.keeping import keep
from openness.pagecache.topics import ANY, of_place
from openness.units.models import Unit
from openness.units.names import Level

from ..models import Adjustment, Change, Kind
from ..services.showing import adjustments

_PER_PAGE, _FEED = 30, 50


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """`change` and `kind` are keys, `unit` a code, `year` four digits; whatever else they say counts for nothing."""
    asked = _asked(request)
    kept = request.GET.copy()
    kept.pop("page", None)
    years = [day.year for day in Adjustment.objects.dates("day", "year", order="DESC")]
    page = Paginator(_rows(asked), _PER_PAGE).get_page(request.GET.get("page"))
    context = {**asked, "page": page, "query": kept.urlencode(), "years": years, "changes": Change.choices, "kinds": Kind.choices}
    return keep(render(request, "powers/changes.html", context), _topic(asked))


@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    here = f"{settings.SITE_URL}{request.get_full_path()}"
    feed = Atom1Feed(title=_("清单动态调整"), link=f"{settings.SITE_URL}/powers/changes/", description="", feed_url=here, language="zh-CN")
    for row in _rows(asked)[:_FEED]:
        day = timezone.make_aware(datetime.combine(row.day, time()))
        feed.add_item(
            title=f"{row.get_change_display()}：{row.name}", link=f"{settings.SITE_URL}{row.address}#v{row.version.number}", description=_said(row),
            unique_id=f"{settings.SITE_URL}/powers/changes/#{row.pk}", pubdate=day, updateddate=row.at.astimezone(UTC),
        )  # fmt: skip
    return keep(HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type), _topic(asked))


def _said(row: Adjustment) -> str:
    where = _("{list}{version}").format(list=row.version.power_list, version=row.version)
    return "\n".join([where, *(f"{heading}：{before or _('（空）')} → {after or _('（空）')}" for heading, before, after in row.fields)])


def _asked(request: HttpRequest) -> dict[str, Any]:
    change, kind, year = (request.GET.get(name, "") for name in ("change", "kind", "year"))
    return {
        "unit": _unit(request.GET.get("unit", "")),
        "change": change if change in Change else "", "kind": kind if kind in Kind else "",
        "year": int(year) if len(year) == 4 and year.isascii() and year.isdecimal() and int(year) else None,
    }  # fmt: skip


def _unit(code: str) -> Unit | None:
    """Of a code that could be one: PostgreSQL refuses to look for certain characters at all."""
    known = code.isascii() and code.isdecimal()
    return Unit.objects.filter(code=code[:12], level__gte=Level.COUNTY).first() if known else None


def _rows(asked: dict[str, Any]) -> Any:
    return adjustments(asked["unit"].path if asked["unit"] else "", asked["change"], asked["kind"], asked["year"])


def _topic(asked: dict[str, Any]) -> str:
    return of_place(asked["unit"].path) if asked["unit"] else ANY
