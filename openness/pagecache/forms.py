"""A kept page as it is sent: whole, packed, or as the word that nothing changed. Made once, sent many times."""

import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.utils.http import parse_etags

Headers = Sequence[tuple[str, str]]
_QUICK = 6  # of 9: the last steps cost twice the time for a hundredth of the size
_SELF_MADE = {"content-length", "content-encoding", "etag", "cache-control", "vary"}
_VARY = ("Accept-Encoding", "Cookie")


@dataclass(frozen=True)
class Form:
    """One answer. Its headers are complete."""

    status: HTTPStatus
    headers: Headers
    body: bytes


@dataclass(frozen=True)
class Forms:
    etag: str
    plain: Form
    packed: Form
    unchanged: Form

    @classmethod
    def of(cls, headers: Headers, body: bytes, etag: str) -> "Forms":
        own = [(name, value) for name, value in headers if name.lower() not in _SELF_MADE]
        # A browser asks each time, and is told in a few bytes that nothing changed.
        own += [("ETag", etag), ("Cache-Control", "no-cache"), ("Vary", _vary(headers))]
        packed = gzip.compress(body, _QUICK, mtime=0)
        return cls(
            etag,
            Form(HTTPStatus.OK, [*own, ("Content-Length", str(len(body)))], body),
            Form(HTTPStatus.OK, [*own, ("Content-Encoding", "gzip"), ("Content-Length", str(len(packed)))], packed),
            Form(HTTPStatus.NOT_MODIFIED, [pair for pair in own if pair[0].lower() != "content-type"], b""),
        )

    @property
    def size(self) -> int:
        return len(self.plain.body) + len(self.packed.body) + 3000

    def asked_by(self, environ: Mapping[str, Any]) -> Form:
        """What this request is sent, by the version that it has and by what it can unpack."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and self.etag in parse_etags(known):
            return self.unchanged
        return self.packed if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") else self.plain


def _vary(headers: Headers) -> str:
    said = [name.strip() for key, value in headers if key.lower() == "vary" for name in value.split(",")]
    known = {name.lower() for name in said}
    return ", ".join([*said, *(name for name in _VARY if name.lower() not in known)])
