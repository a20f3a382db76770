"""帮我遮住: what is hidden, what stays, who sees the words as they were, and that nothing beside keeps them."""

from copy import deepcopy
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.admin.models import FormState
from wagtail.models import ModelLogEntry

from openness.disclosures.html import clean_html
from openness.disclosures.models import Attachment, AttachmentText, Disclosure, MaskedOriginal, OriginalLook
from openness.disclosures.rules import issues_of
from openness.disclosures.rules.personal import Severity
from openness.disclosures.rules.personal_data import private
from openness.disclosures.services.masking import MaskingRefused, hide, mask_draft, restore
from openness.disclosures.spots import spots
from tests.disclosures.test_admin_access import VIEWSET, address, addresses, form_data
from tests.personal.numbers import identity

from .conftest import IDENTITY, MOBILE, account, stream, table

CARD_FREE = frozenset()
LABELS = ("clerk", "reviewer")


def content(**parts):
    return {"title": "", "summary": "", "change_note": "", "body": [], **parts}


def block(kind, value):
    return {"type": kind, "value": value, "id": "1"}


def masked_html(html: str) -> str:
    whole = content(body=[block("text", html)])
    hide(whole, CARD_FREE)
    return whole["body"][0]["value"]


def test_markup_and_other_words_stay():
    html = f"<h3>名单</h3><p><b>张试验</b>，身份证{IDENTITY}，<i>三组</i>。</p><ul><li>补助 &amp; 奖励</li></ul>"
    assert masked_html(html) == html.replace(IDENTITY, f"{IDENTITY[:6]}********{IDENTITY[14:]}")


def test_a_number_that_is_cut_up_by_markup():
    html = masked_html(f"<p>身份证{IDENTITY[:8]}<b>{IDENTITY[8:]}</b>号</p>")
    assert html == f"<p>身份证{IDENTITY[:6]}**<b>******{IDENTITY[14:]}</b>号</p>"


def test_a_link_that_hides_a_number_goes_and_its_words_stay():
    assert (
        masked_html(f'<p>请打<a href="tel:{MOBILE}">这里</a>，看<a href="/u/1/">本村</a></p>')
        == '<p>请打这里，看<a href="/u/1/">本村</a></p>'
    )


def test_cells_keep_their_neighbours_and_a_column_of_numbers_becomes_one_of_words():
    value = {
        "columns": [{"type": "text", "heading": "姓名"}, {"type": "number", "heading": "身份证号"}, {"type": "money", "heading": "金额"}],
        "rows": [{"values": ["张试验", Decimal(IDENTITY[:17] + "0") if IDENTITY[-1] == "X" else Decimal(IDENTITY), Decimal("500.00")]}, {"values": ["李测评", None, Decimal("1")]}],
        "caption": "名单",
    }  # fmt: skip
    whole = content(body=[block("table", value)])
    if hide(whole, CARD_FREE):
        assert [column["type"] for column in value["columns"]] == ["text", "text", "money"]
        assert value["rows"][0]["values"][0] == "张试验"
        assert "********" in value["rows"][0]["values"][1]
        assert value["rows"][0]["values"][2] == Decimal("500.00")
        assert value["rows"][1]["values"] == ["李测评", "", Decimal("1")]
    Disclosure._meta.get_field("body").stream_block.child_blocks["table"].to_python(value)


def test_the_unit_s_own_telephone_and_an_office_s_stay():
    whole = content(title=f"咨询电话{MOBILE}", summary=f"电话{MOBILE}")
    assert hide(whole, frozenset({MOBILE})) == 0
    assert hide(whole, CARD_FREE) == 1
    assert whole == content(title=f"咨询电话{MOBILE}", summary=f"电话{MOBILE[:3]}****{MOBILE[7:]}")


words_around = st.text(alphabet="村民补助，。组户 的\nabc<>&", max_size=12)
number = st.sampled_from([IDENTITY, MOBILE, f"{IDENTITY[:6]} {IDENTITY[6:14]} {IDENTITY[14:]}", ""])
phrase = st.builds("{}{}{}".format, words_around, number, words_around)
plain = st.fixed_dictionaries({"columns": st.just([{"type": "text", "heading": "姓名"}, {"type": "text", "heading": "号码"}]),
                               "rows": st.lists(st.fixed_dictionaries({"values": st.lists(phrase, min_size=2, max_size=2)}), max_size=3),
                               "caption": phrase})  # fmt: skip
html = (
    st.lists(st.builds("<p>{}<b>{}</b>{}</p>".format, phrase, phrase, phrase), max_size=3).map("".join).map(clean_html)
)  # as it is stored
bodies = st.lists(st.one_of(st.builds(block, st.just("text"), html), st.builds(block, st.just("table"), plain)), max_size=3)
texts = st.builds(content, title=phrase, summary=phrase, change_note=phrase, body=bodies)


@settings(deadline=None)
@given(texts)
def test_nothing_that_blocks_is_left_and_no_other_sign_is_changed(whole):
    before = [spot.words.raw for spot in spots(deepcopy(whole))]
    number = hide(whole, CARD_FREE)
    after = list(spots(whole))
    assert not [one for spot in after for one in private(spot, CARD_FREE) if one.severity is Severity.BLOCK]
    assert len(before) == len(after)
    for was, spot in zip(before, after, strict=True):
        assert len(was) == len(spot.words.raw)
        assert all(now in (sign, "*") for sign, now in zip(was, spot.words.raw, strict=True))
    assert bool(number) == (before != [spot.words.raw for spot in after])


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_every_identity_number_that_can_be_made_is_hidden(seed):
    from random import Random

    number = identity(Random(seed))
    assert number not in masked_html(f"<p>身份证{number}</p>")


# — the draft —


@pytest.fixture
def full(draft, clerk, village) -> Disclosure:
    """A draft with a number at every place that can hold one, and an older version with another."""
    text = draft(author=clerk, title=f"给{MOBILE}的补贴", body=[("text", f"<p>旧的一版，身份证{IDENTITY}</p>")])
    text.summary, text.title = f"打{MOBILE}", f"给{MOBILE}的补贴"
    text.body = stream(
        ("text", f"<p>张试验，身份证<b>{IDENTITY}</b></p>"), table(["姓名", "证件"], ("张试验", IDENTITY)),
        account(income=[("补助", None, "5", f"打{MOBILE}")], expense=[(f"付{MOBILE}", None, "5", "")]),
    )  # fmt: skip
    text.save()
    text.save_revision(user=clerk, log_action=True)
    FormState.objects.create(
        user=clerk, content_object=text, parent_object_id="", data=urlencode({"title": IDENTITY}), last_updated_at=timezone.now()
    )
    return Disclosure.objects.get(pk=text.pk)


def everywhere() -> str:
    """Every row of every table but the restricted one, as one string."""
    hidden = {MaskedOriginal}
    models = [model for model in apps.get_models() if model not in hidden and model._meta.managed]
    return "\n".join(repr(list(model._base_manager.values())) for model in models)


def test_the_whole_draft_is_masked_and_saved_as_a_new_version(full, clerk):
    before = full.latest_revision_id
    masked = mask_draft(full, clerk)
    full.refresh_from_db()
    assert masked.number == 6
    assert full.latest_revision_id == masked.revision.pk != before
    latest = full.get_latest_revision_as_object()
    assert [issue.rule for issue in issues_of(latest)] == []
    assert latest.title == f"给{MOBILE[:3]}****{MOBILE[7:]}的补贴"
    assert "<b>" in latest.body[0].value.source
    assert latest.body[2].value["expense"][0]["amount"] == 5


def test_no_table_of_the_database_keeps_a_number_but_the_restricted_one(full, clerk):
    assert IDENTITY in everywhere()
    mask_draft(full, clerk)
    kept = everywhere()
    assert IDENTITY not in kept
    assert MOBILE not in kept
    assert IDENTITY in repr(list(MaskedOriginal.objects.values()))


@pytest.mark.parametrize("role", LABELS)
def test_no_address_of_the_admin_is_a_side_door(client, full, clerk, reviewer, role):
    oldest = full.revisions.order_by("pk").first()
    mask_draft(full, clerk)
    client.force_login({"clerk": clerk, "reviewer": reviewer}[role])
    for name in addresses():
        for url in {address(name, full), address(name, full).replace(f"/{full.latest_revision_id}/", f"/{oldest.pk}/")}:
            page = client.get(url, follow=True).content.decode()
            assert IDENTITY not in page, url
            assert MOBILE not in page, url


def test_public_words_stay_until_the_masked_ones_are_published(full, clerk, reviewer):
    Disclosure.objects.filter(pk=full.pk).update(live=True, live_revision=full.latest_revision_id, first_published_at=timezone.now())
    mask_draft(full, clerk)
    full.refresh_from_db()
    assert MOBILE in full.title
    assert MOBILE not in full.get_latest_revision_as_object().title


def test_where_nothing_is_found_nothing_is_written(draft, clerk):
    text = draft(author=clerk)
    assert mask_draft(text, clerk).number == 0
    assert text.revisions.count() == 1
    assert not MaskedOriginal.objects.exists()


def test_what_stands_in_an_attachment_is_named_and_left(draft, clerk, village):
    file = Attachment.objects.create(title="名单.xlsx", file=ContentFile(b"x", "a.xlsx"), unit=village)
    AttachmentText.objects.create(
        attachment=file, sha256=file.sha256, state="readable", pages=[["第 3 页", f"身份证{IDENTITY}"]], extracted_at=timezone.now()
    )
    text = draft(author=clerk, body=[("text", f"<p>身份证{IDENTITY}</p>"), ("file", file)])
    assert mask_draft(text, clerk).number == 1
    left = issues_of(Disclosure.objects.get(pk=text.pk).get_latest_revision_as_object())
    assert ["附件“名单.xlsx”第 3 页" in issue.sentence for issue in left] == [True]
    assert "重新上传" in left[0].advice
    assert not left[0].maskable


def test_the_button_of_the_form_saves_and_masks(client, clerk, tree, item):
    client.force_login(clerk)
    words = '{"blocks":[{"key":"a","text":"身份证%s，新写的一句。","type":"unstyled","depth":0,"inlineStyleRanges":[],"entityRanges":[]}],"entityMap":{}}'
    data = form_data(tree["搜登站村"], item, **{"body-0-value": words % IDENTITY, "mask": "1"})
    answer = client.post(reverse(VIEWSET.get_url_name("add")), data, follow=True)
    page = answer.content.decode()
    assert "遮住了 1 处" in page
    assert "新写的一句" in Disclosure.objects.get().body[0].value.source
    assert IDENTITY not in page
    assert "看原文" not in page, "the clerk may not"
    again = client.post(
        reverse(VIEWSET.get_url_name("edit"), args=[Disclosure.objects.get().pk]), {**data, "body-0-value": words % "已经遮住"}, follow=True
    )
    assert "没有可以遮的号码了" in again.content.decode()


def test_the_button_without_a_script(client, full, clerk):
    client.force_login(clerk)
    page = client.get(reverse(VIEWSET.get_url_name("edit"), args=[full.pk])).content.decode()
    assert f'<noscript><p class="ck-do"><button type="submit" class="button" formaction="{reverse("mask_draft", args=[full.pk])}"' in page
    answer = client.post(reverse("mask_draft", args=[full.pk]), follow=True)
    assert "遮住了 6 处" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "unit", "code"),
    [("clerk", "半拉山村", 404), ("supervisor", "船营区", 302), ("auditor", "船营区", 302), ("reviewer", "搜登站镇", 302)],
)
def test_who_may_mask(client, full, member, tree, role, unit, code):
    client.force_login(member(role, tree[unit]))
    assert client.post(reverse("mask_draft", args=[full.pk])).status_code == code
    assert MaskedOriginal.objects.exists() is (role == "reviewer")


def test_what_lies_in_review_is_not_masked_by_its_writer(client, full, clerk):
    full.get_workflow().start(full, clerk)
    client.force_login(clerk)
    client.post(reverse("mask_draft", args=[full.pk]))
    assert not MaskedOriginal.objects.exists()


def test_masking_stands_in_the_history(full, clerk):
    mask_draft(full, clerk)
    entry = ModelLogEntry.objects.filter(action="disclosures.mask").get()
    assert entry.user == clerk
    assert entry.message == "遮住了个人信息"


# — the words as they were —


@pytest.fixture
def original(full, clerk) -> MaskedOriginal:
    mask_draft(full, clerk)
    return MaskedOriginal.objects.get(is_main=True)


@pytest.mark.parametrize(
    ("role", "unit", "code"),
    [
        ("reviewer", "搜登站镇", 200), ("administrator", "船营区", 200), ("clerk", "搜登站村", 404), ("supervisor", "船营区", 404),
        ("auditor", "船营区", 404), ("signer", "搜登站村", 404), ("reviewer", "大绥河镇", 404), ("administrator", "龙潭区", 404),
    ],
)  # fmt: skip
def test_who_sees_them(client, original, member, tree, role, unit, code):
    user = member(role, tree[unit])
    client.force_login(user)
    address = reverse("masked_original", args=[original.pk])
    first = client.get(address)
    assert first.status_code == code
    assert IDENTITY not in first.content.decode()
    assert not OriginalLook.objects.exists(), "asking is not looking"
    page = client.post(address)
    assert page.status_code == code
    assert (IDENTITY in page.content.decode()) is (code == 200)
    assert [look.user for look in OriginalLook.objects.all()] == ([user] if code == 200 else [])
    if code == 404:
        assert client.post(reverse("restore_original", args=[original.pk])).status_code == 404
        original.refresh_from_db()
        assert original.restored_at is None


def test_the_form_offers_them_only_to_those_who_may(client, full, original, clerk, reviewer):
    for user, sees in ((clerk, False), (reviewer, True)):
        client.force_login(user)
        page = client.get(reverse(VIEWSET.get_url_name("edit"), args=[full.pk])).content.decode()
        assert ("看原文" in page) is sees


def test_putting_back(client, full, original, reviewer):
    client.force_login(reviewer)
    answer = client.post(reverse("restore_original", args=[original.pk]), follow=True)
    assert "已还原" in answer.content.decode()
    latest = Disclosure.objects.get(pk=full.pk).get_latest_revision_as_object()
    assert latest.title == f"给{MOBILE}的补贴"
    assert IDENTITY in latest.body[0].value.source
    assert [issue.rule for issue in issues_of(latest)] == ["personal"] * 6
    with pytest.raises(MaskingRefused):
        restore(original, reviewer)


def test_what_was_published_since_is_not_put_back(full, original, reviewer):
    full.refresh_from_db()
    full.get_latest_revision().publish(user=reviewer)
    with pytest.raises(MaskingRefused, match="已经公开过"):
        restore(original, reviewer)


def test_only_what_was_masked_last_is_put_back(full, original, clerk, reviewer):
    text = Disclosure.objects.get(pk=full.pk).get_latest_revision_as_object()
    text.title = f"又写了{MOBILE}"
    text.save_revision(user=clerk)
    mask_draft(text, clerk)
    with pytest.raises(MaskingRefused):
        restore(original, reviewer)
    restore(MaskedOriginal.objects.filter(is_main=True).latest("pk"), reviewer)
    assert Disclosure.objects.get(pk=full.pk).get_latest_revision_as_object().title == f"又写了{MOBILE}"
