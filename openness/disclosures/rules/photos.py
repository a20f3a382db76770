"""What photographs tell beside the picture: where they were taken, and whose camera it was. Old ones: an upload takes it out."""

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image

from .issue import Issue
from .level import Level
from .rule import Case, Rule
from .text import Picture

_GPS, _EXIF = 0x8825, 0x8769
_LATITUDE = 2
_NAMES = (0x013B, 0x9C9D)  # Artist, XPAuthor
# What Pillow raises for bytes in memory that are no whole picture.
_NO_PICTURE = (OSError, Image.DecompressionBombError, ValueError, SyntaxError, struct.error)
_OWNERS = (0xA430, 0xA431)  # CameraOwnerName, BodySerialNumber


class PhotoTraces(Rule):
    code = "photo"
    name = gettext_lazy("照片里的位置")
    meaning = gettext_lazy("照片文件里不能存着拍摄地点、拍照人名字或相机编号。")
    advice = gettext_lazy("把照片重新上传一次再换上：上传时会自动去掉。")
    basis = gettext_lazy("个人信息保护法第二十八条：行踪轨迹是敏感个人信息")
    level = Level.BLOCK
    floor = Level.WARN
    needs = frozenset({"files"})

    def issues(self, case: Case) -> Iterator[Issue]:
        for key in case.text.photos:
            picture = case.facts.photos.get(key)
            if picture is not None and (traces := traces_in(picture)):
                yield Issue("body", _("照片“{title}”里存着{what}。").format(title=picture.title, what="、".join(traces)))


def traces_in(picture: Picture) -> list[str]:
    """What the file says beside the picture, in words; nothing of a file that is gone or is no whole picture: others say so."""
    try:
        with picture.file.open("rb") as file:
            data = BytesIO(file.read())
    except FileNotFoundError:
        return []
    try:
        with Image.open(data) as image:
            return list(_traces(image.getexif()))
    except _NO_PICTURE:
        return []


def _traces(exif: Any) -> Iterator[str]:
    if _LATITUDE in exif.get_ifd(_GPS):
        yield _("拍摄地点")
    if any(exif.get(tag) for tag in _NAMES):
        yield _("拍照人的名字")
    if any(exif.get_ifd(_EXIF).get(tag) for tag in _OWNERS):
        yield _("相机的编号")
