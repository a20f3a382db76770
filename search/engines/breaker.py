"""A circuit breaker: after a few failures in a row a server is left alone for a moment, and callers are answered at once."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from elasticsearch import ApiError, TransportError

from .base import EngineAway

Answer = TypeVar("Answer")
_FAILURES, _PAUSE_SECONDS = 3, 5.0
_BUSY = 429


class Breaker:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_again_at = 0.0

    def call(self, act: Callable[[], Answer]) -> Answer:
        """Raises EngineAway for a server that is away, busy or broken; other answers of the server pass through."""
        if time.monotonic() < self._closed_again_at:
            raise EngineAway("the server failed a moment ago")
        try:
            answer = act()
        except TransportError as error:
            self._failed()
            raise EngineAway(str(error)) from error
        except ApiError as error:
            if error.status_code != _BUSY and error.status_code < 500:
                raise
            self._failed()
            raise EngineAway(str(error)) from error
        with self._lock:
            self._failures = 0
        return answer

    def _failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= _FAILURES:
                self._failures, self._closed_again_at = 0, time.monotonic() + _PAUSE_SECONDS
