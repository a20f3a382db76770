"""Time limits in the words of issuers."""

import pytest

from catalog.limits import Limit, parse_limit


def within(number: int, event: str = "信息形成或者变更", unit: str = "working", **more: object) -> Limit:
    return Limit("event", number, unit, event=event, **more)


def every(cadence: str, **more: object) -> Limit:
    return Limit("period_end", cadence=cadence, **more)


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("信息形成或者变更之日起20个工作日内", within(20)),
        ("自信息形成或者变更之日起20个工作日内予以公开", within(20)),
        ("信息形成或者变更之日起20个工作日内。法律、法规对政府信息公开的期限另有规定的,从其规定", within(20)),
        ("信息形成或变更之日起3个工作日内", within(3, "信息形成或变更")),
        ("信息形成(变更)20个工作日内", within(20, "信息形成(变更)")),
        ("信息形成20个工作日内公开", within(20, "信息形成")),
        ("信息形成之日起２０个 工作日内", within(20, "信息形成")),
        ("信息形成之日起二十个工作日内", within(20, "信息形成")),
        ("分配结果确定后20个工作日内", within(20, "分配结果确定")),
        ("本级人民代表大会或其常务委员会批准后20日内", within(20, "本级人民代表大会或其常务委员会批准", "calendar")),
        ("本级政府财政部门批复后20天内", within(20, "本级政府财政部门批复", "calendar")),
        ("自作出行政决定之日起7个工作日内", within(7, "作出行政决定")),
        ("制定或获取信息之日起10个工作日内,公示7个工作日", within(10, "制定或获取信息", display_days=7, display_unit="working")),
        ("制定或获取信息之日起10个工作日内(公示期见原表)", within(10, "制定或获取信息")),
        ("审批通过之日起20个工作日内，公示期不少于15天", within(20, "审批通过", display_days=15, display_unit="calendar")),
        ("及时公开,公告期限为5个工作日", Limit("event", prompt=True, display_days=5, display_unit="working")),
        ("公示不少于15日", Limit("event", display_days=15, display_unit="calendar")),
        ("组织听证7个工作日前", Limit("before_event", 7, "working", event="组织听证")),
        ("《听证通知书》在组织听证7个工作日前予以公开;其他听证公开内容为依申请公开", Limit("before_event", 7, "working", event="组织听证")),
        ("听证会召开前10日", Limit("before_event", 10, "calendar", event="听证会召开")),
        ("在实地启动拟征收土地工作时,在村公示栏公开", within(0, "实地启动拟征收土地工作", "calendar")),
        ("每季度", every("quarter")),
        ("每季度公布一次", every("quarter")),
        ("按月公开", every("month")),
        ("每半年至少公布一次", every("half_year")),
        ("每年一次", every("year")),
        ("每季度的首个月20日", every("quarter", month_of_period=1, day_of_month=20)),
        ("每季度第一个月二十日前公布", every("quarter", month_of_period=1, day_of_month=20)),
        (
            "每季度的首个月20日(集体财务往来较多的,财务收支情况应每月公布一次)",
            every("quarter", month_of_period=1, day_of_month=20, busy_cadence="month"),
        ),
        ("至少每季度;往来较多的每月", every("quarter", busy_cadence="month")),
        ("至少每季度公开一次;财务往来较多的,收支情况每月公开一次", every("quarter", busy_cadence="month")),
        ("每季度结束后10个工作日内", every("quarter", number=10, unit="working")),
        ("每年1月底前", every("year", month_of_period=1, day_of_month=31)),
        ("每月10日前", every("month", month_of_period=1, day_of_month=10)),
        ("长期公开,发生变更及时更新并公开", Limit("continuous", cadence="standing", prompt=True)),
        ("永久公开", Limit("continuous", cadence="standing")),
        ("实时公开", Limit("continuous", prompt=True)),
        ("及时公开", Limit("event", prompt=True)),
        ("随时公布", Limit("event", prompt=True)),
        ("按进展情况及时公开", Limit("event", prompt=True, event="按进展情况")),
        ("重大事项随时公开", Limit("event", prompt=True, event="重大事项")),
    ],
)
def test_understood(words: str, limit: Limit) -> None:
    assert parse_limit(words) == limit


@pytest.mark.parametrize(
    "words",
    [
        "", "(原文截断)", "按卫健委要求单独公开", "20个工作日", "24小时内", "1个月内", "每周", "每年两次", "定期公开", "适时公开",
        "信息形成之日起3-5个工作日内", "信息形成之日起个工作日内", "信息形成20个工作日内公开;其中行政许可事项应自作出行政决定之日起7个工作日内公示",
        "每季度公布,每年汇总一次", "信息形成之日起20个工作日内,审批后公开", "每月32日前", "每年2月30日前", "6月30日前", "选举前公开",
    ],
)  # fmt: skip
def test_honestly_not_understood(words: str) -> None:
    assert parse_limit(words) is None


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("自信息形成之日起20个工作日内予以公开", "信息形成后20个工作日内"),
        ("每季度的首个月20日", "每季度首月20日前"),
        ("制定或获取信息之日起10个工作日内,公示7个工作日", "制定或获取信息后10个工作日内，公示7个工作日"),
        ("长期公开,发生变更及时更新并公开", "长期公开，有变更及时更新"),
        ("组织听证7个工作日前", "组织听证前7个工作日"),
    ],
)
def test_said_plainly(words: str, sentence: str) -> None:
    assert parse_limit(words).sentence() == sentence


def test_json_round_trip_keeps_everything_and_ignores_unknown_names() -> None:
    limit = parse_limit("每季度的首个月20日")
    assert Limit.from_json({**limit.as_json(), "of_another_version": 1}) == limit
