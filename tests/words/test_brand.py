"""The admin bears the platform's name, not its framework's."""

import re

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/todo/", "/admin/who-may/", "/admin/snippets/disclosures/disclosure/"])
def test_titles_end_in_the_platform_s_name(client, member, village, address):
    if address != "/admin/login/":
        client.force_login(member("clerk", village))
    page = client.get(address).content.decode()
    title = re.sub(r"\s+", " ", re.search("<title>(.*?)</title>", page, re.S)[1]).strip()
    assert title.endswith("- 基层政务公开")
    assert "Wagtail" not in title
    assert "img/icon.svg" in page
