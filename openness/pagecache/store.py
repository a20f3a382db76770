"""Kept pages of this process: as many as fit, the least recently read go first."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings

from .forms import Forms, Headers

Key = tuple[str, ...]
_PATIENCE = 10.0  # seconds that a reader waits for another who makes the same page


@dataclass
class Kept:
    """A page as it is sent; `token` is what the versions of its topics were when it was made."""

    topics: Sequence[str]
    token: str
    forms: Forms
    true_at: int = -1  # the count of all changes at which it was last found true: nothing need be compared while that stands

    @classmethod
    def of(cls, topics: Sequence[str], token: str, headers: Headers, body: bytes) -> "Kept":
        etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        return cls(topics, token, Forms.of(headers, body, etag))

    @property
    def size(self) -> int:
        return self.forms.size


class Store:
    """Safe for threads. `room` is in bytes."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[Key, _Turn] = {}
        self._size = 0

    def get(self, key: Key) -> Kept | None:
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def put(self, key: Key, page: Kept) -> None:
        room = settings.PAGE_CACHE_MEGABYTES * 2**20
        with self._lock:
            self._drop(key)
            if page.size > room / 4:
                return
            self._pages[key] = page
            self._size += page.size
            while self._size > room:
                self._drop(next(iter(self._pages)))

    def _drop(self, key: Key) -> None:
        if (old := self._pages.pop(key, None)) is not None:
            self._size -= old.size

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._size = 0

    @contextmanager
    def alone(self, key: Key) -> Iterator[None]:
        """One reader makes a page that has become old, the others wait for it instead of making it too."""
        with self._lock:
            turn = self._making.setdefault(key, _Turn())
            turn.wanted += 1
        mine = turn.lock.acquire(timeout=_PATIENCE)
        try:
            yield
        finally:
            if mine:
                turn.lock.release()
            self._leave(key, turn)

    def _leave(self, key: Key, turn: "_Turn") -> None:
        with self._lock:
            turn.wanted -= 1
            if not turn.wanted:
                del self._making[key]


@dataclass
class _Turn:
    """Whose turn it is to make one page, and how many want it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    wanted: int = 0


store = Store()
