"""The ledger at the size of a county and of a province: making a period's cells, settling, and what a supervisor's pages read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from time import perf_counter

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from catalog.limits import parse_limit
from catalog.models import Field, Item, Standard
from config.heap import freeze_heap
from openness.disclosures.models import Disclosure
from openness.disclosures.signals import receipts_written
from openness.supervision.listening import settle_cells
from openness.supervision.models import Obligation, State, Tally, UrgeClock, Urging
from openness.supervision.services.generate import generate
from openness.supervision.services.overview import Scope, cells_behind, sums_by_month, sums_by_unit, sums_by_unit_and_field, sums_of
from openness.units.models import Unit
from openness.units.services.import_divisions import import_divisions

from .bulk import divisions
from .measuring import Times, head, measured, row

TODAY = date(2026, 11, 30)
WORDS = (
    ["每月公布一次"] * 50 + ["每季度的首个月20日"] * 40 + ["每年公布一次"] * 60 + ["信息形成之日起20个工作日内"] * 40 + ["长期公开"] * 10
)
FIELDS = 10
MONTHLY = ["每月公布一次"] * 200
_ROUNDS = 40
_PLAIN_NAMES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}  # nothing was collected


def ledger(scale: str, since: date) -> Iterator[str]:
    """`scale` is county, province, or year: a county whose 200 items all come monthly, twelve periods of them.

    `since` is the first day that the ledger covers.
    """
    since = date(2026, 1, 1) if scale == "year" else since
    wanted = divisions()
    import_divisions(wanted if scale == "province" else wanted[:218])
    counties = sorted({unit.code[:6] for unit in Unit.objects.filter(level=3)})
    for area in counties:
        _catalogue(area, MONTHLY if scale == "year" else WORDS)
    yield head("what", "rows", "seconds", "rows a second")
    seconds = measured(lambda: generate(since=since, today=TODAY))
    cells = Obligation.objects.count()
    yield row(f"cells of {scale} since {since}, made", cells, f"{seconds:.1f}", f"{cells / seconds:,.0f}")
    yield row("the same for 2.5 million, reckoned from it", 2_500_000, f"{seconds * 2_500_000 / cells:.1f}", "")
    again = measured(lambda: generate(since=since, today=TODAY))
    yield row("the same again: nothing to make", 0, f"{again:.1f}", "")
    yield row("sums at every level", Tally.objects.count(), "", "")
    _settle_most()
    yield row("cells urged twice", _urge_some(), "", "")
    yield from _reading(since)
    with override_settings(STORAGES=_PLAIN_NAMES):
        yield from _pages()
    yield from _publishing()


def _settle_most() -> None:
    """Nine in ten of what has come due was done on time: a list of the others must not cost the whole. The sums follow."""
    due = Obligation.objects.filter(due_on__lt=TODAY).annotate(tenth=F("pk") % 10)
    due.exclude(tenth=0).update(state=State.ON_TIME, done_on=F("due_on"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE supervision_tally SET on_time = total - total / 10 WHERE due_on < %s", [TODAY.isoformat()])
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")  # as PostgreSQL does by itself within minutes


def _urge_some() -> int:
    """Three thousand overdue cells all over the place, asked for by two urgings a cell."""
    every = list(Obligation.objects.overdue(TODAY).order_by("pk").values_list("pk", flat=True))
    cells = list(Obligation.objects.filter(pk__in=every[:: len(every) // 3000 + 1]).only("unit_id", "duty_id", "period", "due_on"))
    moment = timezone.now()
    UrgeClock.objects.bulk_create([UrgeClock(cell=cell, unit_id=cell.unit_id, last_at=moment, times=2) for cell in cells], batch_size=200)
    about = {"urged_at": moment, "urged_by": "bench", "text": "请公开", "reply_by": TODAY}
    Urging.objects.bulk_create(
        [
            Urging(cell=cell, unit_id=cell.unit_id, duty_id=cell.duty_id, period=cell.period, due_on=cell.due_on, number=number, **about)
            for cell in cells for number in (1, 2)
        ], batch_size=200,
    )  # fmt: skip
    return len(cells)


def _catalogue(area: str, all_words: Sequence[str]) -> None:
    standard = Standard.objects.create(area=area, series="bench", name="目录", issuer="县", version=1, effective_from=date(2025, 1, 1))
    fields = Field.objects.bulk_create([Field(standard=standard, name=f"领域{n}", position=n) for n in range(FIELDS)])
    items = []
    for number, words in enumerate(all_words):
        item = Item(field=fields[number % FIELDS], key=f"{number:016d}", position=number, level1=f"事项{number}", time_limit=words)
        item.limit = parse_limit(words)
        item.set_tiers(["县级", "乡级", "村级"])
        items.append(item)
    Item.objects.bulk_create(items, batch_size=500)


def _reading(since: date) -> Iterator[str]:
    """Time in the database and in Python together, without the page's template."""
    scope = Scope(since, date(2026, 12, 31), TODAY)
    top = Unit.objects.get(depth=1)
    county = Unit.objects.filter(level=3).first()
    village = Unit.objects.filter(level=5).first()
    below = list(Unit.objects.filter(level=3, active=True))
    counties_children = list(county.get_children())
    acts = {
        "province: figures": lambda: sums_of(top, scope),
        "province: heat map of all counties and fields": lambda: sums_by_unit_and_field(below, scope),
        "province: ranking of counties": lambda: sums_by_unit(below, scope),
        "province: trend by month": lambda: sums_by_month(top, scope),
        "province: first 20 overdue": lambda: list(cells_behind(top, scope, "overdue").select_related("unit", "item")[:20]),
        "county: heat map of townships": lambda: sums_by_unit_and_field(counties_children, scope),
        "county: first 20 overdue": lambda: list(cells_behind(county, scope, "overdue").select_related("unit", "item")[:20]),
        "county: a year's list behind a number": lambda: list(cells_behind(county, scope, "owed")[:50]),
        "clerk: to do": lambda: list(Obligation.objects.filter(unit=village).due(TODAY).order_by("due_on")[:50]),
    }
    yield head("reading", "p50 / p95 ms")
    for name, act in acts.items():
        times = Times()
        for _ in range(_ROUNDS):
            times.take(act)
        yield row(name, times.shown())


def _pages() -> Iterator[str]:
    """Whole pages as the server answers them, template and all, and the part of each that the database took."""
    get_user_model().objects.create_superuser("bench", password="bench")
    desk, public = Client(), Client()
    desk.force_login(get_user_model().objects.get(username="bench"))
    top, county = Unit.objects.get(depth=1), Unit.objects.filter(level=3).first()
    town, village = county.get_children().first(), Unit.objects.filter(level=5, code__startswith=county.code).first()
    asked = {
        f"desk of the {name}": (desk, f"/admin/supervision/?place={unit.code}&period=2026")
        for name, unit in (("province", top), ("county", county), ("township", town), ("village", village))
    }
    asked |= {
        "province: list of what is overdue": (desk, f"/admin/supervision/cells/?place={top.code}&period=2026&state=overdue"),
        "province: the same, page 1,000": (desk, f"/admin/supervision/cells/?place={top.code}&period=2026&state=overdue&page=1000"),
        "clerk: what a village has to do": (desk, f"/admin/todo/?unit={village.code}"),
        "public progress of the county": (public, f"/progress/{county.code}/"),
        "public page of a village": (public, f"/u/{village.code}/"),
    }
    freeze_heap()
    yield head("page", "whole, p50 / p95 ms", "database, p50 / p95 ms", "queries")
    for name, (client, address) in asked.items():
        whole, database, queries = Times(), Times(), 0
        for turn in range(_ROUNDS + 1):
            with _database() as spent:
                begun = perf_counter()
                answer = client.get(address, HTTP_HOST="localhost")
                took = perf_counter() - begun
            assert answer.status_code == 200, f"{address}: {answer.status_code}"
            queries = len(spent)
            if turn:
                whole.seconds.append(took)
                database.seconds.append(sum(spent))
        yield row(name, whole.shown(), database.shown(), queries)


@contextmanager
def _database() -> Iterator[list[float]]:
    """Seconds of each query, reading the rows left out."""
    spent: list[float] = []

    def clock(execute, sql, parameters, many, context):
        begun = perf_counter()
        try:
            return execute(sql, parameters, many, context)
        finally:
            spent.append(perf_counter() - begun)

    with connection.execute_wrapper(clock):
        yield spent


def _publishing() -> Iterator[str]:
    """One at a time, with the ledger listening and without, turn by turn."""
    item = Item.objects.filter(limit_data__trigger="period_end").select_related("field__standard").first()
    units = list(Unit.objects.filter(level=5, code__startswith=item.field.standard.area)[:120])
    with_ledger, without = Times(), Times()
    for number, unit in enumerate(units):
        draft = Disclosure(
            unit=unit, item=item, title=f"公开 {number}", formed_on=date(2026, 10, 9), period="2026-Q3", body=[("text", "<p>内容</p>")]
        )
        listening = number % 2 == 0
        if not listening:
            receipts_written.disconnect(settle_cells)
        try:
            (with_ledger if listening else without).take(lambda draft=draft: _publish(draft))
        finally:
            receipts_written.connect(settle_cells)
    yield head("publishing one", "p50 / p95 ms", "ratio of medians")
    yield row("without the ledger", without.shown(), "1")
    yield row("with settling", with_ledger.shown(), f"{with_ledger.at(50) / without.at(50):.2f}")


def _publish(draft: Disclosure) -> None:
    """As a reviewer does it: a draft with a revision, then its publication."""
    draft.live = False
    draft.save()
    draft.save_revision().publish()
