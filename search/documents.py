"""What the index holds of one published thing. Only public text ever gets here."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cached_property
from typing import Any

import orjson


@dataclass(frozen=True)
class FilePage:
    """A page of a file that a document shows. `label` is what people call it, such as 第 3 页; empty if there are no pages."""

    title: str
    url: str
    label: str
    text: str


@dataclass(frozen=True)
class Document:
    """A published thing as search sees it.

    Attributes:
        kind: registered name, e.g. disclosure; with `key` it is the document's identity.
        place: codes of the unit and of everything above it, the nearest last; `place_label` is what people read.
        number: 文号; index_number: 索引号; both are looked up exactly.
        field, item, category, tags: facet values, as shown.
        changed_at: when its public words changed last, for feeds; None where only the day is known.
        files: what the files say. It is indexed, but not carried by a hit: `files_digest` says whether there are any.
    """

    kind: str
    key: str
    title: str
    body: str
    url: str
    number: str = ""
    index_number: str = ""
    place: tuple[str, ...] = ()
    place_label: str = ""
    field: str = ""
    item: str = ""
    category: str = ""
    unit_kind: str = ""
    published_on: date | None = None
    notice_until: date | None = None
    state: str = ""
    tags: tuple[str, ...] = ()
    changed_at: datetime | None = None
    files: tuple[FilePage, ...] = ()
    files_digest: str = ""

    @classmethod
    def with_files(cls, pages: Sequence[FilePage], **columns: Any) -> "Document":
        """A document whose digest covers every word of its files."""
        said = json.dumps([[page.title, page.url, page.label, page.text] for page in pages], ensure_ascii=False)
        return cls(**columns, files=tuple(pages), files_digest=_digest(said.encode()) if pages else "")

    @property
    def uid(self) -> str:
        return f"{self.kind}:{self.key}"

    @property
    def year(self) -> str:
        return str(self.published_on.year) if self.published_on else ""

    def as_json(self) -> str:
        columns = {column.name: getattr(self, column.name) for column in fields(self) if column.name != "files"}  # asdict() would copy
        return json.dumps(columns, ensure_ascii=False, sort_keys=True, default=str)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Document":
        data: dict[str, Any] = orjson.loads(text)
        for name in ("published_on", "notice_until"):
            data[name] = date.fromisoformat(data[name]) if data[name] else None
        data["changed_at"] = datetime.fromisoformat(data["changed_at"]) if data["changed_at"] else None
        return cls(**{**data, "place": tuple(data["place"]), "tags": tuple(data["tags"])})

    @cached_property
    def payload(self) -> bytes:
        """Its JSON, made once: what the index keeps of it and what the digest is of.

        Raises:
            UnicodeEncodeError: half a surrogate pair is in it.
        """
        return self.as_json().encode()

    def digest(self) -> str:
        """Equal digests mean equal documents: the proof that index and database agree."""
        return _digest(self.payload)


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:32]
