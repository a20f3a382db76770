"""Postings: by whom, what is refused, append-only, what the lists say; and the words for WeChat."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from openness.channels.models import Act, Posting
from openness.channels.services.naming import channels_of
from openness.channels.services.posting import Up, make_void, put_up, take_off
from openness.channels.services.walls import Posted, posted_counts, to_put_up, to_take_off
from openness.channels.services.wechat import LONGEST, wechat_text
from openness.disclosures.models import Attachment, Disclosure
from openness.disclosures.services.take_down import withdraw
from openness.units.refusal import Refused
from tests.conftest import make_item

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
BOARD = "村务公开栏"


@pytest.fixture
def clerk(member, village):
    return member("clerk", village, first_name="经某")


@pytest.fixture
def hung(published, clerk):
    """A text that went up so many days ago."""

    def make(days: int = 0, **columns) -> Posting:
        text = published(**columns)
        Disclosure.objects.filter(pk=text.pk).update(first_published_at=timezone.now() - timedelta(days=days))
        text.refresh_from_db()
        return put_up(text, clerk, Up(BOARD, TODAY - timedelta(days=days)))

    return make


def page(client, user, name: str, *args, **query) -> str:
    client.force_login(user)
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def correct(text: Disclosure, reviewer) -> Disclosure:
    text.body, text.change_note = [("text", "<p>本季度批准宅基地三户。</p>")], "改数"
    text.save_revision().publish(user=reviewer)
    return Disclosure.objects.get(pk=text.pk)


# What is to be ticked


def test_a_village_needs_its_board_whatever_the_catalogue_says(published, tree):
    assert channels_of(published()) == ["村务公开栏"]
    tree["半拉山村"].kind = "community"
    tree["半拉山村"].save()
    assert channels_of(published(unit=tree["半拉山村"])) == ["居务公开栏"]


def test_the_catalogue_s_boxes_the_board_first_the_site_done(published, tree):
    named = make_item(name="低保名单", channels=["政府网站", "组员微信群", "社区/企事业单位/村公示栏(电子屏)"])
    assert channels_of(published(item=named)) == ["社区/企事业单位/村公示栏(电子屏)", "组员微信群"]
    only_site = make_item(name="规划", channels=["政府网站"])
    assert channels_of(published(item=only_site, unit=tree["搜登站镇"])) == []


# One tap, and more


def test_two_taps_from_the_page_after_approval(client, published, clerk, village):
    village.board_place = "院门口东侧"
    village.save()
    text = published()
    words = page(client, clerk, "published", text.pk)
    for said in ("看公开的样子", "打印张贴版", "复制微信文字", "再办下一项", BOARD, "今天贴了"):
        assert said in words, said
    client.post(reverse("published", args=[text.pk]), {"act": "up", "channel": BOARD})
    up = Posting.objects.get()
    assert (up.act, up.on, up.place, up.recorder, up.until) == (Act.UP, TODAY, "院门口东侧", clerk.pk, TODAY + timedelta(days=14))
    assert up.content_hash == text.receipts.get().content_hash
    words = page(client, clerk, "published", text.pk)
    assert "日贴了" in words
    assert "今天贴了" not in words
    assert "今天撕下了" in words


def with_gps() -> bytes:
    out = BytesIO()
    picture = Image.new("RGB", (4000, 3000), "blue")
    exif = picture.getexif()
    exif.get_ifd(0x8825)[1] = "N"
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_the_photograph_of_the_wall_is_small_without_place_and_never_public(client, published, clerk, member, village, tree):
    text = published()
    client.force_login(clerk)
    photo = SimpleUploadedFile("13900000000王某.jpg", with_gps(), "image/jpeg")
    answer = client.post(
        reverse("published", args=[text.pk]), {"act": "up", "channel": BOARD, "on": TODAY, "place": "村口", "photo": photo}, follow=True
    )
    assert "登记好了" in answer.content.decode()
    kept = Posting.objects.get().photo
    assert kept.private
    assert "139" not in kept.file.name
    picture = Image.open(kept.file)
    assert max(picture.size) <= 2560
    assert not picture.getexif()
    assert client.get(kept.url).status_code == 200
    client.force_login(member("clerk", tree["大绥河村"]))
    assert client.get(kept.url).status_code == 404
    client.logout()
    assert client.get(kept.url).status_code == 404


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"channel": "大喇叭"}, "没有这个渠道"),
        ({"channel": BOARD, "on": "昨天"}, "日期写成"),
        ({"channel": BOARD, "on": TODAY + timedelta(days=1)}, "不能晚于今天"),
        ({"channel": BOARD, "on": TODAY - timedelta(days=1)}, "不能早于公开的日期"),
        ({"channel": BOARD, "photo": SimpleUploadedFile("a.jpg", b"no picture")}, "打不开"),
    ],
)
def test_bad_entries_get_a_sentence_and_leave_nothing(client, published, clerk, data, sentence):
    text = published()
    client.force_login(clerk)
    answer = client.post(reverse("published", args=[text.pk]), {"act": "up", **data}, follow=True)
    assert sentence in answer.content.decode()
    assert not Posting.objects.exists()
    assert not Attachment.objects.exists()


def test_twice_and_withdrawn_are_refused(published, clerk, member, tree):
    text = published()
    put_up(text, clerk, Up(BOARD))
    with pytest.raises(Refused, match="已经登记过了"):
        put_up(text, clerk, Up(BOARD))
    withdraw(text, member("reviewer", tree["搜登站镇"]), "含有个人信息")
    with pytest.raises(Refused, match="没有公开"):
        put_up(Disclosure.objects.get(pk=text.pk), clerk, Up(BOARD))


# Corrections


def test_rows_are_only_added(hung):
    posting = hung()
    for change in (lambda: Posting.objects.update(place="别处"), lambda: Posting.objects.filter(pk=posting.pk).delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_down_and_void(hung, clerk):
    first = hung()
    down = take_off(first, clerk)
    with pytest.raises(Refused, match="不在墙上"):
        take_off(first, clerk)
    with pytest.raises(Refused, match="请先作废撕下的"):
        make_void(first, clerk, "贴错了")
    make_void(down, clerk, "还挂着")
    assert list(Posting.objects.hanging()) == [first]
    with pytest.raises(Refused, match="哪里记错了"):
        make_void(first, clerk, " ")
    make_void(first, clerk, "没有贴")
    with pytest.raises(Refused, match="已经作废"):
        make_void(first, clerk, "没有贴")
    assert not Posting.objects.hanging().exists()
    assert put_up(first.disclosure, clerk, Up(BOARD)).pk
    assert Posting.objects.count() == 5


def test_through_the_page(client, hung, clerk):
    posting = hung()
    client.force_login(clerk)
    address = reverse("published", args=[posting.disclosure_id])
    client.post(address, {"act": "down", "posting": posting.pk})
    down = Posting.objects.get(act=Act.DOWN)
    answer = client.post(address, {"act": "void", "posting": down.pk, "note": "还挂着"}, follow=True).content.decode()
    assert "还挂着" in answer
    assert client.post(address, {"act": "void", "posting": "x"}).status_code == 404
    assert client.post(address, {"act": "burn"}).status_code == 404


# Who


def test_only_clerks_of_the_place_write_and_others_of_the_place_read(client, published, member, tree, village):
    text = published()
    address = reverse("published", args=[text.pk])
    for role, unit in (("reviewer", "搜登站镇"), ("supervisor", "船营区"), ("auditor", "船营区"), ("signer", "搜登站村")):
        user = member(role, tree[unit])
        words = page(client, user, "published", text.pk)
        assert "今天贴了" not in words
        assert "不归您登记" in client.post(address, {"act": "up", "channel": BOARD}, follow=True).content.decode()
    assert not Posting.objects.exists()
    for role, unit in (("clerk", "半拉山村"), ("reviewer", "大绥河镇"), ("administrator", "龙潭区")):
        client.force_login(member(role, tree[unit]))
        assert client.get(address).status_code == 404
        assert client.post(address, {"act": "up", "channel": BOARD}).status_code == 404
    client.force_login(member("clerk", tree["搜登站镇"]))
    client.post(address, {"act": "up", "channel": BOARD})
    assert Posting.objects.count() == 1
    client.logout()
    assert client.get(address).status_code == 302


def test_a_draft_has_no_such_page(client, draft, clerk):
    text = draft(author=clerk)
    client.force_login(clerk)
    answer = client.get(reverse("published", args=[text.pk]))
    assert (answer.status_code, answer.url) == (302, reverse("review_text", args=[text.pk]))


# Lists


def test_not_yet_up_and_corrected_and_done(client, published, clerk, member, village, tree):
    reviewer = member("reviewer", tree["搜登站镇"])
    fresh, done, changed = published(title="还没贴的"), published(title="贴好的"), published(title="改过的")
    put_up(done, clerk, Up(BOARD))
    put_up(changed, clerk, Up(BOARD))
    correct(changed, reviewer)
    published(title="别村的", unit=tree["大绥河村"])
    assert set(to_put_up(village, TODAY)) == {fresh, changed}
    words = page(client, clerk, "walls")
    assert "还没贴的" in words
    assert "贴好的" not in words
    assert "文字改过，要换新的" in words
    assert "别村的" not in words
    assert "还没贴的" in page(client, member("reviewer", tree["搜登站镇"]), "walls")
    assert "还没贴的" not in page(client, member("clerk", tree["大绥河镇"]), "walls")
    client.force_login(member("clerk", tree["大绥河镇"]))
    assert client.get(reverse("walls"), {"place": village.code}).status_code == 404


def test_a_township_needs_a_board_only_where_the_catalogue_names_one(published, tree):
    on_board = make_item(name="办事指南", channels=["政府网站", "公开栏"])
    wanted = published(unit=tree["搜登站镇"], item=on_board)
    published(unit=tree["搜登站镇"], item=make_item(name="规划", channels=["政府网站"]))
    assert list(to_put_up(tree["搜登站镇"], TODAY)) == [wanted]


def test_what_is_over_or_old_is_not_asked_for(published, village):
    over = published(notice_from=TODAY - timedelta(days=20), notice_until=TODAY + timedelta(days=1), comes_down=True)
    old = published()
    Disclosure.objects.filter(pk=over.pk).update(notice_until=TODAY - timedelta(days=1))
    Disclosure.objects.filter(pk=old.pk).update(first_published_at=timezone.now() - timedelta(days=61))
    assert list(to_put_up(village, TODAY)) == []


def test_after_its_days_it_may_come_down(client, hung, clerk, village):
    hung(days=14, title="还差一天")
    enough = hung(days=15, title="贴够了")
    notice = hung(days=15, title="公示还没满", notice_from=TODAY - timedelta(days=15), notice_until=TODAY + timedelta(days=3))
    assert notice.until == TODAY + timedelta(days=3)
    assert list(to_take_off(village, TODAY)) == [enough]
    words = page(client, clerk, "walls", show="down")
    assert "贴够了" in words
    assert "还差一天" not in words
    answer = client.post(reverse("published", args=[enough.disclosure_id]), {"act": "down", "posting": enough.pk, "from": "walls"})
    assert answer.url == reverse("walls")
    assert list(to_take_off(village, TODAY)) == []


def test_counts_for_supervision(hung, published, clerk, tree, village):
    hung()
    hung(days=3)
    published()
    other = published(unit=tree["半拉山村"])
    week = (TODAY - timedelta(days=6), TODAY)
    assert posted_counts(tree["搜登站镇"], *week) == {village.pk: Posted(3, 2), other.unit_id: Posted(1, 0)}
    assert posted_counts(tree["搜登站镇"], TODAY, TODAY, [village.pk]) == {village.pk: Posted(2, 1)}


@pytest.mark.parametrize("show", ["up", "down"])
def test_lists_cost_the_same_for_two_and_for_forty(client, hung, published, clerk, show):
    def queries() -> int:
        client.force_login(clerk)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("walls"), {"show": show}).status_code == 200
        return len(caught)

    def more(number: int) -> None:
        for _n in range(number):
            published() if show == "up" else hung(days=20)

    more(2)
    queries()
    few = queries()
    more(38)
    assert queries() == few


def test_what_is_left_to_hang_stands_on_the_clerk_s_first_page(client, published, clerk, village):
    text = published(title="要贴的")
    assert "公开了，还要贴上墙" in page(client, clerk, "todo")
    put_up(text, clerk, Up(BOARD))
    assert "公开了，还要贴上墙" not in page(client, clerk, "todo")


def test_the_page_of_a_text_and_the_list_lead_there(client, published, clerk):
    text = published()
    address = reverse("published", args=[text.pk])
    assert address in page(client, clerk, "review_text", text.pk)
    assert address in page(client, clerk, "wagtailsnippets_disclosures_disclosure:list")


# WeChat


def test_summary_figures_deadline_and_link(published, village):
    village.supervisor_phone = "0432-00000002"
    village.save()
    rows = [
        {"subject": "上级补助", "side": "in", "amount": "300.00"},
        {"subject": "修路", "side": "out", "amount": "100.00"},
    ]
    flow = ("flow", {"kind": "both", "caption": "收支", "opening": Decimal("50"), "rows": rows, "closing": Decimal("250")})
    text = published(body=[flow], summary="本季度还剩 250 元。", notice_from=TODAY, notice_until=TODAY + timedelta(days=14))
    words = wechat_text(text)
    assert words.startswith(f"【搜登站村】{text.title}\n本季度还剩 250 元。")
    assert "期初结余 50.00 ＋ 收入 300.00 － 支出 100.00 ＝ 期末结余 250.00 元" in words
    assert "有不同意见请打 0432-00000002" in words
    assert words.endswith(text.get_absolute_url())


def test_figures_that_the_summary_has_are_not_said_twice(published):
    rows = [{"subject": "修路", "side": "out", "amount": "100.00"}]
    flow = ("flow", {"kind": "both", "caption": "收支", "opening": Decimal("150"), "rows": rows, "closing": Decimal("50")})
    said = "期初 150.00 元，收入 0.00 元，支出 100.00 元，还剩 50.00 元。"
    assert wechat_text(published(body=[flow], summary=said)).count("100.00") == 1
    assert wechat_text(published(body=[flow], summary="修路花了 100.00 元。")).count("100.00") == 2


def test_never_longer_than_a_screen_and_the_link_whole(published):
    text = published(title="长" * 200, summary="要" * 200, body=[("text", f"<p>{'字' * 5000}</p>")])
    assert len(wechat_text(text)) <= LONGEST
    assert wechat_text(text).endswith(text.get_absolute_url())
    without = published(body=[("text", f"<p>{'字' * 5000}</p>")])
    assert 150 < len(wechat_text(without)) < 300


def test_a_list_that_comes_down_names_nobody(published):
    text = published(
        body=[("text", "<p>王某某一户。</p>")], comes_down=True, notice_from=TODAY, notice_until=TODAY + timedelta(days=20)
    )  # fmt: skip
    assert "王某某" not in wechat_text(text)
