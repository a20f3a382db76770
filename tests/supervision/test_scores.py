"""Scores: hand-made cases, boundary days, the rows behind a figure, and the third party's script on the export."""

import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from openness.disclosures.models import Disclosure
from openness.disclosures.periods import parse_period
from openness.disclosures.services.take_down import withdraw
from openness.supervision.models import Indicator
from openness.supervision.rules.parameters import cutoff
from openness.supervision.rules.score import to_cent, total
from openness.supervision.services.declare import declare_nil
from openness.supervision.services.evaluators import EVALUATORS
from openness.supervision.services.evaluators.items import item_faults
from openness.supervision.services.facts import Facts
from openness.supervision.services.generate import generate
from openness.supervision.services.score_export import csv_lines
from openness.supervision.services.scores import by_level, ranking, rows_behind, score, score_units
from openness.units.models import Unit

from .acts_done import ordered, sampled
from .test_ledger import TODAY, cell, limited, publish

pytestmark = pytest.mark.django_db
Q4 = parse_period("2026-Q4")
SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "recompute_scores.py"


def only(*keys: str) -> None:
    Indicator.objects.exclude(key__in=keys).delete()


def line(unit, key, period=Q4, today=TODAY):
    (one,) = score_units([unit], period, today)
    return one.line(key)


@pytest.fixture
def year(tree, village, draft):
    """A year with something of everything; in the fourth quarter a village did one of one, its township one of three."""
    finance, monthly = limited("财务收支", "每季度的首个月20日"), limited("党务", "每月公布一次", field="党务公开")
    limited("预算", "每年公布一次", field="财政预决算")
    generate(today=TODAY)
    publish(draft, date(2026, 10, 12), unit=village, item=finance, period="2026-Q3")
    publish(draft, date(2026, 9, 12), unit=village, item=finance, period="2026-Q2")
    publish(draft, date(2026, 10, 12), unit=tree["大绥河村"], item=monthly, period="2026-09")
    publish(draft, date(2026, 11, 9), unit=tree["大绥河村"], item=monthly, period="2026-10")
    declare_nil(cell(tree["搜登站镇"], finance, "2026-Q3"), None, "没有发生")
    for disclosure, mark in zip(Disclosure.objects.order_by("pk"), ("85.0", "59.9", "60.0", None), strict=True):
        sampled(disclosure, mark, date(2026, 11, 2) if mark in ("85.0", "60.0") else date(2026, 9, 8))
    ordered(village, date(2026, 9, 30), date(2026, 9, 30))
    ordered(tree["大绥河镇"], date(2026, 10, 20), date(2026, 10, 21))
    ordered(tree["搜登站镇"], date(2026, 12, 1))
    return tree


def test_a_score_by_hand(tree, village, draft):
    """Three units of a township owe one cell each; one did it in time: 1/3 by 50 and 1/3 by 30 out of 80."""
    finance = limited("财务收支", "每季度的首个月20日")
    generate(today=TODAY)
    publish(draft, date(2026, 10, 12), unit=village, item=finance, period="2026-Q3")
    only("disclosed", "on-time")
    (township,) = score_units([tree["搜登站镇"]], Q4, TODAY)
    assert township.score == Decimal("33.33")
    assert [(one.measure.good, one.measure.of) for one in township.lines] == [(1, 3), (1, 3)]
    assert township.steps()[0] == "公开率：已公开 1 项，应公开 3 项。权重 50 × 1 ÷ 3 = 16.67。"
    assert "= 33.33" in township.steps()[-1]


def test_late_counts_as_disclosed_and_not_as_on_time(tree, village, draft):
    finance = limited("财务收支", "每季度的首个月20日")
    generate(today=TODAY)
    publish(draft, date(2026, 10, 21), unit=village, item=finance, period="2026-Q3")
    only("disclosed", "on-time")
    (one,) = score_units([village], Q4, TODAY)
    assert one.score == Decimal("62.50")  # 50 of 80


def test_nothing_owed_is_no_score(tree, village):
    (one,) = score_units([village], Q4, TODAY)
    assert one.score is None
    assert one.steps() == ["没有一项能计分，所以没有得分。"]


def test_what_cannot_be_measured_says_so_and_does_not_count(year):
    Indicator.objects.create(
        key="by-hand", kind="elsewhere", name="人工查的", parameters={"needs": "人工检查"}, source="测试",
        weight_county=50, effective_from=date(2026, 1, 1),
    )  # fmt: skip
    with_it = score_units([year["船营区"]], Q4, TODAY)[0]
    told = with_it.line("by-hand")
    assert told.measure.words.startswith("还不能测")
    assert not told.counts
    Indicator.objects.filter(key="by-hand").delete()
    assert score_units([year["船营区"]], Q4, TODAY)[0].score == with_it.score


@pytest.mark.parametrize(("newest", "passed"), [(date(2026, 11, 10), True), (date(2026, 11, 9), False)])
def test_a_home_page_may_be_two_weeks_old_and_not_a_day_more(tree, village, draft, item, newest, passed):
    publish(draft, newest, unit=village, item=item)
    assert line(tree["船营区"], "home-updated").measure.passed is passed


def test_a_place_that_never_published_is_not_up_to_date(tree):
    assert line(tree["船营区"], "home-updated").measure.passed is False


def test_a_withdrawn_page_is_no_update_and_no_later_day_counts(tree, village, draft, item):
    made = publish(draft, date(2026, 11, 20), unit=village, item=item)
    assert line(tree["船营区"], "home-updated").measure.passed is True
    assert line(tree["船营区"], "home-updated", parse_period("2026-Q3")).measure.passed is False
    withdraw(made, None, "写错了")
    assert line(tree["船营区"], "home-updated").measure.passed is False


@pytest.mark.parametrize(
    ("until", "age", "oldest"),
    [
        (date(2026, 8, 31), {"months": 6}, date(2026, 2, 28)),
        (date(2024, 8, 31), {"months": 6}, date(2024, 2, 29)),
        (date(2026, 5, 24), {"months": 6}, date(2025, 11, 24)),
        (date(2026, 1, 31), {"months": 1}, date(2025, 12, 31)),
        (date(2026, 11, 24), {"days": 14}, date(2026, 11, 10)),
    ],
)
def test_the_oldest_day_that_is_still_within_an_age(until, age, oldest):
    assert cutoff(until, age) == oldest


def test_five_stale_columns_fail_and_four_do_not(tree, village, draft, item):
    """A notice of a village is a column of the village, its township and its county: half a year and a day old, three are stale."""
    old = cutoff(TODAY, {"months": 6}) - timedelta(days=1)
    publish(draft, old, unit=village, item=item)
    assert line(tree["船营区"], "columns-updated").measure.words.startswith("3 个栏目里有 3 个没有更新")
    publish(draft, old, unit=tree["半拉山村"], item=item)
    four = line(tree["船营区"], "columns-updated").measure
    assert (four.words.startswith("4 个栏目里有 4 个"), four.passed) == (True, True)
    publish(draft, old, unit=tree["大绥河村"], item=item)
    assert line(tree["船营区"], "columns-updated").measure.passed is False
    publish(draft, old + timedelta(days=1), unit=village, item=item)
    assert line(tree["船营区"], "columns-updated").measure.words.startswith("6 个栏目里有 3 个")


def test_blank_columns_are_those_in_which_nothing_was_ever_answered(year):
    told = line(year["船营区"], "columns-blank").measure
    rows = rows_behind(year["船营区"], Indicator.objects.get(key="columns-blank"), Q4, bad_only=True, today=TODAY)
    assert told.words.startswith(f"12 个栏目里有 {len(rows)} 个空白")
    assert told.passed is False
    assert ("搜登站镇", "村务公开") not in {(row.unit.short_name, row.what) for row in rows}  # a nil declaration is an answer
    assert ("搜登站村", "党务公开") in {(row.unit.short_name, row.what) for row in rows}


def test_a_column_is_long_overdue_from_the_day_after_its_limit(tree, village):
    limited("财务收支", "每季度的首个月20日")
    generate(today=TODAY)
    due = date(2026, 4, 20)  # the first quarter's, the first of this year's ledger
    found = {}
    for days in (90, 91):
        day = due + timedelta(days=days)
        rows = EVALUATORS["overdue_columns"].rows(
            Facts([village], parse_period(f"{day.year}-{day.month:02d}"), day),
            village,
            {"more_than_days": 90, "fewer_than": 10},
            bad_only=True,
        )
        found[days] = len(rows)
    assert found == {90: 0, 91: 1}


PARAMETERS = {"at_least": 4, "latest_days": 90, "gap_days": 90}


@pytest.mark.parametrize(
    ("ages", "fault"),
    [
        ((360, 270, 180, 90), None),
        ((360, 270, 180), "只有 3 条"),
        ((361, 271, 181, 91), "最近一条已有 91 天"),
        ((365, 274, 184, 94, 4), "前后两条最多隔了 91 天"),
        ((), "只有 0 条"),
    ],
)
def test_an_item_needs_four_the_newest_within_ninety_days_and_no_longer_gap(ages, fault):
    faults = item_faults([TODAY - timedelta(days=age) for age in ages], TODAY, PARAMETERS)
    assert (not faults) if fault is None else faults[0].words().startswith(fault)


@pytest.mark.parametrize("name", ["船营区", "搜登站镇", "搜登站村", "大绥河村"])
@pytest.mark.parametrize("code", ["2026-Q3", "2026-Q4", "2026-10", "2026"])
def test_every_figure_is_the_length_of_the_list_behind_it(year, name, code):
    period = parse_period(code)
    (one,) = score_units([year[name]], period, TODAY)
    looked_at = 0
    for told in one.lines:
        if told.measure.passed is not None or told.measure.not_yet:
            continue
        everything = rows_behind(year[name], told.indicator, period, bad_only=False, today=TODAY)
        bad = rows_behind(year[name], told.indicator, period, bad_only=True, today=TODAY)
        assert (len(everything), len(bad)) == (told.measure.of, told.measure.of - told.measure.good), told.indicator.key
        assert sum(not row.good for row in everything) == len(list(bad))
        looked_at += 1
    assert looked_at == 6


def test_ranking_goes_by_score_and_puts_vetoed_units_last(year):
    """搜登站镇 has the better score, but nothing new for 43 days; 大绥河镇 for 15."""
    names = [one.of_unit.unit.short_name for one in ranking(by_level(score(year["船营区"], Q4, TODAY))[4])]
    assert names == ["搜登站镇", "大绥河镇"]
    Indicator.objects.filter(key="home-updated").update(weight_township=0, parameters={"max_age": {"days": 20}, "categories": []})
    ranked = ranking(by_level(score(year["船营区"], Q4, TODAY))[4])
    assert [(one.rank, one.of_unit.unit.short_name) for one in ranked] == [(1, "大绥河镇"), (2, "搜登站镇")]
    assert [row.key for row in ranked[1].of_unit.vetoes] == ["home-updated"]
    assert ranked[1].of_unit.score > ranked[0].of_unit.score


def test_equal_units_share_a_rank(tree):
    limited("财务收支", "每季度的首个月20日")
    generate(today=TODAY)
    Unit.objects.filter(short_name="半拉山村").update(active=False)
    only("disclosed")
    assert [one.rank for one in ranking(by_level(score(tree["船营区"], Q4, TODAY))[4])] == [1, 2]  # 0 points each, fewer overdue first
    assert [one.rank for one in ranking(score_units([tree["搜登站村"], tree["大绥河村"]], Q4, TODAY))] == [1, 1]


def test_the_queries_do_not_grow_with_the_units(year, django_assert_num_queries):
    place = Unit.objects.get(pk=year["船营区"].pk)
    small = Unit.objects.get(pk=year["搜登站镇"].pk)
    with django_assert_num_queries(10):
        score(small, Q4, TODAY)
    with django_assert_num_queries(11):  # the county is asked for its messages too
        score(place, Q4, TODAY)


@given(st.integers(0, 10**6), st.integers(1, 10**4))
def test_halves_go_up_exactly(numerator, denominator):
    value = Fraction(numerator, denominator)
    cents = to_cent(value)
    assert Fraction(cents) - Fraction(1, 200) <= value < Fraction(cents) + Fraction(1, 200)


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 9), st.integers(0, 9)), max_size=8))
def test_a_total_lies_between_its_parts_and_ignores_what_does_not_count(parts):
    given_parts = [(Decimal(weight), Fraction(min(good, of), of) if of else None) for weight, good, of in parts]
    counted = [degree for weight, degree in given_parts if weight and degree is not None]
    value = total(given_parts)
    if not counted:
        assert value is None
    else:
        assert 100 * min(counted) <= value <= 100 * max(counted)
        assert total([*given_parts, (Decimal(50), None), (Decimal(0), Fraction(1))]) == value


def run_script(path: Path) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-I", str(SCRIPT), str(path)], capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("code", ["2026-Q3", "2026-Q4", "2026-10", "2026"])
def test_the_script_recomputes_every_score_from_the_file(year, tmp_path, code):
    """A county's own version with fewer days and another county beside it make the rules differ."""
    Indicator.objects.create(
        key="disclosed", area="220204", kind="rate", name="公开率", parameters={"of": "done"}, source="区里定的", weight_county=33,
        weight_township=Decimal("17.5"), weight_village=3, effective_from=date(2026, 1, 1),
    )  # fmt: skip
    Indicator.objects.create(key="items-kept", area="220204", kind="items_kept", name="条数", source="区里定的", retired=True,
        parameters={}, effective_from=date(2026, 1, 1))  # fmt: skip
    counties = list(Unit.objects.filter(level=3))
    path = tmp_path / "scores.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(csv_lines(counties, parse_period(code), TODAY))
    ran = run_script(path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    ours = {unit.code: unit for unit in Unit.objects.filter(level__gte=3)}
    expected = {one.unit.code: one.score for one in score_units(list(ours.values()), parse_period(code), TODAY)}
    printed = {row.split()[0]: row.split()[2] for row in ran.stdout.splitlines()[:-1]}
    assert printed == {code: "-" if value is None else str(value) for code, value in expected.items()}
    assert len({value for value in printed.values() if value != "-"}) > 3


def test_the_script_notices_a_score_that_was_tampered_with(year, tmp_path):
    path = tmp_path / "scores.csv"
    text = "".join(csv_lines([year["船营区"]], Q4, TODAY))
    (one,) = score_units([year["搜登站镇"]], Q4, TODAY)
    assert f"{one.score}," in text
    path.write_text(text.replace(f",{one.score},", ",99.99,"), encoding="utf-8")
    ran = run_script(path)
    assert ran.returncode == 1
    assert "1 different" in ran.stdout


def test_the_command_writes_the_file(year, tmp_path, capsys):
    call_command("scores_export", period="2026-Q3", out=tmp_path)
    assert run_script(tmp_path / "scores-2026-Q3.csv").returncode == 0
    with pytest.raises(CommandError, match="期次写成"):
        call_command("scores_export", period="2026-Q9", out=tmp_path)
    with pytest.raises(CommandError, match="没有代码"):
        call_command("scores_export", period="2026-Q3", out=tmp_path, unit="999999")


def test_the_download_is_the_same_file(year, client, member):
    client.force_login(member("supervisor", year["船营区"]))
    answer = client.get(reverse("supervision_scores_csv"), {"unit": "220204", "period": "2026-Q3"})
    assert b"".join(answer.streaming_content).decode() == "".join(
        csv_lines([year["船营区"]], parse_period("2026-Q3"), timezone.localdate())
    )


PAGES = ("supervision_scores", "supervision_score", "supervision_score_rows", "supervision_scores_csv")


def address(name: str, unit: Unit) -> str:
    arguments = {"supervision_score": [unit.code], "supervision_score_rows": [unit.code, "disclosed"]}.get(name, [])
    return reverse(name, args=arguments) + f"?unit={unit.code}&period=2026-Q3"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", ["clerk", "reviewer", "supervisor", "administrator"])
def test_pages_are_for_whoever_covers_the_unit(year, client, member, name, role):
    client.force_login(member(role, year["搜登站镇"]))
    assert client.get(address(name, year["搜登站村"])).status_code == 200
    assert client.get(address(name, year["大绥河村"])).status_code == 404
    assert client.get(address(name, year["船营区"])).status_code == 404


def test_strangers_and_bad_addresses(year, client, member):
    assert client.get(reverse("supervision_scores")).status_code == 302
    client.force_login(member("supervisor", year["船营区"]))
    assert client.get(reverse("supervision_scores") + "?period=2026-Q7").status_code == 404
    assert client.get(reverse("supervision_score_rows", args=["220204", "nothing"])).status_code == 404
    assert client.post(reverse("supervision_scores")).status_code == 405


def test_the_page_of_a_unit_works_its_score_out(year, client, member):
    client.force_login(member("supervisor", year["船营区"]))
    page = client.get(address("supervision_score", year["搜登站镇"])).content.decode()
    (one,) = score_units([year["搜登站镇"]], parse_period("2026-Q3"))
    for step in one.steps():
        assert step in page
    assert reverse("supervision_method") in page
    assert reverse("supervision_score_rows", args=[year["搜登站镇"].code, "disclosed"]) in page


def test_the_method_page_and_the_script_are_there(tree, client, member):
    client.force_login(member("clerk", tree["搜登站村"]))
    page = client.get(reverse("supervision_method")).content.decode()
    assert "<h2>一步一步</h2>" in page
    assert "key file" not in page
    for evaluator in EVALUATORS.values():
        assert str(evaluator.label) in page
    script = b"".join(client.get(reverse("supervision_script")).streaming_content)
    assert script == SCRIPT.read_bytes()


@pytest.mark.parametrize("name", PAGES[:3])
def test_a_page_costs_the_same_queries_with_more_units(year, client, member, name):
    client.force_login(member("supervisor", year["船营区"]))
    counts = []
    for number in range(2):
        client.get(address(name, year["船营区"]))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(name, year["船营区"])).status_code == 200
        counts.append(len(captured))
        year["船营区"].refresh_from_db()
        if not number:
            for extra in range(6):
                year["船营区"].add_child(code=f"2202049{extra:02d}", name=f"新{extra}镇", short_name=f"新{extra}镇", level=4, kind="town")
                year["船营区"].refresh_from_db()
            generate()
    assert counts[0] == counts[1]


def test_docs_name_every_kind():
    text = (SCRIPT.parents[1] / "docs" / "scores.md").read_text(encoding="utf-8")
    for kind in EVALUATORS:
        assert f"`{kind}`" in text, kind
