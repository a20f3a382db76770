"""The signer's and the auditor's world; 谁能做什么 says what GRANTS says."""

import re

import pytest
from django.apps import apps
from django.urls import reverse

from openness.disclosures.models import Disclosure
from openness.supervision.models import Checklist, ErrorWord, Term
from openness.units.act_words import ACTS, VERBS
from openness.units.grants import GRANTS
from openness.units.models import Membership, Role

from .conftest import edit, fresh

pytestmark = pytest.mark.django_db
PLACE = ("review_review", "review_sign", "supervision_desk", "supervision_pursuit", "supervision_orders", "supervision_spot_checks",
         "supervision_findings", "supervision_scores", "supervision_indicators", "supervision_notices", "supervision_annual",
         "catalog_index", "signing_rules", "hand_over", "who_may", "delegations", "search_state")  # fmt: skip


def labels(page: str) -> list[str]:
    """What the menu shows."""
    return [one.encode().decode("unicode_escape") if "\\u" in one else one for one in re.findall(r'"label": "([^"]+)"', page)]


def test_an_auditor_may_view_whatever_anybody_may_and_nothing_else():
    """But for the personal data that was masked: nobody needs it for an audit, and each look at it must have its reason (ADR 0008)."""
    for label, actions in GRANTS.items():
        for action, roles in actions.items():
            seen = action == "view" and label != "disclosures.maskedoriginal"
            assert (Role.AUDITOR in roles) is seen, (label, action)


def test_a_signer_views_and_signs_and_writes_nothing():
    may = {
        (label, action)
        for label, actions in GRANTS.items()
        for action, roles in actions.items()
        if Role.SIGNER in roles and action != "view"
    }
    assert may == {("disclosures.signature", "add"), ("units.delegation", "add")}


@pytest.mark.parametrize("name", PLACE)
def test_the_auditor_opens_every_list_and_finds_no_form_to_post(client, member, tree, rules, sent, name):
    sent()
    for county in ("龙潭区",):
        tree[county].active = False
        tree[county].save()
    client.force_login(member("auditor", tree["船营区"]))
    answer = client.get(reverse(name))
    assert answer.status_code == 200, name
    body = answer.content.decode().split("<main", 1)[-1]
    posts = [form for form in re.findall(r"<form[^>]*>", body) if 'method="post"' in form.lower()]
    assert posts == [], name


@pytest.mark.parametrize("model", [Membership, Term, Checklist, ErrorWord, Disclosure])
def test_the_auditor_reads_lists_and_changes_no_row(client, member, tree, draft, model):
    tree["龙潭区"].active = False
    tree["龙潭区"].save()
    draft()
    client.force_login(member("auditor", tree["船营区"]))
    name = model.snippet_viewset.get_url_name
    assert client.get(reverse(name("list"))).status_code == 200
    row = model.objects.order_by("pk").first()
    for what in ("edit", "delete"):
        address = reverse(name(what), args=[row.pk])
        assert client.get(address).status_code == 302
        assert client.post(address, {}).status_code == 302
    assert client.get(reverse(name("add"))).status_code == 302
    assert model.objects.filter(pk=row.pk).exists()


def test_auditors_and_signers_do_not_edit_texts(client, rules, sent, member, tree, village):
    text = sent()
    for role, unit in (("auditor", tree["船营区"]), ("signer", village)):
        before = fresh(text).latest_revision_id
        edit(client, member(role, unit), text)
        assert fresh(text).latest_revision_id == before


def test_the_list_of_texts_leads_readers_to_the_text(client, rules, sent, member, tree, signer):
    text = sent()
    for user in (signer, member("auditor", tree["船营区"]), member("supervisor", tree["船营区"])):
        client.force_login(user)
        words = client.get(reverse(Disclosure.snippet_viewset.get_url_name("list"))).content.decode()
        assert reverse("review_text", args=[text.pk]) in words
        assert client.get(reverse("review_text", args=[text.pk])).status_code == 200


def test_the_signer_s_menu(client, signer):
    client.force_login(signer)
    assert labels(client.get(reverse("review_sign")).content.decode())[:4] == ["待我签字", "全部公开内容", "请人代办", "帮助"]


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ADMINISTRATOR])
def test_one_help_in_the_menu(client, member, tree, role):
    client.force_login(member(role, tree["船营区"]))
    assert labels(client.get(reverse("who_may")).content.decode()).count("帮助") == 1


def test_the_auditor_s_menu_has_nothing_to_do_in_it(client, member, tree):
    client.force_login(member("auditor", tree["船营区"]))
    shown = labels(client.get(reverse("who_may")).content.decode())
    assert {"公开内容", "督办", "谁来签字", "工作交接", "谁能做什么", "等审核的"} <= set(shown)
    assert not {"待我审核", "待我签字", "本期待公开", "附件", "照片", "图片", "文档", "请人代办"} & set(shown)


@pytest.mark.parametrize("role", Role.values)
def test_everybody_of_the_staff_reads_who_may_do_what(client, member, village, role):
    client.force_login(member(role, village))
    words = client.get(reverse("who_may")).content.decode()
    assert "代表监督委员会或者民主理财小组签字" in words
    assert "审核，公开，撤下" in words


def test_the_table_says_what_grants_says(client, member, village):
    client.force_login(member("clerk", village))
    groups = client.get(reverse("who_may")).context["groups"]
    said = [row.may for group in groups for row in group.rows]
    assert said == [[role in roles for role in Role.values] for actions in GRANTS.values() for roles in actions.values()]
    assert len(said) == sum(map(len, GRANTS.values()))


def test_every_act_has_chinese_words():
    for label, actions in GRANTS.items():
        assert apps.get_model(label)
        for action in actions:
            assert (label, action) in ACTS or action in VERBS, (label, action)
    assert not [key for key in ACTS if key[1] not in GRANTS.get(key[0], {})], "words for what nobody may"
