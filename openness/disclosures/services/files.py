"""Which files the public may have: those that the public version of a live disclosure shows, and the site's own."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from wagtail.permissions import policy_registry

from ..models.files import Attachment, FileUse, Photo, PhotoRendition

# What else shows files to the public: apps above this one say so when they are ready.
_SHOWN_BY: list[Callable[[Attachment], bool]] = []


def register_shown_by(shows: Callable[[Attachment], bool]) -> None:
    """An app above shows attachments too: it tells whether something public of its own shows this one."""
    _SHOWN_BY.append(shows)


def may_download(file: Attachment | Photo, user: Any) -> bool:
    """Public files for everybody; others for those who may act on the unit's files."""
    if is_public(file) or (file.unit_id is None and not getattr(file, "private", False)):
        return True
    return bool(user.is_authenticated and policy_registry.get(file).user_has_permission_for_instance(user, "view", file))


def is_public(file: Attachment | Photo) -> bool:
    if isinstance(file, Attachment) and file.private:
        return False  # whatever shows it
    column = "attachment" if isinstance(file, Attachment) else "photo"
    if FileUse.objects.filter(**{column: file}, disclosure__live=True).exists():
        return True
    return isinstance(file, Attachment) and any(shows(file) for shows in _SHOWN_BY)


def photo_at(path: str) -> Photo | None:
    """The photograph that a stored file (an original or a rendition) belongs to."""
    rendition = PhotoRendition.objects.filter(file=path).select_related("image").first()
    if rendition is not None:
        return rendition.image
    return Photo.objects.filter(Q(file=path)).first()
