"""A door before a server: shut, connections are refused and broken off as by a machine that is gone; open, they go through."""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class Gate:
    def __init__(self, url: str) -> None:
        there = urlsplit(url)
        self._there = (there.hostname or "", there.port or 0)
        self._lines: set[socket.socket] = set()
        self._listener: socket.socket | None = None
        self._port = 0
        self.open()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def open(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._port = self._listener.getsockname()[1]
        threading.Thread(target=self._welcome, args=(self._listener,), daemon=True).start()

    def shut(self) -> None:
        listener, self._listener = self._listener, None
        for line in [*self._lines, *([listener] if listener else [])]:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        self._lines.clear()

    def _welcome(self, listener: socket.socket) -> None:
        while True:
            try:
                inside, _address = listener.accept()
            except OSError:
                return  # shut
            try:
                outside = socket.create_connection(self._there)
            except OSError:
                inside.close()  # nobody there
                continue
            self._lines |= {inside, outside}
            for one, other in ((inside, outside), (outside, inside)):
                threading.Thread(target=_carry, args=(one, other), daemon=True).start()


def _carry(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
    with suppress(OSError):
        other.shutdown(socket.SHUT_WR)
