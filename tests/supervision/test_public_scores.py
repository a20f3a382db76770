"""得分、通报 without login: the same numbers as inside, nobody's name, a fixed number of queries, and the file that anybody can recompute."""

import re
import subprocess
import sys
from datetime import date
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from openness.disclosures.periods import parse_period
from openness.disclosures.services.take_down import withdraw
from openness.supervision.models import Notice
from openness.supervision.services.evaluators import EVALUATORS
from openness.supervision.services.generate import generate
from openness.supervision.services.indicators import Rules
from openness.supervision.services.notice import draft_notice, issue
from openness.supervision.services.scores import rows_behind, score_units
from openness.units.models import Unit

from .acts_done import ordered, sampled
from .test_ledger import limited, publish
from .test_quality import right_identity

pytestmark = pytest.mark.django_db
LAST = timezone.localdate().year - 1  # the year before is over on whichever day the tests run
QUARTER = f"{LAST}-Q4"
PERIOD = parse_period(QUARTER)
KEYS = ("disclosed", "on-time", "field-ages", "items-kept", "spot-checks", "rectified")


@pytest.fixture(autouse=True)
def rules_of_that_year(db):
    """The first indicators, as if the county had kept them then."""
    from openness.supervision.models import Indicator

    Indicator.objects.filter(effective_from__year__gt=2020).update(effective_from=date(LAST, 1, 1))


@pytest.fixture
def year(tree, village, draft):
    finance, monthly = limited("财务收支", "每季度的首个月20日"), limited("党务", "每月公布一次", field="党务公开")
    generate(since=date(LAST, 1, 1))
    first = publish(draft, date(LAST, 10, 12), unit=village, item=finance, period=f"{LAST}-Q3", formed_on=date(LAST, 10, 9))
    second = publish(draft, date(LAST, 11, 9), unit=tree["大绥河村"], item=monthly, period=f"{LAST}-10", formed_on=date(LAST, 11, 2))
    sampled(first, "85.0", date(LAST, 11, 20), f"户主身份证{right_identity()}露出来了")
    sampled(second, "40.0", date(LAST, 11, 20))
    ordered(village, date(LAST, 11, 30), date(LAST, 11, 28), title=f"身份证{right_identity()}没有遮")
    ordered(tree["大绥河镇"], date(LAST, 12, 10))
    return tree


def get(client, name, *arguments, **query):
    answer = client.get(reverse(name, args=arguments), query)
    assert answer.status_code == 200, answer
    return answer


def text(answer) -> str:
    return answer.content.decode()


def pages_of(year) -> list[tuple[str, list, dict]]:
    county = {"place": "220204", "period": QUARTER}
    rows = [("progress_score_rows", ["220204", key], {"period": QUARTER, "show": "all"}) for key in KEYS]
    return [
        ("progress_scores", [], county), ("progress_score", ["220204"], {"period": QUARTER}), ("progress_method", [], {}), *rows
    ]  # fmt: skip


def test_the_ranking_is_open_and_leads_down_to_the_rows(year, client):
    ranking = BeautifulSoup(text(get(client, "progress_scores", place="220204", period=QUARTER)), "html.parser")
    names = [link.get_text() for link in ranking.select("[aria-labelledby=rank] th a")]
    assert sorted(names) == ["大绥河镇", "搜登站镇"]
    link = ranking.select_one("[aria-labelledby=rank] th a")["href"]
    unit = BeautifulSoup(client.get(link).content.decode(), "html.parser")
    (one,) = score_units([Unit.objects.get(short_name=names[0])], PERIOD)
    assert f"{one.score} 分" in unit.select_one(".sv-words").get_text()
    assert [step.get_text() for step in unit.select("section[aria-labelledby=steps] li")] == one.steps()
    for row in unit.select("[aria-labelledby=lines] tbody tr"):
        assert "#kind-" in row.select_one("th a")["href"]
        for rows in row.select("td a"):
            assert client.get(rows["href"]).status_code == 200


@pytest.mark.parametrize("key", KEYS)
def test_every_figure_is_the_length_of_the_open_list_behind_it(year, client, key):
    (one,) = score_units([year["船营区"]], PERIOD)
    measure = one.line(key).measure
    assert measure.of > 0
    for show, number in (("all", measure.of), ("", measure.of - measure.good)):
        page = text(get(client, "progress_score_rows", "220204", key, period=QUARTER, show=show))
        assert re.search(rf"(全部|没做到的) {number} 项</strong>", page), key
        assert len(BeautifulSoup(page, "html.parser").select("tbody th[scope=row]")) == min(number, 100)


def test_spot_checks_and_rectifications_count_by_hand(year):
    (county,) = score_units([year["船营区"]], PERIOD)
    assert [(county.line(key).measure.good, county.line(key).measure.of) for key in ("spot-checks", "rectified")] == [(1, 2), (1, 2)]
    (village,) = score_units([year["搜登站村"]], PERIOD)
    assert village.line("spot-checks").measure.words == "抽查看了 1 条，合格 1 条，60 分算合格"
    (before,) = score_units([year["搜登站村"]], PERIOD.before())
    assert before.line("spot-checks").measure.of == before.line("rectified").measure.of == 0


@pytest.mark.parametrize(
    ("answered", "state", "expected"),
    [
        (date(LAST, 11, 30), "closed", (1, 1)),
        (date(LAST, 12, 1), "closed", (0, 1)),
        (date(LAST, 11, 20), "answered", (1, 1)),
        (date(LAST, 11, 20), "returned", (0, 1)),
        (date(LAST, 11, 20), "cancelled", (0, 0)),
        (None, "issued", (0, 1)),
    ],
)
def test_an_order_is_done_by_its_day_or_not(tree, village, answered, state, expected):
    ordered(village, date(LAST, 11, 30), answered, state)
    (one,) = score_units([village], PERIOD)
    assert (one.line("rectified").measure.good, one.line("rectified").measure.of) == expected


def test_an_order_whose_day_has_not_come_is_not_counted_yet(tree, village):
    ordered(village, date(LAST, 11, 30))
    for today, of in ((date(LAST, 11, 30), 0), (date(LAST, 12, 1), 1)):
        (one,) = score_units([village], PERIOD, today)
        assert one.line("rectified").measure.of == of


def test_a_withdrawn_text_is_not_named_by_the_check_that_found_it(year, village):
    disclosure = village.disclosures.get()
    withdraw(disclosure, None, "名单有误")
    rows = rows_behind(
        village, next(row for row in Rules(PERIOD.last).of_unit(village) if row.key == "spot-checks"), PERIOD, bad_only=False
    )
    assert [(row.what, row.shown) for row in rows] == [("已经撤下的内容", None)]


def test_the_open_file_through_the_open_script_gives_every_score(year, client, tmp_path):
    script, data = tmp_path / "recompute_scores.py", tmp_path / "scores.csv"
    script.write_bytes(b"".join(get(client, "progress_script").streaming_content))
    data.write_bytes(b"".join(get(client, "progress_scores_csv", place="220204", period=QUARTER).streaming_content))
    ran = subprocess.run([sys.executable, "-I", str(script), str(data)], capture_output=True, text=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    units = list(Unit.objects.filter(code__startswith="220204", active=True))
    expected = {one.unit.code: "-" if one.score is None else str(one.score) for one in score_units(units, PERIOD)}
    assert {row.split()[0]: row.split()[2] for row in ran.stdout.splitlines()[:-1]} == expected
    told = data.read_text(encoding="utf-8")
    assert told.count("\nsample,") == 2
    assert told.count("\norder,") == 2
    assert "监督" not in told
    assert right_identity() not in told


def test_a_sample_that_was_marked_better_in_the_file_changes_the_score(year, client, tmp_path):
    from .test_scores import run_script

    data = tmp_path / "scores.csv"
    original = b"".join(get(client, "progress_scores_csv", place="220204", period=QUARTER).streaming_content).decode()
    assert ",40.0," in original
    data.write_text(original.replace(",40.0,", ",90.0,"), encoding="utf-8")
    assert run_script(data).returncode == 1


def test_the_method_has_an_example_of_every_kind_and_the_rules_in_force(tree, client):
    page = text(get(client, "progress_method", place="220204"))
    for kind, evaluator in EVALUATORS.items():
        assert f'id="kind-{kind}"' in page
        for words in (evaluator.method, evaluator.example):
            assert str(words) in page, kind
    for row in Rules(timezone.localdate()).of_area("220204"):
        assert row.name in page
        assert row.source in page


def test_no_page_names_a_person_or_shows_a_number_of_one(year, client, member):
    clerk = member("clerk", year["搜登站村"], first_name="钱经办")
    notice = draft_notice(year["船营区"], PERIOD, member("supervisor", year["船营区"], first_name="孙监督"))
    issue(notice, clerk)
    answers = [get(client, name, *arguments, **query) for name, arguments, query in pages_of(year)]
    answers += [get(client, name, notice.pk) for name in ("progress_notice", "progress_notice_print")]
    answers.append(get(client, "progress_notices"))
    for answer in answers:
        for secret in ("监督 #1", "经办 #2", "钱经办", "孙监督", clerk.username, right_identity()):
            assert secret not in text(answer), (answer.request["PATH_INFO"], secret)
    workbook = load_workbook(BytesIO(b"".join(get(client, "progress_notice_xlsx", notice.pk).streaming_content)))
    cells = " ".join(str(cell) for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row)
    assert right_identity() not in cells
    assert re.search(r"户主身份证110\d*\*{6,}\d+X?露出来了", cells)


def test_pages_cost_the_same_with_more_units(year, client):
    def costs() -> list[int]:
        found = []
        for name, arguments, query in pages_of(year):
            client.get(reverse(name, args=arguments), query)
            with CaptureQueriesContext(connection) as captured:
                get(client, name, *arguments, **query)
            found.append(len(captured))
        return found

    before = costs()
    for extra in range(6):
        Unit.objects.get(code="220204").add_child(
            code=f"2202049{extra:02d}", name=f"新{extra}镇", short_name=f"新{extra}镇", level=4, kind="town"
        )
    generate(since=date(LAST, 1, 1))
    assert costs() == before


def test_nothing_can_be_sent_and_bad_addresses_are_none(year, client):
    for name, arguments, _query in pages_of(year):
        assert client.post(reverse(name, args=arguments)).status_code == 405
    for name, arguments, query in (
        ("progress_scores", [], {"period": "2026-Q7"}),
        ("progress_scores", [], {"place": "99"}),
        ("progress_scores", [], {"place": "22"}),
        ("progress_score", ["22"], {}),
        ("progress_score_rows", ["220204", "nothing"], {}),
        ("progress_scores_csv", [], {"place": "2202"}),
    ):
        assert client.get(reverse(name, args=arguments), query).status_code == 404, (name, query)


def test_residents_find_them_from_the_progress_page(year, client):
    page = text(get(client, "progress_of", "220204"))
    assert reverse("progress_scores") + "?place=220204" in page
    assert reverse("progress_notices") in page


def test_a_notice_is_public_from_the_day_it_is_issued(year, client):
    notice = draft_notice(year["船营区"], PERIOD, None)
    names = ("progress_notice", "progress_notice_print", "progress_notice_xlsx")
    assert notice.title not in text(get(client, "progress_notices"))
    for name in names:
        assert client.get(reverse(name, args=[notice.pk])).status_code == 404
    issue(notice, None)
    assert notice.title in text(get(client, "progress_notices"))
    page = text(get(client, "progress_notice", notice.pk))
    assert notice.opening in page
    for words in ("附件1 排名", "附件2 逾期清单", "附件3 检查指标", "抽查情况", "整改情况"):
        assert words in page
    assert notice.title in text(get(client, "progress_notice_print", notice.pk))
    assert client.post(reverse("progress_notice", args=[notice.pk])).status_code == 405


def test_the_list_of_notices_costs_the_same_with_more_of_them(year, client):
    counts = []
    for period in (PERIOD, PERIOD.before(), PERIOD.before().before()):
        issue(draft_notice(year["船营区"], period, None), None)
        client.get(reverse("progress_notices"))
        with CaptureQueriesContext(connection) as captured:
            get(client, "progress_notices")
        counts.append(len(captured))
    assert len(set(counts)) == 1
    assert Notice.objects.count() == 3
