"""Our Chinese for the words of Wagtail: nothing missing, nothing broken, nothing left over, and compiled."""

import re
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
import taggit
import wagtail
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.utils.translation.trans_real import DjangoTranslation

from .english import english_in

OURS = Path(settings.LOCALE_PATHS[0]) / "zh_Hans" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HELD = re.compile(r"%\(\w+\)[sdr]|%[sdr]|\{\w+\}|<[^>]+>")

pytestmark = pytest.mark.parametrize("domain", DOMAINS)


def messages_in(path: Path) -> Iterator[Message]:
    reader = read_mo if path.suffix == ".mo" else read_po
    with path.open("rb") as file:
        yield from (message for message in reader(file) if message.id)


def said(path: Path) -> dict[tuple[object, ...], tuple[str, ...]]:
    return {(message.context, *forms(message.id)): forms(message.string) for message in messages_in(path)}


def forms(words: object) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def test_what_runs_is_what_is_written(domain: str):
    assert said(OURS / f"{domain}.mo") == said(OURS / f"{domain}.po"), "run `make messages`"


def test_no_word_of_an_installed_app_stays_english(domain: str):
    chinese = DjangoTranslation("zh-hans", domain=domain)
    paths = [Path(app.path) / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po" for app in apps.get_app_configs()]
    asked = [message for path in paths if path.exists() for message in messages_in(path)]
    assert len(asked) > 50
    assert [text for text in (told(chinese, message) for message in asked) if english_in(text) and not CHINESE.search(text)] == []


def told(chinese: DjangoTranslation, message: Message) -> str:
    one = forms(message.id)[0]
    if message.pluralizable:
        return str(chinese.ngettext(*forms(message.id), 2))
    return str(chinese.pgettext(message.context, one) if message.context else chinese.gettext(one))


def test_every_line_translates_a_string_that_exists(domain: str):
    """A new release words something anew: the old line is dead, and says so here."""
    roots = [Path(package.__file__).parent for package in (django, wagtail, taggit)]
    sources = [path for root in roots for path in root.rglob(f"locale/en/LC_MESSAGES/{domain}.po")]
    known = {key for path in sources for key in said(path)}
    assert set(said(OURS / f"{domain}.po")) - known == set()


def test_what_a_string_holds_its_translation_holds(domain: str):
    for (_context, *words), told in said(OURS / f"{domain}.po").items():
        assert all(told), words
        assert set(HELD.findall(words[-1])) == set(HELD.findall(told[0])), words
