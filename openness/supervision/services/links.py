"""Which links open. Inside the site the database is asked; foreign hosts are asked outside of requests, rarely, and only if a setting allows."""

import hashlib
import ipaddress
import socket
import urllib.request
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from openness.disclosures.services.own_links import is_foreign

from ..models import LinkCheck

_TIMEOUT_SECONDS = 6.0
_TOGETHER = 8
_GOOD_FOR, _BAD_FOR = timedelta(days=7), timedelta(hours=20)
_GONE = frozenset({404, 410})
_ASK_ANOTHER_WAY = frozenset({403, 405, 501})
_FAILURES = 2  # a host that is away once may only be busy


def broken_links(addresses: Iterable[str], now: datetime) -> dict[str, str]:
    """Address -> why it does not open, for http(s) addresses of other sites. Those that were asked lately come from the table."""
    wanted = {_digest(one): one for one in addresses if is_foreign(one)}
    if not settings.SUPERVISION_CHECK_LINKS or not wanted:
        return {}
    known = {row.digest: row for row in LinkCheck.objects.filter(digest__in=wanted)}
    stale = [digest for digest in wanted if digest not in known or _is_old(known[digest], now)]
    with ThreadPoolExecutor(_TOGETHER) as pool:
        answers = dict(zip(stale, pool.map(ask, [wanted[digest] for digest in stale]), strict=True))
    known |= _keep(answers, wanted, known, now)
    return {wanted[digest]: _why(row) for digest, row in known.items() if _why(row)}


def known_broken(addresses: Iterable[str]) -> dict[str, str]:
    """Address -> why it did not open when it was asked last. Nobody is asked now."""
    wanted = {_digest(one): one for one in addresses if is_foreign(one)}
    rows = LinkCheck.objects.filter(digest__in=wanted) if wanted else ()
    return {wanted[row.digest]: _why(row) for row in rows if _why(row)}


def _digest(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()


def _is_old(row: LinkCheck, now: datetime) -> bool:
    return now - row.checked_at > (_BAD_FOR if row.failures else _GOOD_FOR)


def _keep(
    answers: Mapping[str, tuple[int, str]], wanted: Mapping[str, str], known: Mapping[str, LinkCheck], now: datetime
) -> dict[str, LinkCheck]:
    rows = {}
    for digest, (status, fault) in answers.items():
        bad = bool(fault) or status in _GONE or status >= 500
        before = known[digest].failures if digest in known else 0
        rows[digest] = LinkCheck(
            url=wanted[digest][:1000], digest=digest, status=status, fault=fault[:200], failures=before + 1 if bad else 0, checked_at=now
        )
    changed = ["status", "fault", "failures", "checked_at"]
    LinkCheck.objects.bulk_create(rows.values(), update_conflicts=True, unique_fields=["digest"], update_fields=changed, batch_size=100)
    return rows


def _why(row: LinkCheck) -> str:
    """Empty while it opens, or may only have been busy."""
    if row.status in _GONE:
        return _("网页没有了（{status}）").format(status=row.status)
    if row.failures < _FAILURES:
        return ""
    return _("对方网站出错（{status}）").format(status=row.status) if row.status else _("连不上（{fault}）").format(fault=row.fault)


class HostRefused(OSError):
    """The setting allows hosts of the internet only."""


class _EachHop(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        check_host(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def check_host(address: str) -> None:
    """Raise HostRefused for a host inside the network, unless the setting is "all"; OSError if it has no address."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https"):
        raise HostRefused(parts.scheme)
    if settings.SUPERVISION_CHECK_LINKS != "all":
        for *_rest, where in socket.getaddrinfo(parts.hostname, parts.port or 443):
            if not ipaddress.ip_address(where[0]).is_global:
                raise HostRefused(parts.hostname)


def ask(address: str) -> tuple[int, str]:
    """(status, "") of the answer, or (0, why) if none came. A host that may not be asked counts as open: nothing is known against it."""
    try:
        status = _status(address, "HEAD")
        return (_status(address, "GET"), "") if status in _ASK_ANOTHER_WAY else (status, "")
    except HostRefused:
        return 200, ""
    except (OSError, HTTPException, ValueError) as fault:  # ValueError: an address that is none
        return 0, f"{type(fault).__name__}: {fault}"


def _status(address: str, method: str) -> int:
    check_host(address)
    safe = quote(address, safe="%/:=&?~#+!$,;'@()*[]")
    request = urllib.request.Request(safe, method=method, headers={"User-Agent": "openness-link-check"})  # noqa: S310  (check_host)
    try:
        with urllib.request.build_opener(_EachHop).open(request, timeout=_TIMEOUT_SECONDS) as answer:
            return int(answer.status)
    except HTTPError as answer_of_error:
        return answer_of_error.code
