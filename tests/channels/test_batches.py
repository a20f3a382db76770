"""One township notice to many villages: rows by village, all or none, taken back while untouched, the same queries for ten and for three hundred."""

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openness.channels.models import Batch, BatchText
from openness.channels.services.batches import Notice, send_out, take_back, villages_of
from openness.channels.services.village_rows import cut_by_village
from openness.disclosures.models import Disclosure
from openness.units.models import Unit
from openness.units.names import Level
from openness.units.refusal import Refused
from openness.units.services.import_divisions import Division, import_divisions
from tests.conftest import make_item

pytestmark = pytest.mark.django_db
TABLE = "村名\t户主\t金额\n搜登站村\t王某\t100.00\n\t李某\t50.00\n半拉山村委会\t赵某\t80.00\n"


@pytest.fixture
def town(tree):
    return tree["搜登站镇"]


@pytest.fixture
def clerk(member, town):
    return member("clerk", town, first_name="镇某")


@pytest.fixture
def source(draft, town, clerk):
    def make(**columns) -> Disclosure:
        body = [("text", "<p>【村名】的补贴已经发放，请核对。</p>")]
        return draft(unit=town, author=clerk, **{"title": "搜登站镇2026年补贴发放公示", "period": "2026-Q3", "body": body, **columns})

    return make


def posted(text, which, **more):
    return {"item": which.pk, "villages": [one.code for one in villages_of(text.unit)], "rows": "", **more}


def send(client, user, text, which, **more):
    client.force_login(user)
    data = posted(text, which, **more)
    return client.post(reverse("batch_new", args=[text.pk]), {**data, "step": "send", "seen": text.latest_revision_id}, follow=True)


def test_look_then_send(client, clerk, source, item, tree):
    text = source()
    client.force_login(clerk)
    address = reverse("batch_new", args=[text.pk])
    form = client.get(address).content.decode()
    assert "半拉山村" in form
    assert "大绥河村" not in form
    look = client.post(address, {**posted(text, item, rows=TABLE), "step": "look"})
    words = look.content.decode()
    for said in ("搜登站村2026年补贴发放公示", "半拉山村2026年补贴发放公示", "2 行", "1 行", "王某", "发给 2 个村"):
        assert said in words, said
    assert not Disclosure.objects.filter(unit__level=5).exists()
    carried = {"rows": look.context["pasted"], "item": item.pk, "villages": [one["unit"].code for one in look.context["villages"]]}
    done = client.post(address, {**carried, "step": "send", "seen": look.context["seen"]}, follow=True)
    assert "2 个村各有一份草稿" in done.content.decode()
    made = Disclosure.objects.get(unit=tree["搜登站村"])
    table = made.get_latest_revision_as_object().body[1].value
    assert [column["heading"] for column in table.columns] == ["户主", "金额"]
    assert [list(map(str, row["values"])) for row in table.row_data] == [["王某", "100.00"], ["李某", "50.00"]]
    assert "搜登站村的补贴已经发放" in str(made.body[0].value)
    assert (made.live, made.author, made.period, made.item, made.town) == (False, clerk, "2026-Q3", item, tree["搜登站镇"])
    assert made.get_latest_revision_as_object().title == made.title == "搜登站村2026年补贴发放公示"
    assert BatchText.objects.get(village=tree["搜登站村"]).revision == made.latest_revision_id


def test_a_village_s_clerk_goes_on_with_it(client, clerk, source, item, member, village, tree):
    send(client, clerk, source(), item)
    made = Disclosure.objects.get(unit=village)
    own = member("clerk", village)
    client.force_login(own)
    assert made.title in client.get(reverse("todo")).content.decode()
    assert client.get(reverse("wagtailsnippets_disclosures_disclosure:edit", args=[made.pk])).status_code == 200
    made.get_workflow().start(made, own)
    assert "镇里发来的" not in client.get(reverse("todo")).content.decode()
    made.get_latest_revision().publish(user=member("reviewer", tree["搜登站镇"]))
    client.force_login(clerk)
    assert "已公开" in client.get(reverse("batch", args=[Batch.objects.get().pk])).content.decode()


def test_a_workbook_with_codes(client, clerk, source, item, tree, tmp_path):
    book = openpyxl.Workbook()
    for row in (["区划代码", "户主", "金额"], ["220204101201", "王某", 100], [220204101202, "赵某", 80]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    upload = SimpleUploadedFile("分村.xlsx", (tmp_path / "a.xlsx").read_bytes())
    send(client, clerk, source(), item, table=upload)
    assert dict(BatchText.objects.values_list("village__short_name", "rows")) == {"搜登站村": 1, "半拉山村": 1}


def test_unknown_villages_are_said_by_row_with_near_names_and_nothing_is_made(client, clerk, source, item):
    words = send(client, clerk, source(), item, rows="村名\t户主\n搜登沾村\t王某\n半拉山村\t李某\n河口\t孙某\n").content.decode()
    assert "第 2 行“搜登沾村”：没有这个村，是不是搜登站村？" in words
    assert "第 4 行“河口”：本镇没有这个村。" in words
    assert "孙某" in words, "what was pasted is still there"
    assert not Batch.objects.exists()
    assert not Disclosure.objects.filter(unit__level=5).exists()


def test_rows_of_a_village_that_was_not_chosen(tree):
    rows = cut_by_village([["村名", "户主"], ["半拉山村", "王某"]], [tree["搜登站村"]], [tree["半拉山村"]])
    assert rows.faults == ["第 2 行“半拉山村”：这个村没有选。"]
    assert cut_by_village([["村名"], ["半拉山村"]], [tree["半拉山村"]]).faults == ["表里要有两列以上：第一列写村名，后面是内容。"]
    assert cut_by_village([["村名", "户主"], ["", "王某"]], [tree["半拉山村"]]).faults == ["第 2 行没有写村名。"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"villages": []}, "请选发给哪些村"),
        ({"villages": ["220204100201"]}, "只能发给本镇的村"),
        ({"item": ""}, "请选公开事项"),
        ({"table": SimpleUploadedFile("a.xlsx", b"PK\x03\x04broken")}, "读不出表格"),
    ],
)
def test_bad_entries_get_a_sentence(client, clerk, source, item, changes, sentence):
    assert sentence in send(client, clerk, source(), item, **changes).content.decode()
    assert not Batch.objects.exists()


def test_an_item_that_does_not_bind_communities(client, clerk, source, tree):
    Unit.objects.filter(pk=tree["半拉山村"].pk).update(kind="community")
    only_villages = make_item(name="村规民约", binds_communities=False)
    words = send(client, clerk, source(), only_villages).content.decode()
    assert "“村规民约”不归这些单位公开：半拉山村。" in words
    assert not Batch.objects.exists()


def test_twice_and_changed_meanwhile_are_refused(client, clerk, source, item):
    text = source()
    client.force_login(clerk)
    stale = client.post(reverse("batch_new", args=[text.pk]), {**posted(text, item), "step": "send", "seen": "0"}, follow=True)
    assert "原文刚才改过" in stale.content.decode()
    send(client, clerk, text, item)
    assert "已经发给过：搜登站村、半拉山村" in send(client, clerk, text, item).content.decode()
    assert Batch.objects.count() == 1


def test_the_look_says_which_villages_have_one_already(client, clerk, source, item, draft):
    draft(period="2026-Q3")
    text = source()
    client.force_login(clerk)
    words = client.post(reverse("batch_new", args=[text.pk]), {**posted(text, item), "step": "look"}).content.decode()
    assert words.count("这个村这一期已经有一条") == 1


def test_if_one_cannot_be_made_none_is(clerk, source, item, town, monkeypatch):
    text = source().get_latest_revision_as_object()
    notice = Notice(text, item, list(villages_of(town)))
    notice.villages[1].pk = 999_999  # gone meanwhile
    with pytest.raises(KeyError):
        send_out(notice, clerk)
    assert not Batch.objects.exists()
    assert not Disclosure.objects.filter(unit__level=5).exists()


# Taking back


def test_all_are_taken_back_and_the_record_stays(client, clerk, source, item):
    text = source()
    send(client, clerk, text, item)
    address = reverse("batch", args=[Batch.objects.get().pk])
    assert "全部收回" in client.get(address).content.decode()
    assert "收回了" in client.post(address, follow=True).content.decode()
    assert not Disclosure.objects.filter(unit__level=5).exists()
    batch = Batch.objects.get()
    assert batch.undone_by.startswith("镇某")
    assert batch.texts.count() == 2
    with pytest.raises(Refused, match="已经收回"):
        take_back(batch, clerk)
    send(client, clerk, text, item)
    assert Disclosure.objects.filter(unit__level=5).count() == 2


@pytest.mark.parametrize("touch", ["change", "send", "delete"])
def test_once_a_village_has_gone_on_nothing_is_taken_back(client, clerk, source, item, village, member, touch):
    send(client, clerk, source(), item)
    made = Disclosure.objects.get(unit=village)
    if touch == "change":
        made.save_revision(user=member("clerk", village))
    elif touch == "send":
        made.get_workflow().start(made, member("clerk", village))
    else:
        made.delete()
    with pytest.raises(Refused, match="搜登站村"):
        take_back(Batch.objects.get(), clerk)
    words = client.post(reverse("batch", args=[Batch.objects.get().pk]), follow=True).content.decode()
    assert "不能一起收回" in words
    assert Disclosure.objects.filter(unit__level=5).exists()


# Who


def test_only_clerks_of_the_township(client, source, item, member, tree, clerk):
    text = source()
    address = reverse("batch_new", args=[text.pk])
    for role, unit in (("reviewer", "搜登站镇"), ("supervisor", "船营区"), ("clerk", "搜登站村"), ("clerk", "大绥河镇")):
        client.force_login(member(role, tree[unit]))
        assert client.get(address).status_code == 404, (role, unit)
        assert client.post(address, posted(text, item)).status_code == 404
    send(client, clerk, text, item)
    batch = Batch.objects.get()
    for role, unit in (("reviewer", "搜登站镇"), ("supervisor", "船营区")):
        user = member(role, tree[unit])
        client.force_login(user)
        assert "全部收回" not in client.get(reverse("batch", args=[batch.pk])).content.decode()
        assert "只有乡镇" in client.post(reverse("batch", args=[batch.pk]), follow=True).content.decode()
    for role, unit in (("clerk", "搜登站村"), ("clerk", "大绥河镇")):
        client.force_login(member(role, tree[unit]))
        assert client.get(reverse("batch", args=[batch.pk])).status_code == 404
        assert text.title not in client.get(reverse("batches")).content.decode()
    assert Disclosure.objects.filter(unit__level=5).count() == 2


def test_a_village_s_text_goes_nowhere(client, draft, member, village):
    text, user = draft(), member("clerk", village)
    client.force_login(user)
    assert client.get(reverse("batch_new", args=[text.pk])).status_code == 404


# Many


def more_villages(number: int) -> None:
    import_divisions(
        [
            *(
                Division(unit.code, Level(unit.level), unit.name, unit.get_parent().code if unit.depth > 1 else "")
                for unit in Unit.objects.all()
            ),
            *(Division(f"220204101{n:03}", Level.VILLAGE, f"第{n}村委会", "220204101") for n in range(300, 300 + number)),
        ]
    )


def test_ten_and_three_hundred_villages_cost_the_same(client, source, item, clerk, town):
    def all_steps(text) -> tuple[list[str], list[str], list[str]]:
        data = posted(text, item, rows="村名\t户主\n搜登站村\t王某\n")
        client.force_login(clerk)
        address, found = reverse("batch_new", args=[text.pk]), []
        for step in ({"step": "look"}, {"step": "send", "seen": text.latest_revision_id}, None):
            with CaptureQueriesContext(connection) as caught:
                answer = client.post(address, {**data, **step}) if step else client.get(reverse("batch", args=[Batch.objects.first().pk]))
            assert answer.status_code in {200, 302}
            found.append([one["sql"] for one in caught.captured_queries])
        return tuple(found)

    more_villages(8)
    all_steps(source(title="暖一次"))
    few = all_steps(source(title="第一条"))
    more_villages(290)
    many = all_steps(source(title="第二条", period="2026-Q2"))
    assert Batch.objects.first().texts.count() > 290
    assert len(few[0]) == len(many[0])
    assert len(few[2]) == len(many[2])
    # Rows are inserted in batches: SQLite takes some thirty at a time.
    without = [[sql for sql in queries if not sql.startswith("INSERT")] for queries in (few[1], many[1])]
    assert len(without[1]) - len(without[0]) <= 4, "two pages of locks and outbox rows"
    assert len(many[1]) - len(few[1]) < 60
