"""Asking on the site, confirming from the mailbox, changing and ending."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from openness.participation.services import stamp
from openness.subscriptions.models import Followed, Mail, MailKind, Subscriber, Subscription
from openness.subscriptions.services.links import confirm_link, manage_link, stop_link, to_confirm
from openness.subscriptions.services.post import deliver
from openness.subscriptions.services.subscribe import confirm, forget_unconfirmed
from openness.subscriptions.services.upkeep import forget

from .conftest import links_in, text_of

pytestmark = pytest.mark.django_db
NEW = "/subscriptions/new/?q=低保&place=220204101&sort=newest&page=3"
LI = "li@example.com"


@pytest.fixture(autouse=True)
def a_moment_ago(monkeypatch):
    """Forms are written in three seconds or more."""
    monkeypatch.setattr(stamp, "_QUICKEST", timedelta(0))


@pytest.fixture
def page(mailbox, index, tree):
    """A browser without cookies that insists on CSRF where it is asked for."""
    return Client(enforce_csrf_checks=True)


def send(page, url=NEW, **more):
    data = {"address": LI, "how_often": "weekly", "website": "", "stamp": stamp.new_stamp(), **more}
    return page.post(url, data)


def path_of(url: str) -> str:
    return url.split("8000", 1)[1]


def test_the_form_says_what_is_followed_and_offers_the_feeds(page):
    words = page.get(NEW).content.decode()
    assert "搜登站镇里，含“低保”的新公开" in words
    assert "/search/results.atom?q=%E4%BD%8E%E4%BF%9D&amp;place=220204101" in words
    assert "/search/feed.json?q=" in words


def test_without_a_mail_server_it_says_so_and_takes_nothing(page, settings):
    settings.SUBSCRIPTIONS_MAIL = False
    words = page.get(NEW).content.decode()
    assert "还没有开通邮件订阅" in words
    assert "/search/results.atom" in words
    assert send(page).status_code == 200
    assert not Subscriber.objects.exists()


def test_from_the_form_to_the_first_day(page, mailbox):
    answer = send(page, address="Li@Example.com")
    assert answer.url == "/subscriptions/sent/"
    one = Subscription.objects.get()
    assert (one.subscriber.address, one.how_often, one.confirmed_at, one.followed.address) == (
        LI, "weekly", None, "q=%E4%BD%8E%E4%BF%9D&place=220204101",
    )  # fmt: skip
    assert deliver() == 1
    (letter,) = mailbox.letters_to(LI)
    assert "搜登站镇里，含“低保”的新公开" in letter["Subject"]
    assert letter["List-Unsubscribe"] is None, "there is nothing yet to end"
    (link,) = links_in(letter)
    assert "确认订阅" in page.get(link).content.decode()
    assert Subscription.objects.get().confirmed_at is None, "a program that looks at links confirms nothing"
    assert "订好了" in page.post(link).content.decode()
    confirmed = Subscription.objects.get()
    assert confirmed.confirmed_at is not None
    assert confirmed.done_on == timezone.localdate()
    page.post(link)
    assert Subscription.objects.get().confirmed_at == confirmed.confirmed_at


def test_the_answer_never_tells_whether_an_address_is_known(page, mailbox, follows):
    one = follows("q=低保&place=220204101", address=LI)
    known, unknown = send(page, how_often="monthly"), send(page, address="wang@example.com")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert page.get(known.url).content == page.get(unknown.url).content
    one.refresh_from_db()
    assert one.how_often == "daily", "nobody changes another's subscription by knowing the address"
    assert deliver() == 2
    (letter,) = mailbox.letters_to(LI)
    assert "早就订好了" in text_of(letter)
    assert page.get(links_in(letter)[0]).status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("address", "", "请写邮箱"),
        ("address", "不是邮箱", "邮箱写得不对"),
        ("how_often", "hourly", "请选多久发一封"),
        ("website", "http://spam.example", "请把这一栏清空"),
        ("stamp", "forged", "放得太久"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(page, field, value, sentence):
    answer = send(page, **{field: value})
    words = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in words
    assert field == "address" or f'value="{LI}"' in words
    assert not Subscriber.objects.exists()


def test_a_form_that_comes_at_once_is_asked_again(page, monkeypatch):
    monkeypatch.setattr(stamp, "_QUICKEST", timedelta(seconds=3))
    assert "太快" in send(page).content.decode()


def test_too_many_letters_to_one_mailbox_are_refused_whoever_asks(page):
    for number in range(5):
        assert send(page, url=f"/subscriptions/new/?q=第{number}个").status_code == 302
    assert "试的次数太多" in send(page, url="/subscriptions/new/?q=再来").content.decode()
    assert send(page, url="/subscriptions/new/?q=再来", address="wang@example.com").status_code == 302


def test_asking_twice_sends_one_letter(page, mailbox):
    send(page), send(page, how_often="daily")
    assert deliver() == 1
    assert Subscription.objects.get().how_often == "daily"


def test_a_link_holds_three_days_and_only_as_it_was_made(page, follows):
    one = follows()
    Subscription.objects.update(confirmed_at=None)
    link = confirm_link(one)
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert to_confirm(token) == one
    assert to_confirm(token[:-2] + "xx") is None
    assert to_confirm(stop_link(one).rstrip("/").rsplit("/", 1)[1]) is None
    Subscription.objects.update(asked_at=timezone.now() - timedelta(days=3, minutes=1))
    assert forget_unconfirmed() == 1
    assert (Subscriber.objects.count(), Followed.objects.count()) == (0, 0)
    assert page.get(path_of(link)).status_code == 404
    assert "链接过了三天" in page.get(path_of(link)).content.decode()


def test_what_is_confirmed_stays(follows):
    follows()
    assert forget_unconfirmed(timezone.now() + timedelta(days=40)) == 0


def test_one_click_of_a_mail_program_ends_it_and_the_address_is_gone_at_once(page, follows):
    one = follows()
    link = path_of(stop_link(one))
    assert "退订" in page.get(link).content.decode()
    assert Subscription.objects.exists()
    answer = page.post(link, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not answer.cookies
    assert (Subscription.objects.count(), Subscriber.objects.count(), Followed.objects.count()) == (0, 0, 0)
    assert page.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert page.get(link).status_code == 404


def test_everything_of_a_mailbox_is_kept_on_one_page(page, follows):
    first, second = follows("q=低保"), follows("tag=养老")
    follows("q=低保", address="wang@example.com")
    link = path_of(manage_link(first.subscriber))
    words = page.get(link).content.decode()
    assert "含“低保”的新公开" in words
    assert "标签“养老”的新公开" in words
    assert LI not in words
    page.post(link, {"one": first.pk, "how_often": "monthly", "change": "1"})
    first.refresh_from_db()
    assert first.how_often == "monthly"
    assert "请选多久一封" in page.post(link, {"one": first.pk, "how_often": "x", "change": "1"}).content.decode()
    page.post(link, {"one": second.pk, "stop": "1"})
    assert list(Subscription.objects.filter(subscriber=first.subscriber)) == [first]
    other = Subscription.objects.get(subscriber__address="wang@example.com")
    assert "已经没有了" in page.post(link, {"one": other.pk, "stop": "1"}).content.decode()
    assert "退订好了" in page.post(link, {"all": "1"}).content.decode()
    assert list(Subscriber.objects.values_list("address", flat=True)) == ["wang@example.com"]
    assert page.get(link).status_code == 404


def test_ending_the_last_one_on_the_page_deletes_the_address(page, follows):
    one = follows()
    answer = page.post(path_of(manage_link(one.subscriber)), {"one": one.pk, "stop": "1"}, follow=True)
    assert "邮箱已经从本站删掉" in answer.content.decode()
    assert not Subscriber.objects.exists()


def test_a_mailbox_that_bounces_is_forgotten_after_a_month(follows):
    one = follows()
    Subscriber.objects.update(stopped_at=timezone.now() - timedelta(days=31))
    forget()
    assert not Subscription.objects.filter(pk=one.pk).exists()


def test_the_address_is_in_no_log_and_no_other_table(page, mailbox, caplog):
    mailbox.refuses[LI] = f"450 {LI} come later"
    send(page)
    deliver()
    confirm(Subscription.objects.get())
    assert "450" in Mail.objects.get(kind=MailKind.CONFIRM).fault or "Refused" in Mail.objects.get(kind=MailKind.CONFIRM).fault
    assert LI not in caplog.text
    assert LI not in str(list(Mail.objects.values())) + str(list(Followed.objects.values())) + str(list(Subscription.objects.values()))


def test_the_form_costs_the_same_with_more_subscribers(page, follows, django_assert_max_num_queries):
    for number in range(3):
        follows("q=低保", address=f"a{number}@example.com")
    with django_assert_max_num_queries(14):
        page.get(NEW)


def test_the_page_of_a_mailbox_costs_the_same_with_more_subscriptions(page, follows, django_assert_num_queries, tree):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    one = follows("place=220204101")
    link = path_of(manage_link(one.subscriber))
    page.get(link)
    with CaptureQueriesContext(connection) as few:
        page.get(link)
    for number in range(4):
        follows(f"place=220204100&q=第{number}")
    with django_assert_num_queries(len(few)):
        page.get(link)
