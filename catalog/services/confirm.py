"""Writing a previewed catalogue: a new version in force, the old one closed, all in one transaction."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Citation, Field, Item, Law, Standard
from ..models.standard import Status
from ..reading import Row, SheetReading
from ..rules.applicability import binds
from ..rules.basis import LawLibrary, cited_in, short_law_name
from ..signals import standard_confirmed
from .preview import Preview


class ConfirmRefused(Exception):
    """The import cannot be confirmed as it stands; nothing was written. The message is a sentence for the person."""


@dataclass(frozen=True)
class About:
    """What the person says of the catalogue: none of it can be read from the sheet."""

    area: str
    series: str
    name: str
    issuer: str
    effective_from: date
    document_number: str = ""
    adapted: bool = False
    source: str = ""
    by: str = ""


@transaction.atomic
def confirm_import(preview: Preview, about: About) -> Standard:
    """Make the previewed rows the version in force.

    Raises:
        ConfirmRefused: duplicate items, no rows, or an effective date before that of the version in force.
    """
    _check(preview, about)
    standard = _open_version(preview.current, about)
    names = _by_field(preview)
    fields = _create_fields(standard, preview, names)
    items = _create_items(fields, preview)
    _cite(items, about.effective_from)
    standard_confirmed.send(sender=Standard, standard=standard)
    return standard


def _check(preview: Preview, about: About) -> None:
    if not preview.rows:
        raise ConfirmRefused(_("表里没有公开事项，没有可以导入的内容。"))
    if preview.duplicates:
        again = preview.duplicates[0].row
        raise ConfirmRefused(
            _("“{item}”在“{field}”里出现了两次（第 {line} 行），请先在表里改好。").format(
                item=again.level3 or again.level2 or again.level1, field=again.field, line=again.number
            )
        )
    if preview.current and about.effective_from < preview.current.effective_from:
        raise ConfirmRefused(_("施行日期不能早于现行版本的 {day}。").format(day=preview.current.effective_from.isoformat()))


def _open_version(current: Standard | None, about: About) -> Standard:
    if current:
        current.status, current.effective_to = Status.SUPERSEDED, about.effective_from
        current.save(update_fields=["status", "effective_to"])
    last = Standard.objects.filter(area=about.area, series=about.series).order_by("-version").first()
    return Standard.objects.create(
        area=about.area,
        series=about.series,
        name=about.name,
        issuer=about.issuer,
        document_number=about.document_number,
        version=last.version + 1 if last else 1,
        effective_from=about.effective_from,
        adapted=about.adapted,
        source=about.source,
        imported_by=about.by,
    )


def _by_field(preview: Preview) -> dict[str, SheetReading]:
    """The fields in order of appearance, each with the sheet it first appears in."""
    names: dict[str, SheetReading] = {}
    for sheet in preview.reading.sheets:
        for row in sheet.rows:
            names.setdefault(row.field, sheet)
    return names


def _create_fields(standard: Standard, preview: Preview, names: dict[str, SheetReading]) -> dict[str, Field]:
    fields = [
        Field(
            standard=standard, name=name, position=position, sheet=sheet.sheet, title=sheet.title,
            layout=sheet.layout_json(), notes=list(sheet.notes),
        )
        for position, (name, sheet) in enumerate(names.items())
    ]  # fmt: skip
    return {field.name: field for field in Field.objects.bulk_create(fields)}


def _create_items(fields: dict[str, Field], preview: Preview) -> list[Item]:
    items = [_item(fields[row.row.field], row.key, position, row.row) for position, row in enumerate(preview.rows)]
    return Item.objects.bulk_create(items, batch_size=500)


def _item(field: Field, key: str, position: int, row: Row) -> Item:
    item = Item(
        field=field, key=key, position=position, seq=row.seq, level1=row.level1, level2=row.level2, level3=row.level3,
        elements=row.elements, basis=row.basis, time_limit=row.time_limit, publisher=row.publisher,
        channels=list(row.channels), audience=list(row.audience), method=list(row.method),
        raw={"cells": dict(row.raw), "extra": dict(row.extra)}, problems=list(row.problems),
    )  # fmt: skip
    item.limit = row.limit
    item.set_tiers(list(row.tiers))
    item.binds_villages, item.binds_communities = binds(row.publisher)
    return item


def _cite(items: list[Item], on: date) -> None:
    library = LawLibrary()
    citations = []
    for item in items:
        for cited in set(cited_in(item.basis)):
            law = library.law(cited.law) or _new_law(cited.law, library)
            article = library.article(law, cited.number, on) if cited.number else None
            citations.append(Citation(item=item, law=law, number=cited.number, article=article))
    Citation.objects.bulk_create(citations, batch_size=1000)


def _new_law(name: str, library: LawLibrary) -> Law:
    law, _made = Law.objects.get_or_create(name=name[:160], defaults={"short_name": short_law_name(name)[:120]})
    library.laws[law.short_name] = law
    return law
