"""Words that are put together again and again in one page, put together once a language.

A Chinese source string is in no catalogue of translations, so every look-up asks all of them: thousands on a page of two hundred items
took half of its time.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec

from django.utils.translation import get_language

_MOST = 20_000
P = ParamSpec("P")


def by_language(words: Callable[P, str]) -> Callable[P, str]:
    """For functions that make words from hashable values alone."""
    made: Callable[..., str] = words

    @lru_cache(maxsize=_MOST)
    def remembered(_language: str | None, *args: Any) -> str:
        return made(*args)

    @wraps(words)
    def said(*args: P.args, **kwargs: P.kwargs) -> str:
        return words(*args, **kwargs) if kwargs else remembered(get_language(), *args)

    return said
