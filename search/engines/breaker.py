"""A circuit breaker: after a few failures in a row a server is left alone for a moment, and callers are answered at once."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from elasticsearch import ApiError, SerializationError, TransportError

from .base import DocumentRejected, EngineAway

Answer = TypeVar("Answer")
_FAILURES, _PAUSE_SECONDS = 3, 5.0
# Not the document's fault: no right to write (also a full disk), too slow, too much to do.
_AWAY = frozenset({401, 403, 408, 429})
_TOO_LARGE = 413


class Breaker:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_again_at = 0.0

    def call(self, act: Callable[[], Answer]) -> Answer:
        """Ask the server, or answer at once while it is left alone. After the pause one caller tries; the others still do not wait.

        Raises:
            EngineAway: the server is away, busy, full or broken.
            DocumentRejected: what was sent cannot be sent, or not in one piece.
            ApiError: its other answers pass through.
        """
        self._enter()
        try:
            answer = act()
        except SerializationError as error:
            raise DocumentRejected(str(error)) from error
        except TransportError as error:
            self._failed()
            raise EngineAway(str(error)) from error
        except ApiError as error:
            self._answered(error)
            raise
        self._worked()
        return answer

    def _enter(self) -> None:
        with self._lock:
            if time.monotonic() < self._closed_again_at:
                raise EngineAway("the server failed a moment ago")
            if self._failures >= _FAILURES:
                self._closed_again_at = time.monotonic() + _PAUSE_SECONDS

    def _answered(self, error: ApiError) -> None:
        if error.status_code in _AWAY or error.status_code >= 500:
            self._failed()
            raise EngineAway(str(error)) from error
        self._worked()
        if error.status_code == _TOO_LARGE:
            raise DocumentRejected(str(error)) from error

    def _failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= _FAILURES:
                self._closed_again_at = time.monotonic() + _PAUSE_SECONDS

    def _worked(self) -> None:
        with self._lock:
            self._failures, self._closed_again_at = 0, 0.0
