"""The library: a list with filters, and the same conditions as an Atom feed."""

from datetime import datetime, time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openness.pagecache.keeping import keep

from ..services.library import PER_PAGE, Wanted, chips_of, facets_of, page_of, rows_of
from ..shown import POLICIES


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    wanted = Wanted.read(request.GET.dict())
    facets = facets_of(wanted)
    page = page_of(wanted, request.GET.get("page"))
    context = {"wanted": wanted, "facets": facets, "chips": chips_of(wanted, facets), "page": page, "query": wanted.query()}
    answer = render(request, "policies/library.html", context)
    return answer if wanted.text else keep(answer, POLICIES)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest twenty under the conditions of the address."""
    query = Wanted.read(request.GET.dict())
    here, home = settings.SITE_URL + reverse("policies_atom"), settings.SITE_URL + reverse("policies")
    suffix = f"?{query.query()}" if query.query() else ""
    made = Atom1Feed(title=_("政策库"), link=home + suffix, description="", feed_url=here + suffix, language="zh-CN")
    for row in rows_of(query).defer("text", "sketch")[:PER_PAGE]:
        address = settings.SITE_URL + row.get_absolute_url()
        day = timezone.make_aware(datetime.combine(row.issued_on or timezone.localdate(row.first_published_at), time()))
        made.add_item(
            title=row.title, link=address, unique_id=address, description=f"{row.issuer} {row.number} {row.validity}".strip(), pubdate=day,
            updateddate=row.last_published_at or day,
        )  # fmt: skip
    answer = HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    return answer if query.text else keep(answer, POLICIES)
