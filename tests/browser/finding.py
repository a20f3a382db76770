"""Pages of the running demo, found as a reader finds them."""

import re
from urllib.parse import quote
from urllib.request import urlopen

from tests.public.samples import Sample


def fetched(address: str) -> str:
    with urlopen(quote(address, safe=":/?&=%"), timeout=60) as answer:
        html: str = answer.read().decode()
    return html


class Demo:
    """The address of each example, as the demo has it."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.pages: dict[str, str] = {}

    def address(self, sample: Sample) -> str:
        path = sample.path
        for link in sample.hops:
            path = self.linked(path, link)
        return self.site + path + sample.more

    def linked(self, path: str, link: str) -> str:
        if path not in self.pages:
            self.pages[path] = fetched(self.site + path)
        found = re.search(rf'href="({link})["?#]', self.pages[path])
        assert found, f"the demo has nothing like {link} at {path}"
        return found[1]
