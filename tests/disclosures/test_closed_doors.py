"""Ways into the admin that ask no policy about the instance: choosers, the admin's API, lists of files, every address for strangers."""

import pytest
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver

from openness.disclosures.models import Attachment
from tests.disclosures.test_files import own_media, picture  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def foreign(tree):
    from openness.disclosures.models import Photo

    attachment = Attachment.objects.create(title="别村的名单", file=ContentFile(b"x", "a.txt"), unit=tree["大绥河村"])
    return attachment, Photo.objects.create(title="别村的照片", file=picture(), unit=tree["大绥河村"])


def test_no_chooser_tells_titles_of_disclosures_or_memberships(client, member, draft, tree):
    disclosure = draft(unit=tree["大绥河村"], title="别村的草稿")
    client.force_login(member("clerk", tree["搜登站村"]))
    for model, pk in (("disclosures/disclosure", disclosure.pk), ("units/membership", 1)):
        for address in (
            f"/admin/snippets/choose/{model}/",
            f"/admin/snippets/choose/{model}/chosen/{pk}/",
            f"/admin/snippets/choose/{model}/results/",
        ):
            assert client.get(address).status_code == 404, address


@pytest.mark.parametrize("kind", ["documents", "images"])
def test_the_admin_s_api_lists_only_own_files(client, member, tree, foreign, kind):
    number = foreign[kind == "images"].pk
    client.force_login(member("clerk", tree["搜登站村"]))
    assert client.get(f"/admin/api/main/{kind}/").json()["items"] == []
    assert client.get(f"/admin/api/main/{kind}/{number}/").status_code == 404
    client.force_login(member("clerk", tree["大绥河村"]))
    assert [item["id"] for item in client.get(f"/admin/api/main/{kind}/").json()["items"]] == [number]


@pytest.mark.parametrize("kind", ["documents", "images"])
def test_lists_choosers_and_forms_of_files_keep_to_the_own_unit(client, member, tree, foreign, kind):
    file = foreign[kind == "images"]
    client.force_login(member("clerk", tree["搜登站村"]))
    for address in (f"/admin/{kind}/", f"/admin/{kind}/chooser/", f"/admin/{kind}/chooser/results/"):
        assert file.title not in client.get(address).content.decode(), address
    edit = f"/admin/documents/edit/{file.pk}/" if kind == "documents" else f"/admin/images/{file.pk}/"
    for address in (edit, f"/admin/{kind}/chooser/{file.pk}/"):
        answer = client.get(address)
        assert file.title not in answer.content.decode(), address
        assert answer.status_code in {302, 403, 404}, address


def admin_addresses() -> list[str]:
    """Every address below /admin/, with numbers and words in place of its parameters."""
    found: list[str] = []

    def walk(patterns, prefix: str) -> None:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern):
                found.append(route)

    walk(get_resolver().url_patterns, "/")
    return sorted({route for route in found if route.startswith("/admin/")})


OPEN_TO_STRANGERS = {"/admin/login/", "/admin/logout/", "/admin/password_reset/", "/admin/sprite/", "/admin/jsi18n/"}


def test_strangers_get_no_admin_page(client):
    import re

    seen = 0
    for route in admin_addresses():
        address = re.sub(r"\(\?P<\w+>[^)]*\)|<[^>]+>", "1", route).replace("^", "").replace("$", "").replace("\\Z", "").replace("?", "")
        if any(address.startswith(known) for known in OPEN_TO_STRANGERS) or not re.fullmatch(r"[\w/.:-]+", address):
            continue
        answer = client.get(address)
        assert answer.status_code in {301, 302, 401, 403, 404, 405}, address
        seen += 1
    assert seen > 100
