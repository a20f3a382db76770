"""What many pages are made of and what hardly changes: made once in a process, and asked each time whether it is still true."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.conf import settings
from django.db import connection

from .asking import asking
from .changes import token
from .topics import ANY, SITE

T = TypeVar("T")
_MOST = 500
_lock = threading.Lock()
_values: OrderedDict[tuple[str, ...], "_Value"] = OrderedDict()


@dataclass
class _Value:
    """As a kept page: `token` is what the versions of its topics were when it was made."""

    topics: Sequence[str]
    token: str
    made: Any
    true_at: int = -1


def remembered(name: tuple[str, ...], make: Callable[[], T], topics: Sequence[str] = (SITE,)) -> T:
    """What `make` returns, which all threads share: nobody may change it. Inside a transaction it is made anew, for only that sees itself."""
    if not settings.PAGE_CACHE or connection.in_atomic_block:
        return make()
    value = _values.get(name)
    if value is not None and asking.is_true(value):
        return cast(T, value.made)
    before = token((ANY,))
    made = make()
    now = token((ANY, *topics))
    if before is not None and now is not None and now.split(",")[0] == before:
        _put(name, _Value(topics, now.split(",", 1)[1], made))
    return made


def _put(name: tuple[str, ...], value: _Value) -> None:
    with _lock:
        _values[name] = value
        _values.move_to_end(name)
        while len(_values) > _MOST:
            _values.popitem(last=False)


def forget() -> None:
    with _lock:
        _values.clear()
