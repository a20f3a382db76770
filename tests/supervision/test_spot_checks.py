"""抽查: a sample that can be drawn again by anybody, questions with weights, a score."""

import hashlib
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openness.supervision.models import Checklist, Question, Sample
from openness.supervision.rules.sampling import draw
from openness.supervision.services.rectify import Demand, issue
from openness.supervision.services.spot_check import (
    CheckRefused,
    Population,
    begin,
    judge_sample,
    same_sample,
    score,
    score_of,
    scores_by_unit,
)

from .test_ledger import limited, publish

pytestmark = pytest.mark.django_db
numbers = st.sets(st.integers(1, 10**9), max_size=60)


@given(seed=st.text(max_size=20), size=st.integers(0, 80), population=numbers, shuffled=st.randoms())
def test_the_same_seed_gives_the_same_sample_from_the_same_population(seed, size, population, shuffled):
    order = list(population)
    shuffled.shuffle(order)
    drawn = draw(seed, size, population)
    assert drawn == draw(seed, size, [*order, *order[:3]])
    assert len(drawn.sample) == min(size, len(population)) == len(set(drawn.sample))
    assert set(drawn.sample) <= population


@given(seed=st.text(max_size=20), size=st.integers(1, 20), population=numbers.filter(len), data=st.data())
def test_who_leaves_changes_nothing_about_the_others(seed, size, population, data):
    gone = data.draw(st.sampled_from(sorted(population)))
    before, after = draw(seed, size, population).sample, draw(seed, size, population - {gone}).sample
    assert [number for number in before if number != gone] == list(after[: len(before) - (gone in before)])


def test_the_sample_is_what_sha256sum_says():
    by_hand = sorted(range(1, 51), key=lambda n: hashlib.sha256(b"2026-11:%d" % n).hexdigest())[:5]
    drawn = draw("2026-11", 5, range(1, 51))
    assert list(drawn.sample) == by_hand
    assert drawn.population_hash == hashlib.sha256(",".join(map(str, range(1, 51))).encode()).hexdigest()


def test_every_member_is_as_likely_as_any_other():
    drawn = [draw(str(seed), 10, range(100)).sample for seed in range(2000)]
    counts = [sum(number in sample for sample in drawn) for number in range(100)]
    assert all(140 < count < 260 for count in counts)  # 200 expected, standard deviation 13


@pytest.fixture
def public(tree, draft):
    """Six disclosures in two townships of a county, one in the other county."""
    item = limited("财务收支", "每季度的首个月20日")
    for name, days in {"搜登站村": 3, "半拉山村": 1, "大绥河村": 2}.items():
        for day in range(days):
            publish(draft, date(2026, 10, 12 + day), unit=tree[name], item=item, period="2026-Q3")
    return item


@pytest.fixture
def checklist(db):
    made = Checklist.objects.create(name="测试")
    for n, (text, weight) in enumerate([("要素全", 60), ("数字对", 30), ("看得懂", 10)]):
        Question.objects.create(checklist=made, text=text, weight=weight, sort_order=n)
    return made


@pytest.fixture
def supervisor(member, tree):
    return member("supervisor", tree["船营区"])


COUNTY = Population("220204", "2026-10-01", "2026-10-31")


def test_a_check_can_be_drawn_again(public, supervisor, checklist):
    first = begin(supervisor, "十月抽查", COUNTY, 4, "10-2026", checklist)
    again = begin(supervisor, "再抽一次", COUNTY, 4, "10-2026", checklist)
    assert list(first.samples.values_list("disclosure", flat=True)) == list(again.samples.values_list("disclosure", flat=True))
    assert (first.population, first.samples.count()) == (6, 4)
    assert same_sample(first)


def test_a_population_that_changed_is_noticed(public, supervisor, checklist, draft, village):
    check = begin(supervisor, "十月抽查", COUNTY, 4, "s", checklist)
    publish(draft, date(2026, 10, 30), unit=village, item=public, period="2026-Q3")
    assert not same_sample(check)


def test_the_population_is_a_place_a_time_and_a_field(public, supervisor, checklist, tree):
    town = Population("220204100", "2026-10-01", "2026-10-12")
    assert begin(supervisor, "镇", town, 9, "s", checklist).population == 1
    assert begin(supervisor, "领域", Population("220204", "2026-10-01", "2026-10-31", "村务公开"), 9, "s", checklist).population == 6
    with pytest.raises(CheckRefused, match="没有公开过"):
        begin(supervisor, "空", Population("220204", "2026-10-01", "2026-10-31", "党务公开"), 9, "s", checklist)


@pytest.mark.parametrize("size", [0, 501])
def test_the_size_has_bounds(public, supervisor, checklist, size):
    with pytest.raises(CheckRefused, match="1 到 500"):
        begin(supervisor, "抽查", COUNTY, size, "s", checklist)


def test_a_score_counts_weights_and_leaves_out_what_does_not_apply():
    assert score([60, 30, 10], {"0": "yes", "1": "no", "2": "yes"}) == Decimal("70.0")
    assert score([60, 30, 10], {"0": "yes", "1": "no", "2": "na"}) == Decimal("66.7")
    assert score([60], {"0": "na"}) is None


def test_a_sample_is_judged_and_may_lead_to_an_order(public, supervisor, checklist, django_assert_num_queries):
    check = begin(supervisor, "抽查", COUNTY, 6, "s", checklist)
    first, second, *_rest = check.samples.all()
    with pytest.raises(CheckRefused, match="每一项"):
        judge_sample(first, supervisor, {"0": "yes", "1": "yes"})
    with pytest.raises(CheckRefused, match="发现了什么"):
        judge_sample(first, supervisor, {"0": "no", "1": "yes", "2": "yes"})
    judge_sample(first, supervisor, {"0": "no", "1": "yes", "2": "yes"}, "缺支出")
    judge_sample(second, supervisor, {"0": "yes", "1": "yes", "2": "na"})
    assert (Sample.objects.get(pk=first.pk).score, score_of(check)) == (Decimal("40.0"), Decimal("70.0"))
    with django_assert_num_queries(1):
        rows = scores_by_unit(check)
    assert [(name, number) for name, number, _score in rows] == [("搜登站村", 3), ("半拉山村", 1), ("大绥河村", 2)]
    order = issue(supervisor, Demand(first.unit, "抽查发现：缺支出", "补上", sample=first, disclosure=first.disclosure))
    assert list(first.rectifications.all()) == [order]


def test_a_later_checklist_changes_no_earlier_check(public, supervisor, checklist):
    check = begin(supervisor, "抽查", COUNTY, 2, "s", checklist)
    checklist.questions.all().delete()
    check.refresh_from_db()
    assert [row["text"] for row in check.questions] == ["要素全", "数字对", "看得懂"]
