"""Shared by the pages of the admin: whose units, one page of rows, and sentences instead of errors."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.admin.menu import MenuItem

from ..grants import roles_for
from ..models import Unit
from ..names import Level
from ..policy import UnitPolicy
from ..refusal import Refused
from ..roles import roles_of

_ROWS = 50
_MOST_PAGES = 200
View = Callable[..., HttpResponse]


def within(user: Any, model: str, action: str, prefix: str = "unit__") -> Q:
    """The rows whose unit the person may do this to."""
    return Q() if user.is_superuser else roles_of(user).within(roles_for(model, action), prefix)


def may_somewhere(user: Any, model: str, action: str) -> bool:
    return bool(user.is_superuser or roles_of(user).any_of(roles_for(model, action)))


def may_for(user: Any, model: str, action: str, unit: Unit) -> bool:
    return bool(user.is_superuser or roles_of(user).cover(unit, roles_for(model, action)))


def counties_of(user: Any) -> list[Unit]:
    """The counties in which a person works, or that the person watches from above."""
    rows = Unit.objects.filter(level=Level.COUNTY, active=True).order_by("path")
    if user.is_superuser:
        return list(rows)
    length = Unit.steplen * Level.COUNTY
    paths = {path for held in roles_of(user).paths.values() for path in held}
    inside, above = {path[:length] for path in paths if len(path) >= length}, [path for path in paths if len(path) < length]
    return [row for row in rows if row.path in inside or any(row.path.startswith(path) for path in above)]


def seen_or_404(model: type[Model], user: Any, pk: int, *related: str) -> Any:
    """What a person may not see does not exist for them."""
    row = UnitPolicy(model).visible(user).select_related(*related, "unit").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def page_of(rows: QuerySet[Any], request: HttpRequest) -> dict[str, Any]:
    """One page of fifty and whether there are more: counting millions would cost more than reading fifty."""
    text = request.GET.get("page", "1")
    number = min(max(int(text), 1), _MOST_PAGES) if text.isascii() and text.isdecimal() and len(text) < 5 else 1
    found = list(rows[(number - 1) * _ROWS : number * _ROWS + 1])
    kept = request.GET.copy()
    kept.pop("page", None)
    return {
        "rows": found[:_ROWS],
        "number": number,
        "before": number - 1,
        "after": number + 1 if len(found) > _ROWS and number < _MOST_PAGES else 0,
        "query": kept.urlencode(),
    }


def place_asked(request: HttpRequest) -> Unit | None:
    """The place that the address names; None where it names none: then the rows are of all that the person may see."""
    return Unit.objects.filter(code=request.GET.get("place", "")[:12]).first()


def at_or_below(place: Unit | None) -> Q:
    return Q(unit__path__startswith=place.path) if place and place.depth > 1 else Q()


def needs(model: str, action: str) -> Callable[[View], View]:
    """For pages of those who may do this to some unit."""

    def decorate(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may_somewhere(request.user, model, action):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return asked

    return decorate


def tells_refusals(view: View) -> View:
    """A rule that says no becomes a message on the page where the person was."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            for sentence in refused.sentences:
                messages.error(request, sentence)
            return redirect(back(request, request.get_full_path()))

    return told


def back(request: HttpRequest, otherwise: str) -> str:
    """The address that the form named to return to, if it is one of this site's."""
    wanted = request.POST.get("next", "")
    return wanted if wanted and url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else otherwise


class ForThose(MenuItem):
    """A menu item for those who may do this to some unit."""

    def __init__(self, *args: Any, model: str, action: str = "view", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.model, self.action = model, action

    def is_shown(self, request: HttpRequest) -> bool:
        return may_somewhere(request.user, self.model, self.action)
