"""要素齐全率: counted with the cells, by what the machine saw and a person judged; the number is the length of its list."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from openness.disclosures.models import Attachment
from openness.disclosures.services.attachment_texts import extract_waiting
from openness.disclosures.services.take_down import withdraw
from openness.supervision.models import Finding, FindingState, Obligation
from openness.supervision.services import figures as figures_module
from openness.supervision.services.declare import exempt, extend
from openness.supervision.services.figures import Figure, figures
from openness.supervision.services.generate import generate
from openness.supervision.services.overview import Scope, Sums, cells_behind, sums_by_unit_and_field, sums_of
from openness.supervision.services.place import put_in_place
from openness.supervision.services.quality import check_quality, judge_finding
from openness.supervision.services.verify import differences

from .test_ledger import cell, limited
from .test_quality import OTHER, WORDS, change, put

pytestmark = pytest.mark.django_db
YEAR = Scope(date(2026, 1, 1), date(2027, 12, 31), date(2027, 12, 31))
ELEMENTS = "文化广场；施工单位；质量验收结论"
WHOLE = WORDS + "质量验收合格。"


@pytest.fixture
def item(tree):
    return limited("工程项目", "每季度的首个月20日", elements=ELEMENTS)


@pytest.fixture
def checked(tree, item):
    """One answer with all elements, one that lacks 质量验收结论, one blank; read by the machine."""
    generate(since=date(2026, 1, 1))
    rows = put(tree["搜登站村"], item, words=WHOLE), put(tree["大绥河村"], item, words=WORDS + "今年新修的。")
    check_quality()
    return rows


def counted(unit) -> tuple[int, int]:
    sums = sums_of(unit, YEAR)
    for state in ("complete", "incomplete"):
        assert cells_behind(unit, YEAR, state).count() == getattr(sums, state), state
    assert [str(one) for one in differences()] == []
    return sums.complete, sums.checked


def test_what_was_read_counts_at_every_level(tree, checked):
    assert {name: counted(tree[name]) for name in ("吉林省", "船营区", "搜登站镇", "大绥河镇", "大绥河村")} == {
        "吉林省": (1, 2), "船营区": (1, 2), "搜登站镇": (1, 1), "大绥河镇": (0, 1), "大绥河村": (0, 1)
    }  # fmt: skip
    by_field = sums_by_unit_and_field([tree["船营区"]], YEAR).values()
    assert sum(sums.checked for sums in by_field) == 2


def test_reading_again_changes_nothing(tree, checked):
    check_quality(everything=True)
    assert counted(tree["船营区"]) == (1, 2)


def test_a_correction_counts_after_the_next_reading(tree, checked, member):
    change(checked[1], member("reviewer", tree["大绥河镇"]), body=[("text", f"<p>{WHOLE}</p>")])
    check_quality()
    assert counted(tree["船营区"]) == (2, 2)


def test_a_person_has_the_last_word(tree, checked, member):
    supervisor, finding = member("supervisor", tree["船营区"]), Finding.objects.get(check_name="element")
    judge_finding(finding, supervisor, FindingState.CONFIRMED)
    assert counted(tree["船营区"]) == (1, 2)
    judge_finding(finding, supervisor, FindingState.IGNORED, "工程还没有验收")
    assert counted(tree["船营区"]) == (2, 2)
    check_quality(everything=True)
    assert counted(tree["船营区"]) == (2, 2)


def test_what_was_withdrawn_does_not_count(tree, checked):
    withdraw(checked[1], None, "写错了")
    assert counted(tree["船营区"]) == (1, 1)
    check_quality()
    assert counted(tree["船营区"]) == (1, 1)


def test_cells_made_after_the_reading_are_not_left_out(tree, item):
    put(tree["搜登站村"], item, words=WHOLE)
    check_quality()
    assert counted(tree["船营区"]) == (0, 0)
    generate(since=date(2026, 1, 1))
    assert check_quality().texts == 0
    assert counted(tree["船营区"]) == (1, 1)


def test_the_sums_follow_a_cell_that_gets_a_later_day_or_goes(tree, checked, item):
    answered = cell(tree["大绥河村"], item, "2026-Q3")
    later = max(timezone.localdate(), answered.due_on) + timedelta(days=30)
    extend(answered, None, "水灾", later)
    assert counted(tree["船营区"]) == (1, 2)
    assert sums_of(tree["船营区"], Scope(later, later, date(2099, 1, 1))).checked == 1
    exempt(tree["大绥河村"], answered.duty, None, "不归村里", date(2026, 1, 1))
    assert counted(tree["船营区"]) == (1, 2), "what was done stays"


def test_a_unit_that_moves_takes_its_numbers_along(tree, checked):
    tree["大绥河村"].move(tree["搜登站镇"], "last-child")
    put_in_place([tree["船营区"].path])
    assert {name: counted(tree[name]) for name in ("船营区", "搜登站镇", "大绥河镇")} == {
        "船营区": (1, 2), "搜登站镇": (1, 2), "大绥河镇": (0, 0)
    }  # fmt: skip


def test_where_nothing_can_be_told_nothing_is_counted(tree, item, settings, tmp_path):
    """No elements asked for; a list of names, which is one part of its item; a file that nobody has read yet, which may say them."""
    settings.MEDIA_ROOT = tmp_path
    plain = limited("村务监督", "每季度的首个月20日")
    generate(since=date(2026, 1, 1))
    put(tree["搜登站村"], plain, words=OTHER)
    put(tree["半拉山村"], item, words=OTHER, category="roster")
    file = Attachment.objects.create(title="验收单", file=ContentFile("工程质量验收合格".encode(), "a.txt"), unit=tree["大绥河村"])
    put(tree["大绥河村"], item, body=[("text", f"<p>{WORDS}</p>"), ("file", file)])
    check_quality()
    assert counted(tree["船营区"]) == (0, 0)
    assert extract_waiting() == 1
    check_quality()
    assert counted(tree["船营区"]) == (1, 1)


def test_only_an_answered_cell_can_be_complete(tree, checked, item):
    blank = cell(tree["半拉山村"], item, "2026-Q3")
    with pytest.raises(IntegrityError), transaction.atomic():
        Obligation.objects.filter(pk=blank.pk).update(complete=True)


def test_the_desk_names_what_is_missing_and_costs_no_more(tree, checked, client, member):
    client.force_login(member("supervisor", tree["船营区"]))
    for desk, cells in (("supervision_desk", "supervision_cells"), ("progress", "progress_cells")):
        query = {"place": "220204", "period": "2026"}
        page = client.get(reverse(desk), query).content.decode()
        assert "机器查过 2 项，要素齐全 1 项" in page
        assert "机器看着可能缺要素的 1 项" in page
        listed = client.get(reverse(cells), {**query, "state": "incomplete"}).content.decode()
        assert "共 1 项" in listed
        assert "没有找到：质量验收结论" in listed


def test_a_list_of_what_is_missing_costs_the_same_with_more_rows(tree, checked, item, client):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("progress_cells"), {"place": "220204", "period": "2026", "state": "incomplete"})
        return len(captured)

    cost()
    before = cost()
    for period in ("2026-Q1", "2026-Q2"):
        put(tree["大绥河村"], item, words=OTHER + period, period=period)
    check_quality()
    assert counted(tree["船营区"]) == (1, 4)
    assert cost() == before


def test_a_rate_is_of_what_was_read():
    rate = figures(Sums(total=9, on_time=8, checked=7, complete=6), Sums(total=9, on_time=8, checked=2, complete=2), "上季度")[2]
    assert (rate.label, rate.value, rate.state) == ("要素齐全率", "85.7%", "complete")
    assert rate.change == "比上季度低 14.3 个百分点"
    assert figures(Sums(total=9, on_time=8), Sums(), "上季度")[2].value == "–"


def test_other_numbers_join_the_figures_when_there_is_something_to_count(tree, checked, client, monkeypatch):
    """As 留言按时回复 will: absent while its source has nothing, with a list of its own afterwards."""
    told = []
    monkeypatch.setattr(figures_module, "SOURCES", [lambda choice, today: told[0] if told else None])
    assert "按时回复" not in client.get(reverse("progress")).content.decode()
    told.append(Figure("按时回复", "50%", "收到 2 件，按时回复 1 件", "–", url="/messages/?late=1"))
    assert 'href="/messages/?late=1"><span>按时回复</span><b>50%</b>' in client.get(reverse("progress")).content.decode()
