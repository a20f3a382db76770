"""The admin's own API lists files to every member of staff; these list only what the person may see."""

from typing import Any

from django.db.models import QuerySet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry


class _OfOwnUnits:
    request: Any

    def get_queryset(self) -> QuerySet[Any]:
        everything: QuerySet[Any] = super().get_queryset()  # type: ignore[misc]
        return everything & policy_registry.get_by_type(everything.model).visible(self.request.user)


class OwnDocuments(_OfOwnUnits, DocumentsAdminAPIViewSet):
    pass


class OwnImages(_OfOwnUnits, ImagesAdminAPIViewSet):
    pass
