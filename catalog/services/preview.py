"""What an import would do, row by row, against the version in force. Nothing is written here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Item, Standard
from ..models.standard import item_key
from ..reading import Reading, Row
from ..rules.basis import LawLibrary, cited_in, superseded_sentence

COMPARED = {
    "elements": gettext_lazy("公开内容"),
    "basis": gettext_lazy("公开依据"),
    "time_limit": gettext_lazy("公开时限"),
    "publisher": gettext_lazy("公开主体"),
    "channels": gettext_lazy("公开渠道"),
    "audience": gettext_lazy("公开对象"),
    "method": gettext_lazy("公开方式"),
    "tiers": gettext_lazy("公开层级"),
}


@dataclass(frozen=True)
class RowPreview:
    """One row as understood. `state` is new, changed or same; `problems` need a person, `notices` only want to be read."""

    row: Row
    key: str
    state: str
    changes: tuple[str, ...]
    problems: tuple[str, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    reading: Reading
    current: Standard | None
    rows: tuple[RowPreview, ...]
    removed: tuple[Item, ...] = field(default=())

    @property
    def duplicates(self) -> list[RowPreview]:
        seen: set[str] = set()
        return [row for row in self.rows if row.key in seen or seen.add(row.key)]  # type: ignore[func-returns-value]

    def count(self, state: str) -> int:
        return sum(row.state == state for row in self.rows)

    @property
    def need_person(self) -> int:
        return sum(bool(row.problems) for row in self.rows)


def preview(reading: Reading, area: str, series: str, on: date) -> Preview:
    """Compare a reading with the version in force of this county's series; two queries, whatever the size."""
    current = Standard.objects.in_force().filter(area=area, series=series).first()
    known = {item.key: item for item in Item.objects.filter(field__standard=current).select_related("field")} if current else {}
    library = LawLibrary()
    rows = tuple(_preview_row(row, known, library, on) for sheet in reading.sheets for row in sheet.rows)
    kept = {row.key for row in rows}
    return Preview(reading, current, rows, tuple(item for key, item in known.items() if key not in kept))


def _preview_row(row: Row, known: dict[str, Item], library: LawLibrary, on: date) -> RowPreview:
    key = item_key(row.field, row.level1, row.level2, row.level3)
    old = known.get(key)
    changes = tuple(_changes(row, old)) if old else ()
    state = "new" if old is None else "changed" if changes else "same"
    return RowPreview(row, key, state, changes, tuple(row.problems), tuple(basis_notices(row.basis, library, on)))


def _changes(row: Row, old: Item) -> Iterable[str]:
    for column, label in COMPARED.items():
        before, after = getattr(old, column), getattr(row, column)
        if _text(before) != _text(after):
            yield f"{label}：{_text(before) or _('（空）')} → {_text(after) or _('（空）')}"


def _text(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


def basis_notices(basis: str, library: LawLibrary, on: date) -> Iterable[str]:
    """A sentence for each superseded article that the basis cites."""
    for cited in cited_in(basis):
        law = library.law(cited.law)
        article = library.article(law, cited.number, on) if law and cited.number else None
        sentence = superseded_sentence(article) if article else ""
        if sentence:
            yield sentence
