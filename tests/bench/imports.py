"""An import of many rows: seconds of each phase, and the most memory that the process had until then."""

import resource
import tempfile
from collections.abc import Callable, Iterator
from time import perf_counter, process_time

import xlsxwriter
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import TemporaryUploadedFile

from catalog.models import Field, Item, Standard
from catalog.models.standard import item_key
from openness.imports.models import ImportJob, Kind
from openness.imports.services.advance import advance_all
from openness.imports.services.decide import begin_import, begin_undo
from openness.imports.services.receive import receive
from openness.units.models import Membership, Role, Unit
from openness.units.names import Level
from openness.units.services.import_divisions import Division, import_divisions

from .measuring import head, row

VILLAGES = 100
HEAD = ("单位", "公开事项", "标题", "信息形成日期", "内容")


def imports(number: int) -> Iterator[str]:
    clerk = _county()
    upload = _file(number)
    yield f"\nimports: an .xlsx of {number} rows ({upload.size // 2**20} MiB), {VILLAGES} villages"
    yield head("phase", "seconds", "of these CPU", "rows a CPU second", "peak memory, MiB")
    yield _said("before", 0, 0, number)
    made: list[ImportJob] = []
    yield _timed("file taken in (one request)", number, lambda: made.append(receive(clerk, Kind.TABLE, upload)))
    job = made[0]
    yield _timed("read and checked", number, _work)
    job.refresh_from_db()
    if job.good != number:
        raise SystemExit(f"only {job.good} rows are good")
    yield _timed("imported", number, lambda: (begin_import(job, "all"), _work()))
    job.refresh_from_db()
    yield _timed("undone", number, lambda: (begin_undo(job, "bench"), _work()))


def _work() -> None:
    while advance_all():
        pass


def _timed(what: str, number: int, act: Callable[[], object]) -> str:
    start, worked = perf_counter(), process_time()
    act()
    return _said(what, perf_counter() - start, process_time() - worked, number)


def _said(what: str, seconds: float, cpu: float, number: int) -> str:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return row(what, f"{seconds:.1f}", f"{cpu:.1f}", round(number / cpu) if cpu else "", peak)


def _county() -> object:
    above = [
        Division("22", Level.PROVINCE, "省", ""),
        Division("2202", Level.CITY, "市", "22"),
        Division("220204", Level.COUNTY, "县", "2202"),
    ]
    town = Division("220204101", Level.TOWNSHIP, "镇", "220204")
    import_divisions(
        [*above, town, *(Division(f"220204101{n:03d}", Level.VILLAGE, f"第{n}村委会", "220204101") for n in range(200, 200 + VILLAGES))]
    )
    standard = Standard.objects.create(area="220204", series="目录", version=1, name="目录", issuer="县", effective_from="2025-01-01")
    shelf = Field.objects.create(standard=standard, name="村务公开", position=0)
    item = Item(field=shelf, key=item_key("村务公开", "审批"), position=1, level1="宅基地审批情况")
    item.set_tiers(["村级"])
    item.save()
    clerk = get_user_model().objects.create_user("bench")
    Membership.objects.create(user=clerk, unit=Unit.objects.get(code="220204101"), role=Role.CLERK)
    return clerk


def _file(number: int) -> TemporaryUploadedFile:
    upload = TemporaryUploadedFile("bench.xlsx", "", 0, None)
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as made:
        book = xlsxwriter.Workbook(made.name, {"constant_memory": True})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        for n in range(number):
            body = f"第{n}次会议研究决定，批准宅基地 {n % 7 + 1} 户，每户 120 平方米，公示期间没有人提意见，名单和图纸在村委会可以看。"
            sheet.write_row(n + 1, 0, (f"220204101{200 + n % VILLAGES}", "宅基地审批情况", f"第{n}次宅基地审批情况", "2026-01-05", body))
        book.close()
        made.seek(0)
        upload.file.write(made.read())
    upload.file.flush()
    upload.size = upload.file.tell()
    upload.file.seek(0)
    return upload
