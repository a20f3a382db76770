"""Photographs as they may be public: upright, no larger than a page needs, and without what the camera wrote into them (where, when, by whom)."""

import warnings
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from openness.units.models import Unit
from openness.units.refusal import Refused

from ..models import Photo

LONGEST_SIDE = 2560
MOST_PIXELS = 60_000_000
MOST_BYTES = 20 * 1024 * 1024
_QUALITY = 85
_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
_MOST_TITLE = 100
_FAULTS = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, RuntimeError)

register_heif_opener(thumbnails=False)


def treated(data: bytes) -> tuple[bytes, str]:
    """The picture anew, and the ending of its name: png where it lets something shine through, else jpg.

    Raises:
        Refused: no picture that can be read, or one too large.
    """
    if len(data) > MOST_BYTES:
        raise Refused(_("照片太大（超过 20 MB）。请用手机的“编辑”把它存小一点再传。"))
    picture = _upright(_opened(data))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    clear = _is_clear(picture)
    out = BytesIO()
    # Pasted onto a new picture: whatever the file said beside its pixels stays behind.
    fresh = Image.new("RGBA" if clear else "RGB", picture.size, "white")
    fresh.paste(picture.convert(fresh.mode))
    if clear:
        fresh.save(out, "PNG", optimize=True)
    else:
        fresh.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue(), "png" if clear else "jpg"


def _opened(data: bytes) -> Image.Image:
    """The size is asked before the pixels are unpacked: a small file may claim a huge picture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(data), formats=_FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise Refused(too_many_pixels())
        picture.load()
    except Image.DecompressionBombError as fault:
        raise Refused(too_many_pixels()) from fault
    except _FAULTS as fault:
        raise Refused(_("这张照片打不开，可能没有传完整。请换一张，或者在手机上重新存一次。")) from fault
    return picture


def too_many_pixels() -> str:
    return _("照片的像素太多（超过 6000 万）。请存小一点再传。")


def _upright(picture: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(picture)
    except _FAULTS:  # what the camera wrote about itself is broken; the picture is not
        return picture


def _is_clear(picture: Image.Image) -> bool:
    if picture.mode == "P" and "transparency" in picture.info:
        return True
    return "A" in picture.getbands() and picture.getchannel("A").point(lambda shade: 255 if shade < 255 else 0).getbbox() is not None


def treat_upload(upload: Any) -> None:
    """Replace what was uploaded by the treated picture, in its own temporary file too: Wagtail may store that before any form is complete.

    Raises:
        Refused: as `treated`.
    """
    upload.seek(0)
    data, ending = treated(upload.read())
    file = upload.file
    file.seek(0)
    file.truncate()
    file.write(data)
    file.flush()
    file.seek(0)
    upload.size = len(data)
    upload.name = f"{PurePath(upload.name).stem}.{ending}"
    upload.content_type = "image/png" if ending == "png" else "image/jpeg"


def make_photo(unit: Unit | None, data: bytes, title: str, user: Any = None) -> Photo:
    """A stored photograph of the unit. Raises Refused as `treated`."""
    done, ending = treated(data)
    photo = Photo(unit=unit, title=title[:_MOST_TITLE] or _("照片"), uploaded_by_user=user)
    photo.file = ContentFile(done, f"photo.{ending}")
    photo.save()
    return photo
