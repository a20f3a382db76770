"""Kept pages sent before Django is asked: never older than an act that was answered, to nobody else, in no other form."""

import gzip
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.test import Client, RequestFactory
from wagtail.models import Locale, Page, Site

from openness.pagecache.asking import _Line, asking
from openness.pagecache.front import Front
from openness.pagecache.models import Pending
from openness.pagecache.store import store
from openness.pagecache.topics import ANY, SITE
from openness.pages.models import SiteFrame
from openness.units.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    by_django: bool


@pytest.fixture
def visit() -> Iterator[Callable[..., Answer]]:
    """One request to the site as a server makes it."""
    django, asked = WSGIHandler(), []

    def counted(environ, start_response):
        asked.append(environ["PATH_INFO"])
        return django(environ, start_response)

    front = Front(counted)

    def visiting(url: str, method: str = "GET", secure: bool = False, **headers: str) -> Answer:
        asked.clear()
        said: list = []
        environ = RequestFactory().generic(method, url, headers=headers, secure=secure).environ
        body = b"".join(front(environ, lambda status, sent, exc_info=None: said.append((status, sent))))
        status, sent = said[0]
        return Answer(int(status[:3]), dict(sent), body, bool(asked))

    yield visiting
    asking.close()


@pytest.fixture(autouse=True)
def frame(db) -> None:
    """The emptied database of a test of real transactions has no site."""
    if not Site.objects.exists():
        Locale.objects.get_or_create(language_code="zh-hans")
        root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
        Site.objects.create(hostname="localhost", root_page=root, is_default_site=True)
    SiteFrame.for_site(Site.objects.get(is_default_site=True))


@pytest.fixture
def page(published) -> str:
    return published().get_absolute_url()


def test_the_second_reader_is_answered_without_django(page, visit):
    first, second = visit(page), visit(page)
    assert (first.by_django, second.by_django) == (True, False)
    assert (second.status, second.body) == (200, first.body)
    assert second.headers == first.headers
    assert second.headers["Content-Security-Policy"]
    assert second.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_what_another_thread_has_published_shows_in_the_next_answer(tree, visit, published):
    url = tree["搜登站村"].get_absolute_url()
    for number in range(3):
        visit(url)
        assert not visit(url).by_django
        thread = threading.Thread(target=_published_elsewhere, args=(published, f"第{number}件"))
        thread.start()
        thread.join()
        assert f"第{number}件" in visit(url).body.decode()


def _published_elsewhere(published: Callable[..., object], title: str) -> None:
    try:
        published(title=title)
    finally:
        connection.close()


def test_a_change_elsewhere_leaves_the_page_and_is_looked_at_once(tree, page, visit, monkeypatch):
    from openness.disclosures.shown_at import shown_at

    questions = _counted(monkeypatch)
    visit(page)
    with transaction.atomic(), shown_at(tree["大绥河村"]):
        Unit.objects.filter(pk=tree["大绥河村"].pk).update(short_name="大绥河")
    questions.clear()
    assert not visit(page).by_django
    assert not visit(page).by_django
    assert len(questions) == 3, "is anything new; are these topics; is anything new"


def test_while_a_change_is_noted_and_not_counted_django_makes_the_page(page, visit):
    """As a process leaves it that is killed between the two."""
    visit(page)
    noted = [Pending.objects.create(topic=topic) for topic in (SITE, ANY)]
    assert [visit(page).by_django for _time in range(2)] == [True, True]
    [note.delete() for note in noted]
    visit(page)
    assert not visit(page).by_django


def test_who_has_a_session_is_django_s(page, visit, member, tree):
    visit(page)
    staff = Client()
    staff.force_login(member("reviewer", tree["搜登站村"]))
    session = staff.cookies["sessionid"].value
    answer = visit(page, cookie=f"a=1; sessionid={session}; size=xl")
    assert answer.by_django
    assert "wagtail-userbar" in answer.body.decode()
    assert "wagtail-userbar" not in visit(page).body.decode()


def test_cookies_choose_the_page_and_foreign_ones_do_not(page, visit):
    standard = visit(page)
    large = visit(page, cookie='theirs="x; y"; size=xl')
    assert large.by_django
    assert 'data-size="xl"' in large.body.decode()
    again = visit(page, cookie="size=xl")
    assert (again.by_django, again.body) == (False, large.body)
    foreign = visit(page, cookie="csrftoken=abc; _ga=1")
    assert (foreign.by_django, foreign.body) == (False, standard.body)


def test_choosing_a_size_by_address_sets_its_cookie_each_time(page, visit):
    assert ["size=l" in visit(f"{page}?size=l").headers["Set-Cookie"] for _time in range(2)] == [True, True]


def test_a_host_that_is_not_ours_gets_no_page_whatever_is_kept(page, visit, settings):
    settings.ALLOWED_HOSTS = ["ours.example"]
    visit(page, host="ours.example")
    assert not visit(page, host="ours.example").by_django
    before = len(store._pages)
    for host in ("evil.example", "ours.example@evil.example", "ours.example/x", ""):
        assert [visit(page, host=host).status for _time in range(2)] == [400, 400], host
    assert len(store._pages) == before
    assert b"evil.example" not in visit(page, host="ours.example", **{"x-forwarded-host": "evil.example"}).body


def test_the_redirect_to_https_comes_before_any_kept_page(page, request, settings):
    settings.SECURE_PROXY_SSL_HEADER, settings.SECURE_SSL_REDIRECT = ("HTTP_X_FORWARDED_PROTO", "https"), True
    settings.SECURE_HSTS_SECONDS = 60
    visit = request.getfixturevalue("visit")
    by_proxy = {"x-forwarded-proto": "https"}
    visit(page, **by_proxy)
    kept = visit(page, **by_proxy)
    assert (kept.status, kept.by_django, kept.headers["Strict-Transport-Security"]) == (200, False, "max-age=60")
    for headers in ({}, {"x-forwarded-proto": "http"}, {"x-forwarded-proto": "http, https"}):
        assert visit(page, **headers).status == 301


def test_head_has_the_headers_and_no_body(page, visit):
    whole = visit(page)
    head = visit(page, "HEAD")
    assert (head.status, head.body, head.by_django) == (200, b"", False)
    assert head.headers == visit(page).headers
    assert head.headers["Content-Length"] == str(len(whole.body))


def test_a_browser_that_has_the_page_is_told_so_until_it_changes(page, visit):
    etag = visit(page).headers["ETag"]
    for known in (etag, f'"other", {etag}'):
        told = visit(page, **{"if-none-match": known})
        assert (told.status, told.body, told.by_django) == (304, b"", False)
        assert told.headers["ETag"] == etag
        assert "Content-Length" not in told.headers
    assert visit(page, **{"if-none-match": '"other"'}).status == 200
    Unit.objects.filter(name__contains="搜登站").update(short_name="改了名")
    assert visit(page, **{"if-none-match": etag}).status == 200


def test_packed_for_who_can_unpack(page, visit):
    plain, packed = visit(page), visit(page, **{"accept-encoding": "br, gzip"})
    assert not packed.by_django
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body


def test_other_verbs_are_django_s(page, visit):
    visit(page)
    assert all(visit(page, method).by_django for method in ("POST", "PUT", "DELETE", "OPTIONS"))


def test_switched_off_it_sends_nothing(page, visit, settings):
    visit(page)
    settings.PAGE_CACHE = False
    assert visit(page).by_django


def test_a_connection_that_broke_is_opened_anew(page, visit):
    visit(page)
    assert not visit(page).by_django
    asking._line._connection.close()
    assert visit(page).by_django
    assert not visit(page).by_django


def test_who_comes_during_a_question_shares_the_next_one_not_this_one(page, visit, monkeypatch):
    """The question under way may have been answered before what they must see was published."""
    visit(page)
    kept = next(iter(store._pages.values()))
    assert asking.is_true(kept)
    asked, answered, go_on = [], threading.Event(), threading.Event()
    ask = _Line.ask

    def slow(line, sql, parameters):
        found = ask(line, sql, parameters)
        asked.append(sql)
        if len(asked) == 1:
            answered.set()
            go_on.wait(10)
        return found

    monkeypatch.setattr(_Line, "ask", slow)
    answers: dict[str, list[bool]] = {"before": [], "after": []}
    first = threading.Thread(target=lambda: answers["before"].append(asking.is_true(kept)))
    first.start()
    answered.wait(10)
    Unit.objects.filter(name__contains="搜登站").update(short_name="改了名")
    later = [threading.Thread(target=lambda: answers["after"].append(asking.is_true(kept))) for _number in range(6)]
    [thread.start() for thread in later]
    threading.Event().wait(0.2)
    go_on.set()
    [thread.join() for thread in (first, *later)]
    assert answers == {"before": [True], "after": [False] * 6}
    assert len([sql for sql in asked if "EXISTS" in sql]) == 2, "one for the first, one for all who came meanwhile"


def _counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []
    ask = _Line.ask
    monkeypatch.setattr(_Line, "ask", lambda line, sql, parameters: asked.append(sql) or ask(line, sql, parameters))
    return asked
