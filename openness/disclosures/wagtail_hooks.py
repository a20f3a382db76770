from typing import Any

from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from openness.units.policy import UnitPolicy

from .models import Attachment, Disclosure
from .services.files import may_download

# Before the view sets: once a view set has asked, Wagtail keeps its own fallback policy.
register_permission_policy(Disclosure, UnitPolicy(Disclosure))

from .admin import attachments, check_hooks, review_hooks  # noqa: E402, F401
from .admin import urls as form_urls  # noqa: E402
from .admin.api import OwnDocuments, OwnImages  # noqa: E402
from .admin.labels import label_forms  # noqa: E402
from .admin.viewsets import DisclosureViewSet  # noqa: E402

register_snippet(DisclosureViewSet)
label_forms()


@hooks.register("construct_snippet_action_menu")
def only_review_publishes(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    if context["model"] is Disclosure and not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name != "action-publish"]


@hooks.register("construct_admin_api")
def list_only_own_files(router: Any) -> None:
    """Over Wagtail's endpoints of the same names: our apps come last."""
    router.register_endpoint("documents", OwnDocuments)
    router.register_endpoint("images", OwnImages)


@hooks.register("register_admin_urls", order=-1)
def list_attachments() -> list[Any]:
    return [*attachments.urls, *form_urls.urlpatterns]


@hooks.register("before_serve_document")
def only_public_documents(document: Attachment, request: HttpRequest) -> None:
    """Files of what is not public do not exist for strangers."""
    if not may_download(document, request.user):
        raise Http404
