"""An address with a NUL: in the path it names nothing, in the query it is as if not typed. No database is asked with it."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/u/2202%0004/", "/d/%00/", "/powers/%00/"])
def test_a_path_with_a_nul_names_nothing(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode() or "网址" in answer.content.decode()


@pytest.mark.parametrize(
    "address", ["/messages/?unit=%00", "/search/?q=%00", "/policies/?q=a%00b", "/guides/?q=%00&who=%00", "/admin/login/?next=%00"]
)
def test_a_query_is_read_without_its_nul(client, address):
    answer = client.get(address)
    assert answer.status_code == client.get(address.replace("%00", "")).status_code == 200
    assert "\0" not in answer.content.decode()


def test_a_place_is_looked_for_without_its_nul(client):
    asked, plain = client.get("/go/?village=22%00"), client.get("/go/?village=22")
    assert (asked.status_code, asked.headers.get("Location")) == (plain.status_code, plain.headers.get("Location"))
