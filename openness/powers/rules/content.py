"""What an entry says, apart from any database: the thing that versions are compared by."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property

_SPACES = re.compile(r"\s+")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Content:
    """One entry. `matter` is a key of Matter; all others are words as published."""

    name: str
    matter: str
    code: str = ""
    basis: str = ""
    body: str = ""
    level: str = ""
    duties: str = ""
    accountability: str = ""
    conditions: str = ""
    term: str = ""
    fee: str = ""
    note: str = ""

    @cached_property
    def key(self) -> str:
        """What the entry's address ends in: its code, or a print of kind and name where the list has no codes."""
        return plain_code(self.code) or f"n{hashlib.sha256(f'{self.matter} {self.plain_name}'.encode()).hexdigest()[:12]}"

    @property
    def plain_name(self) -> str:
        return plain_name(self.name)

    def as_dict(self) -> dict[str, str]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, str]) -> "Content":
        return cls(**{name: values.get(name, "") for name in cls.__dataclass_fields__})


def plain_code(text: str) -> str:
    """One spelling of a code: full-width forms, spaces and dashes are written in many ways. No slash: it ends an address."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).replace("—", "-").replace("–", "-").replace("/", "-").strip(".")


def plain_name(text: str) -> str:
    """Letters and digits only: marks and spaces are no change of a name."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text)).lower()
