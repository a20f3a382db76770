"""Signing in with wrong passwords: five from one place for one name, then ten minutes' rest; nobody else is stopped."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openness.units.models import WrongPasswords

pytestmark = pytest.mark.django_db
STOPPED = "密码错了太多次，请过 10 分钟再试。"


@pytest.fixture(params=[False, True], ids=["clerk", "superuser"])
def name(request, member, village):
    user = member(is_superuser=True) if request.param else member("clerk", village)
    return user.username


def sign_in(name: str, password: str = "wrong", address: str = "10.0.0.1", door: str = "wagtailadmin_login", **headers):
    return Client(REMOTE_ADDR=address, headers=headers).post(reverse(door), {"username": name, "password": password})


def use_up(name: str, **more) -> list:
    return [sign_in(name, **more) for _each in range(5)]


def later(minutes: int) -> None:
    WrongPasswords.objects.update(since=timezone.now() - timedelta(minutes=minutes))


def test_the_fifth_is_told_to_rest_and_the_right_password_waits_too(name):
    answers = use_up(name)
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert STOPPED not in answers[3].content.decode()
    assert STOPPED in answers[4].content.decode()
    right = sign_in(name, "x")
    assert right.status_code == 429
    assert STOPPED in right.content.decode()
    assert name in right.content.decode()


def test_after_ten_minutes_it_goes_on_although_somebody_went_on_trying(name):
    use_up(name)
    later(9)
    assert sign_in(name, "x").status_code == 429
    later(10)
    assert sign_in(name, "x").status_code == 302


def test_other_names_and_addresses_are_not_stopped(name, member, village):
    use_up(name)
    assert sign_in(member("clerk", village).username, "x").status_code == 302
    assert sign_in(name, "x", address="10.0.0.2").status_code == 302


def test_the_right_password_begins_anew(name):
    for _each in range(3):
        for _wrong in range(4):
            assert sign_in(name).status_code == 200
        assert sign_in(name, "x").status_code == 302
    assert not WrongPasswords.objects.exists()


def test_behind_a_proxy_it_goes_by_whom_the_proxy_names_and_believes_nobody_else(name, settings):
    settings.PROXIES_IN_FRONT = 1
    use_up(name, **{"x-forwarded-for": "1.2.3.4, 198.51.100.7"})
    assert sign_in(name, "x", **{"x-forwarded-for": "5.6.7.8, 198.51.100.7"}).status_code == 429
    assert sign_in(name, "x", **{"x-forwarded-for": "198.51.100.7, 198.51.100.8"}).status_code == 302


def test_the_other_door_is_limited_too(name):
    use_up(name, door="wagtailcore_login")
    assert sign_in(name, "x", door="wagtailcore_login").status_code == 200


def test_neither_names_nor_passwords_are_kept_and_nothing_piles_up(name, member):
    for number in range(20):
        sign_in(f"nobody{number}", "secret")
    rows = str(list(WrongPasswords.objects.values()))
    assert "nobody" not in rows
    assert "secret" not in rows
    assert "10.0.0.1" not in rows
    later(11)
    sign_in(name)
    assert WrongPasswords.objects.count() == 1
