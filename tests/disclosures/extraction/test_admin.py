"""What the clerk sees: a file with a password is refused at every door, an unreadable one says so."""

import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from openness.disclosures.models import Attachment
from openness.disclosures.services.attachment_texts import extract_waiting

from . import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def clerk(client, member, village):
    client.force_login(member("clerk", village))
    return client


@pytest.fixture
def locked(tmp_path):
    return builders.locked_word(tmp_path / "a.docx").read_bytes()


@pytest.fixture
def plain(tmp_path):
    return builders.word(tmp_path / "plain.docx", "搜登站村低保公示").read_bytes()


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("名单.docx", content)


DOORS = {
    "/admin/documents/add/": ("", "file"),
    "/admin/documents/multiple/add/": ("", "files[]"),
    "/admin/documents/chooser/create/": ("document-chooser-upload-", "document-chooser-upload-file"),
}


def post(clerk, door: str, content: bytes, village):
    prefix, name = DOORS[door]
    return clerk.post(door, {f"{prefix}title": "名单", f"{prefix}unit": village.pk, name: upload(content)})


@pytest.mark.parametrize("door", DOORS)
def test_a_file_with_a_password_is_refused_at_every_door(clerk, village, locked, door):
    answer = post(clerk, door, locked, village).content.decode()
    if answer.startswith("{"):
        answer = json.dumps(json.loads(answer), ensure_ascii=False)
    assert "文件有密码" in answer
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("door", ["/admin/documents/add/", "/admin/documents/chooser/create/"])
def test_a_file_without_one_comes_in_whole(clerk, village, plain, door):
    post(clerk, door, plain, village)
    attachment = Attachment.objects.get()
    with attachment.open_file() as file:
        assert file.read() == plain


def test_many_at_once_are_looked_at_too_and_come_in_whole(clerk, village, plain):
    """The unit is asked for after the upload, except of whoever has only one."""
    answer = json.loads(post(clerk, "/admin/documents/multiple/add/", plain, village).content)
    assert answer["success"]


@pytest.mark.parametrize("in_memory", [True, False])
def test_a_file_cannot_be_replaced_by_a_locked_one(clerk, village, plain, locked, settings, in_memory):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10_000_000 if in_memory else 0
    attachment = Attachment.objects.create(title="名单", file=ContentFile(plain, "a.docx"), unit=village)
    address = f"/admin/documents/edit/{attachment.pk}/"
    answer = clerk.post(address, {"title": "名单", "unit": village.pk, "file": upload(locked)})
    assert "文件有密码" in answer.content.decode()
    clerk.post(address, {"title": "改了名字", "unit": village.pk})
    attachment.refresh_from_db()
    assert attachment.title == "改了名字"
    with attachment.open_file() as file:
        assert file.read() == plain


def test_list_and_edit_page_say_what_could_be_read(clerk, village, tmp_path, plain):
    raw = builders.scanned_pdf(tmp_path / "s.pdf").read_bytes()
    scanned = Attachment.objects.create(title="扫描的名单", file=ContentFile(raw, "s.pdf"), unit=village)
    Attachment.objects.create(title="文字版名单", file=ContentFile(plain, "a.docx"), unit=village)
    edit = f"/admin/documents/edit/{scanned.pk}/"
    for address in ("/admin/documents/", "/admin/documents/results/", edit):
        assert "还没有读" in clerk.get(address).content.decode(), address
    extract_waiting()
    for address in ("/admin/documents/", "/admin/documents/results/", edit):
        assert "这是扫描件或图片" in clerk.get(address).content.decode(), address
    assert "能搜到里面的文字" in clerk.get("/admin/documents/").content.decode()


def test_the_list_costs_the_same_queries_with_more_files(clerk, village):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert clerk.get("/admin/documents/").status_code == 200
        assert not any('"pages"' in query["sql"] for query in queries)
        return len(queries)

    for number in range(12):
        Attachment.objects.create(title=f"名单 {number}", file=ContentFile(b"%d" % number, "a.txt"), unit=village)
        if number == 1:
            extract_waiting()
            cost()
            few = cost()
    extract_waiting()
    assert cost() == few


def test_a_read_file_is_no_used_file(clerk, village, plain):
    """The text of a file is no reason to call the file used."""
    attachment = Attachment.objects.create(title="名单", file=ContentFile(plain, "a.docx"), unit=village)
    extract_waiting()
    assert attachment.get_usage().count() == 0
