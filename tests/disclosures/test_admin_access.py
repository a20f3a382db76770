"""Every address of the disclosure admin × role × own and other unit. A new address without a row fails."""

import pytest
from django.urls import URLPattern, reverse
from wagtail.documents import get_document_model

from openness.disclosures.models import Disclosure

pytestmark = pytest.mark.django_db
VIEWSET = Disclosure.snippet_viewset

# What a GET answers: (clerk of the village, reviewer of its township, supervisor of the county) on a draft of the village;
# everybody else's answer is in `OUTSIDE`. 302 from Wagtail's admin is "no permission, back to the home page".
INSIDE = {
    "list": (200, 200, 200),
    "list_results": (200, 200, 200),
    "add": (200, 302, 302),
    "edit": (200, 200, 302),
    "delete": (200, 302, 302),
    "usage": (200, 200, 302),
    "history": (200, 200, 302),
    "history_results": (200, 200, 302),
    "preview_on_add": (200, 302, 302),
    "preview_on_edit": (200, 200, 302),
    "revisions_view": (200, 200, 302),
    "revisions_revert": (200, 200, 302),
    "revisions_compare": (200, 200, 302),
    "revisions_unschedule": (302, 200, 302),
    "unpublish": (302, 200, 302),
    "lock": (302, 405, 302),
    "unlock": (302, 405, 302),
    "workflow_action": (404, 404, 404),  # no review runs: test_review.py
    "collect_workflow_action_data": (404, 404, 404),
    "confirm_workflow_cancellation": (200, 200, 200),
    "workflow_preview": (302, 302, 302),
    "workflow_history": (200, 200, 302),
    "workflow_history_detail": (404, 404, 302),
}
WITHOUT_OBJECT = {"list", "list_results", "add", "preview_on_add"}


def addresses() -> list[str]:
    return [pattern.name for pattern in VIEWSET.get_urlpatterns() if isinstance(pattern, URLPattern)]


def address(name: str, disclosure: Disclosure) -> str:
    revision = disclosure.latest_revision_id
    more = {
        "revisions_view": [revision],
        "revisions_revert": [revision],
        "revisions_unschedule": [revision],
        "revisions_compare": ["earliest", "latest"],
        "workflow_action": ["approve", 1],
        "collect_workflow_action_data": ["approve", 1],
        "workflow_preview": [1],
        "workflow_history_detail": [1],
    }
    return reverse(VIEWSET.get_url_name(name), args=[] if name in WITHOUT_OBJECT else [disclosure.pk, *more.get(name, [])])


def test_every_address_has_a_row():
    assert set(addresses()) == set(INSIDE)


@pytest.fixture
def people(tree, member):
    return {
        "clerk": member("clerk", tree["搜登站村"]),
        "reviewer": member("reviewer", tree["搜登站镇"]),
        "supervisor": member("supervisor", tree["船营区"]),
        "clerk of the next village": member("clerk", tree["半拉山村"]),
        "reviewer of another township": member("reviewer", tree["大绥河镇"]),
        "administrator of another county": member("administrator", tree["龙潭区"]),
    }


def status(client, user, url: str) -> int:
    client.force_login(user)
    return client.get(url).status_code


@pytest.mark.parametrize("name", INSIDE)
def test_own_people_get_what_their_role_allows(client, people, draft, name):
    url = address(name, draft(author=people["clerk"]))
    answers = tuple(status(client, people[role], url) for role in ("clerk", "reviewer", "supervisor"))
    assert answers == INSIDE[name]


@pytest.mark.parametrize("name", [name for name in INSIDE if name not in WITHOUT_OBJECT])
def test_for_other_units_the_draft_does_not_exist(client, people, draft, name):
    url = address(name, draft(author=people["clerk"]))
    for role in ("clerk of the next village", "reviewer of another township", "administrator of another county"):
        assert status(client, people[role], url) == 404, role


@pytest.mark.parametrize("name", INSIDE)
def test_strangers_are_sent_to_the_login(client, draft, name):
    answer = client.get(address(name, draft()))
    assert answer.status_code == 302
    assert answer.url.startswith("/admin/login/")


def test_lists_show_only_the_own_units(client, people, draft, tree):
    mine = draft(title="搜登站村的草稿")
    other = draft(unit=tree["大绥河村"], title="大绥河村的草稿")
    client.force_login(people["clerk"])
    page = client.get(reverse(VIEWSET.get_url_name("list"))).content.decode()
    assert mine.title in page
    assert other.title not in page
    client.force_login(people["clerk of the next village"])
    assert mine.title not in client.get(reverse(VIEWSET.get_url_name("list"))).content.decode()


def test_a_clerk_cannot_write_for_another_unit(client, people, tree, item):
    client.force_login(people["clerk"])
    answer = client.post(reverse(VIEWSET.get_url_name("add")), form_data(tree["大绥河村"], item))
    assert answer.status_code == 200
    assert not Disclosure.objects.exists()


def test_a_clerk_cannot_publish_by_posting_the_button(client, people, tree, item):
    client.force_login(people["clerk"])
    client.post(reverse(VIEWSET.get_url_name("add")), {**form_data(tree["搜登站村"], item), "action-publish": "1"})
    assert not Disclosure.objects.filter(live=True).exists()


def form_data(unit, item, **changes):
    return {
        "unit": unit.pk,
        "item": item.pk,
        "title": "宅基地审批情况",
        "category": "notice",
        "period": "",
        "formed_on": "2026-01-05",
        "document_number": "",
        "summary": "",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": "",
        "body-0-value": '{"blocks":[{"key":"a","text":"本季度批准两户。","type":"unstyled","depth":0,"inlineStyleRanges":[],"entityRanges":[]}],"entityMap":{}}',
        "notice_from": "",
        "notice_until": "",
        "change_note": "",
        **changes,
    }


def test_nobody_may_use_a_file_of_another_unit(client, people, tree, item):
    from django.core.files.base import ContentFile

    foreign = get_document_model().objects.create(title="别村的名单", file=ContentFile(b"x", "a.txt"), unit=tree["大绥河村"])
    client.force_login(people["clerk"])
    data = form_data(tree["搜登站村"], item, **{"body-0-type": "file", "body-0-value": str(foreign.pk), "action-submit": "1"})
    answer = client.post(reverse(VIEWSET.get_url_name("add")), data)
    assert "别的单位的" in answer.content.decode()
    assert not Disclosure.objects.exists()
