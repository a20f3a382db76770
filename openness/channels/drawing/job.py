"""What the drawing process is asked and how it ends; known to both sides, so without Django."""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from enum import IntEnum

# A host that cannot exist (RFC 6761). `files` are known by it, and what is not among them is refused before anybody is asked.
BASE = "https://sheet.invalid"
# Where the size of the type goes; words of a text cannot look like it, theirs are escaped.
TYPE = '<body class="board {type}">'


class Ending(IntEnum):
    """Exit codes of the process."""

    DRAWN = 0
    NO_LIBRARIES = 3  # Pango and what it needs
    NO_FONT = 4  # nothing installed has Chinese characters
    TOO_LARGE = 5


@dataclass(frozen=True)
class Job:
    """`html` names `files` by the paths they have on the site. `TYPE` in it is where the size of the type goes: the first of `types` with which
    the sheet fits one page is taken, else the last, with `numbered` (CSS) for the numbers of the pages.
    """

    html: str
    files: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    types: tuple[str, ...] = ("",)
    numbered: str = ""

    def to_bytes(self) -> bytes:
        files = {url: (b64encode(data).decode(), kind) for url, (data, kind) in self.files.items()}
        return json.dumps({"html": self.html, "files": files, "types": self.types, "numbered": self.numbered}).encode()

    @classmethod
    def from_bytes(cls, said: bytes) -> "Job":
        asked = json.loads(said)
        files = {BASE + url: (b64decode(data), kind) for url, (data, kind) in asked["files"].items()}
        return cls(asked["html"], files, tuple(asked["types"]), asked["numbered"])
