"""What residents sent, in the supervisor's figures, digests and scores."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from openness.disclosures.periods import parse_period
from openness.participation.models import Kind, State, Submission
from openness.participation.services.figures import red_line_by_unit
from openness.participation.services.receive import Sent, receive
from openness.supervision.models import Indicator
from openness.supervision.services.desk import Choice
from openness.supervision.services.scores import score_units
from openness.supervision.services.submissions import answered_in_time, remind_of_submissions

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def message(village):
    def make(day: date, answered: date | None = None, in_time: bool | None = None, unit=None) -> Submission:
        row = receive(Sent(Kind.MESSAGE, unit or village, "路灯坏了", "李大娘", "13900000001"), noon(day))
        if answered:
            Submission.objects.filter(pk=row.pk).update(state=State.ANSWERED, answered_at=noon(answered), in_time=in_time)
        return row

    return make


def noon(day: date):
    return timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 12))


def test_messages_answered_in_time_stand_on_the_desk(message, tree):
    choice = Choice(tree["船营区"], parse_period("2026-Q4"))
    assert answered_in_time(choice, TODAY) is None
    message(date(2026, 10, 9), date(2026, 10, 12), in_time=True)
    message(date(2026, 10, 9), date(2026, 11, 12), in_time=False)
    message(date(2026, 10, 9))
    message(date(2026, 11, 23))
    message(date(2026, 9, 1))
    figure = answered_in_time(choice, TODAY)
    assert (figure.value, figure.detail, figure.change) == ("33.3%", "收到 4 件，到期 3 件，按时答复 1 件", "还没答复 2 件")
    assert answered_in_time(Choice(tree["大绥河镇"], choice.period), TODAY) is None


def test_three_months_without_an_answer_by_unit(message, village, tree):
    message(date(2026, 8, 23))
    message(date(2026, 8, 24))
    message(date(2026, 1, 1), date(2026, 11, 1), in_time=False)
    assert red_line_by_unit(TODAY) == {village.pk: 1}


@pytest.mark.parametrize(("day", "passed"), [(date(2026, 8, 24), True), (date(2026, 8, 23), False)])
def test_one_message_beyond_the_red_line_fails_the_county(message, tree, day, passed):
    message(day)
    Indicator.objects.filter(key="messages-answered").delete()
    Indicator.objects.create(
        key="messages-answered", kind="messages_answered", name="留言", parameters={"max_age": {"months": 3}}, source="测试", veto=True,
        weight_county=0, weight_village=0, effective_from=date(2026, 1, 1),
    )  # fmt: skip
    scores = score_units([tree["船营区"], tree["搜登站村"], tree["半拉山村"]], parse_period("2026-Q4"), TODAY)
    assert [any(row.key == "messages-answered" for row in one.vetoes) for one in scores] == [not passed, not passed, False]
    assert scores[0].line("messages-answered").measure.words.startswith("等答复的留言 1 件")
    assert scores[2].line("messages-answered").measure.words == "没有等答复的留言"


def test_who_is_late_is_told_every_day_in_one_line(message, member, village, tree):
    clerk, reviewer = member("clerk", village), member("reviewer", tree["搜登站镇"])
    for _n in range(3):
        message(date(2026, 10, 9))
    drafted = message(TODAY - timedelta(days=1))
    Submission.objects.filter(pk=drafted.pk).update(state=State.DRAFTED)
    told: dict[object, list[str]] = {}
    remind_of_submissions(TODAY, lambda user, line: told.setdefault(user, []).append(line))
    assert told[clerk] == ["搜登站村有 3 件群众来件超期没答复，最早的是10月15日到期。"]
    assert told[reviewer] == ["搜登站村有 1 件给群众的答复等您审核，最早的11月30日到期。"]
