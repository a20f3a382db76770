"""From the home page every link of the site leads somewhere, as a crawler walks it."""

import re
import zlib
from collections import defaultdict, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit
from urllib.request import Request, urlopen

from django.urls import Resolver404, resolve

EACH = 5  # pages opened of each kind; every other link of the kind is only looked up in the table of addresses
LANGUAGES = re.compile(r"^/(hant|ko)(?=/)")
FILES = ("/favicon.ico", "/apple-touch-icon.png")  # served beside the addresses
KEPT_OUT = ("/admin/",)  # the staff's door is asked once, by name
LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "srcset", "form": "action", "iframe": "src"}


_SIZE = re.compile(r"(?<=[?&])size=\w*&?")  # every page in three sizes is the same page


class Links(HTMLParser):
    """Addresses and the names of places within one page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids.add(values.get("id") or "")
        address = values.get(LINKS.get(tag, ""))
        if address and values.get("method", "get") == "get":
            self.found += [part.split()[0] for part in address.split(",")] if tag == "source" else [address]


@dataclass
class Walk:
    """`opened` counts by kind of address; `broken` has a line for each link that leads nowhere: where it stands and where it leads."""

    home: str
    opened: dict[tuple[str, ...], int] = field(default_factory=lambda: defaultdict(int))
    seen: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    places: dict[str, set[str]] = field(default_factory=dict)
    jumps: list[tuple[str, str, str]] = field(default_factory=list)

    def go(self) -> None:
        queue = deque([(self.home, "")])
        while queue:
            address, stood_at = queue.popleft()
            for link in self.opening(address, stood_at):
                queue.append((link, address))
        self.broken += [f"{page} -> {to}#{name}" for page, to, name in self.jumps if to in self.places and name not in self.places[to]]

    def opening(self, address: str, stood_at: str) -> list[str]:
        """New links of one page."""
        if address in self.seen:
            return []
        self.seen.add(address)
        kind = self.kind(address)
        if kind is None:
            self.broken.append(f"{stood_at} -> {address}: no such address")
            return []
        if self.opened[kind] >= EACH and kind != ("wagtail_serve",):
            return []
        self.opened[kind] += 1
        return self.read(address, stood_at)

    def kind(self, address: str) -> tuple[str, ...] | None:
        """The name of the address, its language, and the names of its questions: of these only in Chinese, other languages are the same pages."""
        parts = urlsplit(address)
        if parts.path.startswith("/static/") or parts.path in FILES:
            return ("file", parts.path)
        language = LANGUAGES.match(parts.path)
        path = LANGUAGES.sub("", parts.path)
        try:
            match = resolve(path)
        except Resolver404:
            return None
        questions = {name for name, _value in parse_qsl(parts.query)}
        return (match.view_name or path, language[0]) if language else (match.view_name or path, *sorted(questions))

    def read(self, address: str, stood_at: str) -> list[str]:
        try:
            with urlopen(Request(address, headers={"Accept": "text/html,*/*"}), timeout=60) as answer:
                if not answer.headers.get_content_type().startswith("text/html"):
                    return []
                html = answer.read().decode()
        except HTTPError as error:
            self.broken.append(f"{stood_at} -> {address}: {error.code}")
            return []
        return self.links(address, html)

    def links(self, address: str, html: str) -> list[str]:
        page = Links()
        page.feed(html)
        self.places[address] = page.ids
        found = []
        for link in page.found:
            whole, name = urldefrag(urljoin(address, link))
            if not whole.startswith(self.home) or urlsplit(whole).path.startswith(KEPT_OUT):
                continue
            if name:
                self.jumps.append((address, whole, name))
            found.append(_SIZE.sub("", whole).rstrip("?&"))
        return sorted(set(found), key=lambda one: zlib.crc32(one.encode()))  # not always the first rows of a list


def test_no_link_of_the_site_is_broken(site: str):
    walk = Walk(f"{site}/")
    walk.go()
    assert walk.broken == []
    assert len({kind[0] for kind in walk.opened}) > 25  # it came through the whole site, not only home
