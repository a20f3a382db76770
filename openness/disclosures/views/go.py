"""From the form 看我们村 to a unit's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from openness.units.models import Unit
from openness.units.names import Level


@require_safe
def go(request: HttpRequest) -> HttpResponse:
    """The form 看我们村 without JavaScript: a village if one was chosen, else the township's page."""
    code = request.GET.get("village") or request.GET.get("town") or ""
    found = Unit.objects.filter(code=code, level__gte=Level.COUNTY).first() if code.isdecimal() else None
    return redirect(found.get_absolute_url() if found else "/")
