"""Addresses of the same search with one thing changed."""

from typing import Any

from django.http import HttpRequest


def address(request: HttpRequest, *, drop: tuple[str, str] | None = None, keep: tuple[str, ...] | None = None, **change: Any) -> str:
    """Any change but of the page goes back to the first page."""
    data = request.GET.copy()
    if keep is not None:
        for name in [name for name in data if name not in keep]:
            del data[name]
    if drop is not None:
        data.setlist(drop[0], [value for value in data.getlist(drop[0]) if value != drop[1]])
    data.pop("page", None)
    for name, value in change.items():
        data[name] = str(value)
    return f"?{data.urlencode()}" if data else "?"


def instead(request: HttpRequest, drop: str, name: str, value: str) -> str:
    """The same search with `name=value` in the place of everything under `drop`."""
    data = request.GET.copy()
    for gone in (drop, "page"):
        data.pop(gone, None)
    data[name] = value
    return f"?{data.urlencode()}"


def same_query(request: HttpRequest) -> str:
    """The query string as it stands, for the feeds; without the page."""
    data = request.GET.copy()
    data.pop("page", None)
    return data.urlencode()
