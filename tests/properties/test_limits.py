"""Properties of time limits: a limit that can be said is read back, and no text whatever breaks the parser."""

import json

from hypothesis import given
from hypothesis import strategies as st

from catalog.limits import PERIOD_MONTHS, Limit, parse_limit

EVENTS = st.sampled_from(["信息形成或者变更", "分配结果确定", "作出行政决定", "本级政府财政部门批复", "审批通过", "收到申请", "组织听证"])
UNITS = st.sampled_from(["working", "calendar"])
NUMBERS = st.integers(1, 365)
DISPLAYS = st.one_of(st.just({}), st.builds(lambda days, unit: {"display_days": days, "display_unit": unit}, NUMBERS, UNITS))
PERIODS = st.sampled_from(sorted(PERIOD_MONTHS))


@st.composite
def periods(draw: st.DrawFn) -> Limit:
    cadence = draw(PERIODS)
    kind = draw(st.sampled_from(["once", "end", "after", "day"]))
    more: dict[str, object] = {}
    if kind == "end":
        more = {"number": 0, "unit": "calendar"}
    elif kind == "after":
        more = {"number": draw(NUMBERS), "unit": draw(UNITS)}
    elif kind == "day":
        more = {"month_of_period": draw(st.integers(1, PERIOD_MONTHS[cadence])), "day_of_month": draw(st.integers(1, 28))}
    busy = draw(st.sampled_from([None, "month"]))
    prompt = draw(st.booleans())
    event = draw(st.sampled_from(["", "重大事项"])) if prompt else ""
    return Limit("period_end", cadence=cadence, busy_cadence=busy, prompt=prompt, event=event, **more, **draw(DISPLAYS))


events = st.builds(
    lambda event, number, unit, prompt, cadence, display: Limit("event", number, unit, cadence, prompt=prompt, event=event, **display),
    EVENTS, NUMBERS, UNITS, st.booleans(), st.sampled_from([None, "standing"]), DISPLAYS,
)  # fmt: skip
same_day = st.builds(lambda event, display: Limit("event", 0, "calendar", event=event, **display), EVENTS, DISPLAYS)
prompt = st.builds(lambda event, display: Limit("event", prompt=True, event=event, **display), st.one_of(st.just(""), EVENTS), DISPLAYS)
before = st.builds(
    lambda event, number, unit, display: Limit("before_event", number, unit, event=event, **display), EVENTS, NUMBERS, UNITS, DISPLAYS
)
standing = st.builds(lambda changes, display: Limit("continuous", cadence="standing", prompt=changes, **display), st.booleans(), DISPLAYS)
LIMITS = st.one_of(events, same_day, prompt, before, standing, periods(), st.just(Limit("continuous", prompt=True)))


@given(LIMITS)
def test_what_a_limit_says_is_read_back(limit: Limit) -> None:
    assert parse_limit(limit.sentence()) == limit


@given(LIMITS)
def test_json_keeps_a_limit(limit: Limit) -> None:
    assert Limit.from_json(json.loads(json.dumps(limit.as_json(), ensure_ascii=False))) == limit


def chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")


@given(st.integers(1, 365), st.sampled_from(["个工作日", "日", "天", "个自然日", "工作日", "个 工作日"]))
def test_a_number_is_the_same_in_every_writing(number: int, unit: str) -> None:
    full_width = str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)})
    writings = (str(number), full_width, chinese(number), f" {number} ")
    found = {parse_limit(f"信息形成之日起{writing}{unit}内") for writing in writings}
    assert found == {Limit("event", number, "working" if "工作" in unit else "calendar", event="信息形成")}


@given(st.text())
def test_any_text_has_an_honest_answer(text: str) -> None:
    limit = parse_limit(text)
    assert limit is None or parse_limit(limit.sentence()) is not None or limit.event


WORDS = st.sampled_from(
    [
        "每",
        "季度",
        "月",
        "20",
        "个工作日",
        "日",
        "内",
        "前",
        "后",
        "公示",
        "不少于",
        "及时",
        "长期",
        "，",
        "(",
        ")",
        "信息形成",
        "之日起",
        "十",
        "两",
        "首个月",
        "次",
        "时",
        "《",
        "》",
        "另有规定的从其规定",
    ]
)


@given(st.lists(WORDS, max_size=10).map("".join))
def test_any_order_of_deadline_words_has_an_honest_answer(text: str) -> None:
    limit = parse_limit(text)
    if limit is not None and limit.number:
        assert str(limit.number) in text or limit.number in (2, 10, 12, 20)


@given(st.integers(1, 99), st.integers(1, 99), st.sampled_from(["，", "；", "。其中许可事项"]))
def test_two_numbers_that_compete_are_never_chosen_between(first: int, second: int, between: str) -> None:
    assert parse_limit(f"信息形成之日起{first}个工作日内{between}作出决定之日起{second}个工作日内") is None
