"""The languages of the site. The address says which: `/hant/…` is the same page in traditional characters, `/ko/…` with a Korean interface."""

from dataclasses import dataclass

from django.http import HttpRequest

_ATTRIBUTE = "language"


@dataclass(frozen=True)
class Language:
    """`key` is the first step of the address, empty for the original; `tag` is what HTML says; `active` is what Django speaks meanwhile."""

    key: str
    tag: str
    words: str
    active: str

    @property
    def prefix(self) -> str:
        return f"/{self.key}" if self.key else ""


ORIGINAL = Language("", "zh-CN", "简体", "zh-hans")
TRADITIONAL = Language("hant", "zh-Hant", "繁體", "zh-hans")
KOREAN = Language("ko", "ko", "조선문", "ko")
LANGUAGES = (ORIGINAL, TRADITIONAL, KOREAN)
BY_KEY = {one.key: one for one in LANGUAGES if one.key}


def language_of(request: HttpRequest) -> Language:
    found: Language = getattr(request, _ATTRIBUTE, ORIGINAL)
    return found


def remember(request: HttpRequest, language: Language) -> None:
    setattr(request, _ATTRIBUTE, language)
