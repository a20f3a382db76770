"""Doors of Wagtail's admin that ask no instance policy, closed or scoped."""

import re
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import SnippetChooserViewSet


class NoChooser(SnippetChooserViewSet):
    """Wagtail's snippet chooser tells any object's title to anybody who may open the admin. Nothing here chooses objects so: no address."""

    def get_urlpatterns(self) -> list[Any]:
        return []


_KEPT = re.compile(
    r"wagtailadmin_reports:site_history\w*"  # the log of every unit, titles of drafts included
    r"|wagtailsnippetchoosers_.*"
    r"|wagtailadmin_workflows:task_(chooser\w*|chosen)"
    r"|wagtailadmin_pages:move_confirm"  # asks nothing before it is posted
    r"|wagtailadmin_error_test"
)
# Addresses of files, and which of their parameters names the file.
_FILES = {"wagtaildocs": get_document_model, "wagtailimages": get_image_model}
_NUMBERS = ("document_id", "doc_id", "image_id", "pk")


class ClosedDoors:
    """Middleware before Wagtail's views: what is kept for superusers, and files of other units, do not exist for the rest of the staff."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        kept, file_model = _KEPT.fullmatch(name), _FILES.get(name.partition(":")[0].removesuffix("_chooser"))
        user: Any = request.user
        if not (kept or file_model) or not user.has_perm("wagtailadmin.access_admin"):
            return  # Wagtail sends those without a role to the login
        if kept and not user.is_superuser or file_model and not _sees(user, file_model(), kwargs):
            raise Http404


def _sees(user: Any, model: Any, kwargs: dict[str, Any]) -> bool:
    number = next((str(kwargs[name]) for name in _NUMBERS if name in kwargs), "")
    if not number:
        return True
    return number.isdecimal() and bool(policy_registry.get_by_type(model).visible(user).filter(pk=number).exists())
