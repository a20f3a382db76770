"""督办台 in the admin: the desk of the places that a person's roles cover, the lists behind its numbers, and these as workbooks."""

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from openness.units.admin.common import at_or_below, may_for, within
from openness.units.grants import roles_for
from openness.units.models import Unit
from openness.units.roles import roles_of

from ..models import UrgeClock
from ..rules.steps import ORDER
from ..services.cell_sheet import cells_workbook
from ..services.overview import cells_behind
from ..services.rectify import progress
from ..views.asking import admin_links, cells_page, choice_of, state_of, workbook_url
from ..views.shown import desk_context, list_context, list_rows

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def places(user: Any) -> QuerySet[Unit]:
    """The units that a person may look at; those no longer in use too, for what was due of them."""
    units = Unit.objects.all()
    return units if user.is_superuser else units.filter(roles_of(user).within(roles_for("supervision.obligation", "view")))


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    today, mine = timezone.localdate(), places(request.user)
    choice = choice_of(request, mine, today)
    context = desk_context(choice, admin_links(choice), mine, today)
    urged = dict(UrgeClock.objects.filter(cell__in=[cell.pk for cell, _words in context["overdue"]]).values_list("cell", "times"))
    context["overdue"] = [(cell, words, urged.get(cell.pk, 0)) for cell, words in context["overdue"]]
    context["workbook_url"] = workbook_url(choice, "overdue")
    context["may_urge"] = may_for(request.user, "supervision.urging", "add", choice.unit)
    context["place"], context["progress"] = choice.unit, progress(within(request.user, ORDER, "view") & at_or_below(choice.unit))
    context["scores_url"] = f"{reverse('supervision_scores')}?unit={choice.unit.code}"
    return render(request, "supervision/admin/desk.html", context)


@require_safe
def cells(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    choice, state = choice_of(request, places(request.user), today), state_of(request)
    page = cells_page(request, choice, today)
    context = {
        **list_context(choice, admin_links(choice), state, today), "page": page, "rows": list_rows(page, state, today), "admin": True,
        "workbook_url": workbook_url(choice, state),
    }  # fmt: skip
    return render(request, "supervision/admin/cells.html", context)


@require_safe
def workbook(request: HttpRequest) -> FileResponse:
    """The same list with all its rows."""
    today = timezone.localdate()
    choice, state = choice_of(request, places(request.user), today), state_of(request)
    found = cells_behind(choice.unit, choice.scope(today), state, alone=choice.alone)
    name = f"{choice.unit.code}-{choice.period.code}-{state}.xlsx"
    return FileResponse(cells_workbook(found, today), as_attachment=True, filename=name, content_type=_XLSX)
