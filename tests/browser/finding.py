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
        self.lists: dict[str, str] = {}

    def address(self, sample: Sample) -> str:
        return self.site + (self.linked(sample) if sample.link else sample.path)

    def linked(self, sample: Sample) -> str:
        if sample.path not in self.lists:
            self.lists[sample.path] = fetched(self.site + sample.path)
        link = re.search(rf'href="({sample.link})["?#]', self.lists[sample.path])
        assert link, f"the demo has nothing like {sample.link} at {sample.path}"
        return link[1] + sample.more
