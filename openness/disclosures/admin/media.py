"""Attachments and photographs: the unit decides; everybody works in the root collection."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django import forms
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
from wagtail.models import Collection

from openness.units.models import Unit
from openness.units.policy import UnitPolicy

from ..forms import units_for

if TYPE_CHECKING:
    _Form = forms.ModelForm[Any]
else:
    _Form = forms.ModelForm


class UnitMediaPolicy(UnitPolicy):
    """Files without a unit belong to the site: only superusers touch them."""

    def collections_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> Any:
        root = Collection.objects.filter(depth=1)
        return root if self.user_has_any_permission(user, actions) else root.none()

    def collections_user_has_permission_for(self, user: Any, action: str) -> Any:
        return self.collections_user_has_any_permission_for(user, [action])


class _UnitForm(_Form):
    """The uploader's units only; the only one is chosen already."""

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)  # type: ignore[call-arg]
        if "unit" not in self.fields:
            return
        units = units_for(user, self._meta.model._meta.label_lower, "add").filter(level__gte=3).order_by("path")
        field = cast("forms.ModelChoiceField[Unit]", self.fields["unit"])
        field.queryset = units
        field.required = not (user and user.is_superuser)
        only = list(units[:2])
        if len(only) == 1:
            field.initial, field.empty_label = only[0].pk, None


class AttachmentForm(_UnitForm, BaseDocumentForm):
    pass


class PhotoForm(_UnitForm, BaseImageForm):
    pass
