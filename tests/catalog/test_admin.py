"""Import in the admin: nothing is written before a person confirms; a refused file changes nothing."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog.models import Item, Standard, Upload

pytestmark = pytest.mark.django_db
DEMO = Path(__file__).resolve().parents[2] / "openness" / "demo" / "data" / "catalogue.xlsx"
CONFIRMATION = {"name": "船营区标准目录", "issuer": "船营区", "effective_from": "2026-03-01"}


@pytest.fixture
def administrator(member, tree):
    return member("administrator", tree["船营区"])


def send(client, content: bytes, name: str = "目录.xlsx", area: str = "220204"):
    return client.post(reverse("catalog_upload"), {"file": SimpleUploadedFile(name, content), "area": area, "series": "标准目录"})


def test_upload_preview_confirm_export(client, administrator):
    client.force_login(administrator)
    answer = send(client, DEMO.read_bytes())
    preview_url = answer.url
    page = client.get(preview_url).content.decode()
    assert "读到 72 行" in page
    assert "已由第35条代替" in page
    assert not Standard.objects.exists()
    client.post(preview_url, CONFIRMATION)
    standard = Standard.objects.get()
    assert Item.objects.in_force().count() == 72
    assert standard.imported_by == administrator.get_username()
    assert not Upload.objects.exists()
    sheet = client.get(reverse("catalog_export", args=[standard.pk]))
    assert BytesIO(sheet.content).read(2) == b"PK"


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "空"), (b"hello", "不是能读的"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "xlsx"), (DEMO.read_bytes()[:3000], "坏")],
    ids=["empty", "not a table", "old or encrypted", "truncated"],
)
def test_a_refused_file_gets_a_sentence_and_changes_nothing(client, administrator, content, words):
    client.force_login(administrator)
    answer = send(client, content)
    assert answer.status_code == 200
    errors = " ".join(answer.context["form"].errors["file"])
    assert words in errors
    assert not Upload.objects.exists()
    assert not Standard.objects.exists()


def test_an_earlier_effective_date_gets_a_sentence(client, administrator):
    client.force_login(administrator)
    client.post(send(client, DEMO.read_bytes()).url, CONFIRMATION)
    answer = client.post(send(client, DEMO.read_bytes()).url, {**CONFIRMATION, "effective_from": "2020-01-01"})
    assert "不能早于" in answer.content.decode()
    assert Standard.objects.count() == 1


def test_rows_that_need_a_person_are_listed(client, administrator, shared_data):
    client.force_login(administrator)
    content = (shared_data / "catalogues" / "village-field-first-xujiahu.xlsx").read_bytes()
    client.post(send(client, content).url, CONFIRMATION)
    assert "按卫健委要求单独公开" in client.get(reverse("catalog_index")).content.decode()


def test_another_county_s_catalogue_is_out_of_reach(client, administrator, member, tree):
    client.force_login(administrator)
    preview_url = send(client, DEMO.read_bytes()).url
    other = member("administrator", tree["龙潭区"])
    client.force_login(other)
    assert client.get(preview_url).status_code == 404
    assert client.post(preview_url, CONFIRMATION).status_code == 404
    assert "area" in send(client, DEMO.read_bytes()).context["form"].errors
    assert not Standard.objects.exists()


@pytest.mark.parametrize("role", ["clerk", "reviewer", "supervisor"])
def test_only_administrators_import(client, member, tree, role):
    client.force_login(member(role, tree["船营区"]))
    assert client.get(reverse("catalog_upload")).status_code == 302
    assert client.get(reverse("catalog_index")).status_code == 200


def test_strangers_see_nothing(client):
    for url in (
        reverse("catalog_index"),
        reverse("catalog_upload"),
        reverse("catalog_preview", args=[1]),
        reverse("catalog_export", args=[1]),
    ):
        assert client.get(url).url.startswith("/admin/login/")
