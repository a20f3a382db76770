"""The Korean of the public pages: whole, unbroken, compiled; and nothing but clerks' words stays Chinese on a page."""

import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from scripts import messages

from .chinese import interface_left

HELD = re.compile(r"%\(\w+\)[sd]|%%|\{[\w:]*\}")
KOREAN = re.compile(r"[\uac00-\ud7a3]")
HAN = re.compile(r"[\u4e00-\u9fff]")
# Seoul's words, where Yanbian has its own (docs/languages.md).
NOT_OURS = ("페이지", "숫자", "날짜", "이용", "연도", "노인", "읍면", "동사무소", "주민센터", "이메일", "홈페이지", "정보 공개", "할 수 ")
STAYS_CHINESE = re.compile(r"天|个月|社会救助|\w*〔\d+〕\d+号|第几条|“一、”|“（一）”|不是：")  # what is to be typed


def test_every_public_message_has_korean():
    assert messages.missing() == [], "see scripts/messages.py"


def test_nothing_is_left_over():
    assert messages.left_over() == [], "run scripts/messages.py --write"


def test_what_runs_is_what_is_written():
    path = Path(settings.LOCALE_PATHS[0]) / "ko" / "LC_MESSAGES" / "django.mo"
    with path.open("rb") as file:
        compiled = {(_decoded(one.context or ""), one.id): one.string for one in read_mo(file) if one.id}
    assert compiled == messages.korean(), "run `make messages`"


def _decoded(context: str | bytes) -> str:
    """babel gives the context of a compiled message as it stands in the file."""
    return context.decode() if isinstance(context, bytes) else context


def test_what_a_message_holds_its_korean_holds():
    wrong = [key[1] for key, told in messages.korean().items() if Counter(HELD.findall(key[1])) != Counter(HELD.findall(told))]
    assert wrong == []


def test_korean_is_korean_in_the_spelling_of_yanbian():
    told = {key[1]: words for key, words in messages.korean().items()}
    assert [key for key, words in told.items() if HAN.search(STAYS_CHINESE.sub("", words))] == []
    assert [(key, word) for key, words in told.items() for word in NOT_OURS if word in words] == []
    assert [
        key
        for key, words in told.items()
        if HAN.search(key) and len(HAN.findall(key)) > 1 and not KOREAN.search(words) and not HELD.search(key)
    ] == []


def test_the_finder_sees_what_stays_chinese():
    assert interface_left('<p>公开目录</p><a title="读给我听"></a><b>应公开 35 项。截至 今天</b>') == {
        "公开目录",
        "读给我听",
        "应公开 35 项。截至 今天",
    }
    assert interface_left('<h1>2026年第三季度路灯电费</h1><p>공개목록</p><a translate="no">公开目录</a>') == set()


@pytest.mark.parametrize(("words", "told"), [("公开目录", "공개목록"), ("三", "3"), ("还没有写过的话", "还没有写过的话")])
def test_django_finds_it(words: str, told: str):
    with translation.override("ko"):
        assert gettext(words) == told
