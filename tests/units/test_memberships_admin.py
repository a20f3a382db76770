import pytest
from django.urls import reverse

from openness.units.models import Membership

pytestmark = pytest.mark.django_db
NAME = Membership.snippet_viewset.get_url_name


@pytest.fixture
def administrator(member, tree):
    return member("administrator", tree["船营区"])


def give(client, user, code: str, role: str = "clerk"):
    return client.post(reverse(NAME("add")), {"user": user.pk, "unit": code, "role": role})


def test_an_administrator_gives_roles_in_the_own_county(client, administrator, member, tree):
    client.force_login(administrator)
    person = member()
    assert give(client, person, "220204101201").status_code == 302
    assert person.memberships.get().unit == tree["搜登站村"]


@pytest.mark.parametrize("code", ["220203100201", "999999999999", "2202", "", "搜登站村"])
def test_other_counties_and_unknown_codes_get_a_sentence(client, administrator, member, code):
    client.force_login(administrator)
    person = member()
    answer = give(client, person, code)
    assert answer.status_code == 200
    assert answer.context["form"].errors["unit"]
    assert not person.memberships.exists()


def test_nobody_gives_a_role_to_oneself(client, administrator):
    client.force_login(administrator)
    assert "不能给自己分工" in give(client, administrator, "220204101201").content.decode()
    assert administrator.memberships.count() == 1


def test_administrators_see_and_change_only_their_county_s(client, administrator, member, tree):
    other = member("clerk", tree["弓通村"])
    client.force_login(administrator)
    page = client.get(reverse(NAME("list"))).content.decode()
    assert administrator.get_username() in page
    assert other.get_username() not in page
    for name in ("edit", "delete"):
        assert client.get(reverse(NAME(name), args=[other.memberships.get().pk])).status_code == 404


@pytest.mark.parametrize("role", ["clerk", "reviewer", "supervisor"])
def test_others_do_not_give_roles(client, member, tree, role):
    client.force_login(member(role, tree["船营区"]))
    person = member()
    assert give(client, person, "220204101201").status_code in {302, 403}
    assert not person.memberships.exists()
    assert client.get(reverse(NAME("list"))).status_code == 302
