"""Versions: published by a second person, frozen by the database, compared, proved, found by search."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from openness.powers import frozen, search
from openness.powers.models import Adjustment, ListVersion, PowerEntry
from openness.powers.rules.compare import compare
from openness.powers.services.drafts import accept, change_of, discard, receive, remove_entry, save_entry, start_from_current
from openness.powers.services.publish import broken_versions, publish
from openness.units.refusal import Refused
from search.models import Entry

from .conftest import AGED, FIRE, FIRST, HOUSE, TREES, workbook

pytestmark = pytest.mark.django_db


def test_a_second_version_says_what_is_new_gone_and_changed(put):
    put(*FIRST)
    house = replace(HOUSE, basis="《土地管理法》第六十二条\n《村庄和集镇规划建设管理条例》第十八条", body="乡（镇）人民政府")
    dogs = replace(FIRE, name="犬只免疫检查", code="220204-JC-002")
    second = put(house, TREES, AGED, dogs, day=date(2026, 3, 1))
    rows = {(row.change, row.name): row for row in second.adjustments.all()}
    assert set(rows) == {("added", "犬只免疫检查"), ("removed", "森林防火检查"), ("adjusted", "农村村民宅基地审批")}
    assert rows["adjusted", "农村村民宅基地审批"].fields == [
        ["依据", HOUSE.basis, house.basis],
        ["实施主体", "镇人民政府", "乡（镇）人民政府"],
    ]
    assert (second.number, rows["added", "犬只免疫检查"].day) == (2, date(2026, 3, 1))


def test_the_first_version_is_no_adjustment(put):
    assert put(*FIRST).number == 1
    assert Adjustment.objects.count() == 0


def test_a_new_code_with_the_same_name_is_an_adjustment_and_leads_back(put):
    put(HOUSE)
    row = put(replace(HOUSE, code="220204-XK-900"), day=date(2026, 1, 1)).adjustments.get()
    assert (row.change, row.old_key, row.key) == ("adjusted", HOUSE.code, "220204-XK-900")


def test_renamed_split_merged_and_reused_are_hints():
    def kinds(old, new):
        return [hint.kind for hint in compare(old, new).hints()]

    assert kinds([replace(HOUSE, code="")], [replace(HOUSE, code="", name="农村宅基地审批")]) == ["renamed"]
    assert kinds([HOUSE], [replace(HOUSE, code="1", name="宅基地审批（新建）"), replace(HOUSE, code="2", name="宅基地审批（翻建）")]) == [
        "split"
    ]
    assert kinds(
        [replace(TREES, code="1", name="林木采伐"), replace(TREES, code="2", name="林木采伐运输")],
        [replace(TREES, code="3", name="林木采伐许可")],
    ) in (["merged"], ["renamed"])
    assert kinds([HOUSE], [replace(AGED, code=HOUSE.code)]) == ["reused"]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"in_force_from": None}, "没有写施行日期"),
        ({"document_number": "", "basis": ""}, "至少写一个"),
        ({"in_force_from": date(2024, 1, 1)}, "不能早于上一版"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_published(put, drafted, people, columns, words):
    put(*FIRST)
    draft = drafted(HOUSE, day=date(2026, 1, 1))
    ListVersion.objects.filter(pk=draft.pk).update(**columns)
    with pytest.raises(Refused, match=words):
        publish(draft, people["reviewer"])
    assert ListVersion.objects.public().count() == 1


def test_an_empty_version_and_one_without_a_difference_are_refused(put, drafted, people):
    draft = drafted()
    with pytest.raises(Refused, match="一项都没有"):
        publish(draft, people["reviewer"])
    discard(draft, people["clerk"])
    put(*FIRST)
    with pytest.raises(Refused, match="一模一样"):
        publish(drafted(*FIRST, day=date(2026, 1, 1)), people["reviewer"])


def test_two_people_are_needed_and_only_reviewers_publish(drafted, people, power_list, member, tree):
    draft = drafted(*FIRST)
    for name in ("clerk", "supervisor", "auditor", "outsider"):
        with pytest.raises(PermissionDenied):
            publish(draft, people[name])
    own = people["administrator"]
    ListVersion.objects.filter(pk=draft.pk).update(author=own)
    with pytest.raises(Refused, match="自己做的版本"):
        publish(draft, own)
    assert publish(draft, people["reviewer"]).number == 1


def test_a_published_version_is_never_edited(put, power_list, people):
    version = put(*FIRST)
    entry = version.entries.first()
    for act in (
        lambda: save_entry(version, TREES, people["clerk"], entry), lambda: remove_entry(entry, people["clerk"]), lambda: discard(version, people["clerk"]),
    ):  # fmt: skip
        with pytest.raises(Refused, match="不能改"):
            act()


def test_the_database_itself_refuses_to_change_what_is_public(put):
    version = put(*FIRST)
    put(HOUSE, TREES, day=date(2026, 1, 1))
    acts = [
        lambda: ListVersion.objects.filter(pk=version.pk).update(document_number="改"),
        lambda: version.entries.update(name="改"),
        lambda: version.entries.all().delete(),
        lambda: PowerEntry.of(version, 99, replace(HOUSE, code="99")).save(),
        lambda: Adjustment.objects.update(name="改"),
        lambda: Adjustment.objects.all().delete(),
    ]
    for act in acts:
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    call_command("verify_power_lists")


class _Sneak:
    """Drops triggers inside the test's own transaction, which takes them back."""

    connection = connection

    def execute(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


def test_who_gets_past_the_database_is_found_out(put):
    version = put(*FIRST)
    frozen.drop_triggers(None, _Sneak())
    version.entries.filter(code=HOUSE.code).update(fee="五十元")
    assert [why for _version, why in broken_versions()] == ["内容和指纹不符"]
    with pytest.raises(CommandError, match="第 1 版"):
        call_command("verify_power_lists")


def test_there_is_one_draft_at_a_time(power_list, people):
    start_from_current(power_list, people["clerk"])
    head = ["编码", "名称", "类型", "依据", "实施主体"]
    _read, upload = receive(power_list, workbook([head, ["1", "甲", "行政许可", "《森林法》", "县局"]]), people["clerk"])
    with pytest.raises(Refused, match="已经有一份草稿"):
        accept(upload, people["clerk"])


def test_a_draft_is_changed_entry_by_entry(put, power_list, people):
    put(*FIRST)
    draft = start_from_current(power_list, people["clerk"])
    house = draft.entries.get(code=HOUSE.code)
    save_entry(draft, replace(HOUSE, fee="不收费"), people["clerk"], house)
    save_entry(draft, replace(FIRE, code="220204-JC-009", name="河道检查"), people["clerk"])
    remove_entry(draft.entries.get(code=AGED.code), people["clerk"])
    with pytest.raises(Refused, match="已经有这个编码"):
        save_entry(draft, replace(TREES, name="别的"), people["clerk"])
    change = change_of(draft)
    assert ([one.name for one in change.added], [one.name for one in change.removed]) == (["河道检查"], ["高龄津贴发放"])
    assert [one.fields for one in change.adjusted] == [[("fee", "", "不收费")]]


def test_search_finds_the_entries_in_force_and_no_others(put):
    first = put(*FIRST)
    assert {one.title for one in search.build(list(search.all_keys())).values()} == {one.name for one in FIRST}
    put(HOUSE, TREES, day=timezone.localdate())
    found = search.build(list(search.all_keys()))
    assert {one.title for one in found.values()} == {HOUSE.name, TREES.name}
    assert not search.build([str(entry.pk) for entry in first.entries.all()])
    assert Entry.objects.filter(kind="power", key__in=[str(entry.pk) for entry in first.entries.all()]).count() == len(FIRST), "told to go"
    assert [one.title for one in search.search_plain("采伐", 5)] == [TREES.name]


def test_a_version_that_begins_later_waits_for_its_day(put):
    put(*FIRST)
    put(HOUSE, day=timezone.localdate() + timedelta(days=3))
    assert len(list(search.all_keys())) == len(FIRST)
