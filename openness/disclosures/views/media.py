"""Photographs by their stored path. Attachments are served by Wagtail's document view, never from here."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from ..services.files import may_download, photo_at


@require_safe
def media(request: HttpRequest, path: str) -> FileResponse:
    photo = photo_at(path)
    if photo is None or not may_download(photo, request.user) or not default_storage.exists(path):
        raise Http404
    response = FileResponse(default_storage.open(path, "rb"))
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"  # withdrawn today means gone today
    return response
