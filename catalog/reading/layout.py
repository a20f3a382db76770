"""The layout of one table: its columns in order, with every header row's words and what each column means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        key: unique in its table; the row's raw cells are kept by it.
        means: `seq`, `field`, `level1` … or a tick (`tier:乡级`); `extra` when the format does not know it.
        titles: the words of each header row, a merged title repeated in each row it spans, "" for an empty cell.
    """

    key: str
    means: str
    titles: tuple[str, ...]

    @property
    def title(self) -> str:
        """The words a person calls the column by: group and own title, once each."""
        parts = dict.fromkeys(" ".join(title.split()) for title in self.titles if title.strip())
        return "/".join(parts)

    def as_json(self) -> dict[str, Any]:
        return {"key": self.key, "means": self.means, "titles": list(self.titles)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(str(data["key"]), str(data["means"]), tuple(data["titles"]))


def layout_from_json(data: Sequence[Mapping[str, Any]]) -> tuple[Column, ...]:
    """The layout that `SheetReading.layout_json` gave."""
    return tuple(Column.from_json(column) for column in data)


def positions(columns: Sequence[Column], means: str) -> list[int]:
    """Where the columns of a meaning stand; of its ticks too (`tier` also finds `tier:乡级`)."""
    return [index for index, column in enumerate(columns) if column.means.split(":")[0] == means]
