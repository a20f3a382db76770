"""Photographs: upright, small enough, without the place where they were taken; what is no photograph is refused in words."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import UploadedFile

from openness.disclosures.models import Photo
from openness.disclosures.services.photos import LONGEST_SIDE, make_photo, treated
from openness.units.refusal import Refused
from tests.disclosures.test_files import own_media  # noqa: F401

pytestmark = pytest.mark.django_db
_GPS, _ORIENTATION, _MAKER = 0x8825, 0x0112, 0x010F


def taken(form: str = "JPEG", size: tuple[int, int] = (400, 200), orientation: int = 6) -> bytes:
    """A picture as a telephone takes it: lying on its side, red at the left, with a place and a maker."""
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, size[0] // 4, size[1]))
    exif = Image.Exif()
    exif[_ORIENTATION], exif[_MAKER] = orientation, "GEHEIM-TELEFON"
    exif.get_ifd(_GPS).update({1: "N", 2: (43.0, 50.0, 16.0), 3: "E", 4: (126.0, 33.0, 0.0)})
    out = io.BytesIO()
    picture.save(out, form, exif=exif.tobytes(), quality=90)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_every_kind_comes_out_upright_and_without_place_or_maker(form):
    before = taken(form)
    assert b"GEHEIM" in before
    data, ending = treated(before)
    picture = opened(data)
    assert ending == "jpg"
    assert picture.size == (200, 400)
    assert picture.getpixel((100, 20))[1] < 60  # what lay at the left stands at the top
    assert not picture.getexif()
    assert b"GEHEIM" not in data
    assert b"Exif" not in data


def test_a_large_picture_is_shrunk_and_a_small_one_is_not_blown_up():
    assert max(opened(treated(taken(size=(4000, 1000), orientation=1))[0]).size) == LONGEST_SIDE
    assert opened(treated(taken(size=(40, 20), orientation=1))[0]).size == (40, 20)


def test_what_shines_through_stays_so():
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(out, "PNG")
    data, ending = treated(out.getvalue())
    assert (ending, opened(data).mode) == ("png", "RGBA")


def bomb() -> bytes:
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "打不开"), (b"no picture", "打不开"), (taken()[:400], "打不开"), (b"GIF89a" + b"\0" * 50, "打不开"), (bomb(), "像素太多")],
)
def test_what_is_no_usable_picture_is_refused_in_words(data, words):
    with pytest.raises(Refused, match=words):
        treated(data)


def everything_stored(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def add(client, data: bytes, name: str, **more):
    return client.post("/admin/images/multiple/add/", {"title": "村口", "files[]": SimpleUploadedFile(name, data), **more})


def test_an_upload_is_treated_before_anything_is_stored(client, member, village, settings):
    client.force_login(member("clerk", village))
    answer = client.post("/admin/images/add/", {"title": "村口", "unit": village.pk, "file": SimpleUploadedFile("IMG_1.jpg", taken())})
    assert answer.status_code == 302
    photo = Photo.objects.get()
    assert (photo.width, photo.height) == (200, 400)
    assert b"GEHEIM" not in everything_stored(Path(settings.MEDIA_ROOT))


def test_an_upload_that_waits_for_its_unit_is_treated_too(client, member, village, settings):
    """Wagtail keeps the file of an incomplete form: the original would lie on the disk, with its place."""
    client.force_login(member("clerk", village))
    assert add(client, taken(), "IMG_1.jpg").json()["success"]
    assert UploadedFile.objects.exists() or Photo.objects.exists()
    stored = everything_stored(Path(settings.MEDIA_ROOT))
    assert stored
    assert b"GEHEIM" not in stored


def test_a_heic_becomes_a_jpeg(client, member, village):
    client.force_login(member("clerk", village))
    upload = SimpleUploadedFile("IMG_2.heic", taken("HEIF"))
    assert client.post("/admin/images/add/", {"title": "村口", "unit": village.pk, "file": upload}).status_code == 302
    assert Photo.objects.get().file.name.endswith(".jpg")


def test_a_broken_upload_is_refused_on_the_page(client, member, village):
    client.force_login(member("clerk", village))
    upload = SimpleUploadedFile("a.jpg", taken()[:1200])
    answer = client.post("/admin/images/add/", {"title": "村口", "unit": village.pk, "file": upload})
    assert answer.status_code == 200
    assert not Photo.objects.exists()


def test_a_photo_made_by_an_import_is_treated(village):
    photo = make_photo(village, taken(), "图 1")
    with photo.file.open("rb") as file:
        assert not opened(file.read()).getexif()
    assert photo.unit == village
    assert photo.sha256
