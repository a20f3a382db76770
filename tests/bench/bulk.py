"""Units, catalogue, disclosures and documents in bulk, each beside Wagtail's own way where there is one."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import perf_counter

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Page
from wagtail.search.management.commands import update_index

from catalog.models import Item, Standard
from catalog.reading import read_catalogue
from catalog.services.confirm import About, confirm_import
from catalog.services.preview import preview
from catalog.writing import SheetToWrite, write_catalogue
from openness.disclosures.models import Disclosure
from openness.disclosures.services.bulk import publish_many
from openness.disclosures.services.signing import Paper
from openness.pages.models import TextPage
from openness.units.models import Unit
from openness.units.names import Level
from openness.units.services.import_divisions import Division, import_divisions
from search.documents import Document
from search.engines.base import Index
from search.engines.embedded import EmbeddedEngine

DEMO = Path(__file__).resolve().parents[2] / "openness" / "demo" / "data" / "catalogue.xlsx"
TEXT = "本季度享受最低生活保障（低保）待遇的家庭名单如下，姓名已作遮盖处理，有不同意见的可以向村务监督委员会反映。" * 12


def benchmarks(disclosures: int, documents: int) -> Iterator[str]:
    yield f"{'what':<58} {'rows':>8} {'seconds':>9} {'rows/s':>9}  ratio"
    yield from _units()
    yield from _catalogue()
    yield from _disclosures(disclosures)
    yield from _documents(documents)


def measured(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start


def line(what: str, rows: int, seconds: float, ratio: str = "") -> str:
    return f"{what:<58} {rows:>8} {seconds:>9.2f} {rows / seconds:>9.0f}  {ratio}"


def divisions() -> list[Division]:
    """A province of 12,936 townships and villages, and what stands above them."""
    found = [Division("22", Level.PROVINCE, "省", ""), Division("2202", Level.CITY, "市", "22")]
    for county in range(69):
        code = f"2202{county:02d}"
        found.append(Division(code, Level.COUNTY, f"县{county}", "2202"))
        towns = 16 if county < 40 else 15
        for town in range(towns):
            town_code = f"{code}{town + 100:03d}"
            found.append(Division(town_code, Level.TOWNSHIP, f"第{county}{town}镇", code))
            found += [Division(f"{town_code}{n + 200:03d}", Level.VILLAGE, f"第{county}{town}{n}村委会", town_code) for n in range(11)]
    return found[: 12_936 + 71]


def _units() -> Iterator[str]:
    wanted = divisions()
    ours = measured(lambda: import_divisions(wanted))
    again = measured(lambda: import_divisions(wanted))
    some = 300
    parent = Unit.objects.get(code="220200")

    def treebeard() -> None:
        for number in range(some):
            parent.add_child(code=f"9{number:011d}", name="x", short_name="x", level=5, kind="village")
            parent.refresh_from_db()

    with transaction.atomic():
        theirs = measured(treebeard)
        transaction.set_rollback(True)
    yield line("units: import of a province", len(wanted), ours)
    yield line("units: the same list again", len(wanted), again)
    yield line(
        "units: treebeard's add_child, one by one", some, theirs, f"import is {theirs / some / (ours / len(wanted)):.0f}x faster a unit"
    )


def _catalogue() -> Iterator[str]:
    path = Path(tempfile.mkdtemp()) / "catalogue.xlsx"
    _write_rows(path, 300)
    reading = read_catalogue(path)
    read = measured(lambda: read_catalogue(path))
    shown = preview(reading, "220204", "bench", date(2026, 1, 1))
    previewed = measured(lambda: preview(reading, "220204", "bench", date(2026, 1, 1)))
    about = About("220200", "bench", "目录", "x", date(2026, 1, 1))
    confirmed = measured(lambda: confirm_import(shown, about))
    yield line("catalogue: read an .xlsx of 300 rows", 300, read)
    yield line("catalogue: preview against the version in force", 300, previewed)
    yield line("catalogue: confirm as the new version", 300, confirmed)


def _write_rows(path: Path, number: int) -> None:
    """The demo's sheet, repeated with other names."""
    sheet = read_catalogue(DEMO).sheets[0]
    rows = [
        {**sheet.rows[n % len(sheet.rows)].raw, _key(sheet, "level2"): f"事项{n}", _key(sheet, "seq"): str(n + 1)} for n in range(number)
    ]
    with path.open("wb") as stream:
        write_catalogue([SheetToWrite(sheet.sheet, sheet.title, sheet.layout, rows, sheet.notes)], stream)


def _key(sheet: object, means: str) -> str:
    return next(column.key for column in sheet.layout if column.means == means)


def _disclosures(number: int) -> Iterator[str]:
    item = (
        Item.objects.select_related("field__standard").filter(field__standard=Standard.objects.get(series="bench"), at_village=True).first()
    )
    units = list(Unit.objects.filter(level=Level.VILLAGE, code__startswith="220200"))
    drafts = [_draft(units[n % len(units)], item, n) for n in range(number)]
    ours = measured(lambda: publish_many(drafts, "bench", "bench", signer=lambda _text, _rule, at: Paper("王某", at.date())))
    some = 300
    single = [_draft(units[n % len(units)], item, n) for n in range(some)]

    root = get_user_model().objects.create_superuser("bench-bulk")  # past the committee's signature

    def one_by_one() -> None:
        for draft in single:
            draft.live = False
            draft.save()
            draft.save_revision().publish(user=root)

    alone = measured(one_by_one)
    home = Page.objects.get(depth=1).add_child(instance=TextPage(title="bench", slug="bench", body=[("text", "<p>x</p>")]))

    def pages() -> None:
        for n in range(some):
            page = home.add_child(instance=TextPage(title=f"页面{n}", slug=f"p{n}", body=[("text", f"<p>{TEXT}</p>")], live=False))
            page.save_revision().publish()

    theirs = measured(pages)
    yield line("disclosures: publish_many, with receipts and outbox", number, ours)
    yield line("disclosures: one by one, draft, revision, publish", some, alone)
    yield line(
        "Wagtail pages: add_child, revision, publish",
        some,
        theirs,
        f"bulk {theirs / some / (ours / number):.0f}x, single {theirs / alone:.1f}x",
    )


def _draft(unit: Unit, item: Item, number: int) -> Disclosure:
    body = [{"type": "text", "id": f"{number:032x}", "value": f"<p>{TEXT}</p>"}]
    return Disclosure(unit=unit, item=item, title=f"公开 {number}", formed_on=date(2026, 1, 5), body=body)


def _documents(number: int) -> Iterator[str]:
    engine = EmbeddedEngine(Path(tempfile.mkdtemp()))
    made = [_document(n) for n in range(number)]

    def index() -> None:
        with engine.writing():
            for start in range(0, number, 1000):
                engine.apply([Index(document, 1) for document in made[start : start + 1000]])

    ours = measured(index)
    some = TextPage.objects.count()
    with _database_search():
        theirs = measured(lambda: call_command(update_index.Command(), verbosity=0, chunk_size=1000))
    yield line("search: documents into the embedded engine", number, ours)
    yield line(
        "Wagtail: update_index of its database search (FTS)", some, theirs, f"ours {theirs / some / (ours / number):.1f}x faster a document"
    )


def _document(number: int) -> Document:
    stretch = TEXT[number % 50 :] + f" 第{number}号 {number * 7919 % 100_003}"
    return Document(
        "d",
        str(number),
        f"第{number}号公开",
        stretch,
        "/",
        place=("22", "2202", f"{number % 69}"),
        field=str(number % 20),
        published_on=date(2026, 1, 1),
    )


def _database_search() -> object:
    """Wagtail's own full-text search, only here: the site itself does not use it."""
    from django.test.utils import override_settings

    return override_settings(WAGTAILSEARCH_BACKENDS={"default": {"BACKEND": "modelsearch.backends.database"}})
