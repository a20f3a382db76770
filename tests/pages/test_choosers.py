"""The windows in which an editor picks a link offer what everybody may read, and give away nothing else."""

import json

import pytest
from django.urls import reverse

from openness.disclosures.services.take_down import withdraw

pytestmark = pytest.mark.django_db
CHOOSERS = ("public_disclosure_chooser", "public_item_chooser", "public_unit_chooser")


@pytest.fixture
def clerk(client, member, village):
    client.force_login(member("clerk", village))
    return client


def offered(client, chooser: str, **query) -> str:
    answer = client.get(reverse(f"{chooser}:choose_results"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def chosen(client, chooser: str, key) -> int:
    return client.get(reverse(f"{chooser}:chosen", args=[key])).status_code


def test_a_disclosure_is_offered_while_it_is_public(clerk, published, draft, member, tree):
    shown, gone = published(title="公开的名单"), published(title="撤下的名单")
    hidden = draft(title="没审的名单", unit=tree["半拉山村"])
    withdraw(gone, member("reviewer", gone.unit), "写错了")
    page = offered(clerk, "public_disclosure_chooser", q="名单")
    assert [one.title in page for one in (shown, gone, hidden)] == [True, False, False]
    assert [chosen(clerk, "public_disclosure_chooser", one.pk) for one in (shown, gone, hidden)] == [200, 404, 404]
    many = clerk.get(reverse("public_disclosure_chooser:chosen_multiple"), {"id": [shown.pk, gone.pk, hidden.pk, "x"]})
    assert [one["title"] for one in json.loads(many.content)["result"]] == ["公开的名单"]


def test_every_word_must_be_found(clerk, published, tree):
    published(title="低保名单"), published(title="低保标准", unit=tree["半拉山村"])
    assert "低保标准" in offered(clerk, "public_disclosure_chooser", q="低保 半拉山")
    assert "低保名单" not in offered(clerk, "public_disclosure_chooser", q="低保 半拉山")


def test_units_above_the_county_and_out_of_use_are_not_offered(clerk, tree):
    tree["半拉山村"].active = False
    tree["半拉山村"].save()
    page = offered(clerk, "public_unit_chooser")
    assert [tree[name].short_name in page for name in ("搜登站村", "半拉山村", "吉林省")] == [True, False, False]
    assert chosen(clerk, "public_unit_chooser", tree["吉林省"].pk) == 404


def test_an_item_in_force_is_offered(clerk, item):
    assert item.name in offered(clerk, "public_item_chooser", q=item.name[:3])
    assert chosen(clerk, "public_item_chooser", "x") == 404


@pytest.mark.parametrize("chooser", CHOOSERS)
def test_nothing_can_be_made_there(clerk, chooser, village):
    assert clerk.post(reverse(f"{chooser}:create"), {"title": "x"}).status_code in {302, 403}
