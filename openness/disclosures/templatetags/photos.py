from typing import TYPE_CHECKING

from django import template

from ..services.photo_sizes import ShownPhoto, shown_photo

if TYPE_CHECKING:
    from ..models import Photo

register = template.Library()


@register.simple_tag
def photo_shown(photo: "Photo") -> ShownPhoto:
    """Addresses and size of a photograph; made now if nobody has looked at it yet."""
    return shown_photo(photo)
