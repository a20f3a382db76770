"""Every address, read from the URL resolver."""

import re
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """`name` is what a row calls it; `route` is how the resolver writes it; `slots` are its parameters in their order."""

    name: str
    route: str
    slots: tuple[str, ...]

    def url(self, values: tuple[object, ...]) -> str:
        """The address with values in its parameters' places."""
        assert len(values) == len(self.slots), f"{self.name} takes {self.slots}, the row gives {values}"
        url, left = self.route, list(values)
        for _slot in self.slots:
            url = _SLOT.sub(lambda _found: str(left.pop(0)), url, count=1)
        return re.sub(r"[\^$]|\\Z|\\(?=\.)", "", url)


_SLOT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()\\]|\\.)*\)")


def admin_addresses() -> list[Address]:
    return _addresses(of_admin=True)


def public_addresses() -> list[Address]:
    return _addresses(of_admin=False)


def _addresses(*, of_admin: bool) -> list[Address]:
    """Each address once. One name on several routes, or a route without a name, is called by its route."""
    found: dict[str, str] = {}
    for name, route in _walk(get_resolver().url_patterns, "/", []):
        if route.startswith("/admin/") == of_admin:
            found.setdefault(route, name)
    names = list(found.values())
    return [_address(name if name and names.count(name) == 1 else route, route) for route, name in found.items()]


def _address(name: str, route: str) -> Address:
    return Address(name, route, tuple(one or other for one, other in _SLOT.findall(route)))


def _walk(patterns: list, prefix: str, spaces: list[str]):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route, [*spaces, *([pattern.namespace] if pattern.namespace else [])])
        elif isinstance(pattern, URLPattern):
            yield ":".join([*spaces, pattern.name]) if pattern.name else "", route
