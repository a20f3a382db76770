"""An address with a NUL gets the page that says there is nothing here, and no database is asked with it."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    ["/u/2202%0004/", "/messages/?unit=%00", "/search/?q=%00", "/go/?village=22%00", "/policies/?q=a%00b", "/admin/login/?next=%00"],
)
def test_a_nul_names_nothing(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode() or "网址" in answer.content.decode()
