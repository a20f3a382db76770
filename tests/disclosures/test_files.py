"""Files of what is not public do not exist for strangers, by any address."""

from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from PIL import Image

from openness.disclosures.models import Attachment, FileUse, Photo
from openness.disclosures.services.take_down import withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()  # Wagtail keeps renditions here by a key that the next test's photograph has too


def picture() -> ContentFile:
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    return ContentFile(out.getvalue(), "board.png")


@pytest.fixture
def files(village):
    return Attachment.objects.create(title="名单", file=ContentFile(b"list", "list.txt"), unit=village), Photo.objects.create(
        title="公示栏", file=picture(), unit=village
    )


@pytest.fixture
def with_files(draft, files):
    attachment, photo = files
    return draft(body=[("text", "<p>见附件</p>"), ("file", attachment), ("photo", {"photo": photo, "caption": "公示栏"})])


def addresses(files) -> list[str]:
    attachment, photo = files
    rendition = photo.get_rendition("max-20x20")
    return [attachment.url, photo.file.url, rendition.file.url, attachment.file.url]


def test_files_of_a_draft_answer_404_to_strangers_and_open_to_its_clerk(client, with_files, files, member, village, tree):
    *served, raw_document = addresses(files)
    for url in (*served, raw_document):
        assert client.get(url).status_code == 404, url
    client.force_login(member("clerk", tree["大绥河村"]))
    assert {client.get(url).status_code for url in served} == {404}
    client.force_login(member("clerk", village))
    assert {client.get(url).status_code for url in served} == {200}


def test_publishing_opens_them_and_withdrawing_closes_them(client, with_files, files, member, village):
    reviewer = member("reviewer", village)
    with_files.get_latest_revision().publish(user=reviewer)
    *served, raw_document = addresses(files)
    assert {client.get(url).status_code for url in served} == {200}
    assert client.get(raw_document).status_code == 404
    with_files.refresh_from_db()
    withdraw(with_files, reviewer, "名单有误")
    assert {client.get(url).status_code for url in served} == {404}


def test_a_file_dropped_by_a_correction_closes(client, with_files, files, member, village):
    reviewer = member("reviewer", village)
    with_files.get_latest_revision().publish(user=reviewer)
    with_files.refresh_from_db()
    with_files.body = [("text", "<p>附件已取消</p>")]
    with_files.change_note = "取消附件"
    with_files.save_revision().publish(user=reviewer)
    assert {client.get(url).status_code for url in addresses(files)} == {404}
    assert not FileUse.objects.exists()


def test_files_are_part_of_the_proof(with_files, files, member, village):
    from openness.disclosures.services.receipts import content_hash

    before = content_hash(with_files)
    attachment, _photo = files
    assert len(attachment.sha256) == 64
    attachment.file = ContentFile(b"another list", "list.txt")
    attachment.save()
    assert content_hash(type(with_files).objects.get(pk=with_files.pk)) != before


def test_files_of_the_site_itself_are_public(client):
    photo = Photo.objects.create(title="首页图", file=picture(), unit=None)
    assert client.get(photo.file.url).status_code == 200
