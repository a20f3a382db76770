"""A photograph as pages show it: WebP in three sizes, of which a browser takes the smallest that will do, and JPEG for those without WebP."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wagtail.images.shortcuts import get_renditions_or_not_found

if TYPE_CHECKING:
    from ..models import Photo

JPEG = "max-1200x1200|format-jpeg"
_WEBP = tuple(f"max-{side}x{side}|format-webp" for side in (480, 800, 1200))


@dataclass(frozen=True)
class ShownPhoto:
    """`src`, `width` and `height` are of the JPEG, pixels; `srcset` names each WebP once with its width."""

    src: str
    width: int
    height: int
    srcset: str


def shown_photo(photo: "Photo") -> ShownPhoto:
    """One query, whatever the sizes. A size that is not there yet is made; one larger than the original is the original's size.

    A photograph whose file is lost shows its words only, as a broken picture.
    """
    made = get_renditions_or_not_found(photo, (JPEG, *_WEBP))
    jpeg = made[JPEG]
    by_width = {made[spec].width: made[spec].url for spec in _WEBP}
    srcset = ", ".join(f"{url} {width}w" for width, url in sorted(by_width.items()) if width)
    return ShownPhoto(jpeg.url, jpeg.width, jpeg.height, srcset)
