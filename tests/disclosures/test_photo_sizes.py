"""Photographs on public pages: small WebP for those who can show it, JPEG for the others; the original stays as it was sent."""

import re
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from openness.disclosures.models import Photo
from openness.disclosures.services.photo_sizes import shown_photo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Wagtail remembers sizes by the number of the photograph, and numbers come again after a test is rolled back."""
    cache.clear()


def jpeg(width: int, height: int) -> ContentFile:
    out = BytesIO()
    Image.effect_noise((width, height), 40).convert("RGB").save(out, "JPEG", quality=95)
    return ContentFile(out.getvalue(), "board.jpg")


@pytest.fixture
def photo(village) -> Photo:
    return Photo.objects.create(title="公示栏", file=jpeg(1600, 1000), unit=village)


@pytest.fixture
def words(published, photo) -> str:
    shown = published(body=[{"type": "photo", "value": {"photo": photo.pk, "caption": "公示栏上的名单"}}])
    return Client().get(shown.get_absolute_url()).content.decode()


def test_a_page_offers_webp_in_three_widths_and_jpeg_with_its_size(words):
    picture = re.findall(r"<picture>.*?</picture>", words)[0]
    offered = re.findall(r'type="image/webp" srcset="([^"]+)"', picture)[0].split(", ")
    assert [one.split()[1] for one in offered] == ["480w", "800w", "1200w"]
    assert 'sizes="(max-width: 800px) 100vw, 800px"' in picture
    assert re.search(r'<img src="[^"]+\.jpg" width="1200" height="750" alt="公示栏上的名单" loading="lazy">', picture)


def test_what_it_offers_is_there_and_is_what_it_says(words, photo):
    webp, jpeg_one = (re.findall(pattern, words)[0] for pattern in (r'srcset="(\S+) 480w', r'<img src="([^"]+)"'))
    for url, kind, width in ((webp, "WEBP", 480), (jpeg_one, "JPEG", 1200)):
        answer = Client().get(url)
        assert answer.status_code == 200
        with Image.open(BytesIO(b"".join(answer.streaming_content))) as found:
            assert (found.format, found.width) == (kind, width)
    assert len(photo.renditions.all()) == 4


def test_the_smallest_costs_a_telephone_a_fraction(photo):
    shown_photo(photo)
    size = {made.filter_spec: made.file.size for made in photo.renditions.all()}
    assert size["max-480x480|format-webp"] * 4 < size["max-1200x1200|format-jpeg"]


def test_the_original_is_not_touched(village):
    sent = jpeg(900, 600)
    photo = Photo.objects.create(title="现场", file=sent, unit=village)
    sent.seek(0)
    before = sent.read()
    shown_photo(photo)
    with photo.file.open("rb") as file:
        assert file.read() == before


def test_a_small_one_is_not_blown_up_and_named_once(village):
    shown = shown_photo(Photo.objects.create(title="小图", file=jpeg(300, 200), unit=village))
    assert (shown.width, shown.height) == (300, 200)
    assert re.fullmatch(r"\S+ 300w", shown.srcset)


def test_a_lost_file_breaks_no_page(village):
    photo = Photo.objects.create(title="丢了", file=jpeg(300, 200), unit=village)
    photo.file.storage.delete(photo.file.name)
    assert shown_photo(Photo.objects.get(pk=photo.pk)).srcset == ""


def test_its_sizes_are_one_query_once_they_are_made(photo):
    shown_photo(photo)
    cache.clear()
    again = Photo.objects.get(pk=photo.pk)
    with CaptureQueriesContext(connection) as asked:
        shown_photo(again)
    assert len(asked) == 1
