"""Requests and what they answer, in the words of the table."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest
from django.db import connection
from django.template.base import Template
from django.test import Client
from django.utils.safestring import SafeString

_WRITE = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
_OF_NO_CONCERN = {"django_session"}


@contextmanager
def undrawn() -> Iterator[None]:
    """Views run to their end, but no template is filled in: that takes more than half of the time, and no template says who may."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", lambda _template, _context: SafeString(""))
        yield


def answer(client: Client, url: str, body: dict[str, Any] | None = None, *, drawn: bool = False) -> str:
    with nullcontext() if drawn else undrawn():
        response = client.get(url) if body is None else client.post(url, body)
    if response.status_code == 302:
        return {"/admin/": "away"}.get(response.url, "login" if response.url.startswith("/admin/login/") else "302")
    return str(response.status_code)


@contextmanager
def written() -> Iterator[set[str]]:
    """The tables to which anything was written meanwhile, be it taken back later."""
    tables: set[str] = set()

    def note(execute: Any, sql: str, *more: Any) -> Any:
        if (found := _WRITE.match(sql)) and found[2] not in _OF_NO_CONCERN:
            tables.add(found[2])
        return execute(sql, *more)

    with connection.execute_wrapper(note):
        yield tables
