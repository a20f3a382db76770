"""Translations looked up once a language. Chinese source strings are in no catalogue, so each look-up asks the dozen of Django, Wagtail and theirs."""

from functools import lru_cache

from django.utils import translation
from django.utils.translation import trans_real

_MOST = 20_000


def remember_words() -> None:
    """From now on in this process; catalogues change only with a new version of the program."""
    translation._trans.gettext = _gettext  # type: ignore[attr-defined]


def _gettext(message: str) -> str:
    return _looked_up(trans_real.get_language(), message)


@lru_cache(maxsize=_MOST, typed=True)  # a string marked safe comes back marked safe
def _looked_up(_language: str | None, message: str) -> str:
    return trans_real.gettext(message)
