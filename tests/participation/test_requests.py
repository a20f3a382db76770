"""依申请公开 as the Regulation has it: receipt, correction, third parties, extension, kinds of answer, the annual report's table."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from catalog.services.calendar import working_calendar
from openness.participation.models import InformationRequest, Kind, Source, State, Step, Submission
from openness.participation.rules.results import APPLICANTS, BY_KEY, RESULTS
from openness.participation.services.figures import request_table
from openness.participation.services.handle import Act, take
from openness.participation.services.receive import Sent, Wanted, receive, receive_for
from openness.supervision.rules import annual
from openness.supervision.services.annual import draft_report
from openness.units.refusal import Refused

from .conftest import PHONE
from .test_public import written

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def after(number: int, day: date = TODAY) -> date:
    return working_calendar().add_working_days(day, number)


def fresh(row: Submission) -> Submission:
    return Submission.objects.select_related("request", "unit").get(pk=row.pk)


@pytest.fixture
def town(tree):
    return tree["搜登站镇"]


@pytest.fixture
def asked(send, town, people):
    """Confirmed today."""
    return take(send(Kind.REQUEST, unit=town, text="公路养护合同", days_ago=3), Step.ACCEPT, people["town_clerk"])


def test_the_term_begins_when_both_sides_confirmed(asked):
    assert (asked.begun_on, asked.due_on) == (TODAY, after(20))


def test_what_came_by_hand_counts_from_that_day(people, town):
    day = TODAY - timedelta(days=4)
    row = receive_for(Sent(Kind.REQUEST, town, "合同", "郑先生", PHONE, source=Source.COUNTER, on=day), people["town_clerk"])
    assert take(row, Step.ACCEPT, people["town_clerk"]).due_on == after(20, day)


def test_a_committee_of_villagers_is_no_organ_of_government(village, client):
    with pytest.raises(Refused, match="可以留言"):
        receive(Sent(Kind.REQUEST, village, "账", "郑先生", PHONE))
    assert "乡镇（街道）" in client.get(f"/requests/new/?unit={village.code}").content.decode()


def test_a_correction_stops_the_clock_and_starts_it_anew(asked, people, client):
    waiting = take(asked, Step.ASK_CORRECTION, people["town_clerk"], Act(note="哪一年的合同？"))
    assert (waiting.state, waiting.due_on) == (State.CORRECTING, None)
    assert fresh(asked).request.waits_until == after(10)
    with pytest.raises(Refused, match="还没有过"):
        take(asked, Step.LAPSE, people["town_clerk"], Act(note="没补"))
    body = client.post("/messages/follow/", {"number": asked.number, "phone": PHONE}).content.decode()
    assert "哪一年的合同" in body
    own = body.split('name="own" value="')[1].split('"')[0]
    client.post("/messages/follow/", {"own": own, "correct": "1", "text": "2025 年的"})
    again = fresh(asked)
    assert (again.state, again.due_on) == (State.WORKING, after(20))
    assert again.text == "公路养护合同\n\n补正：2025 年的"
    with pytest.raises(Refused, match="只能要求一次"):
        take(asked, Step.ASK_CORRECTION, people["town_clerk"], Act(note="再补"))


def test_a_correction_is_asked_within_seven_working_days(asked, people):
    Submission.objects.filter(pk=asked.pk).update(begun_on=after(-8))
    with pytest.raises(Refused, match="超过 7 个工作日"):
        take(asked, Step.ASK_CORRECTION, people["town_clerk"], Act(note="补"))


def test_who_does_not_correct_gives_it_up(asked, people):
    take(asked, Step.ASK_CORRECTION, people["town_clerk"], Act(note="补"))
    InformationRequest.objects.update(waits_until=TODAY - timedelta(days=1))
    done = take(asked, Step.LAPSE, people["town_clerk"], Act(note="到期没补"))
    assert (done.state, fresh(done).request.result) == (State.ANSWERED, "not_corrected")


def test_asking_a_third_party_does_not_count(asked, people):
    Submission.objects.filter(pk=asked.pk).update(due_on=after(6))
    stopped = take(asked, Step.CONSULT, people["town_clerk"], Act(note="征求公司意见"))
    assert (stopped.due_on, stopped.request.left, stopped.request.waits_until) == (None, 6, after(15))
    assert take(asked, Step.CONSULTED, people["town_clerk"], Act(note="同意")).due_on == after(6)


def test_one_extension_with_approval(asked, people):
    extended = take(asked, Step.EXTEND, people["reviewer"], Act(note="材料多"))
    assert extended.due_on == after(40)
    with pytest.raises(Refused, match="已经延长过"):
        take(asked, Step.EXTEND, people["reviewer"], Act(note="再延"))
    Submission.objects.filter(pk=asked.pk).update(due_on=TODAY - timedelta(days=1))
    InformationRequest.objects.update(extended=False)
    with pytest.raises(Refused, match="过了期限"):
        take(asked, Step.EXTEND, people["reviewer"], Act(note="晚了"))


def test_the_answer_names_its_kind_and_is_approved_and_delivered(asked, people):
    with pytest.raises(Refused, match="怎么答复"):
        take(asked, Step.DRAFT, people["town_clerk"], Act(note="给您。"))
    take(asked, Step.DRAFT, people["town_clerk"], Act(note="给您。", result="given"))
    done = take(asked, Step.APPROVE, people["reviewer"])
    assert (done.state, done.in_time, done.request.result) == (State.ANSWERED, True, "given")
    take(done, Step.DELIVER, people["town_clerk"], Act(note="本人来取"))
    assert (fresh(done).request.delivered_on, fresh(done).request.delivered_by) == (TODAY, "本人来取")


def test_the_form_asks_what_the_regulation_asks(client, town):
    more = {"applicant": "company", "form": "file", "delivery": "email"}
    body = client.post(f"/requests/new/?unit={town.code}", written(**more)).content.decode()
    assert "请写邮箱" in body
    assert client.post(f"/requests/new/?unit={town.code}", written(**more, email="a@example.cn")).status_code == 302
    row = Submission.objects.get()
    assert (row.request.applicant, row.request.delivery_wanted, row.contact.email, row.wants_public) == (
        "company",
        "email",
        "a@example.cn",
        False,
    )


def test_kinds_of_answer_and_applicants_are_those_of_the_annual_report():
    assert {result.line for result in RESULTS} == {line.key for line in annual.RESULTS}
    assert [key for key, _label in APPLICANTS] == [key for key, _label in annual.APPLICANTS if key != annual.TOTAL]


def test_seven_kinds_of_article_36():
    told = [str(result.article) for result in RESULTS]
    assert all(any(f"第（{number}）项" in words and "三十六" in words for words in told) for number in "一二三四五六七")


def test_the_table_of_the_annual_report_adds_up(town, people, member):
    for number, (applicant, year, result) in enumerate(
        [("person", 2024, ""), ("person", 2025, "given"), ("company", 2024, "none"), ("company", 2025, ""), ("person", 2025, "partly")]
    ):
        row = receive(Sent(Kind.REQUEST, town, "合同", "郑先生", PHONE, wanted=Wanted(applicant=applicant)))
        InformationRequest.objects.filter(submission=row).update(first_received_on=date(year, 3, 1 + number), result=result)
        if result:
            at = timezone.make_aware(timezone.datetime(2025, 6, 1))
            Submission.objects.filter(pk=row.pk).update(state=State.ANSWERED, answered_at=at)
    table = request_table(town, 2025)
    assert table == {
        "new": {"person": 2, "company": 1}, "carried_in": {"person": 1, "company": 1}, "granted": {"person": 1}, "partly": {"person": 1},
        "not_held": {"company": 1}, "carried_out": {"person": 1, "company": 1},
    }  # fmt: skip
    report = draft_report(town, 2025, member("clerk", town), date(2026, 1, 10))
    wrong = [fault for fault in annual.faults(report.tables) if "对不上" in fault]
    assert wrong == []
    assert report.tables["requests"]["granted"]["person"] == 1
    assert report.tables["requests"]["granted"]["company"] == 0
    assert set(BY_KEY)
