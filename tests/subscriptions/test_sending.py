"""The daily run: who gets what, when, once; and what happens when the engine, the mail server or the process is away."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from openness.disclosures.services.take_down import withdraw
from openness.subscriptions.models import Arrival, Clock, HowOften, Mail, Subscriber, Subscription, Told
from openness.subscriptions.services import arrivals, post
from openness.subscriptions.services import plan as planning
from openness.subscriptions.services.arrivals import look
from openness.subscriptions.services.figures import figures, followed_searches, send_again, stop_sending
from openness.subscriptions.services.plan import plan
from openness.subscriptions.services.post import deliver
from openness.subscriptions.services.upkeep import KEPT, forget, turn
from openness.units.models import Unit
from openness.units.refusal import Refused
from search.engines.base import EngineAway
from search.models import Entry
from search.worker import drain_all

from .conftest import links_in, morning, text_of

pytestmark = pytest.mark.django_db
LI, WANG = "li@example.com", "wang@example.com"


def titles(message) -> list[str]:
    return [line.split(". ", 1)[1] for line in text_of(message).splitlines() if line[:1].isdigit() and ". " in line]


def told(mailbox, address=LI) -> list[str]:
    return [title for letter in mailbox.letters_to(address) for title in titles(letter)]


def test_what_was_public_before_is_no_news_and_what_comes_is_told_once(published, follows, days, mailbox):
    published(title="从前的一条")
    follows()
    assert days() == 0
    published(title="新的一条")
    assert days(2) == 1
    assert told(mailbox) == ["新的一条"]
    assert days(3) == 0, "nothing new, no mail"


def test_each_gets_what_belongs_to_the_own_search(published, follows, days, mailbox, tree):
    follows("place=220204101", address=LI)
    follows("q=低保", address=WANG)
    published(title="半拉山村低保名单", unit=tree["半拉山村"])
    published(title="大绥河村低保名单", unit=tree["大绥河村"])
    published(title="搜登站村宅基地", unit=tree["搜登站村"])
    assert days() == 2
    assert set(told(mailbox, LI)) == {"半拉山村低保名单", "搜登站村宅基地"}
    assert set(told(mailbox, WANG)) == {"半拉山村低保名单", "大绥河村低保名单"}


def test_a_letter_says_all_that_it_must(published, follows, days, mailbox, settings, client):
    settings.SITE_URL = "https://gk.example.gov.cn"
    one = follows("q=宅基地")
    made = published()
    days()
    (letter,) = mailbox.letters_to(LI)
    assert letter["Subject"] == "含“宅基地”的新公开：1 条"
    assert letter["List-Id"] == f"<s{one.followed_id}.subscriptions.gk.example.gov.cn>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Auto-Submitted"] == "auto-generated"
    stop = letter["List-Unsubscribe"].strip(" <>")
    for kind in ("plain", "html"):
        words = letter.get_body((kind,)).get_content()
        assert made.title in words
        assert f"https://gk.example.gov.cn{made.get_absolute_url()}" in words
        assert stop in words
        assert "每天发" in words
        assert timezone.localdate().strftime("%Y年") in words
    assert "李" not in text_of(letter)
    client.post(stop.removeprefix("https://gk.example.gov.cn"), {"List-Unsubscribe": "One-Click"})
    assert not Subscription.objects.exists()
    assert [client.get(link).status_code for link in links_in(letter)] == [200, 404, 404]


@pytest.mark.parametrize(
    ("how_often", "day", "begins"),
    [
        (HowOften.DAILY, date(2026, 11, 25), date(2026, 11, 25)),
        (HowOften.WEEKLY, date(2026, 11, 25), date(2026, 11, 23)),
        (HowOften.WEEKLY, date(2026, 11, 23), date(2026, 11, 23)),
        (HowOften.MONTHLY, date(2026, 11, 25), date(2026, 11, 1)),
        (HowOften.MONTHLY, date(2027, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_mail_belongs_to_its_stretch(how_often, day, begins):
    assert how_often.begins(day) == begins


@pytest.mark.parametrize(("how_often", "days_on"), [("weekly", {0}), ("monthly", set())])
def test_weekly_on_monday_and_monthly_on_the_first(published, follows, mailbox, index, how_often, days_on):
    follows(how_often=how_often)
    published(title="新的")
    drain_all(index)
    went: list[date] = []
    for number in range(1, 40):
        at = morning(number)
        plan(at)
        if deliver(at):
            went.append(at.date())
    assert len(went) == 1
    assert went[0].day == 1 if how_often == "monthly" else went[0].weekday() in days_on


def test_a_missed_run_is_made_up_for_on_the_next_day(published, follows, mailbox, index):
    follows(how_often="weekly")
    published(title="新的")
    drain_all(index)
    monday = 7 - timezone.localdate().weekday()
    assert plan(morning(monday + 2)) == 1, "nobody ran on Monday"
    assert plan(morning(monday + 3)) == 0


def test_nothing_is_written_before_the_hour(published, follows, index, settings):
    follows()
    published()
    drain_all(index)
    settings.SUBSCRIPTIONS_HOUR = 9
    assert plan(morning(1)) == 0
    assert plan(morning(1).replace(hour=9)) == 1


def test_withdrawn_before_the_letter_goes_is_in_no_letter(published, follows, days, mailbox, member, village):
    follows()
    first, second = published(title="留下的"), published(title="撤下的")
    days(send=False)
    assert Mail.objects.get().documents == [f"disclosure:{first.pk}", f"disclosure:{second.pk}"]
    withdraw(second, member("reviewer", village), "写错了")
    deliver(morning(1))
    assert told(mailbox) == ["留下的"]


def test_what_was_withdrawn_and_comes_back_is_told_to_whoever_was_not_told(published, follows, days, mailbox, member, village):
    follows(address=LI)
    made = published(title="来来回回")
    withdraw(made, member("reviewer", village), "写错了")
    assert days(1) == 0
    follows(address=WANG)
    made.change_note = "写对了"
    made.save_revision().publish(user=member("reviewer", village))
    days(2)
    assert (told(mailbox, LI), told(mailbox, WANG)) == (["来来回回"], ["来来回回"])
    withdraw(made, member("reviewer", village), "又错了")
    days(3)
    made.change_note = "又对了"
    made.save_revision().publish(user=member("reviewer", village))
    assert days(4) == 0, "nobody is told twice"


def test_only_letters_that_are_empty_do_not_go(published, follows, days, mailbox, member, village):
    follows()
    made = published()
    days(send=False)
    withdraw(made, member("reviewer", village), "写错了")
    assert deliver(morning(1)) == 0
    assert mailbox.taken == []
    assert not Mail.objects.exists()
    assert not Told.objects.exists()


def test_corrections_and_new_names_are_no_news(published, follows, days, member, village):
    made = published(title="旧闻")
    follows()
    made.change_note, made.title = "错字", "旧闻，改了错字"
    made.save_revision().publish(user=member("reviewer", village))
    Unit.objects.get(pk=village.pk).save()
    village.short_name = "新名村"
    village.save()
    assert days() == 0


class _Away:
    def __getattr__(self, name):
        raise EngineAway("gone")


def test_while_the_engine_is_away_everything_waits(published, follows, days, mailbox, index, monkeypatch):
    follows()
    published(title="第一天的")
    drain_all(index)
    with monkeypatch.context() as patch:
        patch.setattr(planning, "engine", _Away)
        assert plan(morning(1)) == 0
    published(title="第二天的")
    assert days(2) == 1
    assert set(told(mailbox)) == {"第一天的", "第二天的"}


def test_what_the_index_has_not_got_yet_comes_with_a_later_letter(published, follows, days, mailbox, index):
    follows()
    published(title="排着队的")
    assert plan(morning(1)) == 0
    assert Subscription.objects.get().done_on > timezone.localdate(), "there was nothing else to wait for"
    assert days(2) == 1
    assert told(mailbox) == ["排着队的"]


def test_an_index_that_lost_something_is_waited_for(published, follows, days, mailbox, index):
    from search.engines.base import Delete

    follows()
    made = published(title="丢了的")
    drain_all(index)
    look()
    with index.writing():
        index.apply([Delete(f"disclosure:{made.pk}", 99)])
    assert plan(morning(1)) == 0
    Entry.objects.update(pending=True, parked_reason="坏了")
    published(title="好的")
    assert days(1) == 1
    Entry.objects.update(parked_reason="")
    assert days(2) == 1
    assert told(mailbox) == ["好的", "丢了的"]


def test_a_mail_server_that_is_away_costs_no_letter(published, follows, days, mailbox, settings):
    follows()
    published(title="总会到的")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    assert days(1) == 0
    mail = Mail.objects.get()
    assert (mail.attempts, mail.sent_at, mail.given_up) == (1, None, False)
    settings.EMAIL_PORT = port
    assert deliver(morning(1)) == 0, "not before its time"
    assert deliver(morning(1) + timedelta(minutes=2)) == 1
    assert told(mailbox) == ["总会到的"]


def test_a_mailbox_that_refuses_three_times_gets_nothing_more(published, follows, days, mailbox):
    follows(address=LI)
    follows(address=WANG)
    mailbox.refuses[LI] = "550 no such user"
    published(title="第一条")
    assert days(1) == 1, "the other's letter goes all the same"
    for hours in (7, 14):
        deliver(morning(1) + timedelta(hours=hours))
    who = Subscriber.objects.get(address=LI)
    assert (who.bounces, who.stopped_at is not None) == (3, True)
    published(title="第二条")
    assert days(2) == 1
    assert told(mailbox, LI) == []
    assert figures().bounced == 1
    follows("q=第三条", address=LI)
    assert Subscriber.objects.get(address=LI).bounces == 0, "whoever confirms from the mailbox again is sent to again"


def test_a_mailbox_that_is_full_for_a_while_loses_nothing(published, follows, days, mailbox):
    follows()
    mailbox.refuses[LI] = "452 full"
    published(title="第一条")
    days(1)
    del mailbox.refuses[LI]
    deliver(morning(1) + timedelta(hours=1))
    assert told(mailbox) == ["第一条"]
    assert Subscriber.objects.get().bounces == 0


class Killed(BaseException):
    """The process ends here."""


def test_killed_after_the_server_took_it_there_is_one_more_and_the_mailbox_can_tell(published, follows, days, mailbox, monkeypatch):
    follows()
    published(title="一条")
    with monkeypatch.context() as patch:
        patch.setattr(post, "_sent", _raise)
        with pytest.raises(Killed):
            days(1)
    assert deliver(morning(1)) == 0, "somebody may still be at it"
    assert deliver(morning(1) + timedelta(minutes=11)) == 1
    assert deliver(morning(1) + timedelta(minutes=30)) == 0
    first, second = mailbox.letters_to(LI)
    assert first["Message-ID"] == second["Message-ID"]


def test_killed_before_the_server_took_it_nothing_is_lost(published, follows, days, mailbox, monkeypatch):
    follows()
    published(title="一条")
    with monkeypatch.context() as patch:
        patch.setattr(post, "letter", _raise)
        with pytest.raises(Killed):
            days(1)
    assert deliver(morning(1) + timedelta(minutes=11)) == 1
    assert told(mailbox) == ["一条"]


def _raise(*_args):
    raise Killed


def test_ended_while_a_letter_waits_it_does_not_go(published, follows, days, mailbox):
    from openness.subscriptions.services.subscribe import stop

    one = follows()
    published()
    days(send=False)
    stop(one)
    assert deliver(morning(1)) == 0
    assert mailbox.taken == []


def test_a_long_letter_is_cut_with_the_way_to_the_rest(published, follows, days, mailbox, monkeypatch):
    monkeypatch.setattr("openness.subscriptions.services.letters.MOST_LISTED", 2)
    follows("q=宅基地")
    for number in range(5):
        published(title=f"宅基地第{number}条")
    days()
    (letter,) = mailbox.letters_to(LI)
    assert letter["Subject"].endswith("5 条")
    assert len(titles(letter)) == 2
    assert "还有 3 条" in text_of(letter)
    assert "/search/?q=%E5%AE%85%E5%9F%BA%E5%9C%B0&sort=newest" in text_of(letter)


def test_a_search_that_staff_stopped_sends_nothing_until_it_sends_again(published, follows, days, mailbox, member):
    one = follows("q=宅基地")
    with pytest.raises(Refused, match="至少"):
        stop_sending(one.followed, member(), "")
    stop_sending(one.followed, member(), "有人乱订")
    published(title="宅基地甲")
    assert days(1) == 0
    with pytest.raises(Refused, match="有人乱订"):
        follows("q=宅基地", address=WANG)
    send_again(one.followed)
    assert days(2) == 1
    assert told(mailbox) == ["宅基地甲"]


def test_administrators_see_numbers_and_no_address(published, follows, days, mailbox, client, django_user_model):
    follows("q=宅基地", how_often="weekly")
    follows("q=宅基地", address=WANG)
    follows("place=220204101", address=WANG)
    row = followed_searches()[0]
    assert (row.followers, row.daily, row.weekly, row.monthly, row.unconfirmed, row.bounced) == (2, 1, 1, 0, 0, 0)
    client.force_login(django_user_model.objects.create_superuser("root", "root@example.org", "x"))
    words = client.get("/admin/subscriptions/").content.decode()
    assert "含“宅基地”的新公开" in words
    assert "example.com" not in words
    answer = client.post("/admin/subscriptions/", {"row": row.pk, "reason": "有人乱订"}, follow=True)
    assert "停发了" in answer.content.decode()
    row.refresh_from_db()
    assert row.stopped_reason == "有人乱订"
    assert "至少 4 个字" in client.post("/admin/subscriptions/", {"row": row.pk, "reason": ""}, follow=True).content.decode()


def test_one_search_is_asked_for_once_however_many_follow_it(published, follows, index, django_assert_num_queries, monkeypatch):
    for number in range(6):
        follows("q=宅基地", address=f"a{number}@example.com")
    published()
    drain_all(index)
    asked: list[object] = []
    search = index.search
    monkeypatch.setattr(index, "search", lambda *args, **more: asked.append(args) or search(*args, **more))
    assert plan(morning(1)) == 6
    assert len(asked) == 1


def test_a_turn_does_all_of_it_and_old_letters_go(published, follows, mailbox, index):
    follows()
    published()
    drain_all(index)
    at: datetime = morning(1)
    assert turn(at) == 1
    forget(at + KEPT + timedelta(days=1))
    assert not Mail.objects.exists()
    assert Told.objects.count() == 1


def test_numbers_never_go_back_and_looking_twice_changes_nothing(published, index, tree):
    published(title="从前的")
    drain_all(index)
    assert look() == 0
    published(title="新的")
    drain_all(index)
    assert look() == look() == 1
    assert Clock.objects.get().last == 1
    assert sorted(Arrival.objects.values_list("number", flat=True)) == [0, 1]
    arrivals.gone({row.uid for row in Arrival.objects.filter(number=1)})
    assert Arrival.objects.get(number=2).public, "it was public after all: it comes anew"
