"""One guide: public, withdrawn (410 with the reason), or unknown to strangers (404); and the forms that it offers."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from openness.pagecache.keeping import keep
from openness.pagecache.topics import of_place

from ..models import ServiceGuide
from ..services.showing import files_of, guide_context


@require_safe
def guide(request: HttpRequest, pk: int) -> HttpResponse:
    found = ServiceGuide.objects.select_related("unit").filter(pk=pk).first()
    if found is None or not (found.live or found.withdrawn_at):
        raise Http404
    if not found.live:
        return render(request, "guides/gone.html", {"guide": found}, status=410)
    context = {**guide_context(found), "above": found.unit.get_ancestors().filter(level__gte=3)}
    return keep(render(request, "guides/guide.html", context), of_place(found.unit.path))


@require_safe
def file(request: HttpRequest, pk: int, file: int) -> FileResponse:
    """A blank form or a sample that the public guide offers, to be kept; no other attachment is reached from here."""
    found = files_of(get_object_or_404(ServiceGuide.objects.public(), pk=pk)).get(file)
    if found is None or found.private or not found.file.storage.exists(found.file.name):
        raise Http404
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.filename)
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"  # withdrawn today means gone today
    return response
