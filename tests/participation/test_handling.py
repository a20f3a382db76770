"""A message from its arrival to the answer: who may do what, two people for a village's answer, what becomes public, the history."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from catalog.services.calendar import working_calendar
from openness.participation.models import Contact, Event, Kind, Source, State, Step, Submission
from openness.participation.rules.steps import STEPS, possible
from openness.participation.services.handle import Act, StepRefused, needs_second, steps_for, take, take_as_sender
from openness.participation.services.receive import Sent, receive, receive_for
from openness.units.refusal import Refused
from search.models import Entry

from .conftest import PHONE

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def test_a_message_goes_its_way_to_the_answer(send, people):
    row = send()
    assert row.state == State.RECEIVED
    assert row.due_on == working_calendar().add_working_days(TODAY, 5)
    take(row, Step.ACCEPT, people["clerk"])
    take(row, Step.SHOW, people["clerk"], Act(public_text=row.text))
    drafted = take(row, Step.DRAFT, people["clerk"], Act(note="周三以前修好。"))
    assert (drafted.state, drafted.answered_at, drafted.is_on_board) == (State.DRAFTED, None, True)
    done = take(row, Step.APPROVE, people["reviewer"])
    assert (done.state, done.in_time, done.reply, done.reply_unit) == (State.ANSWERED, True, "周三以前修好。", row.unit)
    assert list(row.events.values_list("step", "state")) == [
        ("receive", "received"), ("accept", "working"), ("show", "working"), ("draft", "drafted"), ("approve", "answered"),
    ]  # fmt: skip
    assert row.events.first().by == "群众"
    assert row.events.last().by == f"{people['reviewer'].username} #{people['reviewer'].pk}"


def test_a_township_s_own_answer_needs_one_person(send, people, tree):
    row = send(unit=tree["搜登站镇"], wants_public=False)
    assert Step.ANSWER in steps_for(people["town_clerk"], row)
    assert Step.DRAFT not in steps_for(people["town_clerk"], row)
    assert take(row, Step.ANSWER, people["town_clerk"], Act(note="已经办好。")).state == State.ANSWERED


def test_who_wrote_the_answer_does_not_approve_it(send, people, member, village):
    row = send(wants_public=False)
    both = member("clerk", village)
    both.memberships.create(unit=village, role="reviewer")
    take(row, Step.DRAFT, both, Act(note="好。"))
    with pytest.raises(PermissionDenied):
        take(row, Step.APPROVE, both)
    boss = member(is_superuser=True)
    Submission.objects.filter(pk=row.pk).update(drafter=boss)
    with pytest.raises(PermissionDenied):
        take(row, Step.APPROVE, boss)
    assert take(row, Step.APPROVE, people["reviewer"]).state == State.ANSWERED


WHO = {
    Step.ACCEPT: {"clerk", "town_clerk", "reviewer"},
    Step.REFER: {"clerk", "town_clerk", "reviewer"},
    Step.DRAFT: {"clerk", "town_clerk", "reviewer"},
    Step.APPROVE: {"reviewer"},
    Step.SEND_BACK: {"reviewer"},
    Step.URGE: {"supervisor"},
    Step.RATE: set(),
}


@pytest.mark.parametrize("step", WHO)
def test_who_may_do_what(send, people, step):
    row = send()
    Submission.objects.filter(pk=row.pk).update(state=sorted(STEPS[step].before)[0])
    row.refresh_from_db()
    for name, user in people.items():
        allowed = name in WHO[step]
        assert (step in steps_for(user, row)) is allowed, name
        if not allowed:
            with pytest.raises(PermissionDenied):
                take(row, step, user, Act(note="说明"))
    assert row.events.count() == 1


def test_it_is_passed_on_with_a_reason_and_the_term_goes_on(send, people, tree):
    row = send(days_ago=2)
    due = row.due_on
    passed = take(row, Step.REFER, people["clerk"], Act(note="归镇里管", unit=tree["搜登站镇"]))
    assert (passed.state, passed.unit, passed.due_on) == (State.REFERRED, tree["搜登站镇"], due)
    assert row.events.last().note == "转给搜登站镇：归镇里管"
    with pytest.raises(PermissionDenied):
        take(row, Step.ACCEPT, people["clerk"])
    with pytest.raises(Refused, match="选转给哪个单位"):
        take(row, Step.REFER, people["town_clerk"], Act(note="再转", unit=tree["搜登站镇"]))


def test_nothing_is_public_before_a_person_looked_and_numbers_never(send, people):
    row = send(text="我叫李四，电话13912345678，低保没发")
    assert not row.is_on_board
    with pytest.raises(Refused, match="手机号"):
        take(row, Step.SHOW, people["clerk"], Act(public_text=row.text))
    with pytest.raises(Refused, match="先定来件能不能公开"):
        take(row, Step.DRAFT, people["clerk"], Act(note="已发。"))
    shown = take(row, Step.SHOW, people["clerk"], Act(public_text="低保没发"))
    assert shown.public_text == "低保没发"
    with pytest.raises(Refused, match="手机号"):
        take(row, Step.DRAFT, people["clerk"], Act(note="王五的手机13912345678"))


def test_who_did_not_agree_stays_unseen(send, people):
    row = send(wants_public=False)
    with pytest.raises(Refused, match="没有同意公开"):
        take(row, Step.SHOW, people["clerk"], Act(public_text=row.text))


def test_not_public_needs_a_reason_that_the_history_keeps(send, people):
    row = send()
    with pytest.raises(StepRefused, match="说明"):
        take(row, Step.HIDE, people["clerk"])
    hidden = take(row, Step.HIDE, people["clerk"], Act(note="说的是别人家的私事"))
    assert (hidden.is_on_board, hidden.hidden_reason) == (False, "说的是别人家的私事")
    assert take(row, Step.DRAFT, people["clerk"], Act(note="已经上门说明。")).state == State.DRAFTED


def test_the_history_cannot_be_changed_and_holds_no_number(send, people):
    row = send()
    take(row, Step.HIDE, people["clerk"], Act(note="里面有电话13912345678"))
    event = row.events.last()
    assert "13912345678" not in event.note
    for change in (lambda: Event.objects.update(note="改"), event.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_whoever_is_second_gets_a_sentence(send, people):
    row = send(wants_public=False)
    take(row, Step.DRAFT, people["clerk"], Act(note="好。"))
    with pytest.raises(StepRefused, match="现在是“答复在审核”，不能接办"):
        take(row, Step.ACCEPT, people["town_clerk"])


def test_sent_back_with_words_and_answered_late(send, people):
    row = send(wants_public=False, days_ago=30)
    assert row.is_overdue(TODAY)
    take(row, Step.DRAFT, people["clerk"], Act(note="好。"))
    assert take(row, Step.SEND_BACK, people["reviewer"], Act(note="太短")).state == State.WORKING
    take(row, Step.DRAFT, people["clerk"], Act(note="路灯周三换好了。"))
    done = take(row, Step.APPROVE, people["reviewer"])
    assert (done.in_time, done.is_overdue(TODAY)) == (False, False)


def test_a_clerk_writes_down_what_somebody_said_on_the_telephone(people, village):
    sent = Sent(Kind.MESSAGE, village, "水管漏水", "张大爷", PHONE, source=Source.PHONE, on=TODAY - timedelta(days=1))
    row = receive_for(sent, people["clerk"])
    assert (row.source, row.begun_on) == (Source.PHONE, TODAY - timedelta(days=1))
    assert row.events.get().by.endswith("代群众填写")
    for name in ("neighbour", "supervisor", "stranger"):
        with pytest.raises(PermissionDenied):
            receive_for(sent, people[name])
    with pytest.raises(Refused, match="不能晚于今天"):
        receive_for(Sent(Kind.MESSAGE, village, "水管漏水", "张大爷", PHONE, on=TODAY + timedelta(days=1)), people["clerk"])


def test_the_same_form_sent_twice_is_received_once(send):
    assert send(once="abc").pk == send(once="abc").pk
    assert Submission.objects.count() == Contact.objects.count() == 1


def test_an_objection_only_while_the_notice_runs(published, village):
    running = published(title="低保名单公示", notice_from=TODAY - timedelta(days=20), notice_until=TODAY)
    over = published(title="名单", notice_from=TODAY - timedelta(days=30), notice_until=TODAY - timedelta(days=1))
    row = receive(Sent(Kind.OBJECTION, village, "漏了一户", "李大娘", PHONE, disclosure=running))
    assert row.disclosure == running
    with pytest.raises(Refused, match="公示期已经过了"):
        receive(Sent(Kind.OBJECTION, village, "漏了一户", "李大娘", PHONE, disclosure=over))
    with pytest.raises(Refused, match="没有公开"):
        receive(Sent(Kind.CORRECTION, village, "数字错了", "李大娘", PHONE))


def test_a_rating_once(send, people):
    row = send(wants_public=False)
    take(row, Step.DRAFT, people["clerk"], Act(note="好。"))
    take(row, Step.APPROVE, people["reviewer"])
    with pytest.raises(Refused, match="请选"):
        take_as_sender(row, Step.RATE, Act(rating=9))
    assert take_as_sender(row, Step.RATE, Act(rating=3)).rating == 3
    with pytest.raises(Refused, match="已经评过"):
        take_as_sender(row, Step.RATE, Act(rating=1))
    with pytest.raises(PermissionDenied):
        take_as_sender(row, Step.APPROVE, Act())


def test_a_village_s_answer_and_a_request_s_need_two(send, tree):
    assert needs_second(send())
    assert not needs_second(send(unit=tree["搜登站镇"]))
    assert needs_second(send(Kind.REQUEST, unit=tree["搜登站镇"]))
    assert possible(Kind.REQUEST, State.RECEIVED, second=True) == [Step.ACCEPT, Step.URGE]


def test_only_messages_tell_the_search_index_and_only_public_words_get_there(send, people, tree):
    from openness.participation.search import build

    send(Kind.REQUEST, unit=tree["搜登站镇"])
    assert not Entry.objects.filter(kind="message").exists()
    row = send(text="路灯坏了，我电话13912345678")
    assert build([str(row.pk)]) == {}
    take(row, Step.SHOW, people["clerk"], Act(public_text="路灯坏了"))
    take(row, Step.DRAFT, people["clerk"], Act(note="修好了"))
    assert build([str(row.pk)]) == {}
    before = Entry.objects.get(kind="message", key=str(row.pk)).version
    take(row, Step.APPROVE, people["reviewer"])
    assert Entry.objects.get(kind="message", key=str(row.pk)).version > before
    document = build([str(row.pk)])[str(row.pk)]
    assert (document.title, document.body) == ("路灯坏了", "路灯坏了\n修好了")
    assert document.place_label == "搜登站镇搜登站村"
    assert "139" not in document.as_json()
