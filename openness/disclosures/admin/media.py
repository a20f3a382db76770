"""Attachments and photographs: the unit decides; everybody works in the root collection."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.models import Collection

from openness.units.models import Unit
from openness.units.policy import UnitPolicy
from openness.units.refusal import Refused

from ..extraction.outside import is_locked_outside
from ..extraction.result import SENTENCES, State
from ..forms import units_for
from ..services.attachment_texts import reading_limits
from ..services.local_files import uploaded_path
from ..services.photos import treat_upload

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


class AttachmentPolicy(UnitMediaPolicy):
    """Photographs of signed sheets are seen by whoever sees drafts; nobody chooses, changes or deletes them."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> Any:
        rows = super().instances_user_has_any_permission_for(user, actions)
        return rows if "view" in actions else rows.filter(private=False)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        if instance.private and "view" not in actions:
            return False
        return super().user_has_any_permission_for_instance(user, actions, instance)


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
    """All ways to upload an attachment: the list's, the edit page's and the chooser's in the disclosure's form."""

    def clean_file(self) -> Any:
        """A file with a password is of no use to residents. Looked at in another process, for a few seconds at most."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            with uploaded_path(file) as path:
                if is_locked_outside(path, reading_limits(settings.ATTACHMENT_TEXT_LOOK_SECONDS)):
                    raise forms.ValidationError(SENTENCES[State.ENCRYPTED], code="encrypted")
        return file


class PhotoField(WagtailImageField):
    """Treated before Wagtail looks at it: a picture that was cut off would end its check with an error instead of a sentence."""

    def to_python(self, data: Any) -> Any:
        if isinstance(data, UploadedFile):
            try:
                treat_upload(data)
            except Refused as refused:
                raise forms.ValidationError(list(refused.sentences), code="refused") from refused
        return super().to_python(data)


class PhotoForm(_UnitForm, BaseImageForm):
    """All ways to upload a photograph: upright, shrunk and without its place before anything is stored."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            old = self.fields["file"]
            self.fields["file"] = PhotoField(required=old.required, label=old.label, widget=old.widget)
