"""One entry: what it says today, where to go for it, and what every version did to it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openness.pagecache.keeping import keep
from openness.pagecache.topics import of_place
from openness.units.names import Level

from ..models import PowerList
from ..services import showing


@require_safe
def entry(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """An entry that is no longer in force stays readable and says so; what no public version had is unknown."""
    power_list = get_object_or_404(PowerList.objects.select_related("unit"), pk=pk)
    versions, today = showing.public_versions(power_list), timezone.localdate()
    current = next((one for one in versions if one.in_force_from and one.in_force_from <= today), None)
    found = showing.entry_at(power_list, key, versions, current)
    if found is None:
        raise Http404
    by_key = {version.pk: version for version in versions}
    context = {
        "entry": found, "list": power_list, "unit": power_list.unit, "version": by_key[found.version_id], "current": current,
        "in_force": current is not None and found.version_id == current.pk, "first": versions[-1], "details": showing.details(found),
        "guides": list(showing.guides_for(found, power_list)), "history": list(showing.history(power_list, key)),
        "above": power_list.unit.get_ancestors().filter(level__gte=Level.COUNTY),
    }  # fmt: skip
    return keep(render(request, "powers/entry.html", context), of_place(power_list.unit.path))
